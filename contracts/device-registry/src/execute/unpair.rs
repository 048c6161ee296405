//! A pairing ends; its record stays.

use cosmwasm_std::{Addr, Event, QuerierWrapper, Storage, Timestamp};
use vitals_api::registry::record::{Device, Paired, Pairing};

use super::authority::ensure_acts_for;
use crate::error::ContractError;
use crate::state;
use vitals_api::block::millis;

pub fn unpair(
    storage: &mut dyn Storage,
    querier: QuerierWrapper<'_>,
    sender: &Addr,
    now: Timestamp,
    number: u64,
) -> Result<Event, ContractError> {
    let mut device = state::device(storage, number)?;
    let paired = current(&device, number)?;
    ensure_acts_for(storage, querier, sender, now, paired.patient)?;

    device.paired = None;
    state::save_device(storage, number, &device)?;
    let ended = Pairing {
        to_ms: Some(millis(now)),
        ..state::pairing(storage, number, device.pairing)?
    };
    state::save_pairing(storage, number, device.pairing, &ended)?;
    Ok(Event::new("unpaired")
        .add_attribute("device", number.to_string())
        .add_attribute("pairing", device.pairing.to_string()))
}

/// The pairing that lasts.
pub fn current(device: &Device, number: u64) -> Result<Paired, ContractError> {
    device
        .paired
        .ok_or(ContractError::NotPaired { device: number })
}
