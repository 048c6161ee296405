//! What is due of one alert or one policy.

use cosmwasm_std::Uint64;
use serde::de::DeserializeOwned;
use serde::Serialize;
use vitals_api::care::{self, AlertInfo, AlertState};
use vitals_api::claims::{self, ClaimInfo, ClaimsPage, PolicyInfo};
use vitals_core::insurance::{ClaimState, PolicyState};
use vitals_ledger::{query, Deployment, LedgerError, Reader};

use crate::seen::Look;
use crate::Task;

/// The most a contract gives in one answer.
const PAGE: u32 = 30;

/// How long a policy of which nothing is due is left alone: its terms run in hours and days.
const POLICY_PAUSE_S: u64 = 60;

/// None where there is no such alert.
pub(crate) fn alert(
    chain: &(impl Reader + ?Sized),
    at: &Deployment,
    number: u64,
) -> Result<Option<AlertInfo>, LedgerError> {
    let asked = care::QueryMsg::Alert {
        alert: Uint64::new(number),
    };
    find(chain, &at.care, &asked)
}

pub(crate) fn of_alert(alert: &AlertInfo, now: u64) -> Look {
    match (&alert.state, alert.escalates_at) {
        (AlertState::Open, Some(at)) if at <= now => Look::Due(vec![Task::Escalate {
            alert: alert.alert.u64(),
        }]),
        (AlertState::Open, Some(at)) => Look::Later(at),
        // On the last tier nobody is left to call, and what is acknowledged does not climb.
        (AlertState::Open, None) | (AlertState::Acknowledged | AlertState::Resolved, _) => {
            Look::Settled
        }
    }
}

/// None where there is no such policy.
pub(crate) fn of_policy(
    chain: &(impl Reader + ?Sized),
    at: &Deployment,
    number: u64,
    now: u64,
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
    Ok(Some(match due.is_empty() {
        true => Look::Later(now.saturating_add(POLICY_PAUSE_S)),
        false => Look::Due(due),
    }))
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

/// None where the contract says that there is no such thing.
pub(crate) fn find<T: DeserializeOwned>(
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
