//! Those who would anchor what no device measured, or twice, or as somebody else's.

use cosmwasm_std::Binary;
use vitals_api::anchor::ExecuteMsg;
use vitals_api::registry;
use vitals_core::key::Signer;
use vitals_core::measure::Measure;
use vitals_core::measured::Measured;
use vitals_core::signing::{signing_digest, Domain};
use vitals_testing::device::TestBatch;
use vitals_testing::TestDevice;

use crate::support::{
    batch_info, beat, gap, head, notice, refused, run, second_anchor, send, setup, setup_elsewhere,
    signed_as, PATIENT,
};

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

/// A pseudonym's data must not move to another deployment, where other people grant: the same
/// numbers, the same key, another registry.
#[test]
fn a_batch_and_a_notice_of_one_deployment_are_nothing_in_another() {
    let (suite, mut device, _) = setup();
    let batch = beat(&mut device, suite.now_ms());
    let gone = gap(&device, &notice(&suite, &device, 1, 2));
    let (mut other, twin) = setup_elsewhere();
    assert_eq!((twin.device, twin.pairing), (device.device, device.pairing));
    assert_ne!(twin.deployment, device.deployment);
    let answer = send(&mut other, "patient", PATIENT, &[&batch]);
    refused(answer, "anchor/signature");
    refused(run(&mut other, "stranger", &gone), "anchor/signature");
}

/// The deployment id names the registry, so that a device holds one value: a second anchor contract
/// of that registry takes the same batch, for itself. `claims` is made for one.
#[test]
fn a_second_anchor_contract_of_a_registry_counts_for_itself() {
    let (mut suite, mut device, patient) = setup();
    let batch = beat(&mut device, suite.now_ms());
    send(&mut suite, "patient", PATIENT, &[&batch]).unwrap();
    let first = suite.at.anchor.clone();
    suite.at.anchor = second_anchor(&mut suite);
    assert_eq!(head(&suite, device.device).sequence.u64(), 0);
    send(&mut suite, "patient", PATIENT, &[&batch]).unwrap();
    let again = beat(&mut device, suite.now_ms() + 1);
    send(&mut suite, "patient", PATIENT, &[&again]).unwrap();
    suite.at.anchor = first;
    assert_eq!(head(&suite, device.device).sequence.u64(), 1);
    assert!(batch_info(&suite, &again, patient).is_err());
}

/// A scalar plus the group's order is the same scalar to a lax verifier: whoever sees a signature
/// could make another, and one batch would have two faces.
#[test]
fn the_other_signature_of_the_same_batch_is_refused() {
    let (mut suite, mut device, _) = setup();
    let batch = beat(&mut device, suite.now_ms());
    let mut malleated = batch.clone();
    let s = &mut malleated.sealed.signature[32..];
    add_group_order(s);
    let answer = send(&mut suite, "patient", PATIENT, &[&malleated]);
    refused(answer, "anchor/signature");
    send(&mut suite, "patient", PATIENT, &[&batch]).unwrap();
}

/// Adds the order of ed25519's group to a little-endian scalar.
fn add_group_order(s: &mut [u8]) {
    let order = [
        0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde,
        0x14, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
    ];
    let mut carry = 0u16;
    for (byte, add) in s.iter_mut().zip(order) {
        let sum = u16::from(*byte) + add + carry;
        *byte = sum.to_be_bytes()[1];
        carry = sum >> 8;
    }
}

/// The lists end at their stated most: one more is refused before anything is read, and a list of
/// empty or huge entries costs its sender the bytes and nothing else.
#[test]
fn entries_that_are_no_batches_are_refused_at_any_length() {
    let (mut suite, _, _) = setup();
    for bytes in [vec![], vec![0], vec![1; 174], vec![0xff; 100_000]] {
        let answer = run(&mut suite, "patient", &raw(vec![bytes.into()]));
        assert!(answer.unwrap_err().starts_with("format/"));
    }
    for (notice, signature) in [(0, 64), (38, 64), (100_000, 64), (38, 0), (38, 100_000)] {
        let msg = ExecuteMsg::NoteGap {
            notice: vec![1; notice].into(),
            signature: vec![1; signature].into(),
        };
        assert!(run(&mut suite, "stranger", &msg).is_err());
    }
}

#[test]
fn a_notices_signature_has_64_bytes() {
    let (mut suite, device, _) = setup();
    let good = notice(&suite, &device, 1, 2);
    for length in [0, 63, 65, 100_000] {
        let msg = ExecuteMsg::NoteGap {
            notice: good.to_bytes().into(),
            signature: vec![1; length].into(),
        };
        refused(run(&mut suite, "stranger", &msg), "input/length");
    }
}

/// All bytes that stand for numbers at their most: no sum of times overflows, and no number the
/// chain cannot hold is kept.
#[test]
fn the_largest_numbers_are_refused_by_a_rule_and_not_by_a_panic() {
    let (mut suite, mut device, _) = setup();
    let batch = beat(&mut device, suite.now_ms());
    let far = Measured {
        epoch: u32::MAX,
        first_ms: 3_599_999,
        last_ms: 3_599_999,
        count: u16::MAX,
        ..batch.measured().clone()
    };
    let answer = send(
        &mut suite,
        "patient",
        PATIENT,
        &[&signed_as(&device, &batch, far)],
    );
    refused(answer, "anchor/time_ahead");
    let last = Measured {
        sequence: u64::MAX,
        ..batch.measured().clone()
    };
    let answer = send(
        &mut suite,
        "patient",
        PATIENT,
        &[&signed_as(&device, &batch, last)],
    );
    refused(answer, "anchor/sequence_skipped");
}

/// A thief who has the device reports nothing: what the device signs after the loss is refused,
/// and what it signed before stays the patient's to send.
#[test]
fn a_lost_devices_batches_end_where_it_was_lost() {
    let (mut suite, mut device, _) = setup();
    suite.advance(120);
    let lost_from_ms = suite.now_ms() - 60_000;
    let before = beat(&mut device, lost_from_ms - 1);
    let after = beat(&mut device, lost_from_ms);
    let lost = registry::ExecuteMsg::ReportLost {
        device: device.device.into(),
        lost_from_ms,
    };
    crate::support::registry(&mut suite, "patient", &lost);
    let both = [&before, &after];
    let answer = send(&mut suite, "patient", PATIENT, &both);
    refused(answer, "anchor/device_lost");
    send(&mut suite, "patient", PATIENT, &[&before]).unwrap();
}
