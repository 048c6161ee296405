//! RotateKey.

use cosmwasm_std::Binary;
use vitals_api::registry::{ExecuteMsg, KeysPage, QueryMsg, MAX_KEY_BATCHES, MAX_ROTATIONS};
use vitals_core::decision::Power;
use vitals_core::key::{Ed25519Signer, PublicKey, SignatureScheme, Signer};
use vitals_core::measure::Measure;
use vitals_core::registration::KeyRotation;
use vitals_testing::{Suite, TestDevice};

use crate::support::{
    appoint, device_info, key_msg, lost, of, pair_next, paired, refused, register, run,
};

fn signer(seed: u8) -> Ed25519Signer {
    Ed25519Signer::from_seed(&[seed; 32])
}

fn keys(suite: &Suite, start_after: Option<u32>, limit: Option<u32>) -> Vec<(u32, u64)> {
    let msg = QueryMsg::KeyHistory {
        device: 1u64.into(),
        start_after,
        limit,
    };
    let page: KeysPage = suite.query(&suite.at.registry, &msg).unwrap();
    let keys = page.keys.into_iter();
    keys.map(|key| (key.number, key.from_sequence.u64()))
        .collect()
}

fn rotated(suite: &mut Suite, device: &mut TestDevice, seed: u8, from: u64) {
    let msg = device.rotate_key(seed, from);
    run(suite, "patient", &msg).unwrap();
    device.signer = signer(seed);
}

#[test]
fn the_new_key_holds_from_its_number_and_the_old_one_stays_findable() {
    let (mut suite, mut device, _) = paired();
    let first = device.signer.public_key();
    rotated(&mut suite, &mut device, 50, 5);
    let info = device_info(&suite, 1);
    assert_eq!(info.key, key_msg(&signer(50).public_key()));
    assert_eq!((info.key_from_sequence.u64(), info.action.u64()), (5, 2));
    assert_eq!(info.registrant, suite.actor("maker").as_str());
    let by_old = QueryMsg::DeviceByKey {
        key: key_msg(&first),
    };
    let found: vitals_api::registry::DeviceInfo = suite.query(&suite.at.registry, &by_old).unwrap();
    assert_eq!(found, info);

    rotated(&mut suite, &mut device, 51, 6);
    assert_eq!(keys(&suite, None, None), [(1, 0), (2, 5), (3, 6)]);
    assert_eq!(keys(&suite, None, Some(2)), [(1, 0), (2, 5)]);
    assert_eq!(keys(&suite, Some(2), None), [(3, 6)]);
    assert!(keys(&suite, Some(3), None).is_empty());
}

#[test]
fn actions_take_the_new_key_at_once_and_the_old_one_never_again() {
    let (mut suite, mut device, patient) = paired();
    let old = device.rotate_key(50, 1_000);
    run(&mut suite, "patient", &old).unwrap();
    let unpair = device.unpair_signed(patient);
    let answer = run(&mut suite, "patient", &unpair);
    refused(answer, "registry/signature");
    device.action -= 1;
    device.signer = signer(50);
    let unpair = device.unpair_signed(patient);
    run(&mut suite, "patient", &unpair).unwrap();
}

#[test]
fn numbers_from_which_keys_hold_only_rise() {
    let (mut suite, mut device, _) = paired();
    for (held, refused_ones) in [(0, vec![0]), (5, vec![0, 4, 5])] {
        for from in refused_ones {
            let msg = device.rotate_key(60, from);
            let answer = run(&mut suite, "patient", &msg);
            refused(answer, "registry/rotation_not_later");
            device.action -= 1;
        }
        let seed = 50 + u8::try_from(held).unwrap();
        rotated(&mut suite, &mut device, seed, held + 5);
    }
}

#[test]
fn a_key_holds_from_a_number_that_the_device_comes_to() {
    let (mut suite, mut device, _) = paired();
    for (seed, held) in [(50, 0), (51, MAX_KEY_BATCHES)] {
        let most = held + MAX_KEY_BATCHES;
        for beyond in [most + 1, u64::MAX] {
            let msg = device.rotate_key(60, beyond);
            let answer = run(&mut suite, "patient", &msg);
            refused(answer, "registry/rotation_too_far");
            device.action -= 1;
        }
        rotated(&mut suite, &mut device, seed, most);
    }
}

