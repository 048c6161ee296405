//! Who is told of emergencies.

use cosmwasm_std::{Addr, Storage};
use cw_storage_plus::Item;
use vitals_api::ApiError;

use super::unreadable;

/// At most 4; absent where nobody was added, as in state of 0.1.0.
const HOOKS: Item<Vec<Addr>> = Item::new("hooks");

pub fn hooks(storage: &dyn Storage) -> Result<Vec<Addr>, ApiError> {
    Ok(HOOKS
        .may_load(storage)
        .map_err(unreadable("hooks"))?
        .unwrap_or_default())
}

pub fn save_hooks(storage: &mut dyn Storage, contracts: &Vec<Addr>) -> Result<(), ApiError> {
    HOOKS.save(storage, contracts).map_err(unreadable("hooks"))
}
