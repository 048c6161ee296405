//! A patient takes a device that is free; the device signs.

use cosmwasm_std::{Addr, Api, Binary, Event, QuerierWrapper, Storage, Timestamp};
use vitals_api::registry::record::{Device, Paired, Pairing};
use vitals_core::registration::PairingAction;
use vitals_core::signing::Domain;

use super::authority::ensure_acts_for;
use super::signed::{self, Claim};
use crate::error::ContractError;
use crate::state;
use vitals_api::block::millis;

pub fn pair(
    storage: &mut dyn Storage,
    api: &dyn Api,
    querier: QuerierWrapper<'_>,
    sender: &Addr,
    now: Timestamp,
    body: &Binary,
    signature: &Binary,
) -> Result<Event, ContractError> {
    let body = PairingAction::from_bytes(body)?;
    ensure_acts_for(storage, querier, sender, now, body.patient)?;
    let mut device = state::device(storage, body.device)?;
    check_signature(storage, api, &device, &body, signature)?;
    ensure_next_action(&device, &body)?;
    ensure_free(&device, body.device)?;

    let from_ms = millis(now);
    begin(&mut device, &body, from_ms)?;
    state::save_device(storage, body.device, &device)?;
    let pairing = Pairing {
        patient: body.patient,
        from_ms,
        to_ms: None,
    };
    state::save_pairing(storage, body.device, device.pairing, &pairing)?;
    Ok(Event::new("paired")
        .add_attribute("device", body.device.to_string())
        .add_attribute("pairing", device.pairing.to_string())
        .add_attribute("patient", body.patient.to_string()))
}

fn check_signature(
    storage: &dyn Storage,
    api: &dyn Api,
    device: &Device,
    body: &PairingAction,
    signature: &Binary,
) -> Result<(), ContractError> {
    let claim = Claim {
        signer: "the device",
        key: &device.key,
        action: Domain::Pair,
        digest: body.digest(Domain::Pair, &state::deployment(storage)?),
    };
    signed::check(api, &claim, signature)
}

/// Exactly the last plus one: an old signature never works twice.
fn ensure_next_action(device: &Device, body: &PairingAction) -> Result<(), ContractError> {
    let next = device.action.checked_add(1);
    let expected = next.ok_or(ContractError::NumbersUsedUp { what: "action" })?;
    if body.action == expected {
        return Ok(());
    }
    Err(ContractError::ActionNumber {
        device: body.device,
        expected,
        got: body.action,
    })
}

fn ensure_free(device: &Device, number: u64) -> Result<(), ContractError> {
    if device.paired.is_some() {
        return Err(ContractError::AlreadyPaired {
            device: number,
            pairing: device.pairing,
        });
    }
    match device.lost_from_ms {
        None => Ok(()),
        Some(lost_from) => Err(ContractError::DeviceLost {
            device: number,
            lost_from,
        }),
    }
}

fn begin(device: &mut Device, body: &PairingAction, from_ms: u64) -> Result<(), ContractError> {
    let next = device.pairing.checked_add(1);
    device.pairing = next.ok_or(ContractError::NumbersUsedUp { what: "pairing" })?;
    device.action = body.action;
    device.paired = Some(Paired {
        patient: body.patient,
        from_ms,
    });
    Ok(())
}
