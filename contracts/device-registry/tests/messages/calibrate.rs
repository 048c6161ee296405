//! Calibrate.

use vitals_api::registry::ExecuteMsg;
use vitals_core::key::{Ed25519Signer, Signer};
use vitals_core::measure::Measure;
use vitals_testing::Suite;

use crate::support::{admit, device_info, refused, run, suspend};

fn calibrate(device: u64, until: u64) -> ExecuteMsg {
    ExecuteMsg::Calibrate {
        device: device.into(),
        until,
    }
}

#[test]
fn a_maker_calibrates_its_devices_until_a_date_after_now() {
    let mut suite = Suite::new();
    let device = suite.registered_device(1, &[Measure::HeartRate]).device;
    let now = suite.now_s();
    for over in [0, now - 1, now] {
        let answer = run(&mut suite, "maker", &calibrate(device, over));
        refused(answer, "registry/calibration_over");
    }
    run(&mut suite, "maker", &calibrate(device, now + 1)).unwrap();
    let info = device_info(&suite, device);
    assert_eq!(info.calibrated_until, Some(now + 1));
    let answer = run(&mut suite, "maker", &calibrate(99, now + 1));
    refused(answer, "state/not_found");
}

#[test]
fn nobody_else_calibrates_not_even_another_maker() {
    let mut suite = Suite::new();
    let device = suite.registered_device(1, &[Measure::HeartRate]).device;
    let key = Ed25519Signer::from_seed(&[201; 32]).public_key();
    admit(&mut suite, "other", &key).unwrap();
    let until = suite.now_s() + 1;
    for sender in ["other", "owner", "patient", "stranger"] {
        let answer = run(&mut suite, sender, &calibrate(device, until));
        refused(answer, "registry/not_the_maker");
    }
    suspend(&mut suite, "maker").unwrap();
    let answer = run(&mut suite, "maker", &calibrate(device, until));
    refused(answer, "registry/maker_suspended");
}
