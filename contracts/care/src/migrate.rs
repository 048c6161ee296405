//! Which code the state was written by, and how newer code takes it over.

use cosmwasm_std::{Event, StdError, Storage};
use semver::Version;
use vitals_api::ApiError;

use crate::error::ContractError;

const NAME: &str = "cw-vitals/care";
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// At instantiation.
pub fn stamp(storage: &mut dyn Storage) -> Result<(), ContractError> {
    Ok(cw2::set_contract_version(storage, NAME, VERSION).map_err(unreadable)?)
}

/// Refuses another contract's state, state of the same version and state of newer code. Layouts
/// have not changed since the first release, so only the version is written.
pub fn migrate(storage: &mut dyn Storage) -> Result<Event, ContractError> {
    let found = cw2::get_contract_version(storage).map_err(unreadable)?;
    if found.contract != NAME {
        return Err(ContractError::WrongContract {
            expected: NAME,
            found: found.contract,
        });
    }
    if parsed(VERSION)? <= parsed(&found.version)? {
        return Err(ContractError::NotNewer {
            from: found.version,
            to: VERSION.into(),
        });
    }
    stamp(storage)?;
    Ok(Event::new("migrated").add_attribute("from", found.version))
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

#[cfg(test)]
mod tests {
    use cosmwasm_std::testing::MockStorage;

    use super::*;

    fn written_by(contract: &str, version: &str) -> MockStorage {
        let mut storage = MockStorage::new();
        cw2::set_contract_version(&mut storage, contract, version).unwrap();
        storage
    }

    #[test]
    fn older_state_is_taken_over_once() {
        // as text 0.0.10 would come before 0.0.9
        for older in ["0.0.9", "0.0.10", "0.1.0-rc.1"] {
            let mut storage = written_by(NAME, older);
            assert!(migrate(&mut storage).is_ok(), "{older}");
            let again = migrate(&mut storage);
            assert!(matches!(again, Err(ContractError::NotNewer { .. })));
        }
    }

    #[test]
    fn newer_state_is_not_downgraded() {
        for newer in ["999.0.0", "999.0.0-rc.1"] {
            let refused = migrate(&mut written_by(NAME, newer));
            assert!(matches!(refused, Err(ContractError::NotNewer { .. })));
        }
    }

    #[test]
    fn another_contracts_state_a_nameless_version_or_none_is_refused() {
        let refused = migrate(&mut written_by("cw-vitals/consent", "0.0.1"));
        assert!(matches!(refused, Err(ContractError::WrongContract { .. })));
        let refused = migrate(&mut written_by(NAME, "first"));
        assert!(matches!(refused, Err(ContractError::Version { .. })));
        let refused = migrate(&mut MockStorage::new());
        assert!(matches!(refused, Err(ContractError::Api(_))));
    }
}
