//! A device is not to be counted on for a while.

use cosmwasm_std::{Event, Storage};
use vitals_api::block::millis;
use vitals_api::registry::record::Status;

use super::fitness::ensure_not_retired;
use crate::access::Caller;
use crate::error::ContractError;
use crate::state;

pub fn suspend(
    storage: &mut dyn Storage,
    caller: &Caller<'_>,
    number: u64,
) -> Result<Event, ContractError> {
    let mut device = state::device(storage, number)?;
    caller.ensure_holds(storage, number, &device)?;
    ensure_not_retired(number, &device)?;
    if device.status == Status::Suspended {
        return Err(ContractError::DeviceSuspended { device: number });
    }

    device.status = Status::Suspended;
    device.begin_halt(millis(caller.now));
    state::save_device(storage, number, &device)?;
    Ok(Event::new("device_suspended").add_attribute("device", number.to_string()))
}

pub fn restore(
    storage: &mut dyn Storage,
    caller: &Caller<'_>,
    number: u64,
) -> Result<Event, ContractError> {
    let mut device = state::device(storage, number)?;
    caller.ensure_holds(storage, number, &device)?;
    if device.status != Status::Suspended {
        return Err(ContractError::NotSuspended { device: number });
    }

    device.status = Status::Active;
    device.end_halt(millis(caller.now));
    state::save_device(storage, number, &device)?;
    Ok(Event::new("device_restored").add_attribute("device", number.to_string()))
}
