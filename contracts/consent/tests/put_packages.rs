use consent::ContractError;
use cosmwasm_std::{Binary, Uint64};
use vitals_api::consent::{ExecuteMsg, GrantInfo, PackageMsg, PackageRef, QueryMsg};
use vitals_api::ApiError;
use vitals_core::decision::Refusal;
use vitals_testing::Suite;

use crate::common::*;

fn put(contract: &mut Contract, patient: u64, grants: impl IntoIterator<Item = u64>) -> Acted {
    let packages = grants.into_iter().map(|grant| PackageMsg {
        grant: Uint64::new(grant),
        package: package(9),
    });
    let msg = ExecuteMsg::PutPackages {
        patient: Uint64::new(patient),
        packages: packages.collect(),
    };
    contract.act("patient", msg)
}

fn with_grants(count: usize) -> (Contract, u64) {
    let (mut contract, patient) = Contract::with_patient();
    for _ in 0..count {
        let grant = contract.grant_msg("clinician");
        contract.give(patient, grant);
    }
    (contract, patient)
}

fn package_of(contract: &Contract, patient: u64, grant: u64) -> Option<PackageRef> {
    let msg = QueryMsg::Grant {
        patient: Uint64::new(patient),
        grant: Uint64::new(grant),
    };
    let info: GrantInfo = contract.ask(msg).unwrap();
    info.package
}

#[test]
fn digests_are_put_on_the_grants_named_and_no_others() {
    let (mut contract, patient) = with_grants(3);
    let events = put(&mut contract, patient, [3, 1]).unwrap();
    assert_eq!(names(&events), ["package_put", "package_put"]);
    assert_eq!(attribute(&events, "package_put", "digest"), "09".repeat(32));
    assert_eq!(package_of(&contract, patient, 1), Some(package(9)));
    assert_eq!(package_of(&contract, patient, 2), None);
    assert_eq!(package_of(&contract, patient, 3), Some(package(9)));
}

#[test]
fn thirty_grants_are_re_keyed_at_once_and_neither_none_nor_more() {
    let (mut contract, patient) = with_grants(31);
    assert_code(put(&mut contract, patient, []), "input/length");
    assert_code(put(&mut contract, patient, 1..=31), "input/length");
    put(&mut contract, patient, 1..=30).unwrap();
}

#[test]
fn a_grant_named_twice_is_refused_wherever_it_stands() {
    let (mut contract, patient) = with_grants(3);
    assert_eq!(
        put(&mut contract, patient, [2, 1, 2]),
        Err(ContractError::Api(ApiError::Duplicate {
            field: "packages",
            value: "grant 2".into()
        }))
    );
}

#[test]
fn a_grant_that_is_revoked_over_or_unknown_gets_no_keys() {
    let (mut contract, patient) = with_grants(2);
    contract.act("patient", revoke_msg(patient, 1)).unwrap();
    assert_code(
        put(&mut contract, patient, [2]),
        "consent/generation_pending",
    );
    contract.act("patient", open_msg(patient, 2)).unwrap();
    assert_eq!(
        put(&mut contract, patient, [1]),
        Err(Refusal::GrantRevoked { id: 1 }.into())
    );
    assert_code(put(&mut contract, patient, [3]), "state/not_found");
    contract.advance(DAY_S - 1);
    put(&mut contract, patient, [2]).unwrap();
    contract.advance(1);
    let now = contract.now();
    assert_eq!(
        put(&mut contract, patient, [2]),
        Err(Refusal::GrantExpired {
            id: 2,
            until: now,
            now
        }
        .into())
    );
}

#[test]
fn digests_are_32_bytes() {
    let (mut contract, patient) = with_grants(1);
    let short = PackageRef {
        digest: Binary::new(vec![1; 31]),
        ..package(1)
    };
    let msg = ExecuteMsg::PutPackages {
        patient: Uint64::new(patient),
        packages: vec![PackageMsg {
            grant: Uint64::one(),
            package: short,
        }],
    };
    assert_code(contract.act("patient", msg), "input/length");
}

#[test]
fn one_bad_package_leaves_all_as_they_were_on_a_chain() {
    use vitals_core::decision::{Action, Purpose};
    use vitals_core::measure::Category;
    let mut suite = Suite::new();
    let at = suite.at.consent.clone();
    let patient = suite.enrol("patient");
    let (cardiac, read) = ([Category::Cardiac], [Action::Read]);
    let grant = suite.grant(
        "patient",
        patient,
        "other",
        Purpose::Family,
        &cardiac,
        &read,
    );
    let packages = [grant, grant + 1].map(|grant| PackageMsg {
        grant: Uint64::new(grant),
        package: package(9),
    });
    let msg = ExecuteMsg::PutPackages {
        patient: Uint64::new(patient),
        packages: packages.to_vec(),
    };
    let refused = suite.execute("patient", &at, &msg).unwrap_err();
    assert!(
        refused.contains("state/not_found: there is no grant"),
        "{refused}"
    );
    let query = QueryMsg::Grant {
        patient: Uint64::new(patient),
        grant: Uint64::new(grant),
    };
    let info: GrantInfo = suite.query(&at, &query).unwrap();
    assert_eq!(info.package, None);
}
