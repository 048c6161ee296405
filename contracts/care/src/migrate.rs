//! Whose state this is and of which version, and how newer code takes it over.

use cosmwasm_std::{Event, Storage};
use vitals_api::care::MigrateMsg;
use vitals_api::{migrate, ApiError};

use crate::config::{reopens_after, Config};
use crate::error::ContractError;
use crate::state;

const NAME: &str = "cw-vitals:care";
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// At instantiation.
pub fn stamp(storage: &mut dyn Storage) -> Result<(), ApiError> {
    migrate::stamp(storage, NAME, VERSION)
}

/// Records of 0.1.0 are read in their own layout and written in the newer one when they change; the
/// configuration, which every message reads, now.
pub fn upgrade(storage: &mut dyn Storage, msg: &MigrateMsg) -> Result<Event, ContractError> {
    let event = migrate::upgrade(storage, NAME, VERSION)?;
    let config = state::config(storage)?;
    let reopens_after_s = reopens_after(msg.reopens_after_s, config.reopens_after_s)?;
    let config = Config {
        reopens_after_s,
        ..config
    };
    state::set_config(storage, &config)?;
    Ok(event)
}
