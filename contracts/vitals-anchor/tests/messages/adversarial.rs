//! Those who would anchor what no device measured, or twice, or as somebody else's.

use cosmwasm_std::Binary;
use vitals_api::anchor::ExecuteMsg;
use vitals_core::key::Signer;
use vitals_core::measure::Measure;
use vitals_core::signing::{signing_digest, Domain};
use vitals_testing::device::TestBatch;
use vitals_testing::TestDevice;

use crate::support::{batch_info, beat, head, refused, run, send, setup, PATIENT};

fn raw(batches: Vec<Binary>) -> ExecuteMsg {
    ExecuteMsg::Anchor {
        ground: PATIENT,
        batches,
    }
}

fn with_signature(batch: &TestBatch, signature: [u8; 64]) -> TestBatch {
    let mut forged = batch.clone();
    forged.sealed.signature = signature;
    forged
}

#[test]
fn only_the_devices_own_signature_for_this_action_and_deployment_is_good() {
    let (mut suite, mut device, _) = setup();
    let batch = beat(&mut device, suite.now_ms());
    let body = batch.measured().to_bytes();
    let stranger = TestDevice::new(9, suite.deployment);
    let digest = |domain, deployment| signing_digest(domain, &deployment, &body);
    let here = suite.deployment;
    let forged = [
        stranger.signer.sign(&digest(Domain::Anchor, here)),
        device.signer.sign(&digest(Domain::Anchor, [1; 32])),
        device.signer.sign(&digest(Domain::Frame, here)),
        device.signer.sign(&digest(Domain::Gap, here)),
        device.signer.sign(&digest(Domain::Alert, here)),
        [0; 64],
        [0xff; 64],
    ];
    for signature in forged {
        let batch = with_signature(&batch, signature);
        let answer = send(&mut suite, "patient", PATIENT, &[&batch]);
        refused(answer, "anchor/signature");
    }
    send(&mut suite, "patient", PATIENT, &[&batch]).unwrap();
}

#[test]
fn a_batch_of_one_device_is_not_passed_off_as_of_another() {
    let (mut suite, mut device, patient) = setup();
    let other = suite.paired_device(2, &[Measure::HeartRate], "patient", patient);
    let mut batch = beat(&mut device, suite.now_ms());
    batch.sealed.measured.device = other.device;
    let answer = send(&mut suite, "patient", PATIENT, &[&batch]);
    refused(answer, "anchor/signature");
}

/// The seal's digest and length are the sender's own word, which the device does not sign: a
/// wrong one loses the batch visibly and forges nothing.
#[test]
fn every_changed_bit_of_what_the_device_signed_of_its_signature_and_of_the_generation_is_refused() {
    let (mut suite, mut device, patient) = setup();
    let now = suite.now_ms();
    let batch = device.measure(Measure::HeartRate, now, &[700, 710]);
    let bytes = batch.sealed.to_bytes();
    let seal_digest_and_length = 32 + 4;
    let covered = bytes.len() - seal_digest_and_length;
    for bit in 0..covered * 8 {
        let mut changed = bytes.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        let answer = run(&mut suite, "patient", &raw(vec![changed.into()]));
        assert!(answer.is_err(), "bit {bit}");
    }
    assert_eq!(head(&suite, device.device).sequence.u64(), 0);
    assert!(batch_info(&suite, &batch, patient).is_err());
    send(&mut suite, "patient", PATIENT, &[&batch]).unwrap();
}

#[test]
fn a_message_has_1_to_64_batches() {
    let (mut suite, mut device, _) = setup();
    let now = suite.now_ms();
    let batches: Vec<_> = (0..65).map(|i| beat(&mut device, now + i)).collect();
    let all: Vec<_> = batches.iter().collect();
    refused(send(&mut suite, "patient", PATIENT, &[]), "input/length");
    refused(send(&mut suite, "patient", PATIENT, &all), "input/length");
    send(&mut suite, "patient", PATIENT, &all[..64]).unwrap();
}

#[test]
fn a_message_is_of_one_patient_even_where_one_account_is_two() {
    let (mut suite, mut device, _) = setup();
    let second = suite.enrol("patient");
    let mut other = suite.paired_device(2, &[Measure::HeartRate], "patient", second);
    let now = suite.now_ms();
    let (mine, also_mine) = (beat(&mut device, now), beat(&mut other, now));
    let answer = send(&mut suite, "patient", PATIENT, &[&mine, &also_mine]);
    refused(answer, "anchor/two_patients");
    assert_eq!(head(&suite, device.device).sequence.u64(), 0);
    send(&mut suite, "patient", PATIENT, &[&also_mine]).unwrap();
}

#[test]
fn malformed_bytes_are_refused() {
    let (mut suite, mut device, _) = setup();
    let batch = beat(&mut device, suite.now_ms());
    let good = batch.sealed.to_bytes();
    for cut in 0..good.len() {
        let answer = run(&mut suite, "patient", &raw(vec![good[..cut].into()]));
        refused(answer, "format/length");
    }
    let longer = [&good[..], &[0]].concat();
    let answer = run(&mut suite, "patient", &raw(vec![longer.into()]));
    refused(answer, "format/length");
    let mut newer = good;
    newer[0] = 2;
    let answer = run(&mut suite, "patient", &raw(vec![newer.into()]));
    refused(answer, "format/version");
}

#[test]
fn a_replay_by_anybody_changes_nothing() {
    let (mut suite, mut device, patient) = setup();
    let batch = beat(&mut device, suite.now_ms());
    send(&mut suite, "patient", PATIENT, &[&batch]).unwrap();
    let kept = batch_info(&suite, &batch, patient).unwrap();
    suite.advance(60);
    let mut resealed = batch.clone();
    resealed.sealed.seal.digest = [1; 32];
    for sender in ["patient", "stranger"] {
        let answer = send(&mut suite, sender, PATIENT, &[&resealed]);
        refused(answer, "anchor/sequence_replayed");
    }
    assert_eq!(batch_info(&suite, &batch, patient), Ok(kept));
}
