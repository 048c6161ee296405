//! A device ends, with its last word where it can still speak.

use cosmwasm_std::{Api, Event, Storage};
use vitals_api::block::millis;
use vitals_api::registry::record::{Device, Retirement, Status};
use vitals_api::registry::SignedBody;
use vitals_core::registration::Retiring;
use vitals_core::signing::Domain;

use super::fitness::ensure_not_retired;
use super::signed::{self, Claim};
use super::{action, unpair};
use crate::access::Caller;
use crate::error::ContractError;
use crate::state;

pub fn retire(
    storage: &mut dyn Storage,
    api: &dyn Api,
    caller: &Caller<'_>,
    number: u64,
    signed: Option<&SignedBody>,
) -> Result<Event, ContractError> {
    let mut device = state::device(storage, number)?;
    caller.ensure_holds(storage, number, &device)?;
    ensure_not_retired(number, &device)?;
    let last_sequence = match signed {
        Some(signed) => Some(take_signed(storage, api, number, &mut device, signed)?),
        None => None,
    };

    let at_ms = millis(caller.now);
    if device.paired.is_some() {
        unpair::end(storage, number, &mut device, at_ms)?;
    }
    device.begin_halt(at_ms);
    device.status = Status::Retired;
    state::save_device(storage, number, &device)?;
    let retirement = Retirement {
        at_ms,
        last_sequence,
    };
    state::save_retirement(storage, number, &retirement)?;
    Ok(Event::new("retired").add_attribute("device", number.to_string()))
}

fn take_signed(
    storage: &dyn Storage,
    api: &dyn Api,
    number: u64,
    device: &mut Device,
    signed: &SignedBody,
) -> Result<u64, ContractError> {
    let body = Retiring::from_bytes(signed::body(&signed.body)?)?;
    unpair::ensure_names("device", number, body.device)?;
    let digest = body.digest(&state::deployment(storage)?);
    let claim = Claim::by_device(&device.key, Domain::Retire, digest);
    signed::check(api, &claim, &signed.signature)?;
    action::take(device, number, body.action)?;
    Ok(body.last_sequence)
}
