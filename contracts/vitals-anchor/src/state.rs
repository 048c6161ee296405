//! Everything the contract stores, each under one name.

use cosmwasm_std::Storage;
use vitals_api::anchor::record::{Batch, BatchKey, BATCHES};
use vitals_api::store::{Key, RecordMap};
use vitals_api::ApiError;

use crate::record::{Config, Gap, Head};

const CONFIG: RecordMap<(), Config> = RecordMap::new("c");
/// By device number.
const HEADS: RecordMap<u64, Head> = RecordMap::new("h");
/// By device and first missing number.
const GAPS: RecordMap<(u64, u64), Gap> = RecordMap::new("g");

pub fn init(storage: &mut dyn Storage, config: &Config) -> Result<(), ApiError> {
    CONFIG.save(storage, &(), config)
}

pub fn config(storage: &dyn Storage) -> Result<Config, ApiError> {
    CONFIG.load(&storage, &())
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

/// Batches whose keys begin with `prefix` and follow `after` (a flat key or the beginning of
/// one), in order; with each, the rest of its key.
pub fn batches(
    storage: &dyn Storage,
    prefix: &[u8],
    after: Option<&[u8]>,
    limit: usize,
) -> Result<Vec<(Vec<u8>, Batch)>, ApiError> {
    BATCHES.page(storage, prefix, after, limit)
}

pub fn save_gap(storage: &mut dyn Storage, gap: &Gap) -> Result<(), ApiError> {
    GAPS.save(storage, &(gap.notice.device, gap.notice.from), gap)
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
            BATCHES.namespace(),
            "contract_info",
        ];
        keys.extend(vitals_api::admin::STORAGE_KEYS);
        let unique: BTreeSet<_> = keys.iter().collect();
        assert_eq!(unique.len(), keys.len());
    }
}
