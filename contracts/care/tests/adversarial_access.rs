//! Those who had access, or never had it, and the second in which it ends.

use crate::common::{assert_refused, Ward, LADDER, REOPENS_S, RULE, WITHIN_S};
use cosmwasm_std::Uint64;
use vitals_api::care::{AlertState, ExecuteMsg};
use vitals_api::consent;
use vitals_core::decision::{Action, GroundRef, Power, Purpose};
use vitals_core::measure::Category;

/// The suite's grants hold for a day from the first second.
const GRANTED_S: u64 = 86_400;

#[test]
fn a_grant_holds_in_its_last_second_and_not_in_the_one_after() {
    for (at, code) in [
        (GRANTED_S - 1, None),
        (GRANTED_S, Some("consent/grant_expired")),
    ] {
        let mut ward = Ward::new();
        let (alert, grant) = (ward.raise(RULE), ward.receiving);
        ward.suite.advance(at);
        let outcome = ward.acknowledge("clinician", alert, grant);
        match code {
            None => assert!(outcome.is_ok()),
            Some(code) => assert_refused(outcome, code),
        }
    }
}

#[test]
fn a_grant_that_expired_since_the_acknowledgement_ends_nothing() {
    let mut ward = Ward::new();
    let (alert, grant) = (ward.raise(RULE), ward.receiving);
    ward.suite.advance(GRANTED_S - 1);
    ward.acknowledge("clinician", alert, grant).unwrap();
    ward.suite.advance(1);
    assert_refused(ward.resolve("clinician", alert), "consent/grant_expired");
    assert_eq!(ward.alert(alert).state, AlertState::Acknowledged);
}

#[test]
fn a_guardians_power_holds_in_its_last_second_and_not_in_the_one_after() {
    let mut ward = Ward::new();
    ward.appoint("guardian", &[Power::Acknowledge]);
    let (first, second) = (ward.raise(RULE), ward.raise(RULE + 1));
    ward.suite.advance(GRANTED_S - 1);
    let by = GroundRef::Guardian {};
    ward.acknowledge("guardian", first, by).unwrap();
    ward.suite.advance(1);
    let code = "consent/guardian_expired";
    assert_refused(ward.acknowledge("guardian", second, by), code);
    assert_refused(ward.resolve("guardian", first), code);
}

#[test]
fn a_denied_responder_or_guardian_neither_takes_on_nor_over_nor_ends() {
    let mut ward = Ward::new();
    ward.appoint("guardian", &[Power::Acknowledge]);
    let (alert, grant) = (ward.raise(RULE), ward.receiving);
    ward.deny("guardian");
    let by = GroundRef::Guardian {};
    let code = "consent/account_denied";
    assert_refused(ward.acknowledge("guardian", alert, by), code);
    ward.acknowledge("clinician", alert, grant).unwrap();
    assert_refused(ward.acknowledge("guardian", alert, by), code);
    ward.deny("clinician");
    assert_refused(ward.resolve("clinician", alert), code);
    ward.acknowledge("patient", alert, GroundRef::Patient {})
        .unwrap();
    assert_refused(ward.acknowledge("clinician", alert, grant), code);
}

#[test]
fn an_alert_climbs_over_a_tier_whose_responders_lost_access() {
    let mut ward = Ward::new();
    let alert = ward.raise(RULE);
    ward.revoke(ward.receiving_id);
    ward.deny("clinician");
    ward.suite.advance(WITHIN_S[0].into());
    ward.escalate("stranger", alert).unwrap();
    ward.appoint("guardian", &[Power::Acknowledge]);
    ward.acknowledge("guardian", alert, GroundRef::Guardian {})
        .unwrap();
}

#[test]
fn a_responder_of_a_tier_not_called_does_not_take_over_what_another_has() {
    let mut ward = Ward::new();
    let (alert, grant) = (ward.raise(RULE), ward.receiving);
    let patient = ward.patient;
    let id = ward.suite.grant(
        "patient",
        patient,
        "stranger",
        Purpose::Treatment,
        &[Category::Respiratory],
        &[Action::ReceiveAlerts],
    );
    ward.acknowledge("clinician", alert, grant).unwrap();
    let outcome = ward.acknowledge("stranger", alert, GroundRef::Grant { id });
    assert_refused(outcome, "care/not_called");
}

