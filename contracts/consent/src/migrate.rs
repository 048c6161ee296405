//! Which code this storage is of, and what may follow it.

use cosmwasm_std::{StdError, Storage};
use semver::Version;
use vitals_api::ApiError;

use crate::error::ContractError;

const NAME: &str = "cw-vitals/consent";
const VERSION: &str = env!("CARGO_PKG_VERSION");

pub fn record_version(storage: &mut dyn Storage) -> Result<(), ContractError> {
    Ok(cw2::set_contract_version(storage, NAME, VERSION).map_err(unreadable)?)
}

/// From an older version of this contract only: another contract's storage would be misread, an
/// older code would misread this one's, and a second run would change what is changed already.
pub fn upgrade(storage: &mut dyn Storage) -> Result<(), ContractError> {
    let stored = cw2::get_contract_version(storage).map_err(unreadable)?;
    if stored.contract != NAME {
        return Err(ContractError::WrongContract {
            expected: NAME,
            found: stored.contract,
        });
    }
    if parsed(VERSION)? <= parsed(&stored.version)? {
        return Err(ContractError::NotNewer {
            from: stored.version,
            to: VERSION.into(),
        });
    }
    record_version(storage)
}

fn parsed(version: &str) -> Result<Version, ContractError> {
    Version::parse(version).map_err(|_| ContractError::Version {
        version: version.into(),
    })
}

fn unreadable(cause: StdError) -> ApiError {
    ApiError::Unreadable {
        what: "contract version",
        contract: "own storage".into(),
        cause: cause.to_string(),
    }
}
