//! What is due of one alert or one policy.

use cosmwasm_std::Uint64;
use serde::de::DeserializeOwned;
use serde::Serialize;
use vitals_api::care::{self, AlertInfo, AlertState};
use vitals_api::claims::{self, ClaimInfo, ClaimsPage, PolicyInfo};
use vitals_core::insurance::{ClaimState, PolicyState};
use vitals_ledger::{query, Call, Deployment, LedgerError, Reader};

/// The most a contract gives in one answer.
const PAGE: u32 = 30;

/// Something that anyone may call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    Escalate { alert: u64 },
    WithdrawOffer { policy: u64 },
    Lapse { policy: u64 },
    Settle { policy: u64, claim: u16 },
    Expire { policy: u64 },
}

impl Task {
    /// What has become of it when it is done.
    pub fn verb(self) -> &'static str {
        match self {
            Self::Escalate { .. } => "escalated",
            Self::WithdrawOffer { .. } => "withdrawn",
            Self::Lapse { .. } => "lapsed",
            Self::Settle { .. } => "settled",
            Self::Expire { .. } => "expired",
        }
    }

    pub(crate) fn call(self, at: &Deployment) -> Result<Call, LedgerError> {
        use claims::ExecuteMsg as Claims;
        let msg = match self {
            Self::Escalate { alert } => {
                let alert = Uint64::new(alert);
                return Call::new(&at.care, &care::ExecuteMsg::Escalate { alert });
            }
            Self::WithdrawOffer { policy } => Claims::WithdrawOffer {
                policy: Uint64::new(policy),
            },
            Self::Lapse { policy } => Claims::Lapse {
                policy: Uint64::new(policy),
            },
            Self::Settle { policy, claim } => Claims::Settle {
                policy: Uint64::new(policy),
                claim,
            },
            Self::Expire { policy } => Claims::Expire {
                policy: Uint64::new(policy),
            },
        };
        Call::new(&at.claims, &msg)
    }
}

/// What a look at one number tells.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Look {
    /// Nothing will ever be due of it again.
    Settled,
    /// What is due now; none where it waits.
    Open(Vec<Task>),
}

/// None where there is no such alert.
pub(crate) fn of_alert(
    chain: &(impl Reader + ?Sized),
    at: &Deployment,
    number: u64,
    now: u64,
) -> Result<Option<Look>, LedgerError> {
    let asked = care::QueryMsg::Alert {
        alert: Uint64::new(number),
    };
    let found: Option<AlertInfo> = find(chain, &at.care, &asked)?;
    Ok(found.map(|alert| match (&alert.state, alert.escalates_at) {
        (AlertState::Open, Some(at)) if at <= now => {
            Look::Open(vec![Task::Escalate { alert: number }])
        }
        (AlertState::Open, Some(_)) => Look::Open(Vec::new()),
        // On the last tier nobody is left to call, and what is acknowledged does not climb.
        (AlertState::Open, None) | (AlertState::Acknowledged | AlertState::Resolved, _) => {
            Look::Settled
        }
    }))
}

/// None where there is no such policy.
pub(crate) fn of_policy(
    chain: &(impl Reader + ?Sized),
    at: &Deployment,
    number: u64,
) -> Result<Option<Look>, LedgerError> {
    let asked = claims::QueryMsg::Policy {
        policy: Uint64::new(number),
    };
    let Some(policy) = find::<PolicyInfo>(chain, &at.claims, &asked)? else {
        return Ok(None);
    };
    if policy.state.is_over() {
        return Ok(Some(Look::Settled));
    }
    let mut due = Vec::new();
    if policy.claims_open > 0 {
        due = overdue_claims(chain, &at.claims, number)?;
    }
    due.extend(of_state(&policy, number));
    Ok(Some(Look::Open(due)))
}

fn of_state(policy: &PolicyInfo, number: u64) -> Option<Task> {
    match policy.state {
        PolicyState::OfferOver => Some(Task::WithdrawOffer { policy: number }),
        PolicyState::Overdue => Some(Task::Lapse { policy: number }),
        PolicyState::Elapsed if policy.claims_open == 0 => Some(Task::Expire { policy: number }),
        _ => None,
    }
}

fn overdue_claims(
    chain: &(impl Reader + ?Sized),
    claims: &str,
    policy: u64,
) -> Result<Vec<Task>, LedgerError> {
    let mut due = Vec::new();
    let mut start_after = None;
    loop {
        let asked = claims::QueryMsg::Claims {
            policy: Uint64::new(policy),
            start_after,
            limit: Some(PAGE),
        };
        let page: ClaimsPage = query(chain, claims, &asked)?;
        let overdue = |claim: &&ClaimInfo| claim.state == ClaimState::Overdue;
        due.extend(page.claims.iter().filter(overdue).map(|c| Task::Settle {
            policy,
            claim: c.claim,
        }));
        match page.next {
            Some(last) => start_after = Some(last.claim),
            None => return Ok(due),
        }
    }
}

fn find<T: DeserializeOwned>(
    chain: &(impl Reader + ?Sized),
    contract: &str,
    asked: &impl Serialize,
) -> Result<Option<T>, LedgerError> {
    match query(chain, contract, asked) {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.code() == "state/not_found" => Ok(None),
        Err(error) => Err(error),
    }
}
