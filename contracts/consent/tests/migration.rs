//! What code may take this contract's storage over, through the exported entry point.

use consent::contract::migrate;
use consent::ContractError;
use cosmwasm_std::{from_json, Order, Record, Response, Storage};
use vitals_api::consent::recovery::Timing;
use vitals_api::consent::{MigrateMsg, QueryMsg};
use vitals_api::ApiError;

use crate::common::*;

const THIS: &str = env!("CARGO_PKG_VERSION");

/// As a chain does with `{}`.
fn run(contract: &mut Contract) -> Result<Response, ContractError> {
    run_with(contract, from_json(b"{}").unwrap())
}

fn run_with(contract: &mut Contract, msg: MigrateMsg) -> Result<Response, ContractError> {
    let env = contract.env.clone();
    migrate(contract.deps.as_mut(), env, msg)
}

fn dump(contract: &Contract) -> Vec<Record> {
    let storage = &contract.deps.storage;
    storage.range(None, None, Order::Ascending).collect()
}

fn stamp(contract: &mut Contract, version: &str) {
    cw2::set_contract_version(&mut contract.deps.storage, "cw-vitals:consent", version).unwrap();
}

fn timing(contract: &Contract) -> Result<Timing, ContractError> {
    contract.ask(QueryMsg::Timing {})
}

/// State of 0.1.0 had no delays and deadlines.
fn first_release() -> Contract {
    let mut contract = Contract::new();
    contract.deps.storage.remove(b"timing");
    stamp(&mut contract, "0.1.0");
    assert_code(timing(&contract), "state/unreadable");
    contract
}

#[test]
fn older_state_is_taken_over_whole_and_once() {
    let (mut contract, patient) = Contract::with_patient();
    let grant = contract.grant_msg("clinician");
    contract.give(patient, grant);
    let decided = contract.decide(patient, "clinician", None);
    let whole = dump(&contract);
    stamp(&mut contract, "0.0.9");
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

#[test]
fn state_of_the_first_release_takes_the_delays_given_or_the_defaults() {
    let mut contract = first_release();
    run(&mut contract).unwrap();
    let expected = Timing {
        recovery_delay_s: 259_200,
        override_delay_s: 604_800,
        review_within_s: 259_200,
        max_emergency_s: 86_400,
    };
    assert_eq!(timing(&contract), Ok(expected.clone()));

    let given = Timing {
        recovery_delay_s: 3_600,
        ..expected
    };
    let mut contract = first_release();
    let msg = MigrateMsg {
        timing: Some(given.clone()),
    };
    run_with(&mut contract, msg).unwrap();
    assert_eq!(timing(&contract), Ok(given.clone()));
    stamp(&mut contract, "0.1.1");
    run(&mut contract).unwrap();
    assert_eq!(timing(&contract), Ok(given), "what is set stays");
}

#[test]
fn a_migration_with_delays_out_of_bounds_is_refused() {
    let mut contract = first_release();
    let timing = Timing {
        recovery_delay_s: 3_599,
        ..Timing::default()
    };
    let msg = MigrateMsg {
        timing: Some(timing),
    };
    assert_code(run_with(&mut contract, msg), "consent/out_of_bounds");
}
