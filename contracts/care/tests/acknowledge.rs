//! Acknowledge and Resolve: who was called and may receive, or the patient.

use crate::common::{assert_refused, event, pairs, Ward, RULE, WITHIN_S};
use vitals_api::care::AlertState;
use vitals_core::decision::{Action, GroundRef, Power, Purpose};
use vitals_core::measure::Category;

#[test]
fn a_responder_takes_an_alert_on_and_the_response_time_is_on_record() {
    let mut ward = Ward::new();
    let alert = ward.raise(RULE);
    ward.suite.advance(12);
    let grant = ward.receiving;
    let done = ward.acknowledge("clinician", alert, grant).unwrap();
    let clinician = ward.suite.actor("clinician").to_string();
    let said = pairs(&[
        ("alert", alert.to_string()),
        ("patient", ward.patient.to_string()),
        ("by", clinician.clone()),
    ]);
    assert_eq!(event(&done, "alert_acknowledged"), said);
    let info = ward.alert(alert);
    assert_eq!(info.state, AlertState::Acknowledged);
    assert_eq!(info.acknowledged_by, Some(clinician));
    assert_eq!(info.acknowledged_at, Some(info.raised_at + 12));
    assert_eq!(info.acknowledged_after_s, Some(12));
    assert_eq!(info.escalates_at, None);
}

#[test]
fn the_patient_needs_no_call() {
    let mut ward = Ward::new();
    let alert = ward.raise(RULE);
    let by = GroundRef::Patient {};
    assert_refused(
        ward.acknowledge("clinician", alert, by),
        "consent/not_the_patient",
    );
    assert!(ward.acknowledge("patient", alert, by).is_ok());
}

#[test]
fn a_guardian_with_the_power_needs_no_call_and_without_it_no_call_helps() {
    let mut ward = Ward::new();
    let by = GroundRef::Guardian {};
    ward.appoint("guardian", &[Power::Read]);
    let alert = ward.raise(RULE);
    ward.suite.advance(WITHIN_S[0].into());
    ward.escalate("other", alert).unwrap();
    assert_refused(
        ward.acknowledge("guardian", alert, by),
        "consent/power_missing",
    );
    ward.appoint("guardian", &[Power::Acknowledge]);
    let next = ward.raise(RULE + 1);
    assert_eq!(ward.alert(next).tier, 0, "the second tier is not called");
    assert!(ward.acknowledge("guardian", next, by).is_ok());
    assert!(ward.acknowledge("guardian", alert, by).is_ok());
}

#[test]
fn who_was_called_before_may_still_take_it_on_after_the_next_tier_is() {
    let mut ward = Ward::new();
    let alert = ward.raise(RULE);
    ward.suite.advance(WITHIN_S[0].into());
    ward.escalate("other", alert).unwrap();
    let grant = ward.receiving;
    assert!(ward.acknowledge("clinician", alert, grant).is_ok());
}

#[test]
fn a_grant_for_another_category_or_purpose_does_not_do() {
    let mut ward = Ward::new();
    let alert = ward.raise(RULE);
    for (category, purpose, code) in [
        (
            Category::Activity,
            Purpose::Treatment,
            "consent/category_not_granted",
        ),
        (
            Category::Cardiac,
            Purpose::Research,
            "consent/purpose_not_granted",
        ),
    ] {
        let actions = [Action::ReceiveAlerts];
        let patient = ward.patient;
        let id = ward.suite.grant(
            "patient",
            patient,
            "clinician",
            purpose,
            &[category],
            &actions,
        );
        let outcome = ward.acknowledge("clinician", alert, GroundRef::Grant { id });
        assert_refused(outcome, code);
    }
}

#[test]
fn what_is_resolved_or_ones_own_already_or_not_there_is_not_acknowledged() {
    let mut ward = Ward::new();
    let alert = ward.raise(RULE);
    let (grant, patient) = (ward.receiving, GroundRef::Patient {});
    ward.acknowledge("clinician", alert, grant).unwrap();
    assert_refused(
        ward.acknowledge("clinician", alert, grant),
        "care/already_yours",
    );
    ward.resolve("clinician", alert).unwrap();
    for (sender, ground) in [("patient", patient), ("clinician", grant)] {
        assert_refused(ward.acknowledge(sender, alert, ground), "care/wrong_state");
    }
    assert_refused(
        ward.acknowledge("patient", alert + 1, patient),
        "state/not_found",
    );
}
