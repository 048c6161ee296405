//! Notices and answers from those who mean harm. Each is refused and changes nothing.

mod common;

use common::{assert_refused, Ward, LADDER, RULE, WITHIN_S};
use cosmwasm_std::{Binary, Uint64};
use vitals_api::care::{AlertState, ExecuteMsg, CLOCK_AHEAD_MS};
use vitals_api::registry;
use vitals_core::decision::{Action, GroundRef, Purpose};
use vitals_core::measure::Category;
use vitals_testing::TestDevice;

fn changed(msg: &ExecuteMsg, change: impl Fn(&mut Vec<u8>, &mut Vec<u8>)) -> ExecuteMsg {
    let ExecuteMsg::RaiseAlert {
        body,
        signature,
        ground,
    } = msg
    else {
        panic!("a notice");
    };
    let (mut body, mut signature) = (body.to_vec(), signature.to_vec());
    change(&mut body, &mut signature);
    ExecuteMsg::RaiseAlert {
        body: Binary::new(body),
        signature: Binary::new(signature),
        ground: *ground,
    }
}

#[test]
fn a_replayed_or_reordered_notice_is_refused() {
    let mut ward = Ward::new();
    let first = ward.notice(RULE);
    let second = ward.notice(RULE);
    ward.run("gateway", &first).unwrap();
    assert_refused(ward.run("gateway", &first), "care/alert_number");
    ward.run("gateway", &second).unwrap();
    assert_refused(ward.run("gateway", &second), "care/alert_number");
    assert_eq!(ward.alert(1).notices, 2);
    ward.settle(1);
    ward.suite.advance(1_000);
    assert_refused(ward.run("gateway", &second), "care/alert_number");
    assert_eq!(ward.alerts(None, None), [1]);
}

#[test]
fn a_notice_that_was_never_sent_does_not_silence_those_after_it() {
    let mut ward = Ward::new();
    let unsent = ward.notice(RULE);
    let next = ward.notice(RULE);
    ward.run("gateway", &next).unwrap();
    assert_refused(ward.run("gateway", &unsent), "care/alert_number");
}

#[test]
fn a_notice_changed_in_any_byte_or_signed_by_another_is_refused() {
    let mut ward = Ward::new();
    let good = ward.notice(RULE);
    // the bytes of pairing, number, time, rule, ladder and digest
    for i in 9..(1 + 8 + 4 + 8 + 8 + 2 + 1 + 32) {
        let forged = changed(&good, |body, _| body[i] ^= 1);
        assert_refused(ward.run("gateway", &forged), "care/bad_signature");
    }
    let forged = changed(&good, |_, signature| signature[5] ^= 1);
    assert_refused(ward.run("gateway", &forged), "care/bad_signature");

    let mut impostor = TestDevice::new(99, ward.suite.deployment);
    (impostor.device, impostor.pairing) = (ward.device.device, ward.device.pairing);
    let (_, signed) = impostor.alert(ward.suite.now_ms(), RULE, LADDER);
    let forged = changed(&good, |_, signature| *signature = signed.to_vec());
    assert_refused(ward.run("gateway", &forged), "care/bad_signature");
    assert!(ward.run("gateway", &good).is_ok());
}

#[test]
fn a_notice_for_another_deployment_is_refused() {
    let mut ward = Ward::new();
    ward.device.deployment = [1; 32];
    let msg = ward.notice(RULE);
    assert_refused(ward.run("gateway", &msg), "care/bad_signature");
}

