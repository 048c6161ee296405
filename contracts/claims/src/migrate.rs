//! From an older version of this contract's state to this one.

use cosmwasm_std::{Event, Response, Storage};
use semver::Version;

use crate::error::{unreadable, ContractError};

pub const CONTRACT: &str = "cw-vitals:claims";
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

pub(crate) fn record_version(storage: &mut dyn Storage) -> Result<(), ContractError> {
    cw2::set_contract_version(storage, CONTRACT, VERSION).map_err(unreadable("contract version"))
}

/// Refuses another contract's state, a downgrade, and a second run. Layouts have not changed since
/// the first release, so only the version is written.
pub(crate) fn migrate(storage: &mut dyn Storage) -> Result<Response, ContractError> {
    let found = cw2::get_contract_version(storage).map_err(unreadable("contract version"))?;
    if found.contract != CONTRACT {
        return Err(ContractError::WrongContract {
            expected: CONTRACT,
            found: found.contract,
        });
    }
    if version(&found.version)? >= version(VERSION)? {
        return Err(ContractError::NotNewer {
            found: found.version,
            code: VERSION.into(),
        });
    }
    record_version(storage)?;
    let event = Event::new("migrated").add_attribute("from", found.version);
    Ok(Response::new().add_event(event))
}

fn version(text: &str) -> Result<Version, ContractError> {
    Version::parse(text).map_err(|_| ContractError::NotAVersion { found: text.into() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use cosmwasm_std::testing::MockStorage;

    fn migrated_from(contract: &str, from: &str) -> Result<Response, ContractError> {
        let mut storage = MockStorage::new();
        cw2::set_contract_version(&mut storage, contract, from).unwrap();
        let done = migrate(&mut storage);
        let after = cw2::get_contract_version(&storage).unwrap().version;
        assert_eq!(after, if done.is_ok() { VERSION } else { from });
        done
    }

    #[test]
    fn an_older_version_of_this_contract_becomes_this_one() {
        assert!(migrated_from(CONTRACT, "0.0.9").is_ok());
    }

    #[test]
    fn another_contract_a_downgrade_and_a_second_run_are_refused() {
        assert!(matches!(
            migrated_from("crates.io:cw20-base", "0.0.9"),
            Err(ContractError::WrongContract { .. })
        ));
        for not_older in [VERSION, "0.10.0", "10.0.0"] {
            assert!(matches!(
                migrated_from(CONTRACT, not_older),
                Err(ContractError::NotNewer { .. })
            ));
        }
        assert!(matches!(
            migrated_from(CONTRACT, "latest"),
            Err(ContractError::NotAVersion { .. })
        ));
    }

    #[test]
    fn a_state_of_no_version_is_refused() {
        assert!(migrate(&mut MockStorage::new()).is_err());
    }
}
