//! Devices, and who has had which.

use cosmwasm_std::{Api, Storage};
use vitals_api::registry::record::{
    Device, OldKey, Pairing, Retirement, DEVICES, OLD_KEYS, PAIRINGS, RETIREMENTS,
};
use vitals_api::store::{Key, RecordMap};
use vitals_api::ApiError;
use vitals_core::bytes::Reader;
use vitals_core::key::PublicKey;

use crate::error::ContractError;
use crate::record::{ByKey, Offer, Origin, PatientDevice, Registered, SeparateOrigin};

/// By scheme and key: a key is registered once.
const KEYS: RecordMap<ByKey<'static>, Registered> = RecordMap::new("k");
/// By device number, where release 0.1.0 registered it.
const SEPARATE_ORIGINS: RecordMap<u64, SeparateOrigin> = RecordMap::new("r");
/// By patient and device.
const PATIENT_DEVICES: RecordMap<(u64, u64), PatientDevice> = RecordMap::new("y");
/// By device number, while its patient gives it away.
const OFFERS: RecordMap<u64, Offer> = RecordMap::new("t");

#[cfg(test)]
pub const NAMESPACES: [&str; 4] = ["k", "r", "y", "t"];

/// Under the next number, which it returns, and findable by its key.
pub fn add_device(
    storage: &mut dyn Storage,
    device: &Device,
    origin: Origin,
) -> Result<u64, ContractError> {
    let number = super::next_device(storage)?;
    DEVICES.save(storage, &number, device)?;
    save_key(storage, number, &device.key, origin)?;
    Ok(number)
}

/// A device is found by each key it ever had.
pub fn save_key(
    storage: &mut dyn Storage,
    device: u64,
    key: &PublicKey,
    origin: Origin,
) -> Result<(), ApiError> {
    let origin = Some(origin);
    KEYS.save(storage, &ByKey(key), &Registered { device, origin })
}

pub fn device(storage: &dyn Storage, device: u64) -> Result<Device, ApiError> {
    DEVICES.load(&storage, &device)
}

pub fn save_device(
    storage: &mut dyn Storage,
    device: u64,
    record: &Device,
) -> Result<(), ApiError> {
    DEVICES.save(storage, &device, record)
}

/// What its registration said.
pub fn origin(
    storage: &dyn Storage,
    api: &dyn Api,
    number: u64,
    device: &Device,
) -> Result<Origin, ContractError> {
    if let Some(origin) = KEYS.load(&storage, &ByKey(&device.key))?.origin {
        return Ok(origin);
    }
    let separate = SEPARATE_ORIGINS.load(&storage, &number)?;
    Ok(Origin {
        registrant: api.addr_canonicalize(&separate.registrant)?,
        serial_commitment: separate.serial_commitment,
        gateway: None,
    })
}

pub fn may_find_device(storage: &dyn Storage, key: &PublicKey) -> Result<Option<u64>, ApiError> {
    let found = KEYS.may_load(&storage, &ByKey(key))?;
    Ok(found.map(|found| found.device))
}

pub fn find_device(storage: &dyn Storage, key: &PublicKey) -> Result<u64, ApiError> {
    Ok(KEYS.load(&storage, &ByKey(key))?.device)
}

pub fn pairing(storage: &dyn Storage, device: u64, pairing: u32) -> Result<Pairing, ApiError> {
    PAIRINGS.load(&storage, &(device, pairing))
}

pub fn save_pairing(
    storage: &mut dyn Storage,
    device: u64,
    pairing: u32,
    record: &Pairing,
) -> Result<(), ApiError> {
    PAIRINGS.save(storage, &(device, pairing), record)
}

/// A device's pairings with a number above `start_after`, oldest first.
pub fn pairings(
    storage: &dyn Storage,
    device: u64,
    start_after: Option<u32>,
    limit: usize,
) -> Result<Vec<(u32, Pairing)>, ContractError> {
    let after = start_after.map(|pairing| (device, pairing).flat());
    let found = PAIRINGS.page(storage, &device.flat(), after.as_deref(), limit)?;
    found
        .into_iter()
        .map(|(tail, record)| Ok((Reader::new("pairing key", &tail).u32()?, record)))
        .collect()
}

/// Among a patient's devices, for ever; a later pairing of the two takes the earlier one's place.
pub fn list_device(
    storage: &mut dyn Storage,
    patient: u64,
    device: u64,
    pairing: u32,
) -> Result<(), ApiError> {
    PATIENT_DEVICES.save(storage, &(patient, device), &PatientDevice { pairing })
}

/// A patient's devices with a number above `start_after`, and the last pairing of each with it.
pub fn patient_devices(
    storage: &dyn Storage,
    patient: u64,
    start_after: Option<u64>,
    limit: usize,
) -> Result<Vec<(u64, u32)>, ContractError> {
    let after = start_after.map(|device| (patient, device).flat());
    let found = PATIENT_DEVICES.page(storage, &patient.flat(), after.as_deref(), limit)?;
    found
        .into_iter()
        .map(|(tail, record)| Ok((Reader::new("device key", &tail).u64()?, record.pairing)))
        .collect()
}

/// The offer that stands: made in the pairing that lasts, and the device has done nothing since.
pub fn offer(storage: &dyn Storage, number: u64, device: &Device) -> Result<Offer, ApiError> {
    let offer = OFFERS.load(&storage, &number)?;
    if device.paired.is_some() && offer.action == device.action {
        return Ok(offer);
    }
    Err(ApiError::NotFound {
        what: "transfer of device",
        key: number.to_string(),
    })
}

pub fn save_offer(storage: &mut dyn Storage, device: u64, record: &Offer) -> Result<(), ApiError> {
    OFFERS.save(storage, &device, record)
}

pub fn remove_offer(storage: &mut dyn Storage, device: u64) {
    OFFERS.remove(storage, &device);
}

pub fn save_old_key(
    storage: &mut dyn Storage,
    device: u64,
    rotation: u32,
    record: &OldKey,
) -> Result<(), ApiError> {
    OLD_KEYS.save(storage, &(device, rotation), record)
}

/// Keys that a rotation numbered above `start_after` ended, oldest first.
pub fn old_keys(
    storage: &dyn Storage,
    device: u64,
    start_after: Option<u32>,
    limit: usize,
) -> Result<Vec<(u32, OldKey)>, ContractError> {
    let after = start_after.map(|rotation| (device, rotation).flat());
    let found = OLD_KEYS.page(storage, &device.flat(), after.as_deref(), limit)?;
    found
        .into_iter()
        .map(|(tail, record)| Ok((Reader::new("old key's key", &tail).u32()?, record)))
        .collect()
}

pub fn may_load_retirement(
    storage: &dyn Storage,
    device: u64,
) -> Result<Option<Retirement>, ApiError> {
    RETIREMENTS.may_load(&storage, &device)
}

pub fn save_retirement(
    storage: &mut dyn Storage,
    device: u64,
    record: &Retirement,
) -> Result<(), ApiError> {
    RETIREMENTS.save(storage, &device, record)
}
