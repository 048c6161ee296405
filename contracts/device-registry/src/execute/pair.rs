//! A patient takes a device that is free; the device signs.

use cosmwasm_std::{Api, Binary, Event, Storage};
use vitals_api::block::millis;
use vitals_api::registry::record::{Device, Halts, Paired, Pairing};
use vitals_core::registration::PairingAction;
use vitals_core::signing::Domain;
use vitals_core::time::Millis;

use super::signed::{self, Claim};
use super::{action, fitness};
use crate::access::Caller;
use crate::error::ContractError;
use crate::state;

pub fn pair(
    storage: &mut dyn Storage,
    api: &dyn Api,
    caller: &Caller<'_>,
    body: &Binary,
    signature: &Binary,
) -> Result<Event, ContractError> {
    let body = PairingAction::from_bytes(signed::body(body)?)?;
    caller.ensure_for(storage, body.patient)?;
    let mut device = state::device(storage, body.device)?;
    let digest = body.digest(Domain::Pair, &state::deployment(storage)?);
    let claim = Claim::by_device(&device.key, Domain::Pair, digest);
    signed::check(api, &claim, signature)?;
    action::take(&mut device, body.device, body.action)?;
    ensure_free(&device, body.device)?;
    fitness::ensure_fit(storage, body.device, &device)?;

    begin(
        storage,
        body.device,
        &mut device,
        body.patient,
        millis(caller.now),
    )?;
    state::save_device(storage, body.device, &device)?;
    Ok(Event::new("paired")
        .add_attribute("device", body.device.to_string())
        .add_attribute("pairing", device.pairing.to_string())
        .add_attribute("patient", body.patient.to_string()))
}

fn ensure_free(device: &Device, number: u64) -> Result<(), ContractError> {
    if device.paired.is_none() {
        return Ok(());
    }
    Err(ContractError::AlreadyPaired {
        device: number,
        pairing: device.pairing,
    })
}

/// Writes the next pairing's record and changes the device's, which the caller saves. A device that
/// is fit to be paired is not halted, and what it was before is not the next patient's.
pub fn begin(
    storage: &mut dyn Storage,
    number: u64,
    device: &mut Device,
    patient: u64,
    from_ms: Millis,
) -> Result<(), ContractError> {
    let next = device.pairing.checked_add(1);
    device.pairing = next.ok_or(ContractError::NumbersUsedUp { what: "pairing" })?;
    device.paired = Some(Paired { patient, from_ms });
    device.halts = Halts::default();
    let pairing = Pairing {
        patient,
        from_ms,
        to_ms: None,
        halts: Halts::default(),
    };
    state::save_pairing(storage, number, device.pairing, &pairing)?;
    Ok(state::list_device(
        storage,
        patient,
        number,
        device.pairing,
    )?)
}
