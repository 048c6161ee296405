//! SetLadder: the patient, within bounds, and never for alerts already open.

use crate::common::{assert_refused, Ward, LADDER, RULE, WITHIN_S};
use cosmwasm_std::Uint64;
use vitals_api::care::QueryMsg;
use vitals_core::decision::{GroundRef, Power};

#[test]
fn the_patient_sets_and_replaces_a_ladder() {
    let mut ward = Ward::new();
    assert_eq!(ward.ladder(LADDER).tiers.len(), 2);
    let tiers = [ward.tier(&["other"], 5)];
    ward.set_ladder("patient", LADDER, &tiers).unwrap();
    assert_eq!(ward.ladder(LADDER).tiers, tiers);
    ward.set_ladder("patient", u8::MAX, &tiers).unwrap();
    assert_eq!(ward.ladder(u8::MAX).tiers, tiers);
}

#[test]
fn nobody_else_sets_one_not_even_a_guardian_with_every_power() {
    let mut ward = Ward::new();
    ward.appoint(
        "guardian",
        &[Power::Grant, Power::Acknowledge, Power::Recover],
    );
    let tiers = [ward.tier(&["other"], 5)];
    for sender in ["guardian", "clinician", "owner", "stranger"] {
        let outcome = ward.set_ladder(sender, LADDER, &tiers);
        assert_refused(outcome, "consent/not_the_patient");
    }
}

#[test]
fn tiers_responders_and_seconds_keep_to_their_bounds() {
    let mut ward = Ward::new();
    let one = ward.tier(&["other"], 1);
    let set = |ward: &mut Ward, tiers: &[_]| ward.set_ladder("patient", LADDER, tiers);
    assert!(set(&mut ward, &vec![one.clone(); 4]).is_ok());
    assert_refused(set(&mut ward, &vec![one.clone(); 5]), "input/length");
    assert_refused(set(&mut ward, &[]), "input/length");

    let nobody = ward.tier(&[], 1);
    assert_refused(set(&mut ward, &[nobody]), "input/length");
    let eight = &vitals_testing::suite::EVERYBODY[..8];
    let full = ward.tier(eight, 1);
    assert!(set(&mut ward, &[full]).is_ok());
    let over = ward.tier(&vitals_testing::suite::EVERYBODY[..9], 1);
    assert_refused(set(&mut ward, &[over]), "input/length");
    let twice = ward.tier(&["other", "other"], 1);
    assert_refused(set(&mut ward, &[twice]), "input/duplicate");

    for (within_s, good) in [(0, false), (86_400, true), (86_401, false)] {
        let tier = ward.tier(&["other"], within_s);
        let outcome = set(&mut ward, &[tier]);
        assert_eq!(outcome.is_ok(), good, "{within_s}");
        if !good {
            assert_refused(outcome, "care/seconds");
        }
    }
}

#[test]
fn an_upper_case_or_foreign_responder_is_refused() {
    let mut ward = Ward::new();
    let mut tier = ward.tier(&["other"], 5);
    for bad in [
        tier.responders[0].to_uppercase(),
        String::new(),
        "osmo1x".into(),
    ] {
        tier.responders[0] = bad;
        let outcome = ward.set_ladder("patient", LADDER, &[tier.clone()]);
        assert_refused(outcome, "input/address");
    }
    assert_eq!(ward.ladder(LADDER).tiers.len(), 2, "nothing changed");
}

#[test]
fn an_open_alert_climbs_the_ladder_it_began_on() {
    let mut ward = Ward::new();
    let alert = ward.raise(RULE);
    let tiers = [ward.tier(&["other"], 86_400)];
    ward.set_ladder("patient", LADDER, &tiers).unwrap();
    let info = ward.alert(alert);
    assert_eq!(info.responders, [ward.suite.actor("clinician").to_string()]);
    ward.suite.advance(WITHIN_S[0].into());
    ward.escalate("stranger", alert).unwrap();
    let grant = ward.receiving;
    assert!(ward.acknowledge("clinician", alert, grant).is_ok());

    let next = ward.raise(RULE + 1);
    assert_eq!(ward.alert(next).responders, tiers[0].responders);
    assert_refused(
        ward.acknowledge("clinician", next, grant),
        "care/not_called",
    );
}

#[test]
fn a_pause_stops_setting_ladders_and_nothing_else() {
    let mut ward = Ward::new();
    ward.pause();
    let tiers = [ward.tier(&["other"], 5)];
    let outcome = ward.set_ladder("patient", LADDER, &tiers);
    assert_refused(outcome, "admin/paused");

    let alert = ward.raise(RULE);
    assert_eq!(ward.count(RULE), alert);
    ward.suite.advance(WITHIN_S[0].into());
    ward.escalate("other", alert).unwrap();
    ward.acknowledge("patient", alert, GroundRef::Patient {})
        .unwrap();
    ward.resolve("patient", alert).unwrap();
}

#[test]
fn a_ladder_nobody_set_is_not_found() {
    let ward = Ward::new();
    let asked = QueryMsg::Ladder {
        patient: Uint64::new(ward.patient),
        ladder: LADDER + 1,
    };
    let answer = ward
        .suite
        .query::<serde_json::Value>(&ward.suite.at.care, &asked);
    assert!(answer.unwrap_err().contains("care/unknown_ladder: "));
}
