//! Everything the contract stores, each under one name.

mod devices;
mod makers;

pub use devices::*;
pub use makers::*;

use cosmwasm_std::{Addr, Storage};
use vitals_api::registry::record::{Deployment, DEPLOYMENT};
use vitals_api::store::RecordMap;
use vitals_api::ApiError;
use vitals_core::signing::DeploymentId;

use crate::error::ContractError;
use crate::record::{Config, Numbers, Progress};

const CONFIG: RecordMap<(), Config> = RecordMap::new("c");
const NUMBERS: RecordMap<(), Numbers> = RecordMap::new("n");
/// While a migration of several runs is not done.
const PROGRESS: RecordMap<(), Progress> = RecordMap::new("g");

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

fn next_model(storage: &mut dyn Storage) -> Result<u32, ContractError> {
    let mut numbers = NUMBERS.load(&&*storage, &())?;
    let next = numbers.model.checked_add(1);
    numbers.model = next.ok_or(ContractError::NumbersUsedUp { what: "model" })?;
    NUMBERS.save(storage, &(), &numbers)?;
    Ok(numbers.model)
}

fn next_device(storage: &mut dyn Storage) -> Result<u64, ContractError> {
    let mut numbers = NUMBERS.load(&&*storage, &())?;
    let next = numbers.device.checked_add(1);
    numbers.device = next.ok_or(ContractError::NumbersUsedUp { what: "device" })?;
    NUMBERS.save(storage, &(), &numbers)?;
    Ok(numbers.device)
}

/// The number of the last model and of the last device.
pub fn numbers(storage: &dyn Storage) -> Result<Numbers, ApiError> {
    NUMBERS.load(&storage, &())
}

/// At nothing where no migration is under way.
pub fn progress(storage: &dyn Storage) -> Result<Progress, ApiError> {
    Ok(PROGRESS.may_load(&storage, &())?.unwrap_or_default())
}

pub fn save_progress(storage: &mut dyn Storage, progress: &Progress) -> Result<(), ApiError> {
    PROGRESS.save(storage, &(), progress)
}

pub fn end_progress(storage: &mut dyn Storage) {
    PROGRESS.remove(storage, &());
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use vitals_api::registry::record::{DEVICES, OLD_KEYS, PAIRINGS, RECALLS, RETIREMENTS};

    #[test]
    fn no_two_things_share_a_storage_key() {
        let mut keys = vec![
            CONFIG.namespace(),
            NUMBERS.namespace(),
            PROGRESS.namespace(),
            DEPLOYMENT.namespace(),
            DEVICES.namespace(),
            PAIRINGS.namespace(),
            OLD_KEYS.namespace(),
            RECALLS.namespace(),
            RETIREMENTS.namespace(),
            "contract_info",
        ];
        keys.extend(devices::NAMESPACES);
        keys.extend(makers::NAMESPACES);
        keys.extend(vitals_api::admin::STORAGE_KEYS);
        let unique: BTreeSet<_> = keys.iter().collect();
        assert_eq!(unique.len(), keys.len());
    }
}