#[test]
fn malformed_bytes_are_refused() {
    let mut ward = Ward::new();
    let good = ward.notice(RULE);
    for len in [0, 1, 63] {
        let cut = changed(&good, |body, _| body.truncate(len));
        assert_refused(ward.run("gateway", &cut), "format/length");
    }
    let long = changed(&good, |body, _| body.push(0));
    assert_refused(ward.run("gateway", &long), "format/length");
    let huge = changed(&good, |body, _| body.resize(100_000, 0));
    assert_refused(ward.run("gateway", &huge), "format/length");
    let version = changed(&good, |body, _| body[0] = 2);
    assert_refused(ward.run("gateway", &version), "format/version");
    for len in [0, 63, 65] {
        let signed = changed(&good, |_, signature| signature.resize(len, 0));
        assert_refused(ward.run("gateway", &signed), "input/length");
    }
    let nobody = changed(&good, |body, _| {
        body[1..9].copy_from_slice(&99u64.to_be_bytes())
    });
    assert_refused(ward.run("gateway", &nobody), "state/not_found");
}

#[test]
fn a_notice_is_at_most_two_minutes_ahead_of_the_block() {
    let mut ward = Ward::new();
    let latest = ward.suite.now_ms() + CLOCK_AHEAD_MS;
    for ahead in [latest + 1, u64::MAX] {
        let msg = ward.notice_at(ahead, RULE, LADDER);
        assert_refused(ward.run("gateway", &msg), "care/ahead_of_time");
        ward.device.alert = 0;
    }
    let msg = ward.notice_at(latest, RULE, LADDER);
    assert!(ward.run("gateway", &msg).is_ok());
}

#[test]
fn a_notice_is_not_from_before_the_pairing() {
    let mut ward = Ward::new();
    let from_ms = ward.suite.now_ms();
    ward.suite.advance(10);
    let msg = ward.notice_at(from_ms - 1, RULE, LADDER);
    assert_refused(ward.run("gateway", &msg), "care/before_pairing");
    ward.device.alert = 0;
    let msg = ward.notice_at(from_ms, RULE, LADDER);
    assert!(ward.run("gateway", &msg).is_ok());
}

#[test]
fn a_lost_device_is_heard_only_on_what_it_found_before() {
    let mut ward = Ward::new();
    ward.suite.advance(10);
    let lost_from_ms = ward.suite.now_ms();
    let device = Uint64::new(ward.device.device);
    let lost = registry::ExecuteMsg::ReportLost {
        device,
        lost_from_ms,
    };
    ward.registry("patient", &lost);
    let msg = ward.notice_at(lost_from_ms, RULE, LADDER);
    assert_refused(ward.run("gateway", &msg), "care/device_lost");
    ward.device.alert = 0;
    let msg = ward.notice_at(lost_from_ms - 1, RULE, LADDER);
    assert!(ward.run("gateway", &msg).is_ok());
}

#[test]
fn a_device_that_is_not_paired_is_not_heard() {
    let mut ward = Ward::new();
    let msg = ward.notice(RULE);
    ward.unpair();
    assert_refused(ward.run("gateway", &msg), "care/wrong_pairing");
}

#[test]
fn a_devices_next_patient_neither_hears_nor_counts_on_the_alerts_of_the_one_before() {
    let mut ward = Ward::new();
    let before = ward.raise(RULE);
    let old = ward.notice(RULE);
    ward.unpair();
    ward.suite.advance(10);
    let next = ward.suite.enrol("other");
    ward.pair_with("other", next);
    assert_refused(ward.run("gateway", &old), "care/wrong_pairing");

    let first = std::mem::replace(&mut ward.patient, next);
    let tiers = [ward.tier(&["clinician"], 5)];
    ward.set_ladder("other", LADDER, &tiers).unwrap();
    ward.device.alert = 1;
    let (body, signature) = ward.device.alert(ward.suite.now_ms(), RULE, LADDER);
    let ground = GroundRef::Patient {};
    let msg = ExecuteMsg::RaiseAlert {
        body,
        signature,
        ground,
    };
    assert_refused(ward.run("patient", &msg), "consent/not_the_patient");
    ward.run("other", &msg).unwrap();
    assert_eq!(ward.alerts(None, None), [before + 1]);
    assert_eq!(ward.alert(before).patient, Uint64::new(first));
    assert_eq!(ward.alert(before).notices, 1);
    assert_refused(
        ward.acknowledge("other", before, ground),
        "consent/not_the_patient",
    );
}

