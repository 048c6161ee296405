//! A device that changed its key: each key speaks for its own numbers.

use vitals_core::key::{Ed25519Signer, Signer};
use vitals_testing::device::TestBatch;
use vitals_testing::{Suite, TestDevice};

use crate::support::{beat, gap, notice, refused, registry, run, send, setup, PATIENT};

/// The new key signs from the third batch on.
fn rotated() -> (Suite, TestDevice, Ed25519Signer) {
    let (mut suite, mut device, _) = setup();
    let rotate = device.rotate_key(9, 3);
    registry(&mut suite, "patient", &rotate);
    (suite, device, Ed25519Signer::from_seed(&[9; 32]))
}

fn signed_by(batch: &TestBatch, device: &TestDevice, key: &Ed25519Signer) -> TestBatch {
    let mut batch = batch.clone();
    batch.sealed.signature = key.sign(&batch.measured().digest(&device.deployment));
    batch
}

#[test]
fn each_key_signs_the_batches_of_its_own_numbers_and_no_other() {
    let (mut suite, mut device, new_key) = rotated();
    let now = suite.now_ms();
    for number in 1..=4 {
        let by_old = beat(&mut device, now + number);
        let by_new = signed_by(&by_old, &device, &new_key);
        let (good, bad) = match number {
            1 | 2 => (by_old, by_new),
            _ => (by_new, by_old),
        };
        let answer = send(&mut suite, "patient", PATIENT, &[&bad]);
        refused(answer, "anchor/signature");
        send(&mut suite, "patient", PATIENT, &[&good]).unwrap();
    }
}

#[test]
fn a_notice_is_signed_by_the_key_of_the_batch_it_goes_on_with() {
    let (mut suite, mut device, new_key) = rotated();
    let over_the_change = notice(&suite, &device, 1, 3);
    let by_old = gap(&device, &over_the_change);
    refused(run(&mut suite, "stranger", &by_old), "anchor/signature");
    let before = gap(&device, &notice(&suite, &device, 1, 2));
    run(&mut suite, "stranger", &before).unwrap();
    device.signer = new_key;
    let rest = gap(&device, &notice(&suite, &device, 2, 5));
    run(&mut suite, "stranger", &rest).unwrap();
}
