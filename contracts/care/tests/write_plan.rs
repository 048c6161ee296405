//! WritePlan: a clinician with a live credential and a grant, one version after the other.

use crate::common::plans::{cardiac, plan};
use crate::common::{assert_refused, event, pairs, Ward};
use cosmwasm_std::{Binary, Uint64};
use vitals_api::care::{PlanInfo, PlanMsg, PlanState, QueryMsg, MAX_PLAN, MIN_PLAN};
use vitals_api::consent;
use vitals_core::decision::{Action, GroundRef, Power, Purpose, Role};
use vitals_core::measure::Category;

#[test]
fn a_clinician_writes_versions_that_are_not_in_force_before_they_are_acknowledged() {
    let mut ward = Ward::new();
    let ground = ward.may_write("clinician");
    let done = ward.write("clinician", ground, 0).unwrap();
    let author = ward.suite.actor("clinician").to_string();
    let said = pairs(&[
        ("patient", ward.patient.to_string()),
        ("version", "1".into()),
        ("by", author.clone()),
    ]);
    assert_eq!(event(&done, "plan_written"), said);
    let expected = PlanInfo {
        version: 1,
        digest: Binary::new(vec![9; 32]),
        length: 4_096,
        categories: vec![Category::Cardiac],
        author,
        written_at: ward.suite.now_s(),
        state: PlanState::Proposed,
        acknowledged_by: None,
        acknowledged_at: None,
        withdrawn_by: None,
        withdrawn_at: None,
    };
    assert_eq!(ward.plan(1), expected);
    assert_eq!(ward.current(), (None, 1));
    ward.write("clinician", ground, 1).unwrap();
    assert_eq!(ward.current(), (None, 2));
}

#[test]
fn a_plan_written_against_another_than_the_newest_version_is_refused() {
    let mut ward = Ward::new();
    let first = ward.may_write("clinician");
    let second = ward.may_write("other");
    for replaces in [1, u32::MAX] {
        let outcome = ward.write("clinician", first, replaces);
        assert_refused(outcome, "care/plan_changed");
    }
    ward.write("clinician", first, 0).unwrap();
    assert_refused(ward.write("other", second, 0), "care/plan_changed");
    ward.write("other", second, 1).unwrap();
    assert_refused(ward.write("clinician", first, 1), "care/plan_changed");
    // a withdrawn version is still the newest one seen
    ward.withdraw("patient", 2).unwrap();
    assert_refused(ward.write("clinician", first, 1), "care/plan_changed");
    ward.write("clinician", first, 2).unwrap();
    assert_eq!(ward.plans(None, None), [1, 2, 3]);
}

#[test]
fn nobody_else_writes_one() {
    let mut ward = Ward::new();
    let ground = ward.may_write("clinician");
    ward.appoint("guardian", &[Power::Acknowledge, Power::Read, Power::Grant]);
    let sealing = ward.sealing;
    for (sender, ground, code) in [
        ("patient", GroundRef::Patient {}, "consent/no_ground"),
        ("guardian", GroundRef::Guardian {}, "consent/no_ground"),
        ("other", ground, "consent/not_the_grantee"),
        ("owner", ground, "consent/not_the_grantee"),
        ("gateway", sealing, "consent/category_not_granted"),
        ("clinician", GroundRef::Grant { id: 99 }, "state/not_found"),
    ] {
        assert_refused(ward.write(sender, ground, 0), code);
    }
    assert_eq!(ward.current(), (None, 0));
}

#[test]
fn a_grant_without_the_action_the_purpose_or_every_category_does_not_do() {
    let mut ward = Ward::new();
    ward.may_write("clinician");
    let (patient, both) = (ward.patient, [Category::Cardiac, Category::Metabolic]);
    for (purpose, categories, action, code) in [
        (
            Purpose::Treatment,
            &both[..],
            Action::Read,
            "consent/action_not_granted",
        ),
        (
            Purpose::Family,
            &both,
            Action::WritePlan,
            "consent/purpose_not_granted",
        ),
        (
            Purpose::Treatment,
            &both[..1],
            Action::WritePlan,
            "consent/category_not_granted",
        ),
    ] {
        let id = ward.suite.grant(
            "patient",
            patient,
            "clinician",
            purpose,
            categories,
            &[action],
        );
        let msg = plan(&both);
        let outcome = ward.write_plan("clinician", GroundRef::Grant { id }, 0, &msg);
        assert_refused(outcome, code);
    }
}

