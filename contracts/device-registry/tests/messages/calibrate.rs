//! Calibrate.

use vitals_api::parse::LAST_DATE;
use vitals_api::registry::ExecuteMsg;
use vitals_core::key::{Ed25519Signer, Signer};
use vitals_core::measure::Measure;
use vitals_testing::Suite;

use crate::support::{admit, device_info, paired, refused, run, suspend, usable, Answer};

fn calibrate(device: u64, from: Option<u64>, until: u64) -> ExecuteMsg {
    ExecuteMsg::Calibrate {
        device: device.into(),
        from,
        until,
    }
}

/// From and until in seconds after now, of device 1.
fn calibrated(suite: &mut Suite, from: Option<u64>, until: u64) -> Answer {
    let now = suite.now_s();
    let msg = calibrate(1, from.map(|from| now + from), now + until);
    run(suite, "maker", &msg)
}

fn held(suite: &Suite) -> (Option<u64>, Option<u64>) {
    let info = device_info(suite, 1);
    (info.calibrated_from, info.calibrated_until)
}

#[test]
fn a_maker_calibrates_its_devices_from_now_until_a_date_after_it() {
    let mut suite = Suite::new();
    let device = suite.registered_device(1, &[Measure::HeartRate]).device;
    let now = suite.now_s();
    for over in [0, now - 1, now] {
        let answer = run(&mut suite, "maker", &calibrate(device, None, over));
        refused(answer, "input/time");
    }
    for beyond in [LAST_DATE + 1, u64::MAX] {
        let answer = run(&mut suite, "maker", &calibrate(device, None, beyond));
        refused(answer, "input/date");
    }
    calibrated(&mut suite, None, 1).unwrap();
    assert_eq!(held(&suite), (Some(now), Some(now + 1)));
    let last = calibrate(device, None, LAST_DATE);
    run(&mut suite, "maker", &last).unwrap();
    let answer = run(&mut suite, "maker", &calibrate(99, None, now + 1));
    refused(answer, "state/not_found");
}

#[test]
fn a_calibration_does_not_bless_what_was_measured_before_it() {
    let (mut suite, device, _) = paired();
    suite.advance(60);
    let now = suite.now_s();
    for past in [0, now - 1] {
        let answer = run(&mut suite, "maker", &calibrate(1, Some(past), now + 10));
        refused(answer, "input/time");
    }
    calibrated(&mut suite, Some(0), 10).unwrap();
    let is = |at_ms| usable(&suite, &device, at_ms).calibrated;
    assert!(!is(now * 1_000 - 1) && is(now * 1_000));
    assert!(is((now + 10) * 1_000 - 1) && !is((now + 10) * 1_000));
}

#[test]
fn a_calibration_that_lasts_is_prolonged_without_a_gap_and_never_cut() {
    let (mut suite, _, _) = paired();
    let start = suite.now_s();
    calibrated(&mut suite, None, 100).unwrap();
    let code = "registry/calibration_cut";
    refused(calibrated(&mut suite, None, 99), code);
    refused(calibrated(&mut suite, Some(101), 200), code);
    assert_eq!(held(&suite), (Some(start), Some(start + 100)));

    suite.advance(50);
    calibrated(&mut suite, Some(50), 200).unwrap();
    assert_eq!(held(&suite), (Some(start), Some(start + 250)));
}

#[test]
fn one_that_is_over_gives_way_and_one_to_come_may_begin_earlier() {
    let (mut suite, _, _) = paired();
    calibrated(&mut suite, None, 10).unwrap();
    suite.advance(10);
    let now = suite.now_s();
    calibrated(&mut suite, Some(20), 30).unwrap();
    assert_eq!(held(&suite), (Some(now + 20), Some(now + 30)));
    calibrated(&mut suite, Some(5), 30).unwrap();
    assert_eq!(held(&suite), (Some(now + 5), Some(now + 30)));
}

#[test]
fn nobody_else_calibrates_not_even_another_maker() {
    let mut suite = Suite::new();
    let device = suite.registered_device(1, &[Measure::HeartRate]).device;
    let key = Ed25519Signer::from_seed(&[201; 32]).public_key();
    admit(&mut suite, "other", &key).unwrap();
    let msg = calibrate(device, None, suite.now_s() + 1);
    for sender in ["owner", "patient", "stranger"] {
        refused(run(&mut suite, sender, &msg), "registry/not_a_maker");
    }
    refused(run(&mut suite, "other", &msg), "registry/not_the_maker");
    suspend(&mut suite, "maker").unwrap();
    refused(run(&mut suite, "maker", &msg), "registry/maker_suspended");
}
