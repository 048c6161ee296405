//! One device, one patient after another: what the one left unsent does not hold up the next.

use vitals_api::anchor::{GapsPage, QueryMsg};
use vitals_core::measured::{GapNotice, GapReason};
use vitals_testing::{Suite, TestDevice};

use crate::support::{beat, gap, notice, pair, refused, run, send, setup, unpair, Answer, PATIENT};

/// `patient` left two closed batches unsent; now the device is `other`'s, since when it says.
fn handed_on() -> (Suite, TestDevice, u64) {
    let (mut suite, mut device, _) = setup();
    let other = suite.enrol("other");
    device.sequence = 2;
    suite.advance(60);
    unpair(&mut suite, "patient", &mut device);
    suite.advance(60);
    pair(&mut suite, "other", &mut device, other);
    let began = suite.now_ms();
    (suite, device, began)
}

fn left(suite: &Suite, device: &TestDevice, last_at: u64) -> GapNotice {
    GapNotice {
        last_at,
        reason: GapReason::PairingEnded,
        ..notice(suite, device, 1, 3)
    }
}

fn note(suite: &mut Suite, device: &TestDevice, notice: &GapNotice) -> Answer {
    run(suite, "stranger", &gap(device, notice))
}

#[test]
fn the_next_patient_goes_on_after_the_device_gave_up_what_the_last_one_left() {
    let (mut suite, mut device, began) = handed_on();
    let batch = beat(&mut device, suite.now_ms());
    let answer = send(&mut suite, "other", PATIENT, &[&batch]);
    refused(answer, "anchor/sequence_skipped");
    let gone = left(&suite, &device, began - 1);
    note(&mut suite, &device, &gone).unwrap();
    send(&mut suite, "other", PATIENT, &[&batch]).unwrap();
    let asked = QueryMsg::Gaps {
        device: device.device.into(),
        start_after: None,
        limit: None,
    };
    let page: GapsPage = suite.query(&suite.at.anchor, &asked).unwrap();
    assert_eq!(page.missing.u64(), 2);
    assert_eq!(page.gaps[0].reason, GapReason::PairingEnded);
    assert_eq!(page.gaps[0].pairing, 2);
}

#[test]
fn what_an_earlier_pairing_left_was_measured_before_this_one_began() {
    let (mut suite, device, began) = handed_on();
    for last_at in [began, began + 1] {
        let late = left(&suite, &device, last_at);
        let answer = note(&mut suite, &device, &late);
        refused(answer, "anchor/no_earlier_pairing");
    }
}

#[test]
fn the_first_patient_has_no_earlier_pairing_to_blame() {
    let (mut suite, device, _) = setup();
    let began = suite.now_ms();
    let blamed = left(&suite, &device, began - 1);
    let answer = note(&mut suite, &device, &blamed);
    refused(answer, "anchor/no_earlier_pairing");
}

/// The device still has them: whoever had it last may send them until it gives them up.
#[test]
fn until_the_device_gives_them_up_the_last_patient_may_send_what_it_left() {
    let (mut suite, mut device, patient) = setup();
    let other = suite.enrol("other");
    let mine = beat(&mut device, suite.now_ms());
    suite.advance(60);
    unpair(&mut suite, "patient", &mut device);
    pair(&mut suite, "other", &mut device, other);
    send(&mut suite, "patient", PATIENT, &[&mine]).unwrap();
    let theirs = beat(&mut device, suite.now_ms());
    send(&mut suite, "other", PATIENT, &[&theirs]).unwrap();
    let replayed = GapNotice {
        last_at: suite.now_ms() - 1,
        reason: GapReason::PairingEnded,
        ..notice(&suite, &device, 1, 2)
    };
    let answer = note(&mut suite, &device, &replayed);
    refused(answer, "anchor/sequence_replayed");
    assert_ne!(patient, other);
}

#[test]
fn what_was_given_up_is_not_anchored_any_more() {
    let (mut suite, mut device, _) = setup();
    let other = suite.enrol("other");
    let mine = beat(&mut device, suite.now_ms());
    suite.advance(60);
    unpair(&mut suite, "patient", &mut device);
    pair(&mut suite, "other", &mut device, other);
    let gone = GapNotice {
        next: 2,
        ..left(&suite, &device, suite.now_ms() - 1)
    };
    note(&mut suite, &device, &gone).unwrap();
    let answer = send(&mut suite, "patient", PATIENT, &[&mine]);
    refused(answer, "anchor/sequence_replayed");
}
