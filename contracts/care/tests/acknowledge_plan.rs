//! AcknowledgePlan: the patient or a guardian; the newest one accepted is in force.

use crate::common::{assert_refused, event, pairs, Ward};
use vitals_api::care::PlanState;
use vitals_core::decision::{GroundRef, Power};

/// A ward with this many plans written.
fn with_plans(count: u32) -> (Ward, GroundRef) {
    let mut ward = Ward::new();
    let ground = ward.may_write("clinician");
    for newest in 0..count {
        ward.write("clinician", ground, newest).unwrap();
    }
    (ward, ground)
}

#[test]
fn a_plan_is_in_force_from_when_the_patient_acknowledges_it() {
    let (mut ward, _) = with_plans(1);
    ward.suite.advance(5);
    let done = ward.accept("patient", 1).unwrap();
    let patient = ward.suite.actor("patient").to_string();
    let said = pairs(&[
        ("patient", ward.patient.to_string()),
        ("version", "1".into()),
        ("by", patient.clone()),
    ]);
    assert_eq!(event(&done, "plan_acknowledged"), said);
    let plan = ward.plan(1);
    assert_eq!(plan.state, PlanState::Acknowledged);
    assert_eq!(plan.acknowledged_by, Some(patient));
    assert_eq!(plan.acknowledged_at, Some(plan.written_at + 5));
    assert_eq!(ward.current(), (Some(1), 1));
}

#[test]
fn a_newer_plan_leaves_the_older_in_force_until_it_is_acknowledged_itself() {
    let (mut ward, ground) = with_plans(1);
    ward.accept("patient", 1).unwrap();
    ward.write("clinician", ground, 1).unwrap();
    assert_eq!(ward.current(), (Some(1), 2));
    ward.accept("patient", 2).unwrap();
    assert_eq!(ward.current(), (Some(2), 2));
    assert_eq!(
        ward.plan(1).state,
        PlanState::Acknowledged,
        "kept as it was"
    );
}

#[test]
fn a_plan_older_than_the_one_in_force_is_not_accepted_any_more() {
    let (mut ward, _) = with_plans(3);
    ward.accept("patient", 2).unwrap();
    assert_refused(ward.accept("patient", 1), "care/plan_outdated");
    ward.withdraw("patient", 2).unwrap();
    ward.accept("patient", 1).unwrap();
    ward.accept("patient", 3).unwrap();
    assert_eq!(ward.current(), (Some(3), 3));
}

#[test]
fn a_plan_is_acknowledged_once_and_never_after_its_withdrawal() {
    let (mut ward, _) = with_plans(2);
    ward.accept("patient", 1).unwrap();
    assert_refused(ward.accept("patient", 1), "care/plan_state");
    ward.withdraw("clinician", 2).unwrap();
    assert_refused(ward.accept("patient", 2), "care/plan_state");
    for none in [0, 3, u32::MAX] {
        assert_refused(ward.accept("patient", none), "state/not_found");
    }
}

#[test]
fn a_guardian_with_the_power_accepts_and_nobody_else_does() {
    let (mut ward, _) = with_plans(1);
    ward.appoint("guardian", &[Power::Read, Power::Grant, Power::Recover]);
    for (sender, code) in [
        ("guardian", "consent/power_needed"),
        ("clinician", "consent/not_the_patient"),
        ("gateway", "consent/not_the_patient"),
        ("owner", "consent/not_the_patient"),
        ("stranger", "consent/not_the_patient"),
    ] {
        assert_refused(ward.accept(sender, 1), code);
    }
    ward.appoint("guardian", &[Power::Acknowledge]);
    ward.deny("guardian");
    assert_refused(ward.accept("guardian", 1), "consent/account_denied");
    ward.appoint("other", &[Power::Acknowledge]);
    ward.suite.advance(86_400);
    assert_refused(ward.accept("other", 1), "consent/guardian_expired");
    ward.appoint("other", &[Power::Acknowledge]);
    ward.pause();
    ward.accept("other", 1).unwrap();
    let guardian = ward.suite.actor("other").to_string();
    assert_eq!(ward.plan(1).acknowledged_by, Some(guardian));
}
