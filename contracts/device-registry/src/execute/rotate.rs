//! Another key signs for a device; the one before stays findable for what it signed.

use cosmwasm_std::{Api, Binary, Event, Storage};
use vitals_api::block::millis;
use vitals_api::registry::record::{Device, OldKey, Rotation};
use vitals_api::registry::{MAX_KEY_BATCHES, MAX_ROTATIONS};
use vitals_core::key::PublicKey;
use vitals_core::registration::KeyRotation;
use vitals_core::signing::Domain;
use vitals_core::time::Millis;

use super::fitness::{ensure_not_lost, ensure_not_retired};
use super::signed::{self, Claim};
use super::{action, register};
use crate::access::Caller;
use crate::error::ContractError;
use crate::state;

/// The signatures over one body, by the key there is and by the next.
pub struct Signatures<'a> {
    pub old: &'a Binary,
    pub new: &'a Binary,
}

pub fn rotate(
    storage: &mut dyn Storage,
    api: &dyn Api,
    caller: &Caller<'_>,
    body: &Binary,
    signatures: &Signatures<'_>,
) -> Result<Event, ContractError> {
    let body = KeyRotation::from_bytes(signed::body(body)?)?;
    let number = body.device;
    let mut device = state::device(storage, number)?;
    caller.ensure_holds(storage, number, &device)?;
    ensure_not_retired(number, &device)?;
    ensure_not_lost(number, &device)?;
    register::ensure_new_key(storage, &body.key)?;
    let digest = body.digest(&state::deployment(storage)?)?;
    check_both(api, &device.key, &body.key, digest, signatures)?;
    action::take(&mut device, number, body.action)?;
    let held = held(&device);
    ensure_within(held, number, body.from_sequence)?;

    let origin = state::origin(storage, api, number, &device)?;
    change_key(
        storage,
        number,
        &mut device,
        held,
        &body,
        millis(caller.now),
    )?;
    state::save_device(storage, number, &device)?;
    state::save_key(storage, number, &body.key, origin)?;
    Ok(Event::new("key_rotated")
        .add_attribute("device", number.to_string())
        .add_attribute("from_sequence", body.from_sequence.to_string()))
}

fn check_both(
    api: &dyn Api,
    old: &PublicKey,
    new: &PublicKey,
    digest: [u8; 32],
    signatures: &Signatures<'_>,
) -> Result<(), ContractError> {
    let by_old = Claim::by_device(old, Domain::RotateKey, digest);
    signed::check(api, &by_old, signatures.old)?;
    let by_new = Claim {
        signer: "the new key",
        ..Claim::by_device(new, Domain::RotateKey, digest)
    };
    signed::check(api, &by_new, signatures.new)
}

/// The rotation to the key there is, numbered 0 where it is the first.
fn held(device: &Device) -> Rotation {
    device.rotation.unwrap_or(Rotation {
        number: 0,
        from_sequence: 0,
    })
}

/// Above the number from which the key holds that ends, so that each key has a range of its own; and
/// not so far above that the device never comes to it.
fn ensure_within(held: Rotation, device: u64, got: u64) -> Result<(), ContractError> {
    let held_from = held.from_sequence;
    let most = held_from.saturating_add(MAX_KEY_BATCHES);
    if got <= held_from {
        return Err(ContractError::RotationNotLater {
            device,
            held_from,
            got,
        });
    }
    if got > most {
        return Err(ContractError::RotationTooFar {
            device,
            held_from,
            most,
            got,
        });
    }
    Ok(())
}

fn change_key(
    storage: &mut dyn Storage,
    number: u64,
    device: &mut Device,
    held: Rotation,
    body: &KeyRotation,
    rotated_at_ms: Millis,
) -> Result<(), ContractError> {
    let old = OldKey {
        key: device.key.clone(),
        from_sequence: held.from_sequence,
        rotated_at_ms,
    };
    let rotation = Rotation {
        number: next(held, number)?,
        from_sequence: body.from_sequence,
    };
    state::save_old_key(storage, number, rotation.number, &old)?;
    device.key = body.key.clone();
    device.rotation = Some(rotation);
    Ok(())
}

fn next(held: Rotation, device: u64) -> Result<u32, ContractError> {
    let next = held.number.checked_add(1);
    next.filter(|next| *next <= MAX_ROTATIONS)
        .ok_or(ContractError::TooManyRotations {
            device,
            most: MAX_ROTATIONS,
        })
}
