//! Anybody calls the next tier once the last one's time has passed.

use cosmwasm_std::{Event, Storage, Timestamp};

use crate::error::ContractError;
use crate::{events, state};

pub fn escalate(
    storage: &mut dyn Storage,
    now: Timestamp,
    number: u64,
) -> Result<Event, ContractError> {
    let alert = state::alert(storage, number)?;
    let ladder = state::ladder(storage, alert.origin.patient, alert.origin.ladder)?;
    let escalated = alert.escalated(&ladder, now.seconds())?;
    state::set_alert(storage, number, &escalated)?;
    Ok(events::escalated(number, &escalated))
}
