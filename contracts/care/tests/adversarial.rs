//! Notices and answers from those who mean harm. Each is refused and changes nothing.

use crate::common::plans::cardiac;
use crate::common::{assert_refused, Ward, LADDER, RULE, WITHIN_S};
use cosmwasm_std::{Binary, Uint64};
use vitals_api::care::{AdherenceMsg, AlertState, ExecuteMsg, CLOCK_AHEAD_MS};
use vitals_core::decision::{Action, GroundRef, Purpose};
use vitals_core::measure::Category;
use vitals_core::time::Window;
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
fn the_last_number_ladder_and_rule_there_are_do_and_nothing_comes_after_the_number() {
    let mut ward = Ward::new();
    let tiers = [ward.tier(&["clinician"], 5)];
    ward.set_ladder("patient", u8::MAX, &tiers).unwrap();
    ward.device.alert = u64::MAX - 1;
    let at_ms = ward.suite.now_ms();
    let last = ward.notice_at(at_ms, u16::MAX, u8::MAX);
    ward.run("gateway", &last).unwrap();
    assert_eq!(ward.alert(1).rule, Some(u16::MAX));
    ward.device.alert = 0;
    let msg = ward.notice(RULE);
    assert_refused(ward.run("gateway", &msg), "care/alert_number");
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
        (
            "insurer",
            GroundRef::Guardian {},
            "consent/not_the_guardian",
        ),
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
            ends_in_emergency: false,
        },
        ExecuteMsg::Acknowledge { alert, ground },
        ExecuteMsg::Resolve { alert },
        ExecuteMsg::Escalate { alert },
        ward.emergency_msg(1, "clinician"),
        ExecuteMsg::WritePlan {
            patient,
            ground,
            replaces: 0,
            plan: cardiac(),
        },
        ExecuteMsg::AcknowledgePlan {
            patient,
            version: 1,
        },
        ExecuteMsg::WithdrawPlan {
            patient,
            version: 1,
        },
        ExecuteMsg::RecordAdherence {
            patient,
            ground,
            report: AdherenceMsg {
                plan: 1,
                period: Window::one(1),
                digest: Binary::new(vec![0; 32]),
            },
        },
    ] {
        let outcome = ward.suite.execute_with("patient", &care, &msg, &coins);
        assert_refused(outcome, "input/funds");
    }
}
