//! Resolve: who has the alert and may still receive it, or the patient.

use crate::common::{assert_refused, event, pairs, Ward, RULE, WITHIN_S};
use vitals_api::care::AlertState;
use vitals_core::decision::{GroundRef, Power};

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
            pairs(&[
                ("alert", alert.to_string()),
                ("patient", ward.patient.to_string())
            ])
        );
        let info = ward.alert(alert);
        assert_eq!(info.state, AlertState::Resolved);
        assert_eq!(info.resolved_at, Some(ward.suite.now_s()));
        assert_eq!(
            (info.acknowledged_after_s, info.resolved_after_s),
            (Some(0), Some(5))
        );
        assert!(info.acknowledged_by.is_some());
        assert_refused(ward.resolve(resolver, alert), "care/wrong_state");
    }
}

#[test]
fn who_lost_access_since_it_acknowledged_ends_nothing() {
    let mut ward = Ward::new();
    let (alert, grant) = (ward.raise(RULE), ward.receiving);
    ward.acknowledge("clinician", alert, grant).unwrap();
    ward.revoke(ward.receiving_id);
    assert_refused(ward.resolve("clinician", alert), "consent/grant_revoked");
    ward.deny("clinician");
    assert_refused(ward.resolve("clinician", alert), "consent/account_denied");
    assert_eq!(ward.alert(alert).state, AlertState::Acknowledged);
    ward.resolve("patient", alert).unwrap();
}

#[test]
fn after_a_hand_over_only_the_one_who_has_it_resolves() {
    let mut ward = Ward::new();
    let (alert, grant) = (ward.raise(RULE), ward.receiving);
    ward.appoint("guardian", &[Power::Acknowledge]);
    ward.suite.advance(WITHIN_S[0].into());
    ward.acknowledge("clinician", alert, grant).unwrap();
    ward.suite.advance(10);
    ward.acknowledge("guardian", alert, GroundRef::Guardian {})
        .unwrap();
    let info = ward.alert(alert);
    let guardian = ward.suite.actor("guardian").to_string();
    assert_eq!(info.acknowledged_by, Some(guardian));
    assert_eq!(info.acknowledged_at, Some(info.raised_at + 30), "the first");
    assert_eq!(info.taken_over_at, Some(info.raised_at + 40));
    assert_refused(ward.resolve("clinician", alert), "care/not_yours");
    ward.acknowledge("clinician", alert, grant).unwrap();
    assert_refused(ward.resolve("guardian", alert), "care/not_yours");
    ward.resolve("clinician", alert).unwrap();
}
