//! Answers about devices.

use cosmwasm_std::{Api, Binary, Storage, Uint64};
use vitals_api::registry::read::recall_of;
use vitals_api::registry::record::{Device, Pairing, Status};
use vitals_api::registry::{
    DeviceInfo, DeviceStatus, DevicesPage, KeyInfo, KeysPage, PairingInfo, PairingsPage,
    PatientDevice, RetirementInfo, TransferInfo, Unusable, UsableInfo,
};
use vitals_api::ApiError;
use vitals_core::time::Millis;

use super::key_msg;
use crate::error::ContractError;
use crate::execute::unpair::current;
use crate::state;

pub fn device(
    storage: &dyn Storage,
    api: &dyn Api,
    number: u64,
) -> Result<DeviceInfo, ContractError> {
    let device = state::device(storage, number)?;
    let origin = state::origin(storage, api, number, &device)?;
    let key_from = device.rotation.map_or(0, |r| r.from_sequence);
    Ok(DeviceInfo {
        device: Uint64::new(number),
        key: key_msg(&device.key),
        key_from_sequence: Uint64::new(key_from),
        model: device.model,
        firmware: device.firmware,
        assurance: device.assurance,
        measures: device.measures.members(),
        categories: device.categories().members(),
        registrant: api.addr_humanize(&origin.registrant)?.into(),
        serial_commitment: Binary::new(origin.serial_commitment.to_vec()),
        gateway: origin.gateway.map(Uint64::new),
        status: status(device.status),
        recalled: device.recalled,
        action: Uint64::new(device.action),
        pairing: device.pairing,
        patient: device.paired.map(|p| Uint64::new(p.patient)),
        paired_from_ms: device.paired.map(|p| p.from_ms),
        lost_from_ms: device.lost_from_ms,
        calibrated_from: device.calibration.map(|held| held.from),
        calibrated_until: device.calibration.map(|held| held.until),
        retirement: retirement(storage, number, &device)?,
    })
}

fn status(status: Status) -> DeviceStatus {
    match status {
        Status::Active => DeviceStatus::Active,
        Status::Suspended => DeviceStatus::Suspended,
        Status::Retired => DeviceStatus::Retired,
    }
}

fn retirement(
    storage: &dyn Storage,
    number: u64,
    device: &Device,
) -> Result<Option<RetirementInfo>, ApiError> {
    if device.status != Status::Retired {
        return Ok(None);
    }
    let found = state::may_load_retirement(storage, number)?;
    Ok(found.map(|retirement| RetirementInfo {
        at_ms: retirement.at_ms,
        last_sequence: retirement.last_sequence.map(Uint64::new),
    }))
}

pub fn of_patient(
    storage: &dyn Storage,
    patient: u64,
    start_after: Option<u64>,
    limit: usize,
) -> Result<DevicesPage, ContractError> {
    let found = state::patient_devices(storage, patient, start_after, limit)?;
    let devices = found.into_iter().map(|(number, pairing)| {
        let device = state::device(storage, number)?;
        Ok(PatientDevice {
            device: Uint64::new(number),
            pairing,
            paired: device.pairing == pairing && device.paired.is_some(),
        })
    });
    Ok(DevicesPage {
        devices: devices.collect::<Result<_, ContractError>>()?,
    })
}

pub fn pairings(
    storage: &dyn Storage,
    device: u64,
    start_after: Option<u32>,
    limit: usize,
) -> Result<PairingsPage, ContractError> {
    let found = state::pairings(storage, device, start_after, limit)?;
    let info = |(number, record)| pairing_info(number, record);
    Ok(PairingsPage {
        pairings: found.into_iter().map(info).collect(),
    })
}

pub fn pairing_info(pairing: u32, record: Pairing) -> PairingInfo {
    PairingInfo {
        pairing,
        patient: Uint64::new(record.patient),
        from_ms: record.from_ms,
        to_ms: record.to_ms,
    }
}

pub fn transfer(storage: &dyn Storage, number: u64) -> Result<TransferInfo, ContractError> {
    let device = state::device(storage, number)?;
    let offer = state::offer(storage, number, &device)?;
    Ok(TransferInfo {
        from_patient: Uint64::new(current(&device, number)?.patient),
        to_patient: Uint64::new(offer.to_patient),
    })
}

pub fn usable(
    storage: &dyn Storage,
    number: u64,
    at_ms: Millis,
) -> Result<UsableInfo, ContractError> {
    let device = state::device(storage, number)?;
    let pairing = pairing_at(storage, number, device.pairing, at_ms)?;
    let halted = match &pairing {
        Some((_, pairing)) => device.unusable_in(pairing, at_ms, at_ms),
        None => device.unusable_during(at_ms, at_ms),
    };
    let reason = match halted {
        Some(reason) => Some(reason),
        None => recalled(storage, &device, at_ms)?,
    };
    let reason = reason.or_else(|| pairing.is_none().then_some(Unusable::NotPaired {}));
    Ok(UsableInfo {
        usable: reason.is_none(),
        reason,
        pairing: pairing.map(|(number, record)| pairing_info(number, record)),
        calibrated: device.was_calibrated_at(at_ms),
    })
}

/// By a recall that the device is not marked for yet.
fn recalled(
    storage: &dyn Storage,
    device: &Device,
    at_ms: Millis,
) -> Result<Option<Unusable>, ApiError> {
    let recall = recall_of(&storage, device)?.filter(|recall| recall.at_ms <= at_ms);
    Ok(recall.map(|recall| Unusable::Recalled {
        from_ms: recall.at_ms,
    }))
}

/// Pairings are numbered in the order of their times, so the last that had begun is found by
/// halving: at most 32 reads.
fn pairing_at(
    storage: &dyn Storage,
    device: u64,
    last: u32,
    at_ms: Millis,
) -> Result<Option<(u32, Pairing)>, ContractError> {
    // the last that had begun is at or above `began`, and below `later`
    let (mut began, mut later) = (0u32, last.saturating_add(1));
    while later.saturating_sub(began) > 1 {
        let middle = began.midpoint(later);
        if state::pairing(storage, device, middle)?.from_ms <= at_ms {
            began = middle;
        } else {
            later = middle;
        }
    }
    if began == 0 {
        return Ok(None);
    }
    let found = state::pairing(storage, device, began)?;
    Ok(found.held(at_ms, at_ms).then_some((began, found)))
}

pub fn keys(
    storage: &dyn Storage,
    number: u64,
    start_after: Option<u32>,
    limit: usize,
) -> Result<KeysPage, ContractError> {
    let device = state::device(storage, number)?;
    let found = state::old_keys(storage, number, start_after, limit)?;
    let mut keys: Vec<KeyInfo> = found
        .into_iter()
        .map(|(number, old)| KeyInfo {
            number,
            key: key_msg(&old.key),
            from_sequence: Uint64::new(old.from_sequence),
            rotated_at_ms: Some(old.rotated_at_ms),
        })
        .collect();
    let newest = newest_key(&device);
    if keys.len() < limit && start_after.is_none_or(|after| after < newest.number) {
        keys.push(newest);
    }
    Ok(KeysPage { keys })
}

fn newest_key(device: &Device) -> KeyInfo {
    let (rotations, from) = device
        .rotation
        .map_or((0, 0), |rotation| (rotation.number, rotation.from_sequence));
    KeyInfo {
        number: rotations.saturating_add(1),
        key: key_msg(&device.key),
        from_sequence: Uint64::new(from),
        rotated_at_ms: None,
    }
}
