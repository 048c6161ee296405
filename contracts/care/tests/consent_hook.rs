//! ConsentHook: an emergency opens one alert, whatever the patient's ladders are.

use crate::common::{assert_refused, event, pairs, Ward, LADDER, RULE, WITHIN_S};
use cosmwasm_std::Uint64;
use vitals_api::care::{AlertInfo, AlertState, QueryMsg};
use vitals_api::consent;
use vitals_core::decision::{GroundRef, Power, Role};
use vitals_testing::suite::number;

#[test]
fn an_emergency_calls_the_lowest_ladder_the_patient_set() {
    let mut ward = Ward::new();
    let tiers = [ward.tier(&["other"], 5)];
    ward.set_ladder("patient", LADDER + 5, &tiers).unwrap();
    let told = ward.emergency_msg(4, "insurer");
    let consent = ward.suite.at.consent.clone();
    let done = ward.run_as(&consent, &told).unwrap();
    let said = pairs(&[
        ("alert", "1".into()),
        ("patient", ward.patient.to_string()),
        ("emergency", "4".into()),
        ("tier", "0".into()),
    ]);
    assert_eq!(event(&done, "alert_raised"), said);
    let info = ward.alert(1);
    assert_eq!(info.emergency, Some(Uint64::new(4)));
    assert_eq!((info.device, info.rule, info.digest), (None, None, None));
    assert_eq!(info.responders, [ward.suite.actor("clinician").to_string()]);
    assert_eq!(info.at_ms, ward.suite.now_ms());
    let found: AlertInfo = ward.ask(&QueryMsg::EmergencyAlert {
        patient: Uint64::new(ward.patient),
        emergency: Uint64::new(4),
    });
    assert_eq!(found, ward.alert(1));
    assert_eq!(ward.alerts(None, None), [1], "in the patient's list too");
}

#[test]
fn an_emergency_opened_at_consent_is_an_alert_in_the_same_transaction() {
    let mut ward = Ward::new();
    ward.suite.credential("insurer", Role::EmergencyResponder);
    let consent = ward.suite.at.consent.clone();
    let subscribe = consent::ExecuteMsg::AddHook {
        contract: ward.suite.at.care.to_string(),
    };
    ward.suite.execute("owner", &consent, &subscribe).unwrap();
    let open = consent::ExecuteMsg::OpenEmergency {
        patient: Uint64::new(ward.patient),
        reason: vec![1; 32].into(),
        hours_back: 1,
        for_s: 3_600,
    };
    let opened = ward.suite.execute("insurer", &consent, &open).unwrap();
    assert!(event(&opened, "alert_raised").is_some());
    let emergency = number(&opened.events, "emergency_opened", "emergency");
    assert_eq!(ward.alert(1).emergency, Some(Uint64::new(emergency)));
}

#[test]
fn its_alert_climbs_is_acknowledged_and_resolved_as_any_other() {
    let mut ward = Ward::new();
    let alert = ward.emergency(1, "insurer").unwrap();
    assert_refused(ward.escalate("other", alert), "care/too_early");
    ward.suite.advance(WITHIN_S[0].into());
    ward.escalate("other", alert).unwrap();
    let grant = ward.receiving;
    ward.acknowledge("clinician", alert, grant).unwrap();
    ward.resolve("clinician", alert).unwrap();
    assert_eq!(ward.alert(alert).state, AlertState::Resolved);
}

#[test]
fn without_a_ladder_it_is_there_for_patient_and_guardians() {
    let mut ward = Ward::new();
    ward.patient = ward.suite.enrol("other");
    let alert = ward.emergency(1, "insurer").unwrap();
    let info = ward.alert(alert);
    assert_eq!((info.escalates_at, info.responders.len()), (None, 0));
    assert_refused(ward.escalate("stranger", alert), "care/last_tier");
    let grant = ward.receiving;
    let outcome = ward.acknowledge("clinician", alert, grant);
    assert_refused(outcome, "care/not_called");
    ward.acknowledge("other", alert, GroundRef::Patient {})
        .unwrap();
    ward.resolve("other", alert).unwrap();
}

#[test]
fn an_emergency_is_told_once_and_another_is_another() {
    let mut ward = Ward::new();
    assert_eq!(ward.emergency(1, "insurer"), Ok(1));
    let again = ward.emergency(1, "insurer").unwrap_err();
    assert!(again.starts_with("care/emergency_told: "), "{again}");
    assert_eq!(ward.emergency(2, "insurer"), Ok(2));
    ward.settle(1);
    assert!(ward.emergency(1, "insurer").is_err(), "for ever");
    assert_eq!(ward.alerts(None, None), [1, 2]);
}

#[test]
fn nobody_but_the_consent_contract_tells_of_one() {
    let mut ward = Ward::new();
    let told = ward.emergency_msg(1, "insurer");
    for sender in ["patient", "owner", "clinician", "insurer", "stranger"] {
        assert_refused(ward.run(sender, &told), "care/not_consent");
    }
    for contract in [ward.suite.at.registry.clone(), ward.suite.at.care.clone()] {
        assert_refused(ward.run_as(&contract, &told), "care/not_consent");
    }
    assert!(ward.alerts(None, None).is_empty());
}

#[test]
fn who_opened_an_emergency_takes_its_alert_on_in_no_capacity() {
    let mut ward = Ward::new();
    ward.appoint("guardian", &[Power::Acknowledge]);
    let by_clinician = ward.emergency(1, "clinician").unwrap();
    let by_guardian = ward.emergency(2, "guardian").unwrap();
    let grant = ward.receiving;
    let outcome = ward.acknowledge("clinician", by_clinician, grant);
    assert_refused(outcome, "care/own_emergency");
    let guardian = GroundRef::Guardian {};
    let outcome = ward.acknowledge("guardian", by_guardian, guardian);
    assert_refused(outcome, "care/own_emergency");
    assert!(ward.acknowledge("clinician", by_guardian, grant).is_ok());
    assert!(ward.acknowledge("guardian", by_clinician, guardian).is_ok());
}

#[test]
fn a_pause_does_not_hold_it_up_and_a_crowded_device_neither() {
    let mut ward = Ward::new();
    for rule in 0..32 {
        ward.raise(RULE + rule);
    }
    ward.pause();
    assert_eq!(ward.emergency(u64::MAX, "insurer"), Ok(33));
}
