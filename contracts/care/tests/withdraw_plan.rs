//! WithdrawPlan: the author or the patient, for ever; the one before is in force again.

use crate::common::{assert_refused, event, pairs, Ward};
use vitals_api::care::PlanState;
use vitals_core::decision::{GroundRef, Power};

/// Three plans, all acknowledged; the grant they were written on.
fn three() -> (Ward, u64) {
    let mut ward = Ward::new();
    let ground = ward.may_write("clinician");
    for newest in 0..3 {
        ward.write("clinician", ground, newest).unwrap();
        ward.accept("patient", newest + 1).unwrap();
    }
    let GroundRef::Grant { id } = ground else {
        panic!("a grant");
    };
    (ward, id)
}

#[test]
fn when_the_plan_in_force_is_withdrawn_the_newest_before_it_that_was_not_is_in_force() {
    let (mut ward, _) = three();
    ward.withdraw("patient", 2).unwrap();
    assert_eq!(ward.current(), (Some(3), 3));
    let done = ward.withdraw("clinician", 3).unwrap();
    let author = ward.suite.actor("clinician").to_string();
    let said = pairs(&[
        ("patient", ward.patient.to_string()),
        ("version", "3".into()),
        ("by", author.clone()),
    ]);
    assert_eq!(event(&done, "plan_withdrawn"), said);
    let plan = ward.plan(3);
    assert_eq!(plan.state, PlanState::Withdrawn);
    assert_eq!(plan.withdrawn_by, Some(author));
    assert!(plan.acknowledged_by.is_some(), "history stays");
    assert_eq!(ward.current(), (Some(1), 3));
    ward.withdraw("patient", 1).unwrap();
    assert_eq!(ward.current(), (None, 3));
}

#[test]
fn a_plan_is_withdrawn_once_acknowledged_or_not() {
    let (mut ward, id) = three();
    let ground = GroundRef::Grant { id };
    ward.write("clinician", ground, 3).unwrap();
    ward.withdraw("patient", 4).unwrap();
    assert_eq!(ward.plan(4).acknowledged_at, None);
    assert_refused(ward.withdraw("patient", 4), "care/plan_state");
    assert_refused(ward.withdraw("clinician", 4), "care/plan_state");
    assert_refused(ward.withdraw("patient", 5), "state/not_found");
    assert_eq!(ward.current(), (Some(3), 4));
}

#[test]
fn nobody_else_withdraws_one_not_even_another_clinician_or_a_guardian() {
    let (mut ward, _) = three();
    ward.may_write("other");
    ward.appoint("guardian", &[Power::Acknowledge, Power::Revoke]);
    for sender in ["other", "guardian", "gateway", "owner", "stranger"] {
        let outcome = ward.withdraw(sender, 3);
        assert_refused(outcome, "consent/not_the_patient");
    }
    assert_eq!(ward.current(), (Some(3), 3));
}

#[test]
fn an_author_takes_a_mistake_back_after_the_grant_ended_unless_denied() {
    let (mut ward, id) = three();
    ward.revoke(id);
    ward.pause();
    ward.withdraw("clinician", 3).unwrap();
    ward.deny("clinician");
    let outcome = ward.withdraw("clinician", 2);
    assert_refused(outcome, "consent/account_denied");
    assert_eq!(ward.current(), (Some(2), 3));
    ward.withdraw("patient", 2).unwrap();
}
