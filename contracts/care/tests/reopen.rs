//! Nobody is silenced by an acknowledgement, and a storm stays one alert.

use crate::common::{event, Ward, LADDER, REOPENS_S, RULE, WITHIN_S};
use cosmwasm_std::Uint64;
use vitals_api::care::{AlertState, MAX_UNRESOLVED};
use vitals_core::decision::{GroundRef, Power};
use vitals_testing::suite::number;

#[test]
fn a_notice_counts_on_an_acknowledged_alert_until_the_reopening_time_and_then_raises_anew() {
    let mut ward = Ward::new();
    let alert = ward.raise(RULE);
    let grant = ward.receiving;
    ward.acknowledge("clinician", alert, grant).unwrap();
    ward.suite.advance(REOPENS_S - 1);
    assert_eq!(ward.count(RULE), alert);
    assert_eq!(ward.alert(alert).state, AlertState::Acknowledged);
    ward.suite.advance(1);
    let msg = ward.notice(RULE);
    let raised = ward.run("gateway", &msg).unwrap();
    assert_eq!(number(&raised.events, "alert_raised", "follows"), alert);
    let next = ward.alert(alert + 1);
    assert_eq!(next.follows, Some(Uint64::new(alert)));
    assert_eq!((next.state, next.tier), (AlertState::Open, 0));
    assert_eq!(ward.alert(alert).state, AlertState::Acknowledged);
    assert_eq!(ward.count(RULE), alert + 1, "the new one takes them now");
    ward.suite.advance(WITHIN_S[0].into());
    assert!(ward.escalate("other", alert + 1).is_ok(), "and climbs");
}

#[test]
fn taking_an_alert_over_does_not_put_its_reopening_off() {
    let mut ward = Ward::new();
    let alert = ward.raise(RULE);
    let grant = ward.receiving;
    ward.appoint("guardian", &[Power::Acknowledge]);
    ward.acknowledge("clinician", alert, grant).unwrap();
    ward.suite.advance(REOPENS_S - 1);
    ward.acknowledge("guardian", alert, GroundRef::Guardian {})
        .unwrap();
    assert_eq!(ward.count(RULE), alert);
    ward.suite.advance(1);
    assert_eq!(ward.raise(RULE), alert + 1);
}

#[test]
fn what_follows_a_resolved_alert_follows_nothing() {
    let mut ward = Ward::new();
    let alert = ward.raise(RULE);
    ward.settle(alert);
    ward.suite.advance(REOPENS_S);
    let next = ward.raise(RULE);
    assert_eq!(ward.alert(next).follows, None);
}

/// As many alerts as a device may have unresolved, each of another rule.
fn crowd(ward: &mut Ward) -> u64 {
    for rule in 1..MAX_UNRESOLVED {
        ward.raise(u16::try_from(rule).unwrap() + 100);
    }
    ward.raise(RULE)
}

#[test]
fn a_device_with_32_unresolved_alerts_counts_on_its_latest() {
    let mut ward = Ward::new();
    let latest = crowd(&mut ward);
    assert_eq!(latest, u64::from(MAX_UNRESOLVED));
    for rule in [1, 2, u16::MAX] {
        assert_eq!(ward.count(rule), latest);
    }
    assert_eq!(ward.count(101), 1, "a rule of its own counts on its own");
    assert_eq!(ward.alert(latest).notices, 4);
    assert_eq!(ward.alerts(Some(latest), None), [] as [u64; 0]);
}

#[test]
fn an_answer_to_any_of_them_lets_the_next_rule_be_heard() {
    let mut ward = Ward::new();
    let latest = crowd(&mut ward);
    ward.settle(1);
    assert_eq!(ward.raise(1), latest + 1);
    assert_eq!(ward.count(2), latest + 1);
    // the latest itself resolved: its cooldown is not of other rules
    ward.settle(latest + 1);
    assert_eq!(ward.raise(2), latest + 2);
}

#[test]
fn a_crowded_device_is_not_silenced_by_an_acknowledgement_of_its_latest() {
    let mut ward = Ward::new();
    let latest = crowd(&mut ward);
    let patient = GroundRef::Patient {};
    ward.acknowledge("patient", latest, patient).unwrap();
    assert_eq!(ward.count(1), latest);
    ward.suite.advance(REOPENS_S);
    assert_eq!(ward.raise(1), latest + 1);
    assert_eq!(ward.count(2), latest + 1);
    assert_eq!(ward.alert(latest + 1).follows, None, "of another rule");
}

#[test]
fn the_next_pairing_of_a_crowded_device_begins_with_none() {
    let mut ward = Ward::new();
    crowd(&mut ward);
    ward.unpair();
    ward.suite.advance(10);
    let next = ward.suite.enrol("other");
    ward.pair_with("other", next);
    let first = std::mem::replace(&mut ward.patient, next);
    let tiers = [ward.tier(&["clinician"], 5)];
    ward.set_ladder("other", LADDER, &tiers).unwrap();
    let before = ward.alerts(None, None).len();
    ward.sealing = GroundRef::Patient {};
    let msg = ward.notice(RULE);
    let raised = ward.run("other", &msg).unwrap();
    assert!(event(&raised, "alert_raised").is_some());
    assert_eq!((before, ward.alerts(None, None).len()), (0, 1));
    // an alert of the pairing before is resolved, and does not change the count of this one
    ward.patient = first;
    ward.settle(1);
    ward.patient = next;
    let msg = ward.notice(RULE + 1);
    assert!(event(&ward.run("other", &msg).unwrap(), "alert_raised").is_some());
}
