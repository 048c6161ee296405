//! A device goes from one patient to the next without being anybody's in between. The present
//! patient offers it, the device naming both; the next one accepts.

use cosmwasm_std::{Api, Binary, Event, Storage};
use vitals_api::block::millis;
use vitals_core::registration::Transfer;
use vitals_core::signing::Domain;

use super::signed::{self, Claim};
use super::{action, fitness, pair, unpair};
use crate::access::Caller;
use crate::error::ContractError;
use crate::record::Offer;
use crate::state;

pub fn offer(
    storage: &mut dyn Storage,
    api: &dyn Api,
    caller: &Caller<'_>,
    body: &Binary,
    signature: &Binary,
) -> Result<Event, ContractError> {
    let body = Transfer::from_bytes(signed::body(body)?)?;
    let number = body.device;
    let mut device = state::device(storage, number)?;
    let paired = unpair::current(&device, number)?;
    caller.ensure_for(storage, paired.patient)?;
    unpair::ensure_names("patient", paired.patient, body.from_patient)?;
    ensure_another(&body)?;
    let digest = body.digest(&state::deployment(storage)?);
    let claim = Claim::by_device(&device.key, Domain::Transfer, digest);
    signed::check(api, &claim, signature)?;
    action::take(&mut device, number, body.action)?;
    fitness::ensure_fit(storage, number, &device)?;

    state::save_device(storage, number, &device)?;
    let offer = Offer {
        action: body.action,
        to_patient: body.to_patient,
    };
    state::save_offer(storage, number, &offer)?;
    Ok(Event::new("transfer_offered")
        .add_attribute("device", number.to_string())
        .add_attribute("patient", body.to_patient.to_string()))
}

fn ensure_another(body: &Transfer) -> Result<(), ContractError> {
    if body.from_patient != body.to_patient {
        return Ok(());
    }
    Err(ContractError::SamePatient {
        patient: body.to_patient,
    })
}

pub fn accept(
    storage: &mut dyn Storage,
    caller: &Caller<'_>,
    number: u64,
) -> Result<Event, ContractError> {
    let mut device = state::device(storage, number)?;
    let to_patient = state::offer(storage, number, &device)?.to_patient;
    caller.ensure_for(storage, to_patient)?;
    fitness::ensure_fit(storage, number, &device)?;

    let now_ms = millis(caller.now);
    unpair::end(storage, number, &mut device, now_ms)?;
    pair::begin(storage, number, &mut device, to_patient, now_ms)?;
    state::save_device(storage, number, &device)?;
    state::remove_offer(storage, number);
    Ok(Event::new("transferred")
        .add_attribute("device", number.to_string())
        .add_attribute("pairing", device.pairing.to_string())
        .add_attribute("patient", to_patient.to_string()))
}

pub fn withdraw(
    storage: &mut dyn Storage,
    caller: &Caller<'_>,
    number: u64,
) -> Result<Event, ContractError> {
    let device = state::device(storage, number)?;
    caller.ensure_holds(storage, number, &device)?;
    state::offer(storage, number, &device)?;

    state::remove_offer(storage, number);
    Ok(Event::new("transfer_withdrawn").add_attribute("device", number.to_string()))
}
