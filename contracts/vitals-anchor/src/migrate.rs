//! Which code the state was written by, and how newer code takes it over.

use std::str::FromStr;

use cosmwasm_std::{Event, Storage};
use semver::Version;

use crate::error::ContractError;

pub const NAME: &str = "cw-vitals:vitals-anchor";
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// At instantiation.
pub fn stamp(storage: &mut dyn Storage) -> Result<(), ContractError> {
    Ok(cw2::set_contract_version(storage, NAME, VERSION)?)
}

/// Refuses another contract's state, state of the same version and state of newer code. Layouts
/// have not changed since the first release, so only the version is written.
pub fn migrate(storage: &mut dyn Storage) -> Result<Event, ContractError> {
    let found = cw2::get_contract_version(storage)?;
    if found.contract != NAME {
        return Err(ContractError::WrongContract {
            expected: NAME,
            found: found.contract,
        });
    }
    if parsed(&found.version)? >= parsed(VERSION)? {
        return Err(ContractError::NotNewer {
            found: found.version,
            own: VERSION,
        });
    }
    stamp(storage)?;
    Ok(Event::new("migrated").add_attribute("from", found.version))
}

fn parsed(version: &str) -> Result<Version, ContractError> {
    Version::from_str(version).map_err(|_| ContractError::Version {
        version: version.into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use cosmwasm_std::testing::MockStorage;

    fn state_of(contract: &str, version: &str) -> MockStorage {
        let mut storage = MockStorage::new();
        cw2::set_contract_version(&mut storage, contract, version).unwrap();
        storage
    }

    #[test]
    fn older_state_is_taken_over_once() {
        // as text "0.0.10" comes before "0.0.9", and both before this version
        for older in ["0.0.9", "0.0.10"] {
            let mut storage = state_of(NAME, older);
            assert!(migrate(&mut storage).is_ok());
            assert!(matches!(
                migrate(&mut storage),
                Err(ContractError::NotNewer { .. })
            ));
        }
    }

    #[test]
    fn newer_state_is_not_downgraded() {
        for newer in ["0.1.1", "0.10.0", "9.0.0"] {
            let refused = migrate(&mut state_of(NAME, newer));
            assert!(matches!(refused, Err(ContractError::NotNewer { .. })));
        }
    }

    #[test]
    fn another_contracts_state_or_none_is_refused() {
        let refused = migrate(&mut state_of("cw20-base", "0.0.1"));
        assert!(matches!(refused, Err(ContractError::WrongContract { .. })));
        assert!(migrate(&mut MockStorage::new()).is_err());
        let refused = migrate(&mut state_of(NAME, "first"));
        assert!(matches!(refused, Err(ContractError::Version { .. })));
    }
}
