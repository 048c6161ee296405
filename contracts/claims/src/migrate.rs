//! Whose state this is and of which version, and how newer code takes it over.

use cosmwasm_std::{Response, Storage};
use vitals_api::{migrate, ApiError};

use crate::error::ContractError;

mod layout;
mod legacy;

const NAME: &str = "cw-vitals:claims";
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// At instantiation.
pub fn stamp(storage: &mut dyn Storage) -> Result<(), ApiError> {
    migrate::stamp(storage, NAME, VERSION)
}

/// State of 0.1.0 was JSON: all of it is written anew, at once. Its money is entered into the new
/// books by movements, with their events, so that a statement begins with them.
pub fn upgrade(storage: &mut dyn Storage) -> Result<Response, ContractError> {
    let migrated = migrate::upgrade(storage, NAME, VERSION)?;
    let opened = legacy::convert(storage)?;
    Ok(Response::new().add_event(migrated).add_events(opened))
}
