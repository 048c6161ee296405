//! What code may take this contract's storage over, through the exported entry point.

use consent::contract::migrate;
use consent::ContractError;
use cosmwasm_std::{Empty, Order, Record, Response, Storage};
use vitals_api::ApiError;

use crate::common::*;

const THIS: &str = env!("CARGO_PKG_VERSION");

fn run(contract: &mut Contract) -> Result<Response, ContractError> {
    let env = contract.env.clone();
    migrate(contract.deps.as_mut(), env, Empty {})
}

fn dump(contract: &Contract) -> Vec<Record> {
    let storage = &contract.deps.storage;
    storage.range(None, None, Order::Ascending).collect()
}

#[test]
fn older_state_is_taken_over_whole_and_once() {
    let (mut contract, patient) = Contract::with_patient();
    let grant = contract.grant_msg("clinician");
    contract.give(patient, grant);
    let decided = contract.decide(patient, "clinician", None);
    let whole = dump(&contract);
    cw2::set_contract_version(&mut contract.deps.storage, "cw-vitals:consent", "0.0.9").unwrap();
    assert_ne!(dump(&contract), whole);
    run(&mut contract).unwrap();
    assert_eq!(dump(&contract), whole);
    assert_eq!(contract.decide(patient, "clinician", None), decided);
    let refused = ApiError::NotNewer {
        found: THIS.into(),
        code: THIS.into(),
    };
    assert_eq!(run(&mut contract), Err(refused.into()));
    assert_eq!(dump(&contract), whole);
}
