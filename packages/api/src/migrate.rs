//! What all contracts share: whose state this is and of which version, and what code may follow it.

use cosmwasm_std::{Event, StdError, Storage};
use semver::Version;

use crate::ApiError;

/// At instantiation.
pub fn stamp(storage: &mut dyn Storage, name: &str, version: &str) -> Result<(), ApiError> {
    cw2::set_contract_version(storage, name, version).map_err(unreadable)
}

/// From an older version of the same contract only: another contract's state would be misread,
/// older code would misread this one's, and a second run would change what is changed already.
pub fn upgrade(storage: &mut dyn Storage, name: &str, version: &str) -> Result<Event, ApiError> {
    let from = older(storage, name, version)?;
    stamp(storage, name, version)?;
    Ok(Event::new("migrated").add_attribute("from", from))
}

/// The version of the state, which newer code of the same contract may take over. A migration of
/// several runs stamps the newer version with the last.
pub fn older(storage: &dyn Storage, name: &str, version: &str) -> Result<String, ApiError> {
    let found = cw2::get_contract_version(storage).map_err(unreadable)?;
    if found.contract != name {
        return Err(ApiError::WrongContract {
            expected: name.into(),
            found: found.contract,
        });
    }
    // by precedence: builds of one version do not follow each other
    if parsed(version)?
        .cmp_precedence(&parsed(&found.version)?)
        .is_le()
    {
        return Err(ApiError::NotNewer {
            found: found.version,
            code: version.into(),
        });
    }
    Ok(found.version)
}

fn parsed(version: &str) -> Result<Version, ApiError> {
    Version::parse(version).map_err(|_| ApiError::Version {
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

    const NAME: &str = "cw-vitals:some";

    fn state_of(name: &str, version: &str) -> MockStorage {
        let mut storage = MockStorage::new();
        stamp(&mut storage, name, version).unwrap();
        storage
    }

    /// What is recorded afterwards is the code's version, or what it was if the code is refused.
    fn upgraded(from: &str, to: &str) -> Result<Event, ApiError> {
        let mut storage = state_of(NAME, from);
        let done = upgrade(&mut storage, NAME, to);
        let after = cw2::get_contract_version(&storage).unwrap();
        let version = if done.is_ok() { to } else { from };
        assert_eq!((after.contract.as_str(), &*after.version), (NAME, version));
        done
    }

    fn refused<T: std::fmt::Debug>(answer: Result<T, ApiError>, code: &str) {
        let text = answer.expect_err(code).to_string();
        assert!(text.starts_with(&format!("{code}: ")), "{code}, got {text}");
    }

    #[test]
    fn older_state_is_taken_over_once() {
        let mut storage = state_of(NAME, "0.0.9");
        let event = upgrade(&mut storage, NAME, "0.1.0").unwrap();
        assert_eq!(event, Event::new("migrated").add_attribute("from", "0.0.9"));
        let again = upgrade(&mut storage, NAME, "0.1.0");
        refused(again, "migrate/not_newer");
        let stored = cw2::get_contract_version(&storage).unwrap();
        assert_eq!((&*stored.contract, &*stored.version), (NAME, "0.1.0"));
    }

    #[test]
    fn versions_are_ordered_as_numbers_and_only_go_up() {
        // in ascending order; as text 0.0.10 would come before 0.0.9, and 0.1.0 before its rc
        let ascending = [
            "0.0.9",
            "0.0.10",
            "0.1.0-rc.2",
            "0.1.0-rc.10",
            "0.1.0",
            "0.9.0",
            "0.10.0",
            "9.0.0",
            "10.0.0",
        ];
        for (i, from) in ascending.iter().enumerate() {
            for (j, to) in ascending.iter().enumerate() {
                let done = upgraded(from, to);
                if i < j {
                    assert!(done.is_ok(), "{from} to {to}: {done:?}");
                } else {
                    refused(done, "migrate/not_newer");
                }
            }
        }
    }

    #[test]
    fn another_build_of_the_same_version_is_not_newer() {
        for (from, to) in [("0.1.0", "0.1.0+2"), ("0.1.0+1", "0.1.0+2")] {
            refused(upgraded(from, to), "migrate/not_newer");
        }
    }

    #[test]
    fn another_contracts_state_is_refused_and_left_alone() {
        for name in ["cw-vitals:other", "cw-vitals:some2", "cw-vitals/some", ""] {
            let mut storage = state_of(name, "0.0.9");
            let expected = Err(ApiError::WrongContract {
                expected: NAME.into(),
                found: name.into(),
            });
            assert_eq!(upgrade(&mut storage, NAME, "0.1.0"), expected);
            let stored = cw2::get_contract_version(&storage).unwrap();
            assert_eq!((&*stored.contract, &*stored.version), (name, "0.0.9"));
        }
        let mut storage = state_of("cw-vitals:other", "0.0.9");
        let answer = upgrade(&mut storage, NAME, "0.1.0");
        refused(answer, "migrate/wrong_contract");
    }

    #[test]
    fn state_of_no_contract_or_garbled_is_refused() {
        let mut none = MockStorage::new();
        refused(upgrade(&mut none, NAME, "0.1.0"), "state/unreadable");
        assert!(cw2::get_contract_version(&none).is_err());
        let mut garbled = MockStorage::new();
        garbled.set(cw2::CONTRACT.as_slice(), b"cw-vitals:some 0.0.9");
        refused(upgrade(&mut garbled, NAME, "0.1.0"), "state/unreadable");
    }

    #[test]
    fn a_version_that_is_none_is_refused_on_either_side() {
        for none in ["first", "", "1", "0.1", "v0.0.9", "0.0.09", "0.0.9 "] {
            refused(upgraded(none, "0.1.0"), "migrate/version");
            refused(upgraded("0.0.9", none), "migrate/version");
        }
    }
}
