use consent::ContractError;
use cosmwasm_std::{Binary, Uint64};
use vitals_api::consent::{GrantInfo, GrantMsg, PackageRef, QueryMsg};
use vitals_api::ApiError;
use vitals_core::decision::{Action, Power, Purpose, Refusal};
use vitals_core::measure::Category;
use vitals_core::time::Window;
use vitals_testing::Suite;

use crate::common::*;

fn stored(contract: &Contract, patient: u64, grant: u64) -> GrantInfo {
    let msg = QueryMsg::Grant {
        patient: Uint64::new(patient),
        grant: Uint64::new(grant),
    };
    contract.ask(msg).unwrap()
}

/// What a change of a good grant is answered with.
fn refused(change: impl Fn(&mut GrantMsg)) -> ContractError {
    let (mut contract, patient) = Contract::with_patient();
    let mut grant = contract.grant_msg("clinician");
    change(&mut grant);
    let error = contract.act("patient", grant_of(patient, grant));
    assert_eq!(contract.info(patient).generation, 1);
    error.unwrap_err()
}

#[test]
fn a_grant_is_kept_as_it_was_given_and_numbered_from_one() {
    let (mut contract, patient) = Contract::with_patient();
    let mut grant = contract.grant_msg("clinician");
    grant.purposes = vec![Purpose::Treatment, Purpose::Family];
    grant.actions = vec![Action::Read, Action::WritePlan];
    grant.valid_from = Some(contract.now() + 5);
    grant.package = Some(package(3));
    assert_eq!(contract.give(patient, grant.clone()), 1);
    let other = contract.grant_msg("other");
    assert_eq!(contract.give(patient, other), 2);
    let expected = GrantInfo {
        grant: Uint64::new(1),
        grantee: grant.grantee,
        by: None,
        purposes: grant.purposes,
        categories: grant.categories,
        actions: grant.actions,
        window: grant.window,
        valid_from: contract.now() + 5,
        valid_until: grant.valid_until,
        revoked: false,
        package: grant.package,
    };
    assert_eq!(stored(&contract, patient, 1), expected);
}

#[test]
fn a_grant_is_announced_with_its_number_and_grantee_on_a_chain() {
    let mut suite = Suite::new();
    let patient = suite.enrol("patient");
    let grant = suite.grant(
        "patient",
        patient,
        "clinician",
        Purpose::Treatment,
        &[Category::Cardiac],
        &[Action::Read],
    );
    assert_eq!(grant, 1);

    let mut contract = Contract::new();
    let patient = contract.enrol("patient");
    let msg = contract.grant_msg("clinician");
    let events = contract.act("patient", grant_of(patient, msg)).unwrap();
    assert_eq!(names(&events), ["granted"]);
    assert_eq!(
        attribute(&events, "granted", "grantee"),
        contract.addr("clinician").as_str()
    );
}

#[test]
fn grants_of_two_patients_are_numbered_apart() {
    let mut contract = Contract::new();
    let (first, second) = (contract.enrol("patient"), contract.enrol("patient"));
    for patient in [first, second] {
        let grant = contract.grant_msg("clinician");
        assert_eq!(contract.give(patient, grant), 1);
    }
}

#[test]
fn a_list_is_neither_empty_nor_repeats() {
    for (change, expected) in [
        (
            (|g: &mut GrantMsg| g.purposes.clear()) as fn(&mut GrantMsg),
            "input/length",
        ),
        (|g| g.categories.clear(), "input/length"),
        (|g| g.actions.clear(), "input/length"),
        (|g| g.purposes = vec![Purpose::Family; 2], "input/duplicate"),
        (
            |g| g.categories = vec![Category::Cardiac; 2],
            "input/duplicate",
        ),
        (|g| g.actions = vec![Action::Read; 2], "input/duplicate"),
        (|g| g.purposes = vec![Purpose::Family; 6], "input/length"),
        (
            |g| g.categories = vec![Category::Cardiac; 7],
            "input/length",
        ),
        (|g| g.actions = vec![Action::Read; 6], "input/length"),
    ] {
        let error = refused(change);
        assert_eq!(code(&error), expected, "{error}");
    }
}

#[test]
fn a_window_holds_an_epoch() {
    for window in [Window { from: 5, to: 5 }, Window { from: 6, to: 5 }] {
        let error = refused(|g| g.window = window);
        assert!(
            matches!(error, ContractError::Api(ApiError::Format(_))),
            "{error}"
        );
    }
}

#[test]
fn the_past_may_be_granted() {
    let (mut contract, patient) = Contract::with_patient();
    let mut grant = contract.grant_msg("clinician");
    grant.window = Window { from: 0, to: 1 };
    grant.valid_from = Some(0);
    contract.give(patient, grant);
}