#[test]
fn a_stranger_or_a_responder_of_a_tier_not_yet_called_acknowledges_nothing() {
    let mut ward = Ward::new();
    let alert = ward.raise(RULE);
    let grant = ward.receiving;
    // the stranger stands in the second tier
    for (who, ground, code) in [
        ("stranger", grant, "care/not_called"),
        ("gateway", ward.sealing, "care/not_called"),
        ("insurer", GroundRef::Guardian {}, "care/not_called"),
        ("stranger", GroundRef::Patient {}, "consent/not_the_patient"),
    ] {
        assert_refused(ward.acknowledge(who, alert, ground), code);
    }
    ward.suite.advance(WITHIN_S[0].into());
    ward.escalate("other", alert).unwrap();
    // called, but the grant is somebody else's
    let outcome = ward.acknowledge("stranger", alert, grant);
    assert_refused(outcome, "consent/not_the_grantee");
    assert_eq!(ward.alert(alert).state, AlertState::Open);
}

#[test]
fn a_responder_whose_grant_was_revoked_or_who_is_denied_acknowledges_nothing() {
    let mut ward = Ward::new();
    let alert = ward.raise(RULE);
    let grant = ward.receiving;
    ward.revoke(ward.receiving_id);
    let outcome = ward.acknowledge("clinician", alert, grant);
    assert_refused(outcome, "consent/grant_revoked");
    ward.deny("clinician");
    let outcome = ward.acknowledge("clinician", alert, grant);
    assert_refused(outcome, "consent/account_denied");
    assert_eq!(ward.alert(alert).state, AlertState::Open);
}

#[test]
fn a_grant_over_other_hours_than_the_alerts_does_not_do() {
    let mut ward = Ward::new();
    let (early, grant) = (ward.raise(RULE), ward.receiving);
    // the suite's grants reach 24 hours from the first; their validity ends with them
    ward.suite.advance(3_600);
    let patient = ward.patient;
    let later = ward.suite.grant(
        "patient",
        patient,
        "clinician",
        Purpose::Treatment,
        &[Category::Cardiac],
        &[Action::ReceiveAlerts],
    );
    let outcome = ward.acknowledge("clinician", early, GroundRef::Grant { id: later });
    assert_refused(outcome, "consent/window_not_granted");
    ward.acknowledge("clinician", early, grant).unwrap();
    ward.suite.advance(82_800);
    let late = ward.raise_as_patient(RULE + 1);
    let outcome = ward.acknowledge("clinician", late, grant);
    assert_refused(outcome, "consent/grant_expired");
    let msg = ward.notice(RULE);
    assert_refused(ward.run("gateway", &msg), "consent/grant_expired");
}

#[test]
fn stray_coins_are_refused_by_every_message() {
    let mut ward = Ward::new();
    let alert = Uint64::new(ward.raise(RULE));
    let ground = GroundRef::Patient {};
    let notice = ward.notice(RULE);
    let tiers = vec![ward.tier(&["other"], 5)];
    let patient = Uint64::new(ward.patient);
    let (care, coins) = (ward.suite.at.care.clone(), ward.suite.coins(1));
    for msg in [
        notice,
        ExecuteMsg::Admin(vitals_api::admin::AdminMsg::Pause {}),
        ExecuteMsg::SetLadder {
            patient,
            ladder: LADDER,
            tiers,
        },
        ExecuteMsg::Acknowledge { alert, ground },
        ExecuteMsg::Resolve { alert },
        ExecuteMsg::Escalate { alert },
    ] {
        let outcome = ward.suite.execute_with("patient", &care, &msg, &coins);
        assert_refused(outcome, "input/funds");
    }
}
