//! Everything the contract stores, each under one name.

use cosmwasm_std::{Addr, Storage};
use vitals_api::registry::record::{Deployment, Device, Pairing, DEPLOYMENT, DEVICES, PAIRINGS};
use vitals_api::store::{Key, RecordMap, Text};
use vitals_api::ApiError;
use vitals_core::key::PublicKey;
use vitals_core::signing::DeploymentId;

use crate::error::ContractError;
use crate::record::{ByKey, Config, DeviceNumber, Maker, Model, Numbers, Origin};

const CONFIG: RecordMap<(), Config> = RecordMap::new("c");
const NUMBERS: RecordMap<(), Numbers> = RecordMap::new("n");
/// By account.
const MAKERS: RecordMap<Text, Maker> = RecordMap::new("m");
/// By model number.
const MODELS: RecordMap<u32, Model> = RecordMap::new("o");
/// By device number.
const ORIGINS: RecordMap<u64, Origin> = RecordMap::new("r");
/// By scheme and key: a key is registered once.
const KEYS: RecordMap<ByKey<'static>, DeviceNumber> = RecordMap::new("k");

pub fn init(
    storage: &mut dyn Storage,
    consent: &Addr,
    deployment: DeploymentId,
) -> Result<(), ApiError> {
    let config = Config {
        consent: consent.to_string(),
    };
    CONFIG.save(storage, &(), &config)?;
    NUMBERS.save(storage, &(), &Numbers::default())?;
    DEPLOYMENT.save(storage, &(), &Deployment(deployment))
}

/// The consent contract; validated when it was stored.
pub fn consent(storage: &dyn Storage) -> Result<Addr, ApiError> {
    Ok(Addr::unchecked(CONFIG.load(&storage, &())?.consent))
}

pub fn deployment(storage: &dyn Storage) -> Result<DeploymentId, ApiError> {
    Ok(DEPLOYMENT.load(&storage, &())?.0)
}

pub fn may_load_maker(storage: &dyn Storage, maker: &str) -> Result<Option<Maker>, ApiError> {
    MAKERS.may_load(&storage, &maker)
}

pub fn maker(storage: &dyn Storage, maker: &str) -> Result<Maker, ApiError> {
    MAKERS.load(&storage, &maker)
}

pub fn save_maker(storage: &mut dyn Storage, maker: &str, record: &Maker) -> Result<(), ApiError> {
    MAKERS.save(storage, &maker, record)
}

pub fn model(storage: &dyn Storage, model: u32) -> Result<Model, ApiError> {
    MODELS.load(&storage, &model)
}

/// Under the next number, which it returns.
pub fn add_model(storage: &mut dyn Storage, record: &Model) -> Result<u32, ContractError> {
    let mut numbers = numbers(storage)?;
    let next = numbers.model.checked_add(1);
    numbers.model = next.ok_or(ContractError::NumbersUsedUp { what: "model" })?;
    NUMBERS.save(storage, &(), &numbers)?;
    MODELS.save(storage, &numbers.model, record)?;
    Ok(numbers.model)
}

/// Under the next number, which it returns, and findable by its key.
pub fn add_device(
    storage: &mut dyn Storage,
    device: &Device,
    origin: &Origin,
) -> Result<u64, ContractError> {
    let mut numbers = numbers(storage)?;
    let next = numbers.device.checked_add(1);
    numbers.device = next.ok_or(ContractError::NumbersUsedUp { what: "device" })?;
    NUMBERS.save(storage, &(), &numbers)?;
    DEVICES.save(storage, &numbers.device, device)?;
    ORIGINS.save(storage, &numbers.device, origin)?;
    KEYS.save(storage, &ByKey(&device.key), &DeviceNumber(numbers.device))?;
    Ok(numbers.device)
}

fn numbers(storage: &dyn Storage) -> Result<Numbers, ApiError> {
    NUMBERS.load(&storage, &())
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

pub fn origin(storage: &dyn Storage, device: u64) -> Result<Origin, ApiError> {
    ORIGINS.load(&storage, &device)
}

pub fn may_find_device(storage: &dyn Storage, key: &PublicKey) -> Result<Option<u64>, ApiError> {
    Ok(KEYS.may_load(&storage, &ByKey(key))?.map(|found| found.0))
}

pub fn find_device(storage: &dyn Storage, key: &PublicKey) -> Result<u64, ApiError> {
    Ok(KEYS.load(&storage, &ByKey(key))?.0)
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
    PAIRINGS
        .page(storage, &device.flat(), after.as_deref(), limit)?
        .into_iter()
        .map(|(tail, record)| {
            let number = vitals_core::bytes::Reader::new("pairing key", &tail).u32()?;
            Ok((number, record))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_two_things_share_a_storage_key() {
        let mut keys = vec![
            CONFIG.namespace(),
            NUMBERS.namespace(),
            MAKERS.namespace(),
            MODELS.namespace(),
            ORIGINS.namespace(),
            KEYS.namespace(),
            DEPLOYMENT.namespace(),
            DEVICES.namespace(),
            PAIRINGS.namespace(),
            "contract_info",
        ];
        keys.extend(vitals_api::admin::STORAGE_KEYS);
        let unique: BTreeSet<_> = keys.iter().collect();
        assert_eq!(unique.len(), keys.len());
    }
}
