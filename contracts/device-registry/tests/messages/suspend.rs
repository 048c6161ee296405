//! Suspend and Restore.

use vitals_api::registry::{DeviceStatus, ExecuteMsg, Unusable};
use vitals_core::decision::Power;
use vitals_core::measure::Measure;
use vitals_testing::{Suite, TestDevice};

use crate::support::{appoint, device_info, of, pair_next, paired, reason, refused, run, usable};

fn suspended(device: &TestDevice) -> ExecuteMsg {
    let device = of(device);
    ExecuteMsg::Suspend { device }
}

fn restored(device: &TestDevice) -> ExecuteMsg {
    let device = of(device);
    ExecuteMsg::Restore { device }
}

#[test]
fn what_a_suspended_device_measures_does_not_count_also_after_it_is_restored() {
    let (mut suite, device, _) = paired();
    suite.advance(60);
    let from_ms = suite.now_ms();
    run(&mut suite, "patient", &suspended(&device)).unwrap();
    let info = device_info(&suite, device.device);
    assert_eq!(info.status, DeviceStatus::Suspended);
    suite.advance(60);
    run(&mut suite, "patient", &restored(&device)).unwrap();
    let to_ms = suite.now_ms();
    let halted = Some(Unusable::Halted {
        from_ms,
        to_ms: Some(to_ms),
    });
    assert_eq!(reason(&suite, &device, from_ms), halted);
    assert_eq!(reason(&suite, &device, to_ms - 1), halted);
    assert!(usable(&suite, &device, from_ms - 1).usable);
    assert!(usable(&suite, &device, to_ms).usable);
}

#[test]
fn what_was_measured_in_an_earlier_suspension_never_counts_again() {
    let (mut suite, device, _) = paired();
    suite.advance(60);
    let during = suite.now_ms();
    for msg in [suspended, restored, suspended, restored] {
        run(&mut suite, "patient", &msg(&device)).unwrap();
        suite.advance(60);
    }
    let usable_from_ms = during + 60_000;
    let given_up = Some(Unusable::BeforeRestored { usable_from_ms });
    assert_eq!(reason(&suite, &device, during), given_up);
    assert!(usable(&suite, &device, usable_from_ms).usable);
}

#[test]
fn a_device_is_suspended_and_restored_once() {
    let (mut suite, device, _) = paired();
    let answer = run(&mut suite, "patient", &restored(&device));
    refused(answer, "registry/not_suspended");
    run(&mut suite, "patient", &suspended(&device)).unwrap();
    let answer = run(&mut suite, "patient", &suspended(&device));
    refused(answer, "registry/device_suspended");
}

#[test]
fn the_patients_suspension_ends_with_the_pairing() {
    let (mut suite, mut device, patient) = paired();
    run(&mut suite, "patient", &suspended(&device)).unwrap();
    suite.advance(60);
    let unpair = device.unpair_unsigned();
    run(&mut suite, "patient", &unpair).unwrap();
    let pair = pair_next(&mut device, patient);
    run(&mut suite, "patient", &pair).unwrap();
    assert!(usable(&suite, &device, suite.now_ms()).usable);
}

#[test]
fn who_has_it_suspends_and_who_registered_it_only_while_nobody_has_it() {
    let (mut suite, mut device, patient) = paired();
    for sender in ["maker", "owner", "stranger", "guardian"] {
        let answer = run(&mut suite, sender, &suspended(&device));
        refused(answer, "consent/not_the_patient");
    }
    appoint(&mut suite, patient, &[Power::Grant]);
    run(&mut suite, "guardian", &suspended(&device)).unwrap();
    let answer = run(&mut suite, "maker", &restored(&device));
    refused(answer, "consent/not_the_patient");
    let unpair = device.unpair_unsigned();
    run(&mut suite, "patient", &unpair).unwrap();
    for sender in ["patient", "owner", "stranger"] {
        let answer = run(&mut suite, sender, &suspended(&device));
        refused(answer, "registry/not_the_registrant");
    }
    run(&mut suite, "maker", &suspended(&device)).unwrap();
    let pair = pair_next(&mut device, patient);
    let answer = run(&mut suite, "patient", &pair);
    refused(answer, "registry/device_suspended");
    run(&mut suite, "maker", &restored(&device)).unwrap();
    run(&mut suite, "patient", &pair).unwrap();
}

#[test]
fn a_free_device_that_is_suspended_is_nobodys_to_pair() {
    let mut suite = Suite::new();
    let patient = suite.enrol("patient");
    let mut device = suite.registered_device(1, &[Measure::HeartRate]);
    run(&mut suite, "maker", &suspended(&device)).unwrap();
    let pair = pair_next(&mut device, patient);
    let answer = run(&mut suite, "patient", &pair);
    refused(answer, "registry/device_suspended");
}

#[test]
fn a_pairing_keeps_its_own_suspensions_whoever_has_the_device_next() {
    let (mut suite, mut device, _) = paired();
    let start = suite.now_ms();
    suite.advance(60);
    run(&mut suite, "patient", &suspended(&device)).unwrap();
    let from_ms = suite.now_ms();
    suite.advance(60);
    let unpair = device.unpair_unsigned();
    run(&mut suite, "patient", &unpair).unwrap();
    let other = suite.enrol("other");
    let pair = pair_next(&mut device, other);
    run(&mut suite, "other", &pair).unwrap();
    for msg in [suspended, restored, suspended, restored] {
        suite.advance(60);
        run(&mut suite, "other", &msg(&device)).unwrap();
    }
    assert!(usable(&suite, &device, start).usable);
    let halted = Some(Unusable::Halted {
        from_ms,
        to_ms: Some(from_ms + 60_000),
    });
    assert_eq!(reason(&suite, &device, from_ms), halted);
    let given_up = reason(&suite, &device, from_ms + 60_000);
    assert!(matches!(given_up, Some(Unusable::BeforeRestored { .. })));
}
