//! A pairing ends; its record stays.

use cosmwasm_std::{Api, Event, Storage};
use vitals_api::block::millis;
use vitals_api::registry::record::{Device, Paired, Pairing, Status};
use vitals_api::registry::SignedBody;
use vitals_core::registration::PairingAction;
use vitals_core::signing::Domain;
use vitals_core::time::Millis;

use super::signed::{self, Claim};
use super::{action, fitness};
use crate::access::Caller;
use crate::error::ContractError;
use crate::state;

pub fn unpair(
    storage: &mut dyn Storage,
    api: &dyn Api,
    caller: &Caller<'_>,
    number: u64,
    signed: Option<&SignedBody>,
) -> Result<Event, ContractError> {
    let mut device = state::device(storage, number)?;
    let paired = current(&device, number)?;
    caller.ensure_for(storage, paired.patient)?;
    match signed {
        Some(signed) => take_signed(storage, api, number, &mut device, paired, signed)?,
        None => action::skip(&mut device)?,
    }

    end(storage, number, &mut device, millis(caller.now))?;
    state::save_device(storage, number, &device)?;
    Ok(Event::new("unpaired")
        .add_attribute("device", number.to_string())
        .add_attribute("pairing", device.pairing.to_string()))
}

fn take_signed(
    storage: &dyn Storage,
    api: &dyn Api,
    number: u64,
    device: &mut Device,
    paired: Paired,
    signed: &SignedBody,
) -> Result<(), ContractError> {
    let body = PairingAction::from_bytes(signed::body(&signed.body)?)?;
    ensure_names("device", number, body.device)?;
    ensure_names("patient", paired.patient, body.patient)?;
    let digest = body.digest(Domain::Unpair, &state::deployment(storage)?);
    let claim = Claim::by_device(&device.key, Domain::Unpair, digest);
    signed::check(api, &claim, &signed.signature)?;
    action::take(device, number, body.action)
}

/// What a signed body names is what the message or the record does.
pub fn ensure_names(what: &'static str, expected: u64, got: u64) -> Result<(), ContractError> {
    if expected == got {
        return Ok(());
    }
    Err(ContractError::BodyNames {
        what,
        expected,
        got,
    })
}

/// The pairing that lasts.
pub fn current(device: &Device, number: u64) -> Result<Paired, ContractError> {
    device
        .paired
        .ok_or(ContractError::NotPaired { device: number })
}

/// Ends the pairing that lasts, in its record and in the device's, which the caller saves; and a
/// suspension with it, which was its patient's word. When it was halted stays in the pairing's
/// record, a recall that nobody marked the device for included: what was measured in it is judged
/// by that for ever.
pub fn end(
    storage: &mut dyn Storage,
    number: u64,
    device: &mut Device,
    to_ms: Millis,
) -> Result<(), ContractError> {
    fitness::mark_recalled(storage, device)?;
    device.paired = None;
    if device.status == Status::Suspended {
        device.status = Status::Active;
        device.end_halt(to_ms);
    }
    let ended = Pairing {
        to_ms: Some(to_ms),
        halts: device.halts,
        ..state::pairing(storage, number, device.pairing)?
    };
    Ok(state::save_pairing(
        storage,
        number,
        device.pairing,
        &ended,
    )?)
}
