//! Delays and deadlines, each between a floor and a ceiling.

use cosmwasm_std::Storage;
use vitals_api::consent::recovery::Timing;

use crate::error::ContractError;
use crate::execute::ensure_within;
use crate::state;

pub fn set_timing(storage: &mut dyn Storage, timing: &Timing) -> Result<(), ContractError> {
    for (field, value, bounds) in timing.bounded() {
        ensure_within(field, value, *bounds.start(), *bounds.end())?;
    }
    Ok(state::save_timing(storage, timing)?)
}
