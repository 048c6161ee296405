//! Whether a device may go to a patient.

use cosmwasm_std::Storage;
use vitals_api::registry::read::recall_of;
use vitals_api::registry::record::{Device, Status};

use crate::error::ContractError;
use crate::record::Model;
use crate::state;

/// Neither lost, suspended, retired, nor with firmware that is recalled or too low.
pub fn ensure_fit(
    storage: &dyn Storage,
    number: u64,
    device: &Device,
) -> Result<(), ContractError> {
    ensure_not_lost(number, device)?;
    ensure_not_retired(number, device)?;
    if device.status == Status::Suspended {
        return Err(ContractError::DeviceSuspended { device: number });
    }
    let model = state::model(storage, device.model)?;
    ensure_firmware(storage, device.model, &model, device.firmware)
}

/// Recalls are read only of a model that has any.
pub fn ensure_firmware(
    storage: &dyn Storage,
    number: u32,
    model: &Model,
    firmware: u32,
) -> Result<(), ContractError> {
    if firmware < model.lowest_firmware {
        return Err(ContractError::FirmwareTooLow {
            firmware,
            lowest: model.lowest_firmware,
        });
    }
    if model.recalled && state::recalls(storage, number)?.of(firmware).is_some() {
        return Err(ContractError::FirmwareRecalled {
            model: number,
            firmware,
        });
    }
    Ok(())
}

pub fn ensure_not_lost(number: u64, device: &Device) -> Result<(), ContractError> {
    match device.lost_from_ms {
        None => Ok(()),
        Some(lost_from) => Err(ContractError::DeviceLost {
            device: number,
            lost_from,
        }),
    }
}

pub fn ensure_not_retired(number: u64, device: &Device) -> Result<(), ContractError> {
    if device.status == Status::Retired {
        return Err(ContractError::DeviceRetired { device: number });
    }
    Ok(())
}

/// From the time of the recall, where its firmware is recalled.
pub fn mark_recalled(storage: &dyn Storage, device: &mut Device) -> Result<bool, ContractError> {
    let Some(recall) = recall_of(&storage, device)? else {
        return Ok(false);
    };
    if !device.recalled {
        device.recalled = true;
        device.begin_halt(recall.at_ms);
    }
    Ok(true)
}
