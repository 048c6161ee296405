//! A device that is handed on: what is done with it later changes nothing of what was measured with
//! it before, and what was done with it then stays.

use vitals_api::registry::ExecuteMsg;
use vitals_testing::device::TestBatch;
use vitals_testing::{Suite, TestDevice};

use crate::support::{beat, pair, refused, registry, send, setup, unpair, PATIENT};

const NOT_IN_USE: &str = "anchor/device_not_in_use";
const IMAGE: [u8; 32] = [8; 32];
const NEWER: u32 = 0x0200_0000;

/// A minute later, as one who may.
fn by(suite: &mut Suite, who: &str, msg: &ExecuteMsg) -> u64 {
    suite.advance(60);
    registry(suite, who, msg);
    suite.now_ms()
}

fn suspend(suite: &mut Suite, who: &str, device: &TestDevice) -> u64 {
    let device = device.device.into();
    by(suite, who, &ExecuteMsg::Suspend { device })
}

fn restore(suite: &mut Suite, who: &str, device: &TestDevice) -> u64 {
    let device = device.device.into();
    by(suite, who, &ExecuteMsg::Restore { device })
}

fn halt_twice(suite: &mut Suite, who: &str, device: &TestDevice) {
    for _ in 0..2 {
        suspend(suite, who, device);
        restore(suite, who, device);
    }
}

fn hand_on(suite: &mut Suite, device: &mut TestDevice) {
    suite.advance(60);
    let other = suite.enrol("other");
    unpair(suite, "patient", device);
    pair(suite, "other", device, other);
}

/// In the first pairing, and not sent.
fn measured_and_kept() -> (Suite, TestDevice, TestBatch) {
    let (suite, mut device, _) = setup();
    let batch = beat(&mut device, suite.now_ms());
    (suite, device, batch)
}

#[test]
fn two_halts_by_the_next_patient_leave_what_was_measured_before() {
    let (mut suite, mut device, kept) = measured_and_kept();
    hand_on(&mut suite, &mut device);
    halt_twice(&mut suite, "other", &device);
    send(&mut suite, "patient", PATIENT, &[&kept]).unwrap();
}

#[test]
fn two_halts_by_who_registered_it_leave_what_was_measured_before() {
    let (mut suite, mut device, kept) = measured_and_kept();
    suite.advance(60);
    unpair(&mut suite, "patient", &mut device);
    halt_twice(&mut suite, "maker", &device);
    send(&mut suite, "patient", PATIENT, &[&kept]).unwrap();
}

#[test]
fn the_next_patient_begins_without_the_halts_of_the_one_before() {
    let (mut suite, mut device, _) = setup();
    halt_twice(&mut suite, "patient", &device);
    hand_on(&mut suite, &mut device);
    let first = beat(&mut device, suite.now_ms());
    let end = suspend(&mut suite, "other", &device);
    send(&mut suite, "other", PATIENT, &[&first]).unwrap();
    let halted = beat(&mut device, end);
    refused(send(&mut suite, "other", PATIENT, &[&halted]), NOT_IN_USE);
}

#[test]
fn what_was_measured_in_a_suspension_does_not_count_once_the_device_is_handed_on() {
    let (mut suite, mut device, kept) = measured_and_kept();
    let suspended = suspend(&mut suite, "patient", &device);
    let during = beat(&mut device, suspended + 5);
    // without restoring it: the suspension ends with the pairing
    hand_on(&mut suite, &mut device);
    send(&mut suite, "patient", PATIENT, &[&kept]).unwrap();
    refused(send(&mut suite, "patient", PATIENT, &[&during]), NOT_IN_USE);
}

#[test]
fn what_two_suspensions_gave_up_stays_given_up_once_the_device_is_handed_on() {
    let (mut suite, mut device, given_up) = measured_and_kept();
    halt_twice(&mut suite, "patient", &device);
    hand_on(&mut suite, &mut device);
    let answer = send(&mut suite, "patient", PATIENT, &[&given_up]);
    refused(answer, NOT_IN_USE);
}

/// The maker recalls, the patient hands the device on before anybody marks it, and an update ends the
/// recall: what was measured since the recall does not count for all that.
#[test]
fn a_recall_that_nobody_marked_holds_in_the_pairing_it_came_in() {
    let (mut suite, mut device, kept) = measured_and_kept();
    let recall = ExecuteMsg::Recall {
        model: 1,
        from_firmware: 0,
        to_firmware: NEWER - 1,
        reason: vec![1; 32].into(),
    };
    let recalled = by(&mut suite, "maker", &recall);
    let since = beat(&mut device, recalled);
    suite.advance(60);
    unpair(&mut suite, "patient", &mut device);
    let approve = ExecuteMsg::ApproveFirmware {
        model: 1,
        version: NEWER,
        digest: IMAGE.into(),
    };
    by(&mut suite, "maker", &approve);
    let update = device.update_firmware(NEWER, IMAGE);
    by(&mut suite, "stranger", &update);
    let other = suite.enrol("other");
    pair(&mut suite, "other", &mut device, other);
    send(&mut suite, "patient", PATIENT, &[&kept]).unwrap();
    refused(send(&mut suite, "patient", PATIENT, &[&since]), NOT_IN_USE);
}