#[test]
fn validity_ends_after_now_and_after_it_begins() {
    let now = Contract::new().now();
    let time = |value, bound| {
        ContractError::Api(ApiError::Time {
            field: "valid_until",
            value,
            bound,
        })
    };
    assert_eq!(refused(|g| g.valid_until = now), time(now, now));
    let past = move |g: &mut GrantMsg| (g.valid_from, g.valid_until) = (Some(0), now);
    assert_eq!(refused(past), time(now, now));
    let begins = move |g: &mut GrantMsg| g.valid_from = Some(g.valid_until);
    let until = now + DAY_S;
    assert_eq!(refused(begins), time(until, until));

    let (mut contract, patient) = Contract::with_patient();
    let mut shortest = contract.grant_msg("clinician");
    shortest.valid_until = now + 1;
    contract.give(patient, shortest);
}

#[test]
fn a_package_is_named_by_two_digests_of_32_bytes() {
    for (digest, recipient_hash) in [(31, 32), (33, 32), (32, 31), (32, 0)] {
        let error = refused(|g| {
            g.package = Some(PackageRef {
                digest: Binary::new(vec![1; digest]),
                recipient_hash: Binary::new(vec![1; recipient_hash]),
            })
        });
        assert_eq!(code(&error), "input/length", "{error}");
    }
}

/// What a guardian with these powers is told about a grant.
fn by_guardian(powers: &[Power], change: impl Fn(&Contract, &mut GrantMsg)) -> Acted {
    let (mut contract, patient) = Contract::with_patient();
    contract.appoint(patient, "guardian", powers);
    let mut grant = contract.grant_msg("clinician");
    change(&contract, &mut grant);
    contract.act("guardian", grant_of(patient, grant))
}

#[test]
fn a_guardian_grants_only_what_it_may_itself_do() {
    let who: String = Contract::new().addr("guardian").into();
    let needs = |power| {
        Err(ContractError::Api(ApiError::Refused(
            Refusal::PowerNeeded {
                who: who.clone(),
                power,
            },
        )))
    };
    let as_it_is = |_: &Contract, _: &mut GrantMsg| {};
    let disclosing = |_: &Contract, g: &mut GrantMsg| g.actions = vec![Action::Disclose];
    assert_eq!(by_guardian(&[Power::Read], as_it_is), needs(Power::Grant));
    assert_eq!(by_guardian(&[Power::Grant], as_it_is), needs(Power::Read));
    let both = [Power::Grant, Power::Read];
    assert!(by_guardian(&both, as_it_is).is_ok());
    assert_eq!(by_guardian(&both, disclosing), needs(Power::Claim));
    let claims = [Power::Grant, Power::Read, Power::Claim];
    assert!(by_guardian(&claims, disclosing).is_ok());
}

#[test]
fn a_guardian_never_grants_to_itself() {
    let refused = by_guardian(&[Power::Grant, Power::Read], |contract, grant| {
        grant.grantee = contract.party("guardian")
    });
    assert_eq!(
        refused,
        Err(ContractError::GrantToItself {
            guardian: Contract::new().addr("guardian").into()
        })
    );
}

#[test]
fn a_guardian_s_grant_ends_no_later_than_its_powers() {
    let until = Contract::new().now() + DAY_S;
    let refused = by_guardian(&[Power::Grant, Power::Read], |_, grant| {
        grant.valid_until += 1
    });
    assert_eq!(
        refused,
        Err(ContractError::BeyondGuardian {
            asked: until + 1,
            until
        })
    );
}

#[test]
fn a_guardian_lets_nobody_seal_or_write_plans() {
    for action in [Action::Seal, Action::WritePlan] {
        let refused = by_guardian(&[Power::Grant, Power::Read], |_, grant| {
            grant.actions = vec![action];
        });
        assert_code(refused, "consent/not_a_guardians_action");
    }
}

#[test]
fn a_grant_comes_with_keys_only_while_no_generation_is_pending() {
    let (mut contract, patient) = Contract::with_patient();
    let first = contract.grant_msg("clinician");
    let id = contract.give(patient, first);
    contract.act("patient", revoke_msg(patient, id)).unwrap();
    let mut grant = contract.grant_msg("other");
    grant.package = Some(package(1));
    let with_keys = grant_of(patient, grant.clone());
    assert_code(
        contract.act("patient", with_keys),
        "consent/generation_pending",
    );
    grant.package = None;
    contract.act("patient", grant_of(patient, grant)).unwrap();
}
