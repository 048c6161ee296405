//! Firmware of a model is not to be counted on any more.

use cosmwasm_std::{Binary, Event, Storage, Uint64};
use vitals_api::block::millis;
use vitals_api::registry::record::Recall;
use vitals_api::registry::{MAX_MARKED, MAX_RECALLS};
use vitals_api::{admin, parse};

use super::fitness;
use crate::access::Caller;
use crate::error::ContractError;
use crate::state;

/// What a message recalls.
pub struct Range<'a> {
    pub model: u32,
    pub from_firmware: u32,
    pub to_firmware: u32,
    pub reason: &'a Binary,
}

pub fn recall(
    storage: &mut dyn Storage,
    caller: &Caller<'_>,
    range: &Range<'_>,
) -> Result<Event, ContractError> {
    let mut model = state::model(storage, range.model)?;
    caller.ensure_maker_of(storage, range.model, &model)?;
    let reason = parse::bytes("reason", range.reason)?;
    ensure_in_order(range)?;
    let mut recalls = state::recalls(storage, range.model)?;
    let next = recalls.0.len().saturating_add(1);
    parse::length("recalls of a model", next, 1, most(storage, caller))?;

    recalls.0.push(Recall {
        from_firmware: range.from_firmware,
        to_firmware: range.to_firmware,
        at_ms: millis(caller.now),
        reason,
    });
    state::save_recalls(storage, range.model, &recalls)?;
    model.recalled = true;
    state::save_model(storage, range.model, &model)?;
    Ok(Event::new("recalled")
        .add_attribute("model", range.model.to_string())
        .add_attribute("from_firmware", range.from_firmware.to_string())
        .add_attribute("to_firmware", range.to_firmware.to_string()))
}

/// The last is the owner's: a maker that used all up would keep everybody from recalling the rest.
fn most(storage: &dyn Storage, caller: &Caller<'_>) -> usize {
    match admin::ensure_owner(storage, caller.sender) {
        Ok(()) => MAX_RECALLS,
        Err(_) => MAX_RECALLS.saturating_sub(1),
    }
}

fn ensure_in_order(range: &Range<'_>) -> Result<(), ContractError> {
    if range.from_firmware <= range.to_firmware {
        return Ok(());
    }
    Err(ContractError::RecallRange {
        from: range.from_firmware,
        to: range.to_firmware,
    })
}

/// So that whoever reads a device's record learns of the recall in the same read.
pub fn mark(storage: &mut dyn Storage, devices: &[Uint64]) -> Result<Event, ContractError> {
    parse::length("devices", devices.len(), 1, MAX_MARKED)?;
    let mut event = Event::new("marked_recalled");
    for number in devices.iter().map(|number| number.u64()) {
        mark_one(storage, number)?;
        event = event.add_attribute("device", number.to_string());
    }
    Ok(event)
}

fn mark_one(storage: &mut dyn Storage, number: u64) -> Result<(), ContractError> {
    let mut device = state::device(storage, number)?;
    fitness::ensure_not_retired(number, &device)?;
    if !fitness::mark_recalled(storage, &mut device)? {
        return Err(ContractError::NotRecalled { device: number });
    }
    Ok(state::save_device(storage, number, &device)?)
}
