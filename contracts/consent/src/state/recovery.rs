//! Recoveries, and the delays they and emergencies keep.

use cosmwasm_std::Storage;
use cw_storage_plus::Item;
use vitals_api::consent::record::{Recovery, RECOVERIES};
use vitals_api::consent::recovery::Timing;
use vitals_api::ApiError;

use super::unreadable;

/// Set at instantiation, or by `migrate` for state of 0.1.0.
const TIMING: Item<Timing> = Item::new("timing");

pub fn timing(storage: &dyn Storage) -> Result<Timing, ApiError> {
    TIMING.load(storage).map_err(unreadable("timing"))
}

pub fn has_timing(storage: &dyn Storage) -> bool {
    TIMING.exists(storage)
}

pub fn save_timing(storage: &mut dyn Storage, timing: &Timing) -> Result<(), ApiError> {
    TIMING.save(storage, timing).map_err(unreadable("timing"))
}

pub fn recovery(storage: &dyn Storage, patient: u64) -> Result<Option<Recovery>, ApiError> {
    RECOVERIES.may_load(&storage, &patient)
}

pub fn save_recovery(
    storage: &mut dyn Storage,
    patient: u64,
    recovery: &Recovery,
) -> Result<(), ApiError> {
    RECOVERIES.save(storage, &patient, recovery)
}

pub fn remove_recovery(storage: &mut dyn Storage, patient: u64) {
    RECOVERIES.remove(storage, &patient);
}