#[test]
fn a_device_changes_its_key_as_often_as_a_key_is_found_in_a_few_reads() {
    let (mut suite, mut device, _) = paired();
    for from in 1..=MAX_ROTATIONS {
        let seed = 50 + u8::try_from(from).unwrap();
        rotated(&mut suite, &mut device, seed, from.into());
    }
    let before = device_info(&suite, 1);
    let msg = device.rotate_key(49, 1_000);
    let answer = run(&mut suite, "patient", &msg);
    refused(answer, "registry/too_many_rotations");
    assert_eq!(device_info(&suite, 1), before);
    let last = MAX_ROTATIONS + 1;
    let newest = u64::from(MAX_ROTATIONS);
    assert_eq!(keys(&suite, Some(MAX_ROTATIONS), None), [(last, newest)]);
}

#[test]
fn a_key_that_is_or_was_a_devices_is_no_new_key() {
    let (mut suite, mut device, _) = paired();
    suite.registered_device(2, &[Measure::HeartRate]);
    for taken in [1, 2] {
        let msg = device.rotate_key(taken, 1);
        let answer = run(&mut suite, "patient", &msg);
        refused(answer, "registry/key_registered");
        device.action -= 1;
    }
    rotated(&mut suite, &mut device, 50, 1);
    let back = device.rotate_key(1, 2);
    let answer = run(&mut suite, "patient", &back);
    refused(answer, "registry/key_registered");
    let again = TestDevice::new(1, suite.deployment);
    let body = again.registration(1, suite.actor("maker").as_str());
    let msg = register(&again, &body, None);
    let answer = run(&mut suite, "maker", &msg);
    refused(answer, "registry/key_registered");
}

#[test]
fn both_keys_sign() {
    let (mut suite, mut device, _) = paired();
    let ExecuteMsg::RotateKey {
        body,
        old_signature,
        new_signature,
    } = device.rotate_key(50, 1)
    else {
        unreachable!("that is what it made")
    };
    let wrong: [(&Binary, &Binary); 3] = [
        (&old_signature, &old_signature),
        (&new_signature, &new_signature),
        (&new_signature, &old_signature),
    ];
    for (old, new) in wrong {
        let msg = ExecuteMsg::RotateKey {
            body: body.clone(),
            old_signature: old.clone(),
            new_signature: new.clone(),
        };
        refused(run(&mut suite, "patient", &msg), "registry/signature");
    }
}

#[test]
fn a_key_of_small_order_is_no_new_key() {
    let (mut suite, device, _) = paired();
    let key = PublicKey::new(SignatureScheme::Ed25519, &[7; 32]).unwrap();
    let body = KeyRotation {
        device: device.device,
        action: 2,
        key,
        from_sequence: 1,
    };
    let mut bytes = body.to_bytes().unwrap();
    // after version, device, action, scheme and length
    bytes[19..51].copy_from_slice(&[0; 32]);
    let msg = ExecuteMsg::RotateKey {
        body: bytes.into(),
        old_signature: vec![0; 64].into(),
        new_signature: vec![0; 64].into(),
    };
    refused(run(&mut suite, "patient", &msg), "format/encoding");
}

#[test]
fn who_has_it_rotates_and_who_registered_it_only_while_nobody_has_it() {
    let (mut suite, mut device, patient) = paired();
    let msg = device.rotate_key(50, 1);
    for sender in ["maker", "owner", "stranger", "guardian"] {
        let answer = run(&mut suite, sender, &msg);
        refused(answer, "consent/not_the_patient");
    }
    appoint(&mut suite, patient, &[Power::Grant]);
    run(&mut suite, "guardian", &msg).unwrap();

    let mut free = suite.registered_device(2, &[Measure::HeartRate]);
    let msg = free.rotate_key(51, 1);
    let answer = run(&mut suite, "patient", &msg);
    refused(answer, "registry/not_the_registrant");
    run(&mut suite, "maker", &msg).unwrap();
}

#[test]
fn a_lost_device_does_not_get_a_new_key() {
    let (mut suite, mut device, patient) = paired();
    let now = suite.now_ms();
    run(&mut suite, "patient", &lost(&device, now)).unwrap();
    let msg = device.rotate_key(50, 1);
    refused(run(&mut suite, "patient", &msg), "registry/device_lost");
    device.action -= 1;
    let unpair = device.unpair_unsigned();
    run(&mut suite, "patient", &unpair).unwrap();
    let pair = pair_next(&mut device, patient);
    refused(run(&mut suite, "patient", &pair), "registry/device_lost");
    assert_eq!(of(&device).u64(), 1);
}
