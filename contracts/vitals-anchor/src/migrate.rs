//! Whose state this is and of which version, and how newer code takes it over.

use cosmwasm_std::{Api, Event, Storage};
use vitals_api::{migrate, ApiError};

use crate::error::ContractError;
use crate::state;

const NAME: &str = "cw-vitals:vitals-anchor";
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// At instantiation.
pub fn stamp(storage: &mut dyn Storage) -> Result<(), ApiError> {
    migrate::stamp(storage, NAME, VERSION)
}

/// Batches, heads and gaps of the first release are read as they are. Its configuration is written
/// anew, with the pause beside it.
pub fn upgrade(storage: &mut dyn Storage, api: &dyn Api) -> Result<Event, ContractError> {
    let event = migrate::upgrade(storage, NAME, VERSION)?;
    let config = state::first_config(storage)?;
    state::copy_pause(storage, api, &config)?;
    Ok(event)
}
