//! What happens where somebody could not be told: operators are, and an alert is carried on.

use cosmwasm_std::Uint64;
use metrics::counter;
use vitals_api::care::{AlertInfo, AlertState, ExecuteMsg};
use vitals_ledger::{Account, Call, Deployment, LedgerError};

use crate::people::People;
use crate::store::Carried;
use crate::{Message, Telling, Urgency};

/// They have a day: by then it is in `receipts` anyway.
const WITHIN_MS: u64 = 86_400_000;

/// Operators are told what happened to whom by the receipts, never by the message.
pub(crate) fn to_operators(thing: &str, urgency: Urgency, people: &People) -> Vec<Telling> {
    let telling = |person: &String| Telling {
        thing: thing.into(),
        person: person.clone(),
        message: Message::Undelivered,
        urgency,
        alert: None,
        within_ms: WITHIN_MS,
    };
    people.operators().iter().map(telling).collect()
}

/// What is left to do about an alert of which somebody could not be told.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum CarryOn {
    /// Answered, over, or with the next tier already; or there is no next.
    Nothing,
    Wait,
    Escalate,
}

pub(crate) fn carry_on(alert: &AlertInfo, carried: &Carried, block_s: u64) -> CarryOn {
    let climbed = alert.tier > carried.tier;
    match (&alert.state, alert.escalates_at) {
        (AlertState::Open, Some(at)) if !climbed && at <= block_s => CarryOn::Escalate,
        (AlertState::Open, Some(_)) if !climbed => CarryOn::Wait,
        _ => CarryOn::Nothing,
    }
}

/// Anybody may, once a tier's seconds have passed; somebody else may have been faster.
pub(crate) fn escalate(
    account: &(dyn Account + Send),
    at: &Deployment,
    alert: u64,
) -> Result<(), LedgerError> {
    let alert = Uint64::new(alert);
    let call = Call::new(&at.care, &ExecuteMsg::Escalate { alert })?;
    account.execute(&[call])?;
    counter!("vitals_notify_escalated_total").increment(1);
    tracing::info!("an alert that reached nobody was escalated");
    Ok(())
}
