//! Whose state this is and of which version, and how newer code takes it over.

use cosmwasm_std::{Event, Storage};
use vitals_api::{migrate, ApiError};

const NAME: &str = "cw-vitals:vitals-anchor";
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// At instantiation.
pub fn stamp(storage: &mut dyn Storage) -> Result<(), ApiError> {
    migrate::stamp(storage, NAME, VERSION)
}

/// Layouts have not changed since the first release, so only the version is written.
pub fn upgrade(storage: &mut dyn Storage) -> Result<Event, ApiError> {
    migrate::upgrade(storage, NAME, VERSION)
}
