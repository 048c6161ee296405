//! What code may take this contract's storage over.

use consent::contract::migrate;
use consent::ContractError;
use cosmwasm_std::Empty;

use crate::common::*;

const NAME: &str = "cw-vitals/consent";
const THIS: &str = env!("CARGO_PKG_VERSION");

fn migrate_from(contract: &mut Contract, name: &str, version: &str) -> Result<(), ContractError> {
    cw2::set_contract_version(&mut contract.deps.storage, name, version).unwrap();
    again(contract)
}

fn again(contract: &mut Contract) -> Result<(), ContractError> {
    let env = contract.env.clone();
    migrate(contract.deps.as_mut(), env, Empty {}).map(|_| ())
}

fn version(contract: &Contract) -> (String, String) {
    let stored = cw2::get_contract_version(&contract.deps.storage).unwrap();
    (stored.contract, stored.version)
}

#[test]
fn a_new_contract_records_its_name_and_version() {
    let recorded = version(&Contract::new());
    assert_eq!(recorded, (NAME.to_string(), THIS.to_string()));
}

#[test]
fn an_older_version_is_taken_over_once_with_everything_kept() {
    let (mut contract, patient) = Contract::with_patient();
    let grant = contract.grant_msg("clinician");
    contract.give(patient, grant);
    let before = contract.decide(patient, "clinician", None);
    migrate_from(&mut contract, NAME, "0.0.9").unwrap();
    assert_eq!(version(&contract).1, THIS);
    assert_eq!(contract.decide(patient, "clinician", None), before);
    assert_eq!(
        again(&mut contract),
        Err(ContractError::NotNewer {
            from: THIS.into(),
            to: THIS.into()
        })
    );
}

#[test]
fn versions_are_compared_as_numbers_and_never_go_down() {
    let mut contract = Contract::new();
    for newer in ["0.10.0", "1.0.0", "99.0.0"] {
        assert_eq!(
            migrate_from(&mut contract, NAME, newer),
            Err(ContractError::NotNewer {
                from: newer.into(),
                to: THIS.into()
            })
        );
        assert_eq!(version(&contract).1, newer);
    }
    migrate_from(&mut contract, NAME, "0.1.0-rc.1").unwrap();
}

#[test]
fn another_contract_s_storage_is_refused() {
    let mut contract = Contract::new();
    assert_eq!(
        migrate_from(&mut contract, "cw-vitals/claims", "0.0.9"),
        Err(ContractError::WrongContract {
            expected: NAME,
            found: "cw-vitals/claims".into()
        })
    );
}

#[test]
fn a_version_that_is_none_is_refused() {
    let mut contract = Contract::new();
    assert_eq!(
        migrate_from(&mut contract, NAME, "newest"),
        Err(ContractError::Version {
            version: "newest".into()
        })
    );
}
