//! ApproveFirmware, RaiseLowestFirmware and UpdateFirmware.

use vitals_api::registry::{ExecuteMsg, FirmwarePage, QueryMsg};
use vitals_core::key::{Ed25519Signer, Signer};
use vitals_testing::{Suite, TestDevice};

use crate::support::{
    admit, approve, device_info, mark, of, paired, recall, refused, register, run, suspend, Answer,
    IMAGE,
};

/// What the suite's devices are registered with.
const FIRST: u32 = 0x0100_0000;

fn raise(suite: &mut Suite, lowest: u32) -> Answer {
    let msg = ExecuteMsg::RaiseLowestFirmware { model: 1, lowest };
    run(suite, "maker", &msg)
}

fn update(suite: &mut Suite, device: &mut TestDevice, version: u32) -> Answer {
    let msg = device.update_firmware(version, IMAGE);
    let answer = run(suite, "stranger", &msg);
    if answer.is_err() {
        device.action -= 1;
    }
    answer
}

#[test]
fn approved_versions_only_rise() {
    let (mut suite, _, _) = paired();
    refused(approve(&mut suite, 0), "registry/firmware_not_newer");
    approve(&mut suite, FIRST + 5).unwrap();
    for older in [0, FIRST, FIRST + 5] {
        refused(approve(&mut suite, older), "registry/firmware_not_newer");
    }
    approve(&mut suite, u32::MAX).unwrap();
    refused(approve(&mut suite, u32::MAX), "registry/firmware_not_newer");
    let msg = QueryMsg::Firmware {
        model: 1,
        start_after: None,
        limit: None,
    };
    let page: FirmwarePage = suite.query(&suite.at.registry, &msg).unwrap();
    let versions: Vec<u32> = page.firmware.iter().map(|f| f.version).collect();
    assert_eq!(versions, [FIRST + 5, u32::MAX]);
    assert_eq!(page.firmware[0].digest.as_slice(), IMAGE);
}

#[test]
fn an_approval_is_by_the_models_maker_over_a_digest_of_32_bytes() {
    let (mut suite, _, _) = paired();
    let approval = |length: usize| ExecuteMsg::ApproveFirmware {
        model: 1,
        version: FIRST + 1,
        digest: vec![1; length].into(),
    };
    for length in [0, 31, 33] {
        refused(run(&mut suite, "maker", &approval(length)), "input/length");
    }
    let key = Ed25519Signer::from_seed(&[201; 32]).public_key();
    admit(&mut suite, "other", &key).unwrap();
    let answer = run(&mut suite, "other", &approval(32));
    refused(answer, "registry/not_the_maker");
    for sender in ["owner", "patient", "stranger"] {
        let answer = run(&mut suite, sender, &approval(32));
        refused(answer, "registry/not_a_maker");
    }
    suspend(&mut suite, "maker").unwrap();
    let answer = run(&mut suite, "maker", &approval(32));
    refused(answer, "registry/maker_suspended");
}

#[test]
fn the_lowest_firmware_is_only_raised_and_to_what_a_device_may_update_to() {
    let (mut suite, mut device, patient) = paired();
    refused(raise(&mut suite, FIRST), "registry/lowest_firmware");
    approve(&mut suite, FIRST + 2).unwrap();
    refused(raise(&mut suite, FIRST + 3), "registry/lowest_firmware");
    raise(&mut suite, FIRST + 1).unwrap();
    for lower in [0, FIRST, FIRST + 1] {
        refused(raise(&mut suite, lower), "registry/lowest_firmware");
    }
    let unpair = device.unpair_unsigned();
    run(&mut suite, "patient", &unpair).unwrap();
    let (body, signature) = device.pairing_action(patient);
    let pair = ExecuteMsg::Pair { body, signature };
    let answer = run(&mut suite, "patient", &pair);
    refused(answer, "registry/firmware_too_low");
    device.action -= 1;
    update(&mut suite, &mut device, FIRST + 2).unwrap();
    let (body, signature) = device.pairing_action(patient);
    run(&mut suite, "patient", &ExecuteMsg::Pair { body, signature }).unwrap();
}

#[test]
fn a_device_updates_to_approved_versions_and_never_downwards() {
    let (mut suite, mut device, _) = paired();
    for version in [FIRST - 1, FIRST] {
        let answer = update(&mut suite, &mut device, version);
        refused(answer, "registry/firmware_not_newer");
    }
    approve(&mut suite, FIRST + 1).unwrap();
    approve(&mut suite, FIRST + 3).unwrap();
    for unapproved in [FIRST + 2, FIRST + 4, u32::MAX] {
        let answer = update(&mut suite, &mut device, unapproved);
        refused(answer, "registry/firmware_not_approved");
    }
    let other_image = device.update_firmware(FIRST + 1, [9; 32]);
    let answer = run(&mut suite, "patient", &other_image);
    refused(answer, "registry/firmware_not_approved");
    device.action -= 1;

    update(&mut suite, &mut device, FIRST + 3).unwrap();
    let info = device_info(&suite, device.device);
    assert_eq!((info.firmware, info.action.u64()), (FIRST + 3, 2));
    let answer = update(&mut suite, &mut device, FIRST + 1);
    refused(answer, "registry/firmware_not_newer");
}

#[test]
fn recalled_firmware_is_neither_approved_updated_to_nor_registered() {
    let (mut suite, mut device, _) = paired();
    approve(&mut suite, FIRST + 1).unwrap();
    run(&mut suite, "maker", &recall(FIRST + 1, FIRST + 2)).unwrap();
    let code = "registry/firmware_recalled";
    refused(approve(&mut suite, FIRST + 2), code);
    refused(update(&mut suite, &mut device, FIRST + 1), code);

    let fresh = TestDevice::new(9, suite.deployment);
    let mut body = fresh.registration(1, suite.actor("maker").as_str());
    body.firmware = FIRST + 2;
    let msg = register(&fresh, &body, None);
    refused(run(&mut suite, "maker", &msg), code);
    body.firmware = FIRST + 3;
    let msg = register(&fresh, &body, None);
    run(&mut suite, "maker", &msg).unwrap();
}

#[test]
fn a_retired_device_updates_nothing() {
    let (mut suite, mut device, _) = paired();
    approve(&mut suite, FIRST + 1).unwrap();
    let retire = ExecuteMsg::Retire {
        device: of(&device),
        signed: None,
    };
    run(&mut suite, "patient", &retire).unwrap();
    let answer = update(&mut suite, &mut device, FIRST + 1);
    refused(answer, "registry/device_retired");
    let answer = run(&mut suite, "stranger", &mark(&device));
    refused(answer, "registry/device_retired");
}
