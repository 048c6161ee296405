//! VerifyReading.

use cosmwasm_std::Binary;
use vitals_api::anchor::{BatchId, QueryMsg, VerifiedReadings, MAX_PROOF};
use vitals_core::measure::Measure;
use vitals_core::proof::{Multiproof, MAX_PROVEN};
use vitals_testing::device::TestBatch;
use vitals_testing::suite::Refused;
use vitals_testing::Suite;

use crate::support::{id, mixed, refused, send, setup, PATIENT};

fn verify(suite: &Suite, id: BatchId, proof: Binary) -> Result<VerifiedReadings, Refused> {
    suite.query(&suite.at.anchor, &QueryMsg::VerifyReading { id, proof })
}

/// Two anchored batches of 40 readings.
fn anchored() -> (Suite, u64, TestBatch, TestBatch) {
    let (mut suite, mut device, patient) = setup();
    let now = suite.now_ms();
    let values: Vec<i64> = (0..40).map(|i| 700 + i).collect();
    let first = device.measure(Measure::HeartRate, now, &values);
    let second = device.measure(Measure::HeartRate, now + 40_000, &values);
    send(&mut suite, "patient", PATIENT, &[&first, &second]).unwrap();
    (suite, patient, first, second)
}

#[test]
fn proven_readings_come_back_with_their_place_value_and_time() {
    let (suite, patient, batch, _) = anchored();
    let answer = verify(&suite, id(&batch, patient), batch.prove(&[0, 3, 39])).unwrap();
    let shown: Vec<_> = answer
        .readings
        .iter()
        .map(|r| (r.index, r.value, r.at_ms, r.simulated))
        .collect();
    let first_at = batch.measured().first_at();
    let expected = [
        (0, 700, first_at, false),
        (3, 703, first_at + 3_000, false),
        (39, 739, first_at + 39_000, false),
    ];
    assert_eq!(shown, expected);
    assert_eq!(answer.readings[0].measure, Measure::HeartRate);
}

#[test]
fn a_proof_of_another_batch_or_a_changed_reading_is_refused() {
    let (suite, patient, first, second) = anchored();
    let answer = verify(&suite, id(&first, patient), second.prove(&[0]));
    refused(answer, "proof/root");
    let mut proof = first.prove(&[0]).to_vec();
    // version, count and index come before the leaf; its value ends at its tenth byte
    proof[4 + 9] ^= 1;
    let answer = verify(&suite, id(&first, patient), proof.into());
    refused(answer, "proof/root");
}

#[test]
fn what_is_no_proof_is_refused_before_anything_is_hashed() {
    let (suite, patient, batch, _) = anchored();
    let id = id(&batch, patient);
    let of = |bytes: Vec<u8>| verify(&suite, id.clone(), bytes.into());
    refused(of(vec![]), "input/length");
    refused(of(vec![1; MAX_PROOF + 1]), "input/length");
    refused(of(vec![9; 40]), "proof/encoding");
    let mut longer = batch.prove(&[0]).to_vec();
    longer.push(0);
    refused(of(longer), "proof/encoding");
}

#[test]
fn the_largest_proof_there_is_fits() {
    let leaves = vec![[0; 31]; usize::from(u16::MAX)];
    let spread: Vec<u16> = (0..30).map(|i| i * 2_184).collect();
    assert_eq!(spread.len(), MAX_PROVEN);
    let proof = Multiproof::build(&leaves, &spread).unwrap();
    assert!(proof.to_bytes().len() <= MAX_PROOF);
}

#[test]
fn a_batch_nobody_anchored_verifies_nothing() {
    let (suite, patient, batch, _) = anchored();
    let unknown = BatchId {
        sequence: 9u64.into(),
        ..id(&batch, patient)
    };
    let answer = verify(&suite, unknown, batch.prove(&[0]));
    refused(answer, "state/not_found");
}

/// A device whose firmware is not what its model says could sign anything it likes.
#[test]
fn a_reading_the_model_does_not_list_or_of_another_category_is_not_verified() {
    let (mut suite, mut device, patient) = setup();
    let now = suite.now_ms();
    let measures = [Measure::SystolicPressure, Measure::Glucose];
    for (i, measure) in (0..).zip(measures) {
        let readings = [(Measure::HeartRate, 700), (measure, 120)];
        let batch = mixed(&mut device, now + i * 10_000, &readings);
        send(&mut suite, "patient", PATIENT, &[&batch]).unwrap();
        let ask = |indices: &[u16]| verify(&suite, id(&batch, patient), batch.prove(indices));
        assert!(ask(&[0]).is_ok());
        refused(ask(&[1]), "proof/measure_unlisted");
        refused(ask(&[0, 1]), "proof/measure_unlisted");
    }
}

#[test]
fn a_proof_of_the_most_bytes_is_read_and_one_more_is_not() {
    let (suite, patient, batch, _) = anchored();
    let id = id(&batch, patient);
    let answer = verify(&suite, id.clone(), vec![1; MAX_PROOF].into());
    refused(answer, "proof/encoding");
    let answer = verify(&suite, id, vec![1; MAX_PROOF + 1].into());
    refused(answer, "input/length");
}
