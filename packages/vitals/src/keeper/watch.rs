//! Finding what is due. Alerts and policies are numbered from 1 without gaps, so they are walked
//! by number; one that is settled is not asked for again.

use std::collections::BTreeSet;

use cosmwasm_std::Uint64;
use serde::de::DeserializeOwned;
use serde::Serialize;
use vitals_api::care::{self, AlertInfo, AlertState};
use vitals_api::claims::{self, PolicyInfo, PolicyState};
use vitals_ledger::{query, Account, Call, Deployment, LedgerError};

/// What a keeper settles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    Alert,
    Policy,
}

impl What {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Alert => "alert",
            Self::Policy => "policy",
        }
    }

    pub fn verb(self) -> &'static str {
        match self {
            Self::Alert => "escalated",
            Self::Policy => "expired",
        }
    }
}

/// One call, and the hash of its transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    pub what: What,
    pub number: u64,
    pub outcome: Result<String, LedgerError>,
}

/// Numbers seen so far.
#[derive(Debug, Default)]
pub struct Watch {
    alerts: Open,
    policies: Open,
}

#[derive(Debug, Default)]
struct Open {
    last: u64,
    unsettled: BTreeSet<u64>,
}

/// What a look at one number tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Status {
    Settled,
    Waiting,
    Due,
}

impl Watch {
    /// Calls everything that is due. A call that the chain refuses is reported, and the others go
    /// on; a node that does not answer is an error.
    pub fn look(
        &mut self,
        chain: &dyn Account,
        deployment: &Deployment,
    ) -> Result<Vec<Done>, LedgerError> {
        let now = chain.block_time_ms()? / 1_000;
        let alert = |number| {
            let asked = care::QueryMsg::Alert {
                alert: Uint64::new(number),
            };
            Ok(find::<AlertInfo>(chain, &deployment.care, &asked)?.map(|a| alert_status(&a, now)))
        };
        let policy = |number| {
            let asked = claims::QueryMsg::Policy {
                policy: Uint64::new(number),
            };
            Ok(find::<PolicyInfo>(chain, &deployment.claims, &asked)?.map(|p| policy_status(&p)))
        };
        let mut done = Vec::new();
        for number in self.alerts.due(alert)? {
            let msg = care::ExecuteMsg::Escalate {
                alert: Uint64::new(number),
            };
            done.push(settle(chain, What::Alert, number, &deployment.care, &msg));
        }
        for number in self.policies.due(policy)? {
            let msg = claims::ExecuteMsg::Expire {
                policy: Uint64::new(number),
            };
            done.push(settle(
                chain,
                What::Policy,
                number,
                &deployment.claims,
                &msg,
            ));
        }
        Ok(done)
    }
}

impl Open {
    fn due(
        &mut self,
        status: impl Fn(u64) -> Result<Option<Status>, LedgerError>,
    ) -> Result<Vec<u64>, LedgerError> {
        let mut due = Vec::new();
        for number in self.unsettled.clone() {
            self.note(number, status(number)?, &mut due);
        }
        while let Some(found) = status(self.last.saturating_add(1))? {
            self.last += 1;
            self.note(self.last, Some(found), &mut due);
        }
        Ok(due)
    }

    fn note(&mut self, number: u64, status: Option<Status>, due: &mut Vec<u64>) {
        match status {
            Some(Status::Settled) | None => {
                self.unsettled.remove(&number);
            }
            Some(Status::Waiting) => {
                self.unsettled.insert(number);
            }
            Some(Status::Due) => {
                self.unsettled.insert(number);
                due.push(number);
            }
        }
    }
}

fn alert_status(alert: &AlertInfo, now: u64) -> Status {
    match (&alert.state, alert.escalates_at) {
        (AlertState::Open, Some(at)) if at <= now => Status::Due,
        (AlertState::Open, Some(_)) => Status::Waiting,
        // On the last tier nobody is left to call, and what is acknowledged does not climb.
        (AlertState::Open, None) | (AlertState::Acknowledged | AlertState::Resolved, _) => {
            Status::Settled
        }
    }
}

fn policy_status(policy: &PolicyInfo) -> Status {
    match policy.state {
        PolicyState::Elapsed => Status::Due,
        PolicyState::Bound | PolicyState::Active | PolicyState::RunOff => Status::Waiting,
        PolicyState::Exhausted | PolicyState::Expired => Status::Settled,
    }
}

fn find<T: DeserializeOwned>(
    chain: &dyn Account,
    contract: &str,
    asked: &impl Serialize,
) -> Result<Option<T>, LedgerError> {
    match query(chain, contract, asked) {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.code() == "state/not_found" => Ok(None),
        Err(error) => Err(error),
    }
}

fn settle(
    chain: &dyn Account,
    what: What,
    number: u64,
    contract: &str,
    msg: &impl Serialize,
) -> Done {
    let outcome = Call::new(contract, msg)
        .and_then(|call| chain.execute(&[call]))
        .map(|tx| tx.hash);
    Done {
        what,
        number,
        outcome,
    }
}

#[cfg(test)]
#[path = "watch_tests.rs"]
mod tests;
