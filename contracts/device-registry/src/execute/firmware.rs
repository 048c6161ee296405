//! What firmware a model's devices may run, and what a device says it runs.

use cosmwasm_std::{Api, Binary, Event, Storage, Timestamp};
use vitals_api::block::millis;
use vitals_api::parse;
use vitals_core::registration::FirmwareUpdate;
use vitals_core::signing::Domain;

use super::signed::{self, Claim};
use super::{action, fitness};
use crate::access::Caller;
use crate::error::ContractError;
use crate::record::{Firmware, Model};
use crate::state;

pub fn approve(
    storage: &mut dyn Storage,
    caller: &Caller<'_>,
    number: u32,
    version: u32,
    digest: &Binary,
) -> Result<Event, ContractError> {
    let mut model = state::model(storage, number)?;
    caller.ensure_maker_of(storage, number, &model)?;
    let digest = parse::bytes("digest", digest)?;
    ensure_above_newest(&model, version)?;
    fitness::ensure_firmware(storage, number, &model, version)?;

    model.newest_firmware = version;
    state::save_model(storage, number, &model)?;
    let firmware = Firmware {
        digest,
        approved_at_ms: millis(caller.now),
    };
    state::save_firmware(storage, number, version, &firmware)?;
    Ok(Event::new("firmware_approved")
        .add_attribute("model", number.to_string())
        .add_attribute("version", version.to_string()))
}

fn ensure_above_newest(model: &Model, version: u32) -> Result<(), ContractError> {
    if version > model.newest_firmware {
        return Ok(());
    }
    Err(ContractError::FirmwareNotNewer {
        firmware: version,
        newest: model.newest_firmware,
    })
}

pub fn raise_lowest(
    storage: &mut dyn Storage,
    caller: &Caller<'_>,
    number: u32,
    lowest: u32,
) -> Result<Event, ContractError> {
    let mut model = state::model(storage, number)?;
    caller.ensure_maker_of(storage, number, &model)?;
    let (above, most) = (model.lowest_firmware, model.newest_firmware);
    if lowest <= above || lowest > most {
        return Err(ContractError::LowestFirmware {
            lowest,
            above,
            most,
        });
    }

    model.lowest_firmware = lowest;
    state::save_model(storage, number, &model)?;
    Ok(Event::new("lowest_firmware_raised")
        .add_attribute("model", number.to_string())
        .add_attribute("lowest", lowest.to_string()))
}

/// A recall of what it ran before holds until now, whether or not anybody marked the device.
pub fn update(
    storage: &mut dyn Storage,
    api: &dyn Api,
    body: &Binary,
    signature: &Binary,
    now: Timestamp,
) -> Result<Event, ContractError> {
    let body = FirmwareUpdate::from_bytes(signed::body(body)?)?;
    let number = body.device;
    let mut device = state::device(storage, number)?;
    fitness::ensure_not_retired(number, &device)?;
    let digest = body.digest(&state::deployment(storage)?);
    let claim = Claim::by_device(&device.key, Domain::UpdateFirmware, digest);
    signed::check(api, &claim, signature)?;
    action::take(&mut device, number, body.action)?;
    if body.firmware <= device.firmware {
        return Err(ContractError::FirmwareNotNewer {
            firmware: body.firmware,
            newest: device.firmware,
        });
    }
    ensure_approved(storage, device.model, &body)?;

    fitness::mark_recalled(storage, &mut device)?;
    device.firmware = body.firmware;
    device.recalled = false;
    device.end_halt(millis(now));
    state::save_device(storage, number, &device)?;
    Ok(Event::new("firmware_updated")
        .add_attribute("device", number.to_string())
        .add_attribute("version", body.firmware.to_string()))
}

fn ensure_approved(
    storage: &dyn Storage,
    number: u32,
    body: &FirmwareUpdate,
) -> Result<(), ContractError> {
    let model = state::model(storage, number)?;
    fitness::ensure_firmware(storage, number, &model, body.firmware)?;
    let approved = state::may_load_firmware(storage, number, body.firmware)?;
    match approved {
        Some(firmware) if firmware.digest == body.image => Ok(()),
        _ => Err(ContractError::FirmwareNotApproved {
            model: number,
            firmware: body.firmware,
        }),
    }
}
