//! What the device is and whose it was when it measured.

use cosmwasm_std::Uint64;
use vitals_api::registry;
use vitals_core::measure::Measure;
use vitals_core::measured::Measured;
use vitals_testing::{Suite, TestDevice};

use crate::support::{
    batch_info, beat, pair, refused, send, setup, signed_as, take_back, unpair, PATIENT,
};

fn report_lost(suite: &mut Suite, device: &TestDevice, lost_from_ms: u64) {
    let msg = registry::ExecuteMsg::ReportLost {
        device: Uint64::new(device.device),
        lost_from_ms,
    };
    crate::support::registry(suite, "patient", &msg);
}

#[test]
fn what_was_measured_before_the_pairing_is_refused() {
    let mut suite = Suite::new();
    let patient = suite.enrol("patient");
    suite.advance(10);
    let mut device = suite.paired_device(1, &[Measure::HeartRate], "patient", patient);
    let paired_at = suite.now_ms();
    let before = device.measure(Measure::HeartRate, paired_at - 1, &[700, 710]);
    let answer = send(&mut suite, "patient", PATIENT, &[&before]);
    refused(answer, "anchor/pairing_not_held");
    take_back(&mut device);
    let batch = beat(&mut device, paired_at);
    send(&mut suite, "patient", PATIENT, &[&batch]).unwrap();
}

#[test]
fn a_batch_ends_before_the_millisecond_of_unpairing() {
    let (mut suite, mut device, _) = setup();
    suite.advance(60);
    unpair(&mut suite, "patient", &mut device);
    let ended = suite.now_ms();
    let late = device.measure(Measure::HeartRate, ended - 1_000, &[700, 710]);
    let answer = send(&mut suite, "patient", PATIENT, &[&late]);
    refused(answer, "anchor/pairing_not_held");
    take_back(&mut device);
    let batch = device.measure(Measure::HeartRate, ended - 1_001, &[700, 710]);
    send(&mut suite, "patient", PATIENT, &[&batch]).unwrap();
}

#[test]
fn after_another_took_the_device_each_anchors_its_own() {
    let (mut suite, mut device, patient) = setup();
    let other = suite.enrol("other");
    let mine = beat(&mut device, suite.now_ms());
    suite.advance(60);
    unpair(&mut suite, "patient", &mut device);
    pair(&mut suite, "other", &mut device, other);
    let theirs = beat(&mut device, suite.now_ms());

    let code = "consent/not_the_patient";
    refused(send(&mut suite, "other", PATIENT, &[&mine]), code);
    send(&mut suite, "patient", PATIENT, &[&mine]).unwrap();
    refused(send(&mut suite, "patient", PATIENT, &[&theirs]), code);
    send(&mut suite, "other", PATIENT, &[&theirs]).unwrap();
    assert!(batch_info(&suite, &mine, patient).is_ok());
    assert!(batch_info(&suite, &theirs, patient).is_err());
    assert!(batch_info(&suite, &theirs, other).is_ok());
}

#[test]
fn readings_of_one_pairing_are_not_passed_off_as_of_another() {
    let (mut suite, mut device, patient) = setup();
    suite.advance(60);
    unpair(&mut suite, "patient", &mut device);
    suite.advance(60);
    pair(&mut suite, "patient", &mut device, patient);
    let between = beat(&mut device, suite.now_ms() - 30_000);
    for pairing in [1, 2] {
        let measured = Measured {
            pairing,
            ..between.measured().clone()
        };
        let batch = signed_as(&device, &between, measured);
        let answer = send(&mut suite, "patient", PATIENT, &[&batch]);
        refused(answer, "anchor/pairing_not_held");
    }
}

#[test]
fn a_pairing_that_never_was_is_refused() {
    let (mut suite, mut device, _) = setup();
    let batch = beat(&mut device, suite.now_ms());
    for pairing in [0, 2, u32::MAX] {
        let measured = Measured {
            pairing,
            ..batch.measured().clone()
        };
        let batch = signed_as(&device, &batch, measured);
        let answer = send(&mut suite, "patient", PATIENT, &[&batch]);
        refused(answer, "state/not_found");
    }
}

#[test]
fn what_ends_at_or_after_the_loss_is_refused_and_what_ends_before_is_not() {
    let (mut suite, mut device, _) = setup();
    suite.advance(60);
    let lost_from = suite.now_ms() - 10_000;
    report_lost(&mut suite, &device, lost_from);
    for last in [lost_from, lost_from + 1] {
        let batch = device.measure(Measure::HeartRate, last - 1_000, &[700, 710]);
        let answer = send(&mut suite, "patient", PATIENT, &[&batch]);
        refused(answer, "anchor/device_lost");
        take_back(&mut device);
    }
    let batch = beat(&mut device, lost_from - 1);
    send(&mut suite, "patient", PATIENT, &[&batch]).unwrap();
}

#[test]
fn a_device_anchors_only_what_its_model_measures() {
    let (mut suite, mut device, _) = setup();
    let batch = device.measure(Measure::Glucose, suite.now_ms(), &[55]);
    let answer = send(&mut suite, "patient", PATIENT, &[&batch]);
    refused(answer, "anchor/category_unmeasured");
}

#[test]
fn a_device_nobody_registered_is_refused() {
    let (mut suite, mut device, _) = setup();
    device.device = 99;
    let batch = beat(&mut device, suite.now_ms());
    let answer = send(&mut suite, "patient", PATIENT, &[&batch]);
    refused(answer, "state/not_found");
}

#[test]
fn a_batch_is_calibrated_where_all_of_it_was_measured_under_the_calibration() {
    let (mut suite, mut device, patient) = setup();
    suite.advance(60);
    let begun = suite.now_ms();
    let until = suite.now_s() + 10;
    let calibrate = registry::ExecuteMsg::Calibrate {
        device: device.device.into(),
        from: None,
        until,
    };
    crate::support::registry(&mut suite, "maker", &calibrate);
    let across = device.measure(Measure::HeartRate, begun - 1, &[700, 710]);
    let within = device.measure(Measure::HeartRate, begun + 1_000, &[700, 710]);
    let over = device.measure(Measure::HeartRate, until * 1_000 - 1_000, &[700, 710]);
    let all = [&across, &within, &over];
    send(&mut suite, "patient", PATIENT, &all).unwrap();
    let calibrated = all.map(|b| batch_info(&suite, b, patient).unwrap().calibrated);
    assert_eq!(calibrated, [false, true, false]);
}
