//! Whose state this is and of which version, and how newer code takes it over.

use cosmwasm_std::{Event, Storage};
use vitals_api::consent::recovery::Timing;
use vitals_api::consent::MigrateMsg;
use vitals_api::{migrate, ApiError};

use crate::error::ContractError;
use crate::{execute, state};

const NAME: &str = "cw-vitals:consent";
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// At instantiation.
pub fn stamp(storage: &mut dyn Storage) -> Result<(), ApiError> {
    migrate::stamp(storage, NAME, VERSION)
}

/// Records whose layout grew are read in both layouts. State of 0.1.0 has no delays and deadlines.
pub fn upgrade(storage: &mut dyn Storage, msg: &MigrateMsg) -> Result<Event, ContractError> {
    let migrated = migrate::upgrade(storage, NAME, VERSION)?;
    match &msg.timing {
        Some(timing) => execute::set_timing(storage, timing)?,
        None if state::has_timing(storage) => {}
        None => execute::set_timing(storage, &Timing::default())?,
    }
    Ok(migrated)
}
