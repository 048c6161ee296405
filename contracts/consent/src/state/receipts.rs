//! The heads of vaults' logs.

use cosmwasm_std::{Addr, Storage};
use vitals_api::consent::record::{Anchored, RECEIPTS};
use vitals_api::store::Key;
use vitals_api::ApiError;

use super::text;

pub fn anchored(
    storage: &dyn Storage,
    patient: u64,
    vault: &Addr,
) -> Result<Option<Anchored>, ApiError> {
    RECEIPTS.may_load(&storage, &(patient, vault.as_str()))
}

pub fn save_anchored(
    storage: &mut dyn Storage,
    patient: u64,
    vault: &Addr,
    anchored: &Anchored,
) -> Result<(), ApiError> {
    RECEIPTS.save(storage, &(patient, vault.as_str()), anchored)
}

/// In order of the vaults' addresses.
pub fn logs(
    storage: &dyn Storage,
    patient: u64,
    after: Option<&Addr>,
    limit: usize,
) -> Result<Vec<(String, Anchored)>, ApiError> {
    let after = after.map(|vault| (patient, vault.as_str()).flat());
    RECEIPTS
        .page(storage, &patient.flat(), after.as_deref(), limit)?
        .into_iter()
        .map(|(vault, anchored)| Ok((text(vault)?, anchored)))
        .collect()
}