#[test]
fn without_a_live_credential_or_a_live_grant_nothing_is_written() {
    let mut ward = Ward::new();
    let id = ward.writing_grant("clinician");
    let ground = GroundRef::Grant { id };
    let outcome = ward.write("clinician", ground, 0);
    assert_refused(outcome, "consent/credential_missing");
    ward.suite.credential("clinician", Role::Clinician);
    ward.write("clinician", ground, 0).unwrap();
    let withdraw = consent::ExecuteMsg::WithdrawCredential {
        account: ward.suite.actor("clinician").into(),
        role: Role::Clinician,
    };
    let consent = ward.suite.at.consent.clone();
    ward.suite.execute("board", &consent, &withdraw).unwrap();
    let outcome = ward.write("clinician", ground, 1);
    assert_refused(outcome, "consent/credential_missing");
    ward.suite.credential("clinician", Role::Clinician);
    ward.deny("clinician");
    let outcome = ward.write("clinician", ground, 1);
    assert_refused(outcome, "consent/account_denied");
}

#[test]
fn digest_length_and_categories_keep_to_their_bounds() {
    let mut ward = Ward::new();
    let ground = ward.may_write("clinician");
    let mut newest = 0;
    for (length, fits) in [
        (0, false),
        (MIN_PLAN - 1, false),
        (MIN_PLAN, true),
        (MAX_PLAN, true),
        (MAX_PLAN + 1, false),
        (u32::MAX, false),
    ] {
        let msg = PlanMsg {
            length,
            ..cardiac()
        };
        let outcome = ward.write_plan("clinician", ground, newest, &msg);
        assert_eq!(outcome.is_ok(), fits, "{length}");
        match outcome {
            Ok(_) => newest += 1,
            Err(_) => assert_refused(outcome, "care/plan_length"),
        }
    }
    for bytes in [0, 31, 33, 100_000] {
        let digest = Binary::new(vec![1; bytes]);
        let msg = PlanMsg {
            digest,
            ..cardiac()
        };
        let outcome = ward.write_plan("clinician", ground, newest, &msg);
        assert_refused(outcome, "input/length");
    }
    let empty = ward.write_plan("clinician", ground, newest, &plan(&[]));
    assert_refused(empty, "input/length");
    let twice = plan(&[Category::Cardiac, Category::Cardiac]);
    let twice = ward.write_plan("clinician", ground, newest, &twice);
    assert_refused(twice, "input/duplicate");
    let seven = plan(&[Category::Cardiac; 7]);
    let seven = ward.write_plan("clinician", ground, newest, &seven);
    assert_refused(seven, "input/length");
}

#[test]
fn a_pause_stops_writing() {
    let mut ward = Ward::new();
    let ground = ward.may_write("clinician");
    ward.pause();
    assert_refused(ward.write("clinician", ground, 0), "admin/paused");
}

#[test]
fn plans_are_paged_by_patient_in_order_of_their_versions() {
    let mut ward = Ward::new();
    let ground = ward.may_write("clinician");
    for newest in 0..35 {
        ward.write("clinician", ground, newest).unwrap();
    }
    let first: Vec<u32> = (1..=30).collect();
    assert_eq!(ward.plans(None, Some(99)), first);
    assert_eq!(ward.plans(Some(30), None), [31, 32, 33, 34, 35]);
    assert_eq!(ward.plans(None, None).len(), 10);
    ward.patient += 1;
    assert!(ward.plans(None, None).is_empty());
    let asked = QueryMsg::Plan {
        patient: Uint64::new(ward.patient),
        version: 1,
    };
    let care = ward.suite.at.care.clone();
    let answer = ward.suite.query::<PlanInfo>(&care, &asked);
    assert!(answer.unwrap_err().contains("state/not_found: "));
}