#[test]
fn two_who_hand_an_alert_to_and_fro_silence_nobody() {
    let mut ward = Ward::new();
    ward.appoint("guardian", &[Power::Acknowledge]);
    let (alert, grant) = (ward.raise(RULE), ward.receiving);
    ward.acknowledge("clinician", alert, grant).unwrap();
    for _ in 0..3 {
        ward.suite.advance(REOPENS_S / 6);
        ward.acknowledge("guardian", alert, GroundRef::Guardian {})
            .unwrap();
        ward.suite.advance(REOPENS_S / 6);
        ward.acknowledge("clinician", alert, grant).unwrap();
    }
    assert_eq!(ward.raise(RULE), alert + 1);
}

#[test]
fn a_ladder_that_no_longer_names_a_responder_calls_it_for_the_alerts_it_began_only() {
    let mut ward = Ward::new();
    let (before, grant) = (ward.raise(RULE), ward.receiving);
    let tiers = [ward.tier(&["guardian"], 5)];
    ward.set_ladder("patient", LADDER, &tiers).unwrap();
    let after = ward.raise(RULE + 1);
    let outcome = ward.acknowledge("clinician", after, grant);
    assert_refused(outcome, "care/not_called");
    ward.acknowledge("clinician", before, grant).unwrap();
    // what follows an alert begins on the ladder as it is then
    ward.suite.advance(REOPENS_S);
    let next = ward.raise(RULE);
    assert_eq!(ward.alert(next).responders, tiers[0].responders);
}

#[test]
fn a_patient_who_is_none_sets_nothing_and_no_number_stands_for_another() {
    let mut ward = Ward::new();
    let tiers = [ward.tier(&["other"], 5)];
    let ground = ward.may_write("clinician");
    let other = ward.suite.enrol("other");
    for none in [0, u64::MAX] {
        ward.patient = none;
        let outcome = ward.set_ladder("patient", LADDER, &tiers);
        assert_refused(outcome, "state/not_found");
        let outcome = ward.write("clinician", ground, 0);
        assert_refused(outcome, "state/not_found");
        assert_refused(ward.accept("patient", 1), "state/not_found");
    }
    ward.patient = other;
    let outcome = ward.set_ladder("patient", LADDER, &tiers);
    assert_refused(outcome, "consent/not_the_patient");
    // the grant is one of the first patient's
    assert_refused(ward.write("clinician", ground, 0), "state/not_found");
}

#[test]
fn one_patients_plans_are_not_acknowledged_or_withdrawn_as_anothers() {
    let mut ward = Ward::new();
    let ground = ward.may_write("clinician");
    ward.write("clinician", ground, 0).unwrap();
    let patient = std::mem::replace(&mut ward.patient, 0);
    ward.patient = ward.suite.enrol("other");
    assert_refused(ward.accept("other", 1), "state/not_found");
    assert_refused(ward.withdraw("other", 1), "state/not_found");
    ward.patient = patient;
    assert_refused(ward.accept("other", 1), "consent/not_the_patient");
}

#[test]
fn an_emergency_is_no_ground_to_acknowledge_or_to_write() {
    let mut ward = Ward::new();
    let alert = ward.raise(RULE);
    ward.suite
        .credential("insurer", vitals_core::decision::Role::EmergencyResponder);
    let open = consent::ExecuteMsg::OpenEmergency {
        patient: Uint64::new(ward.patient),
        reason: vec![1; 32].into(),
        hours_back: 1,
        for_s: 3_600,
    };
    let consent = ward.suite.at.consent.clone();
    ward.suite.execute("insurer", &consent, &open).unwrap();
    let by = GroundRef::Emergency { id: 1 };
    let outcome = ward.acknowledge("insurer", alert, by);
    assert_refused(outcome, "care/not_called");
    let tiers = [ward.tier(&["insurer"], 5), ward.tier(&["other"], 5)];
    ward.set_ladder("patient", LADDER, &tiers).unwrap();
    let called = ward.raise(RULE + 1);
    let outcome = ward.acknowledge("insurer", called, by);
    assert!(outcome.unwrap_err().starts_with("consent/"), "reading only");
    assert!(ward.write("insurer", by, 0).is_err());
    let msg = ExecuteMsg::Escalate {
        alert: Uint64::new(called),
    };
    assert_refused(ward.run("insurer", &msg), "care/too_early");
}
