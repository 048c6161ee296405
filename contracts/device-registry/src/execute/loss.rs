//! From when on a device is out of its patient's hands.

use cosmwasm_std::{Event, Storage};
use vitals_api::block::millis;
use vitals_api::registry::record::Device;
use vitals_core::time::Millis;

use super::unpair::current;
use crate::access::Caller;
use crate::error::ContractError;
use crate::state;

pub fn report(
    storage: &mut dyn Storage,
    caller: &Caller<'_>,
    number: u64,
    reported: Millis,
) -> Result<Event, ContractError> {
    let mut device = state::device(storage, number)?;
    let paired = current(&device, number)?;
    caller.ensure_for(storage, paired.patient)?;
    ensure_within(reported, paired.from_ms, millis(caller.now))?;
    ensure_earlier(&device, reported)?;

    device.lost_from_ms = Some(reported);
    state::save_device(storage, number, &device)?;
    Ok(Event::new("lost_reported")
        .add_attribute("device", number.to_string())
        .add_attribute("lost_from_ms", reported.to_string()))
}

fn ensure_within(reported: Millis, from: Millis, now: Millis) -> Result<(), ContractError> {
    if from <= reported && reported <= now {
        return Ok(());
    }
    Err(ContractError::LostTime {
        reported,
        from,
        now,
    })
}

/// A later report that moved the time later would let a thief's readings back in.
fn ensure_earlier(device: &Device, reported: Millis) -> Result<(), ContractError> {
    match device.lost_from_ms {
        Some(lost_from) if reported >= lost_from => Err(ContractError::LostNotEarlier {
            reported,
            lost_from,
        }),
        _ => Ok(()),
    }
}
