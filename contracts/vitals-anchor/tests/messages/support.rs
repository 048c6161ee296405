//! What the files share.

use std::fmt::Debug;

use cosmwasm_std::{Binary, Uint64};
use cw_multi_test::AppResponse;
use vitals_api::anchor::record::BatchKey;
use vitals_api::anchor::{BatchId, BatchInfo, DeviceHead, ExecuteMsg, QueryMsg};
use vitals_api::registry;
use vitals_core::decision::GroundRef;
use vitals_core::key::Signer;
use vitals_core::measure::Measure;
use vitals_core::measured::{GapNotice, Measured, Seal};
use vitals_core::time::Millis;
use vitals_testing::device::TestBatch;
use vitals_testing::suite::Refused;
use vitals_testing::{Suite, TestDevice};

pub type Answer = Result<AppResponse, Refused>;

pub const PATIENT: GroundRef = GroundRef::Patient {};

/// A heart rate device, paired with the patient of the account `patient` now.
pub fn setup() -> (Suite, TestDevice, u64) {
    let mut suite = Suite::new();
    let patient = suite.enrol("patient");
    let device = suite.paired_device(1, &[Measure::HeartRate], "patient", patient);
    (suite, device, patient)
}

/// One reading of the heart rate.
pub fn beat(device: &mut TestDevice, at: Millis) -> TestBatch {
    device.measure(Measure::HeartRate, at, &[720])
}

/// As if the device had not closed its last batch: what was refused is made again otherwise.
pub fn take_back(device: &mut TestDevice) {
    device.sequence -= 1;
}

pub fn sealed_under(batch: &TestBatch, generation: u32) -> TestBatch {
    let mut sealed = batch.clone();
    sealed.sealed.seal.generation = generation;
    sealed
}

pub fn with_seal(batch: &TestBatch, seal: Seal) -> TestBatch {
    let mut sealed = batch.clone();
    sealed.sealed.seal = seal;
    sealed
}

/// What the device would have signed had it measured otherwise.
pub fn signed_as(device: &TestDevice, batch: &TestBatch, measured: Measured) -> TestBatch {
    let mut other = batch.clone();
    other.sealed.signature = device.signer.sign(&measured.digest(&device.deployment));
    other.sealed.measured = measured;
    other
}

pub fn message(ground: GroundRef, batches: &[&TestBatch]) -> ExecuteMsg {
    ExecuteMsg::Anchor {
        ground,
        batches: batches.iter().map(|b| b.to_binary()).collect(),
    }
}

pub fn send(suite: &mut Suite, sender: &str, ground: GroundRef, batches: &[&TestBatch]) -> Answer {
    run(suite, sender, &message(ground, batches))
}

pub fn run(suite: &mut Suite, sender: &str, msg: &ExecuteMsg) -> Answer {
    let anchor = suite.at.anchor.clone();
    suite.execute(sender, &anchor, msg)
}

pub fn registry(suite: &mut Suite, sender: &str, msg: &registry::ExecuteMsg) {
    let registry = suite.at.registry.clone();
    suite.execute(sender, &registry, msg).unwrap();
}

pub fn unpair(suite: &mut Suite, sender: &str, device: &TestDevice) {
    let device = Uint64::new(device.device);
    registry(suite, sender, &registry::ExecuteMsg::Unpair { device });
}

pub fn pair(suite: &mut Suite, sender: &str, device: &mut TestDevice, patient: u64) {
    let (body, signature) = device.pairing_action(patient);
    registry(
        suite,
        sender,
        &registry::ExecuteMsg::Pair { body, signature },
    );
    device.pairing += 1;
}

pub fn gap(device: &TestDevice, notice: &GapNotice) -> ExecuteMsg {
    let signature = device.signer.sign(&notice.digest(&device.deployment));
    ExecuteMsg::NoteGap {
        notice: notice.to_bytes().into(),
        signature: Binary::new(signature.to_vec()),
    }
}

/// The contract's own text comes last in what the chain wraps around it, or stands alone.
pub fn refused<T: Debug>(answer: Result<T, Refused>, code: &str) {
    let text = answer.expect_err(code);
    let own = format!("{code}: ");
    let stands = text.starts_with(&own) || text.contains(&format!("error: {own}"));
    assert!(stands, "{code}, got {text}");
}

pub fn id(batch: &TestBatch, patient: u64) -> BatchId {
    let measured = batch.measured();
    BatchId::from(BatchKey {
        patient,
        category: measured.category,
        epoch: measured.epoch,
        device: measured.device,
        sequence: measured.sequence,
    })
}

pub fn batch_info(suite: &Suite, batch: &TestBatch, patient: u64) -> Result<BatchInfo, Refused> {
    let id = id(batch, patient);
    suite.query(&suite.at.anchor, &QueryMsg::Batch { id })
}

pub fn head(suite: &Suite, device: u64) -> DeviceHead {
    let device = Uint64::new(device);
    suite
        .query(&suite.at.anchor, &QueryMsg::Device { device })
        .unwrap()
}
