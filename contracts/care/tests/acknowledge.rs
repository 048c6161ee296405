//! Acknowledge and Resolve: who was called and may receive, or the patient.

mod common;

use common::{assert_refused, event, pairs, Ward, RULE, WITHIN_S};
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
    let said = pairs(&[("alert", alert.to_string()), ("by", clinician.clone())]);
    assert_eq!(event(&done, "alert_acknowledged"), said);
    let info = ward.alert(alert);
    assert_eq!(info.state, AlertState::Acknowledged);
    assert_eq!(info.acknowledged_by, Some(clinician));
    assert_eq!(info.acknowledged_at, Some(info.raised_at + 12));
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
fn a_guardian_who_was_called_acknowledges_by_power() {
    let mut ward = Ward::new();
    let by = GroundRef::Guardian {};
    ward.appoint("guardian", &[Power::Read]);
    let alert = ward.raise(RULE);
    assert_refused(ward.acknowledge("guardian", alert, by), "care/not_called");
    ward.suite.advance(WITHIN_S[0].into());
    ward.escalate("other", alert).unwrap();
    assert_refused(
        ward.acknowledge("guardian", alert, by),
        "consent/power_missing",
    );
    ward.appoint("guardian", &[Power::Acknowledge]);
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
fn only_an_open_alert_is_acknowledged_and_only_once() {
    let mut ward = Ward::new();
    let alert = ward.raise(RULE);
    let (grant, patient) = (ward.receiving, GroundRef::Patient {});
    ward.acknowledge("clinician", alert, grant).unwrap();
    assert_refused(
        ward.acknowledge("patient", alert, patient),
        "care/wrong_state",
    );
    ward.resolve("clinician", alert).unwrap();
    assert_refused(
        ward.acknowledge("patient", alert, patient),
        "care/wrong_state",
    );
    assert_refused(
        ward.acknowledge("patient", alert + 1, patient),
        "state/not_found",
    );
}

#[test]
fn who_acknowledged_or_the_patient_resolves() {
    for resolver in ["clinician", "patient"] {
        let mut ward = Ward::new();
        let alert = ward.raise(RULE);
        assert_refused(ward.resolve("clinician", alert), "care/not_yours");
        assert_refused(ward.resolve("patient", alert), "care/wrong_state");
        let grant = ward.receiving;
        ward.acknowledge("clinician", alert, grant).unwrap();
        for other in ["guardian", "stranger", "gateway", "owner"] {
            assert_refused(ward.resolve(other, alert), "care/not_yours");
        }
        ward.suite.advance(5);
        let done = ward.resolve(resolver, alert).unwrap();
        assert_eq!(
            event(&done, "alert_resolved"),
            pairs(&[("alert", alert.to_string())])
        );
        let info = ward.alert(alert);
        assert_eq!(info.state, AlertState::Resolved);
        assert_eq!(info.resolved_at, Some(ward.suite.now_s()));
        assert!(info.acknowledged_by.is_some());
        assert_refused(ward.resolve(resolver, alert), "care/wrong_state");
    }
}
