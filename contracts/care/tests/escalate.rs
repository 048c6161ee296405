//! Escalate: anybody, on the second, to the last tier and no further.

use crate::common::{assert_refused, event, pairs, Ward, LADDER, RULE, WITHIN_S};
use cosmwasm_std::Uint64;
use vitals_api::care::ExecuteMsg;
use vitals_core::decision::GroundRef;

#[test]
fn anybody_calls_the_next_tier_on_the_second_and_not_before() {
    let mut ward = Ward::new();
    let alert = ward.raise(RULE);
    let due = ward.suite.now_s() + u64::from(WITHIN_S[0]);
    ward.suite.advance(u64::from(WITHIN_S[0]) - 1);
    let refused = ward.escalate("stranger", alert).unwrap_err();
    let said = format!("care/too_early: tier 0 has until {due}, now is {}", due - 1);
    assert!(refused.contains(&said), "{refused}");
    ward.suite.advance(1);
    let done = ward.escalate("stranger", alert).unwrap();
    let said = pairs(&[
        ("alert", alert.to_string()),
        ("patient", ward.patient.to_string()),
        ("tier", "1".into()),
        ("emergency", "false".into()),
    ]);
    assert_eq!(event(&done, "alert_escalated"), said);
    let info = ward.alert(alert);
    assert_eq!(
        (info.tier, info.tier_called_at, info.escalates_at),
        (1, due, None)
    );
    let second = ["guardian", "stranger"].map(|r| ward.suite.actor(r).to_string());
    assert_eq!(info.responders, second);
}

#[test]
fn the_last_tier_has_nobody_after_it() {
    let mut ward = Ward::new();
    let alert = ward.raise(RULE);
    ward.suite.advance(WITHIN_S[0].into());
    ward.escalate("other", alert).unwrap();
    ward.suite.advance(WITHIN_S[1].into());
    assert_refused(ward.escalate("other", alert), "care/last_tier");
}

#[test]
fn the_last_tier_of_a_ladder_that_ends_in_emergency_is_called_as_such() {
    let mut ward = Ward::new();
    let tiers = vec![
        ward.tier(&["clinician"], 5),
        ward.tier(&["guardian"], 5),
        ward.tier(&["other"], 5),
    ];
    let msg = ExecuteMsg::SetLadder {
        patient: Uint64::new(ward.patient),
        ladder: LADDER,
        tiers,
        ends_in_emergency: true,
    };
    ward.run("patient", &msg).unwrap();
    assert!(ward.ladder(LADDER).ends_in_emergency);
    let alert = ward.raise(RULE);
    for (tier, emergency) in [(1, false), (2, true)] {
        ward.suite.advance(5);
        let done = ward.escalate("stranger", alert).unwrap();
        let said = pairs(&[
            ("alert", alert.to_string()),
            ("patient", ward.patient.to_string()),
            ("tier", tier.to_string()),
            ("emergency", emergency.to_string()),
        ]);
        assert_eq!(event(&done, "alert_escalated"), said);
        assert_eq!(ward.alert(alert).in_emergency_tier, emergency);
    }
}

#[test]
fn a_message_without_the_mark_sets_a_ladder_without_an_emergency_tier() {
    let mut ward = Ward::new();
    let care = ward.suite.at.care.clone();
    let msg = serde_json::json!({ "set_ladder": {
        "patient": ward.patient.to_string(),
        "ladder": LADDER,
        "tiers": [{ "responders": [ward.suite.actor("other")], "within_s": 5 }],
    }});
    ward.suite.execute("patient", &care, &msg).unwrap();
    assert!(!ward.ladder(LADDER).ends_in_emergency);
}

#[test]
fn counting_notices_does_not_put_escalation_off() {
    let mut ward = Ward::new();
    let alert = ward.raise(RULE);
    ward.suite.advance(u64::from(WITHIN_S[0]) - 1);
    ward.count(RULE);
    ward.suite.advance(1);
    assert!(ward.escalate("other", alert).is_ok());
}

#[test]
fn an_alert_that_was_taken_on_or_ended_does_not_climb() {
    let mut ward = Ward::new();
    let alert = ward.raise(RULE);
    ward.acknowledge("patient", alert, GroundRef::Patient {})
        .unwrap();
    ward.suite.advance(86_400);
    assert_refused(ward.escalate("other", alert), "care/wrong_state");
    ward.resolve("patient", alert).unwrap();
    assert_refused(ward.escalate("other", alert), "care/wrong_state");
    assert_refused(ward.escalate("other", alert + 1), "state/not_found");
}
