//! Anybody calls the next tier once the last one's time has passed.

use cosmwasm_std::{Event, Storage};

use super::Call;
use crate::error::ContractError;
use crate::{events, state};

pub fn escalate(
    storage: &mut dyn Storage,
    call: &Call,
    number: u64,
) -> Result<Event, ContractError> {
    let alert = state::alert(storage, number)?;
    let ladder = state::ladder_of(storage, &alert)?;
    let escalated = alert.escalated(&ladder, call.now_s())?;
    state::set_alert(storage, number, &escalated)?;
    Ok(events::escalated(number, &escalated, &ladder))
}
