//! Devices that are suspended, recalled or retired: judged by when they measured.

use vitals_api::registry::ExecuteMsg;
use vitals_core::measure::Measure;
use vitals_core::measured::{GapNotice, GapReason};
use vitals_testing::{Suite, TestDevice};

use crate::support::{
    beat, gap, notice, refused, registry, run, send, setup, take_back, Answer, PATIENT,
};

const NOT_IN_USE: &str = "anchor/device_not_in_use";

/// One reading at a time; if it is refused, as if it had not been measured.
fn measured_at(suite: &mut Suite, device: &mut TestDevice, at: u64) -> Answer {
    let batch = beat(device, at);
    let answer = send(suite, "patient", PATIENT, &[&batch]);
    if answer.is_err() {
        take_back(device);
    }
    answer
}

fn suspend(suite: &mut Suite, device: &TestDevice) -> u64 {
    suite.advance(60);
    let device = device.device.into();
    registry(suite, "patient", &ExecuteMsg::Suspend { device });
    suite.now_ms()
}

fn restore(suite: &mut Suite, device: &TestDevice) -> u64 {
    suite.advance(60);
    let device = device.device.into();
    registry(suite, "patient", &ExecuteMsg::Restore { device });
    suite.now_ms()
}

#[test]
fn what_a_suspended_device_measures_is_refused_from_the_millisecond_on() {
    let (mut suite, mut device, _) = setup();
    let suspended = suspend(&mut suite, &device);
    let before = measured_at(&mut suite, &mut device, suspended - 1);
    assert!(before.is_ok());
    for at in [suspended, suspended + 1] {
        refused(measured_at(&mut suite, &mut device, at), NOT_IN_USE);
    }
    let across = device.measure(Measure::HeartRate, suspended - 500, &[700, 710]);
    let answer = send(&mut suite, "patient", PATIENT, &[&across]);
    refused(answer, NOT_IN_USE);
}

#[test]
fn what_a_restored_device_measures_counts_again_and_what_it_measured_meanwhile_does_not() {
    let (mut suite, mut device, _) = setup();
    let suspended = suspend(&mut suite, &device);
    let restored = restore(&mut suite, &device);
    for at in [suspended, restored - 1] {
        refused(measured_at(&mut suite, &mut device, at), NOT_IN_USE);
    }
    measured_at(&mut suite, &mut device, restored).unwrap();
}

/// Its numbers went on while nothing of it counted: without a notice it could never go on.
#[test]
fn numbers_used_while_suspended_are_given_up_by_a_notice() {
    let (mut suite, mut device, _) = setup();
    let suspended = suspend(&mut suite, &device);
    device.sequence = 3;
    let restored = restore(&mut suite, &device);
    let next = beat(&mut device, restored);
    let answer = send(&mut suite, "patient", PATIENT, &[&next]);
    refused(answer, "anchor/sequence_skipped");
    let halted = GapNotice {
        last_at: suspended + 5,
        reason: GapReason::Halted,
        ..notice(&suite, &device, 1, 4)
    };
    run(&mut suite, "stranger", &gap(&device, &halted)).unwrap();
    send(&mut suite, "patient", PATIENT, &[&next]).unwrap();
}

#[test]
fn a_device_suspended_twice_gives_up_what_came_before_the_first_end() {
    let (mut suite, mut device, _) = setup();
    let paired = suite.now_ms();
    suspend(&mut suite, &device);
    let restored = restore(&mut suite, &device);
    let again = suspend(&mut suite, &device);
    refused(measured_at(&mut suite, &mut device, paired), NOT_IN_USE);
    refused(
        measured_at(&mut suite, &mut device, restored - 1),
        NOT_IN_USE,
    );
    measured_at(&mut suite, &mut device, restored).unwrap();
    refused(measured_at(&mut suite, &mut device, again), NOT_IN_USE);
}

#[test]
fn a_retired_device_anchors_what_it_measured_before_up_to_its_last_number() {
    let (mut suite, mut device, _) = setup();
    suite.advance(60);
    let (first, second) = (
        beat(&mut device, suite.now_ms() - 2),
        beat(&mut device, suite.now_ms() - 1),
    );
    let retire = device.retire();
    registry(&mut suite, "patient", &retire);
    let retired = suite.now_ms();
    let both = [&first, &second];
    send(&mut suite, "patient", PATIENT, &both).unwrap();
    // its pairing ended with it
    let late = measured_at(&mut suite, &mut device, retired);
    refused(late, "anchor/pairing_not_held");
    device.sequence = 2;
    let beyond = device.measure(Measure::HeartRate, retired - 1, &[700]);
    let answer = send(&mut suite, "patient", PATIENT, &[&beyond]);
    refused(answer, "anchor/after_last");
}

#[test]
fn a_notice_goes_no_further_than_what_a_retired_device_signed_as_its_last() {
    let (mut suite, mut device, _) = setup();
    device.sequence = 3;
    let retire = device.retire();
    registry(&mut suite, "patient", &retire);
    let beyond = notice(&suite, &device, 1, 5);
    let answer = run(&mut suite, "stranger", &gap(&device, &beyond));
    refused(answer, "anchor/after_last");
    let all = notice(&suite, &device, 1, 4);
    run(&mut suite, "stranger", &gap(&device, &all)).unwrap();
}

#[test]
fn a_lost_device_signs_away_nothing_after_its_loss() {
    let (mut suite, device, _) = setup();
    suite.advance(60);
    let lost_from_ms = suite.now_ms() - 10_000;
    let lost = ExecuteMsg::ReportLost {
        device: device.device.into(),
        lost_from_ms,
    };
    registry(&mut suite, "patient", &lost);
    let at = |last_at| GapNotice {
        last_at,
        ..notice(&suite, &device, 1, 2)
    };
    let (after, before) = (at(lost_from_ms), at(lost_from_ms - 1));
    let answer = run(&mut suite, "stranger", &gap(&device, &after));
    refused(answer, "anchor/device_lost");
    run(&mut suite, "stranger", &gap(&device, &before)).unwrap();
}

#[test]
fn a_recalled_device_counts_until_it_is_recalled() {
    let (mut suite, mut device, _) = setup();
    suite.advance(60);
    let recall = ExecuteMsg::Recall {
        model: 1,
        from_firmware: 0,
        to_firmware: u32::MAX,
        reason: vec![1; 32].into(),
    };
    registry(&mut suite, "maker", &recall);
    let recalled = suite.now_ms();
    suite.advance(60);
    let mark = ExecuteMsg::MarkRecalled {
        devices: vec![device.device.into()],
    };
    registry(&mut suite, "stranger", &mark);
    measured_at(&mut suite, &mut device, recalled - 1).unwrap();
    refused(measured_at(&mut suite, &mut device, recalled), NOT_IN_USE);
}
