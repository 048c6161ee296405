//! Commitments to the secrets of generations.

use cosmwasm_std::Storage;
use cw_storage_plus::Map;
use vitals_api::ApiError;

use super::unreadable;

/// The commitment to a generation's secret; generation 1 has none.
const COMMITMENTS: Map<(u64, u32), [u8; 32]> = Map::new("commitments");

pub fn commitment(
    storage: &dyn Storage,
    patient: u64,
    generation: u32,
) -> Result<Option<[u8; 32]>, ApiError> {
    COMMITMENTS
        .may_load(storage, (patient, generation))
        .map_err(unreadable("commitment"))
}

pub fn save_commitment(
    storage: &mut dyn Storage,
    patient: u64,
    generation: u32,
    commitment: &[u8; 32],
) -> Result<(), ApiError> {
    COMMITMENTS
        .save(storage, (patient, generation), commitment)
        .map_err(unreadable("commitment"))
}
