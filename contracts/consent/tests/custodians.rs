//! SetCustodians and PutEmergencyPackages.

use cosmwasm_std::{Binary, Uint64};
use vitals_api::consent::emergency::{CustodiansInfo, EmergencyPackageMsg, MAX_CUSTODIANS};
use vitals_api::consent::{ExecuteMsg, QueryMsg};
use vitals_core::decision::Role;
use vitals_core::time::Window;

use crate::common::*;
use crate::safety::attest;

fn set(contract: &mut Contract, patient: u64, names: &[&str], threshold: u8) -> Acted {
    let msg = ExecuteMsg::SetCustodians {
        patient: Uint64::new(patient),
        custodians: names.iter().map(|n| contract.addr(n).into()).collect(),
        threshold,
    };
    contract.act("patient", msg)
}

/// For the epochs from now on.
pub fn put(contract: &mut Contract, patient: u64, names: &[&str], epochs: u32) -> Acted {
    let share = |name: &&str| EmergencyPackageMsg {
        custodian: contract.addr(name).into(),
        digest: Binary::new(vec![5; 32]),
    };
    let msg = ExecuteMsg::PutEmergencyPackages {
        patient: Uint64::new(patient),
        window: Window {
            from: contract.epoch(),
            to: contract.epoch() + epochs,
        },
        packages: names.iter().map(share).collect(),
    };
    contract.act("patient", msg)
}

fn shown(contract: &Contract, patient: u64) -> CustodiansInfo {
    let patient = Uint64::new(patient);
    contract.ask(QueryMsg::Custodians { patient }).unwrap()
}

/// `x` and `y` keep shares, of which it takes two.
pub fn with_custodians(contract: &mut Contract, patient: u64) {
    for custodian in ["x", "y", "z"] {
        attest(contract, custodian, Role::Custodian);
    }
    set(contract, patient, &["x", "y"], 2).unwrap();
}

fn named() -> (Contract, u64) {
    let (mut contract, patient) = Contract::with_patient();
    with_custodians(&mut contract, patient);
    (contract, patient)
}

#[test]
fn custodians_and_what_their_shares_open_are_shown() {
    let (mut contract, patient) = named();
    let info = shown(&contract, patient);
    assert_eq!((info.custodians.len(), info.threshold), (2, 2));
    assert_eq!(info.packages, None);
    put(&mut contract, patient, &["x", "y"], 48).unwrap();
    let packages = shown(&contract, patient).packages.unwrap();
    assert_eq!(packages.packages.len(), 2);
    assert_eq!(packages.generation, 1);
    assert_eq!(packages.window.to, contract.epoch() + 48);
}

#[test]
fn custodians_are_at_most_eight_credentialed_accounts_with_a_threshold_within_them() {
    let (mut contract, patient) = named();
    for (names, threshold, expected) in [
        (vec!["x", "stranger"], 1, "consent/not_a_holder"),
        (vec!["x", "x"], 1, "input/duplicate"),
        (vec!["x", "y"], 0, "consent/out_of_bounds"),
        (vec!["x", "y"], 3, "consent/out_of_bounds"),
        (vec![], 1, "consent/out_of_bounds"),
        (vec!["x"; MAX_CUSTODIANS + 1], 1, "input/length"),
    ] {
        let refused = set(&mut contract, patient, &names, threshold);
        assert_code(refused, expected);
    }
    set(&mut contract, patient, &[], 0).unwrap();
    assert!(shown(&contract, patient).custodians.is_empty());
    let none = put(&mut contract, patient, &["x"], 1);
    assert_code(none, "state/not_found");
}

#[test]
fn packages_are_exactly_for_the_custodians_named() {
    let (mut contract, patient) = named();
    for (names, expected) in [
        (vec!["x"], "input/length"),
        (vec!["x", "z"], "consent/not_a_custodian"),
        (vec!["x", "x"], "input/duplicate"),
        (vec![], "input/length"),
    ] {
        let refused = put(&mut contract, patient, &names, 1);
        assert_code(refused, expected);
    }
    let empty = put(&mut contract, patient, &["x", "y"], 0);
    assert_code(empty, "format/value");
}

#[test]
fn no_packages_are_put_while_a_generation_is_pending() {
    let (mut contract, patient) = named();
    let grant = contract.grant_msg("family");
    let id = contract.give(patient, grant);
    contract.act("patient", revoke_msg(patient, id)).unwrap();
    let refused = put(&mut contract, patient, &["x", "y"], 48);
    assert_code(refused, "consent/generation_pending");
}

#[test]
fn naming_custodians_anew_raises_where_shares_put_before_open_what_comes() {
    for (left, put_first, elapsed, raises) in [
        (vec!["x"], true, 0, true),
        (vec![], true, 0, true),
        (vec!["x", "y"], true, 0, true),
        (vec!["x", "y", "z"], true, 0, true),
        (vec!["x"], false, 0, false),
        (vec!["x"], true, 49 * EPOCH_S, false),
    ] {
        let (mut contract, patient) = named();
        if put_first {
            put(&mut contract, patient, &["x", "y"], 48).unwrap();
        }
        contract.advance(elapsed);
        let threshold = u8::try_from(left.len().min(1)).unwrap();
        set(&mut contract, patient, &left, threshold).unwrap();
        assert_eq!(contract.pending(patient), raises, "{left:?} {elapsed}");
        assert_eq!(shown(&contract, patient).packages, None);
    }
}
