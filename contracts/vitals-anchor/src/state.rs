//! Everything the contract stores, each under one name.

use cosmwasm_std::{Api, Storage};
use vitals_api::admin;
use vitals_api::anchor::record::{Batch, BatchKey, BATCHES};
use vitals_api::store::{Key, RecordMap};
use vitals_api::ApiError;

use vitals_core::measure::Category;
use vitals_core::time::Epoch;

use crate::error::ContractError;
use crate::record::{Config, FirstConfig, Gap, Head, Missing, StoredConfig};

const CONFIG: RecordMap<(), StoredConfig> = RecordMap::new("c");
/// The same place, before it is migrated.
const FIRST_CONFIG: RecordMap<(), FirstConfig> = RecordMap::new("c");
/// By device number.
const HEADS: RecordMap<u64, Head> = RecordMap::new("h");
/// By device and first missing number.
const GAPS: RecordMap<(u64, u64), Gap> = RecordMap::new("g");
/// By device number.
const MISSING: RecordMap<u64, Missing> = RecordMap::new("m");

pub fn save_config(
    storage: &mut dyn Storage,
    api: &dyn Api,
    config: &Config,
) -> Result<(), ContractError> {
    let stored = StoredConfig {
        paused: config.paused,
        deployment: config.deployment,
        consent: api.addr_canonicalize(config.consent.as_str())?,
        registry: api.addr_canonicalize(config.registry.as_str())?,
    };
    Ok(CONFIG.save(storage, &(), &stored)?)
}

pub fn config(storage: &dyn Storage, api: &dyn Api) -> Result<Config, ContractError> {
    let stored = CONFIG.load(&storage, &())?;
    Ok(Config {
        paused: stored.paused,
        deployment: stored.deployment,
        consent: api.addr_humanize(&stored.consent)?,
        registry: api.addr_humanize(&stored.registry)?,
    })
}

/// What the first release kept: the deployment, and addresses as text.
pub fn first_config(storage: &dyn Storage) -> Result<Config, ContractError> {
    let stored = FIRST_CONFIG.load(&storage, &())?;
    Ok(stored.0)
}

/// Anchoring reads one record fewer when the pause stands beside the addresses.
pub fn copy_pause(
    storage: &mut dyn Storage,
    api: &dyn Api,
    config: &Config,
) -> Result<(), ContractError> {
    let copy = Config {
        paused: admin::info(storage)?.paused,
        ..config.clone()
    };
    save_config(storage, api, &copy)
}

/// At zero for a device that anchored nothing yet.
pub fn head(storage: &dyn Storage, device: u64) -> Result<Head, ApiError> {
    Ok(HEADS.may_load(&storage, &device)?.unwrap_or_default())
}

pub fn save_head(storage: &mut dyn Storage, device: u64, head: &Head) -> Result<(), ApiError> {
    HEADS.save(storage, &device, head)
}

pub fn batch(storage: &dyn Storage, key: &BatchKey) -> Result<Batch, ApiError> {
    BATCHES.load(&storage, key)
}

pub fn save_batch(
    storage: &mut dyn Storage,
    key: &BatchKey,
    batch: &Batch,
) -> Result<(), ApiError> {
    BATCHES.save(storage, key, batch)
}

/// Some of a patient's batches of one category.
pub struct Batches {
    pub patient: u64,
    pub category: Category,
    /// First epoch; the earliest where absent.
    pub from_epoch: Option<Epoch>,
    /// First epoch after; none where absent.
    pub to_epoch: Option<Epoch>,
    /// The last batch of the page before.
    pub after: Option<BatchKey>,
}

impl Batches {
    /// Keys sort as their parts do, and the beginning of a key sorts before the whole.
    fn start(&self) -> Option<Vec<u8>> {
        let prefix = BatchKey::category_prefix(self.patient, self.category);
        let epoch = self.from_epoch.map(|epoch| [prefix, epoch.flat()].concat());
        self.after.map(|key| key.flat()).max(epoch)
    }

    fn reaches(&self, epoch: Epoch) -> bool {
        self.to_epoch.is_none_or(|to| epoch < to)
    }
}

/// By epoch, then device and number, at most `limit`.
pub fn batches(
    storage: &dyn Storage,
    of: &Batches,
    limit: usize,
) -> Result<Vec<(BatchKey, Batch)>, ApiError> {
    let prefix = BatchKey::category_prefix(of.patient, of.category);
    let page = BATCHES.page(storage, &prefix, of.start().as_deref(), limit)?;
    let mut found = Vec::with_capacity(page.len());
    for (tail, batch) in page {
        let key = BatchKey::from_tail(of.patient, of.category, &tail)?;
        if !of.reaches(key.epoch) {
            break;
        }
        found.push((key, batch));
    }
    Ok(found)
}

/// The notice, and the count of what the device gave up.
pub fn save_gap(storage: &mut dyn Storage, gap: &Gap) -> Result<(), ApiError> {
    let device = gap.notice.device;
    let missing = missing(storage, device)?.saturating_add(gap.notice.missing());
    MISSING.save(storage, &device, &Missing(missing))?;
    GAPS.save(storage, &(device, gap.notice.from), gap)
}

/// How many of the oldest notices are added up where no count was kept.
const ADDED_UP: usize = 1_000;

/// How many numbers a device gave up. The first release kept no count: what it noted is added up
/// (of more than 1,000 notices the oldest), until the device's next notice.
pub fn missing(storage: &dyn Storage, device: u64) -> Result<u64, ApiError> {
    if let Some(Missing(count)) = MISSING.may_load(&storage, &device)? {
        return Ok(count);
    }
    let noted = GAPS.page(storage, &device.flat(), None, ADDED_UP)?;
    let counts = noted.iter().map(|(_, gap)| gap.notice.missing());
    Ok(counts.fold(0, u64::saturating_add))
}

/// A device's gaps that begin after `start_after`, oldest first.
pub fn gaps(
    storage: &dyn Storage,
    device: u64,
    start_after: Option<u64>,
    limit: usize,
) -> Result<Vec<Gap>, ApiError> {
    let after = start_after.map(|from| (device, from).flat());
    let page = GAPS.page(storage, &device.flat(), after.as_deref(), limit)?;
    Ok(page.into_iter().map(|(_, gap)| gap).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_two_things_share_a_storage_key() {
        let mut keys = vec![
            CONFIG.namespace(),
            HEADS.namespace(),
            GAPS.namespace(),
            MISSING.namespace(),
            BATCHES.namespace(),
            "contract_info",
        ];
        keys.extend(vitals_api::admin::STORAGE_KEYS);
        let unique: BTreeSet<_> = keys.iter().collect();
        assert_eq!(unique.len(), keys.len());
    }
}
