//! RaiseAlert: who may bring a notice, what becomes of it, and when it only counts.

use crate::common::{assert_refused, event, pairs, Ward, COOLDOWN_S, LADDER, RULE, WITHIN_S};
use cosmwasm_std::{Binary, Uint64};
use vitals_api::care::{AlertState, DeviceAlerts, ExecuteMsg, QueryMsg};
use vitals_core::decision::{Action, GroundRef, Power, Purpose};
use vitals_core::measure::Category;

fn by(msg: ExecuteMsg, other: GroundRef) -> ExecuteMsg {
    match msg {
        ExecuteMsg::RaiseAlert {
            body, signature, ..
        } => ExecuteMsg::RaiseAlert {
            body,
            signature,
            ground: other,
        },
        msg => msg,
    }
}

#[test]
fn a_notice_raises_an_alert_and_calls_the_first_tier() {
    let mut ward = Ward::new();
    let msg = ward.notice(RULE);
    let raised = ward.run("gateway", &msg).unwrap();
    let said = pairs(&[
        ("alert", "1".into()),
        ("patient", ward.patient.to_string()),
        ("device", ward.device.device.to_string()),
        ("tier", "0".into()),
    ]);
    assert_eq!(event(&raised, "alert_raised"), said);
    let (info, now) = (ward.alert(1), ward.suite.now_s());
    assert_eq!(
        (info.state, info.notices, info.rule),
        (AlertState::Open, 1, Some(RULE))
    );
    assert_eq!((info.at_ms, info.raised_at), (ward.suite.now_ms(), now));
    assert_eq!(info.digest, Some(Binary::new(vec![3; 32])));
    assert_eq!((info.tier, info.tier_called_at), (0, now));
    assert_eq!(info.escalates_at, Some(now + u64::from(WITHIN_S[0])));
    assert_eq!(info.responders, [ward.suite.actor("clinician").to_string()]);
    assert_eq!(info.acknowledged_by, None);
}

#[test]
fn the_patient_brings_a_notice_without_a_grant() {
    let mut ward = Ward::new();
    let msg = by(ward.notice(RULE), GroundRef::Patient {});
    assert!(ward.run("patient", &msg).is_ok());
}

#[test]
fn a_grant_to_seal_any_one_of_the_devices_categories_is_enough() {
    let mut ward = Ward::new();
    for (category, code) in [
        (Category::Cardiac, None),
        (Category::Respiratory, None),
        (Category::Metabolic, Some("consent/category_not_granted")),
    ] {
        let id = ward.suite.grant(
            "patient",
            ward.patient,
            "other",
            Purpose::Treatment,
            &[category],
            &[Action::Seal],
        );
        let msg = by(ward.notice(RULE), GroundRef::Grant { id });
        let outcome = ward.run("other", &msg);
        match code {
            None => assert!(outcome.is_ok(), "{category:?}"),
            Some(code) => assert_refused(outcome, code),
        }
    }
}

#[test]
fn nobody_else_brings_a_notice() {
    let mut ward = Ward::new();
    ward.appoint("guardian", &[Power::Acknowledge, Power::Read]);
    let (sealing, receiving) = (ward.sealing, ward.receiving);
    let signed = ward.notice(RULE);
    for (sender, ground, code) in [
        ("stranger", sealing, "consent/not_the_grantee"),
        ("stranger", GroundRef::Patient {}, "consent/not_the_patient"),
        ("clinician", receiving, "consent/action_not_granted"),
        ("guardian", GroundRef::Guardian {}, "consent/no_ground"),
        ("owner", GroundRef::Guardian {}, "consent/no_ground"),
        ("gateway", GroundRef::Emergency { id: 1 }, "state/not_found"),
        ("gateway", GroundRef::Grant { id: 99 }, "state/not_found"),
    ] {
        assert_refused(ward.run(sender, &by(signed.clone(), ground)), code);
    }
    assert!(
        ward.run("gateway", &signed).is_ok(),
        "and nothing was used up"
    );
}

#[test]
fn another_rule_is_another_alert_and_the_same_rule_counts() {
    let mut ward = Ward::new();
    assert_eq!(ward.raise(RULE), 1);
    assert_eq!(ward.raise(RULE + 1), 2);
    let msg = ward.notice(RULE);
    let counted = ward.run("gateway", &msg).unwrap();
    let said = pairs(&[
        ("alert", "1".into()),
        ("patient", ward.patient.to_string()),
        ("device", ward.device.device.to_string()),
    ]);
    assert_eq!(event(&counted, "alert_counted"), said);
    assert_eq!((ward.alert(1).notices, ward.alert(2).notices), (2, 1));
    assert_eq!(ward.alerts(None, None), [1, 2]);
    let device = Uint64::new(ward.device.device);
    let answer: DeviceAlerts = ward.ask(&QueryMsg::Device { device });
    assert_eq!(answer.number, Uint64::new(3), "a count takes a number too");
}

#[test]
fn a_storm_of_a_thousand_notices_is_one_alert() {
    let mut ward = Ward::new();
    let alert = ward.raise(RULE);
    for _ in 1..1_000 {
        assert_eq!(ward.count(RULE), alert);
    }
    assert_eq!(ward.alert(alert).notices, 1_000);
    assert_eq!(ward.alerts(None, None), [alert]);
}

#[test]
fn within_the_cooldown_a_notice_counts_without_reopening_and_after_it_raises_anew() {
    let mut ward = Ward::new();
    let alert = ward.raise(RULE);
    ward.settle(alert);
    let ended_at = ward.alert(alert).resolved_at;
    ward.suite.advance(COOLDOWN_S - 1);
    assert_eq!(ward.count(RULE), alert);
    let info = ward.alert(alert);
    assert_eq!((info.state, info.notices), (AlertState::Resolved, 2));
    assert_eq!(
        info.resolved_at, ended_at,
        "a count does not prolong the cooldown"
    );
    ward.suite.advance(1);
    let next = ward.raise(RULE);
    assert_eq!(
        (next, ward.alert(next).state),
        (alert + 1, AlertState::Open)
    );
    assert_eq!(ward.alert(alert).notices, 2);
}

#[test]
fn alerts_are_paged_by_patient_in_order_of_their_numbers() {
    let mut ward = Ward::new();
    for rule in 0..35 {
        let alert = ward.raise(rule);
        ward.settle(alert);
    }
    let first: Vec<u64> = (1..=30).collect();
    assert_eq!(ward.alerts(None, Some(99)), first);
    assert_eq!(ward.alerts(Some(30), None), [31, 32, 33, 34, 35]);
    assert_eq!(ward.alerts(None, None).len(), 10);
    ward.patient += 1;
    assert!(ward.alerts(None, None).is_empty());
}

#[test]
fn a_ladder_the_patient_did_not_set_is_refused() {
    let mut ward = Ward::new();
    let at_ms = ward.suite.now_ms();
    let msg = ward.notice_at(at_ms, RULE, LADDER + 1);
    assert_refused(ward.run("gateway", &msg), "care/unknown_ladder");
    ward.device.alert = 0;
    assert_eq!(ward.raise(RULE), 1, "the number was not used up");
}
