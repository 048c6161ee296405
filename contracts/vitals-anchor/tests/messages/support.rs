//! What the files share.

use std::fmt::Debug;

use cosmwasm_std::{Addr, Binary, Uint64};
use cw_multi_test::{AppResponse, Executor};
use serde::Serialize;
use vitals_api::anchor::record::BatchKey;
use vitals_api::anchor::{BatchId, BatchInfo, DeviceHead, ExecuteMsg, InstantiateMsg, QueryMsg};
use vitals_api::{consent, registry};
use vitals_core::decision::GroundRef;
use vitals_core::key::Signer;
use vitals_core::measure::Measure;
use vitals_core::measured::{GapNotice, GapReason, Measured, Seal};
use vitals_core::salt::Salts;
use vitals_core::signing::{deployment_id, DeploymentId};
use vitals_core::time::Millis;
use vitals_core::tree::{leaf_hash, leaf_input, root};
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

/// The same people and the same device's key, in a deployment of other addresses.
pub fn setup_elsewhere() -> (Suite, TestDevice) {
    let mut suite = Suite::new();
    let patient = suite.enrol("patient");
    suite.deployment = move_registry(&mut suite);
    let device = suite.paired_device(1, &[Measure::HeartRate], "patient", patient);
    (suite, device)
}

/// Another registry and anchor contract beside the first, of another deployment id.
fn move_registry(suite: &mut Suite) -> DeploymentId {
    let owner = suite.actor("owner").to_string();
    let consent = suite.at.consent.to_string();
    let registry = suite.at.registry.clone();
    let msg = registry::InstantiateMsg { owner, consent };
    suite.at.registry = again(suite, &registry, &msg);
    suite.at.anchor = second_anchor(suite);
    let chain = suite.app.block_info().chain_id;
    deployment_id(&chain, suite.at.registry.as_str())
}

/// Another anchor contract of the suite's registry.
pub fn second_anchor(suite: &mut Suite) -> Addr {
    let msg = InstantiateMsg {
        owner: suite.actor("owner").into(),
        consent: suite.at.consent.to_string(),
        registry: suite.at.registry.to_string(),
    };
    let first = suite.at.anchor.clone();
    again(suite, &first, &msg)
}

/// Another instance of the code that a contract runs.
fn again(suite: &mut Suite, of: &Addr, msg: &impl Serialize) -> Addr {
    let owner = suite.actor("owner");
    let code = suite.app.contract_data(of).unwrap().code_id;
    let app = &mut suite.app;
    app.instantiate_contract(code, owner, msg, &[], "again", None)
        .unwrap()
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

/// A heart rate device's batch with whatever readings it cares to sign, one a second.
pub fn mixed(device: &mut TestDevice, at: Millis, values: &[(Measure, i64)]) -> TestBatch {
    let plain: Vec<i64> = values.iter().map(|(_, value)| *value).collect();
    let mut batch = device.measure(Measure::HeartRate, at, &plain);
    for (reading, (measure, _)) in batch.readings.iter_mut().zip(values) {
        reading.measure = *measure;
    }
    let leaves: Vec<_> = batch
        .readings
        .iter()
        .zip(Salts::new(batch.seed).iter())
        .map(|(reading, salt)| leaf_hash(&leaf_input(reading, &salt)))
        .collect();
    let measured = Measured {
        root: root(&leaves),
        ..batch.measured().clone()
    };
    signed_as(device, &batch, measured)
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

pub fn unpair(suite: &mut Suite, sender: &str, device: &mut TestDevice) {
    registry(suite, sender, &device.unpair_unsigned());
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

pub fn consent(suite: &mut Suite, sender: &str, msg: &consent::ExecuteMsg) {
    let consent = suite.at.consent.clone();
    suite.execute(sender, &consent, msg).unwrap();
}

/// `from..next` will not come; measured last now.
pub fn notice(suite: &Suite, device: &TestDevice, from: u64, next: u64) -> GapNotice {
    GapNotice {
        device: device.device,
        pairing: device.pairing,
        from,
        next,
        last_at: suite.now_ms(),
        reason: GapReason::StorageLost,
    }
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
