//! Retire.

use vitals_api::registry::{DeviceStatus, ExecuteMsg, Unusable};
use vitals_core::decision::Power;
use vitals_core::measure::Measure;
use vitals_testing::{Suite, TestDevice};

use crate::support::{
    appoint, device_info, of, pair_next, paired, pairing_info, reason, refused, run, usable,
};

fn unsigned(device: &TestDevice) -> ExecuteMsg {
    ExecuteMsg::Retire {
        device: of(device),
        signed: None,
    }
}

#[test]
fn a_device_retires_with_its_last_sequence_number_and_its_pairing_ends() {
    let (mut suite, mut device, _) = paired();
    device.sequence = 7;
    suite.advance(60);
    let msg = device.retire();
    run(&mut suite, "patient", &msg).unwrap();
    let now = suite.now_ms();
    let info = device_info(&suite, device.device);
    assert_eq!((info.status, info.patient), (DeviceStatus::Retired, None));
    let retirement = info.retirement.unwrap();
    let last = retirement.last_sequence.map(|last| last.u64());
    assert_eq!((retirement.at_ms, last), (now, Some(7)));
    let pairing = pairing_info(&suite, device.device, 1).unwrap();
    assert_eq!(pairing.to_ms, Some(now));
    let retired = Some(Unusable::Retired { from_ms: now });
    assert_eq!(reason(&suite, &device, now), retired);
    assert!(usable(&suite, &device, now - 1).usable);
}

#[test]
fn a_dead_device_retires_without_its_word_and_the_record_says_so() {
    let (mut suite, device, _) = paired();
    run(&mut suite, "patient", &unsigned(&device)).unwrap();
    let retirement = device_info(&suite, device.device).retirement.unwrap();
    assert_eq!(retirement.last_sequence, None);
}

#[test]
fn retirement_is_for_ever() {
    let (mut suite, mut device, patient) = paired();
    run(&mut suite, "patient", &unsigned(&device)).unwrap();
    let device_number = of(&device);
    let pair = pair_next(&mut device, patient);
    let code = "registry/device_retired";
    refused(run(&mut suite, "patient", &pair), code);
    device.action -= 1;
    let calibrate = ExecuteMsg::Calibrate {
        device: device_number,
        from: None,
        until: suite.now_s() + 9,
    };
    let suspend = ExecuteMsg::Suspend {
        device: device_number,
    };
    let rotate = device.rotate_key(50, 1);
    for msg in [calibrate, suspend, rotate, unsigned(&device)] {
        refused(run(&mut suite, "maker", &msg), code);
    }
    let restore = ExecuteMsg::Restore {
        device: device_number,
    };
    let answer = run(&mut suite, "maker", &restore);
    refused(answer, "registry/not_suspended");
}

#[test]
fn who_has_it_retires_it_and_who_registered_it_only_while_nobody_has_it() {
    let (mut suite, device, patient) = paired();
    for sender in ["maker", "owner", "stranger", "guardian"] {
        let answer = run(&mut suite, sender, &unsigned(&device));
        refused(answer, "consent/not_the_patient");
    }
    appoint(&mut suite, patient, &[Power::Grant]);
    run(&mut suite, "guardian", &unsigned(&device)).unwrap();

    let mut free = suite.registered_device(2, &[Measure::HeartRate]);
    let msg = free.retire();
    for sender in ["patient", "owner", "stranger"] {
        let answer = run(&mut suite, sender, &msg);
        refused(answer, "registry/not_the_registrant");
    }
    run(&mut suite, "maker", &msg).unwrap();
}

#[test]
fn a_suspended_device_that_retires_stays_unusable() {
    let (mut suite, device, _) = paired();
    suite.advance(60);
    let at = suite.now_ms();
    let device_number = of(&device);
    let suspend = ExecuteMsg::Suspend {
        device: device_number,
    };
    run(&mut suite, "patient", &suspend).unwrap();
    suite.advance(60);
    run(&mut suite, "patient", &unsigned(&device)).unwrap();
    let now = suite.now_ms();
    let halted = Some(Unusable::Halted {
        from_ms: at,
        to_ms: Some(now),
    });
    assert_eq!(reason(&suite, &device, at), halted, "while it was paired");
    let retired = Some(Unusable::Retired { from_ms: at });
    assert_eq!(reason(&suite, &device, now), retired);
}

#[test]
fn the_signed_word_is_of_this_device() {
    let mut suite = Suite::new();
    let first = suite.registered_device(1, &[Measure::HeartRate]);
    let mut second = suite.registered_device(2, &[Measure::HeartRate]);
    let ExecuteMsg::Retire { signed, .. } = second.retire() else {
        unreachable!("that is what it made")
    };
    let msg = ExecuteMsg::Retire {
        device: of(&first),
        signed,
    };
    refused(run(&mut suite, "maker", &msg), "registry/body_names");
}
