//! Makers, models, devices.

use anyhow::{ensure, Result};
use vitals_api::registry::{ExecuteMsg, KeyMsg};
use vitals_chain_client::TxResult;
use vitals_core::key::{Ed25519Signer, SignatureScheme, Signer};
use vitals_core::measure::Measure;
use vitals_core::signing::Domain;
use vitals_testing::TestDevice;

use super::consent::People;
use super::contract::Contract;
use super::devices::Devices;
use super::stage::{number, Stage};

const MAKER_SEED: [u8; 32] = [14; 32];
const HEART_SEED: u8 = 11;
/// In the order in which they are listed.
pub const HEART_MODEL: u32 = 1;
pub const OXIMETER_MODEL: u32 = 2;
const PEDOMETER_MODEL: u32 = 3;
const OXIMETER_SEED: u8 = 12;
const SECOND_HEART_SEED: u8 = 13;
const PEDOMETER_SEED: u8 = 15;
pub const FIRMWARE: u32 = 0x0100_0000;

/// Devices of one maker, paired with the patient.
pub fn makers_and_devices(stage: &mut Stage<'_>, people: &People) -> Result<Devices> {
    let maker_key = Ed25519Signer::from_seed(&MAKER_SEED);
    let admit = ExecuteMsg::AdmitMaker {
        maker: stage.address("maker")?,
        name: "Bench Devices".into(),
        key: KeyMsg {
            scheme: SignatureScheme::Ed25519,
            bytes: maker_key.public_key().bytes().to_vec().into(),
        },
    };
    stage.measure("deployer", Contract::DeviceRegistry, &admit)?;
    let list = listing(Measure::HeartRate);
    let listed = stage.measure("maker", Contract::DeviceRegistry, &list)?;
    let mut heart = TestDevice::new(HEART_SEED, stage.deployment);
    ensure_model(&listed, HEART_MODEL)?;
    let register = registration(stage, &heart, HEART_MODEL, &maker_key)?;
    let registered = stage.measure_as(
        "register_device",
        "maker",
        Contract::DeviceRegistry,
        &register,
    )?;
    heart.device = number(&registered, "registered", "device")?;
    let (body, signature) = heart.pairing_action(people.patient);
    let pair = ExecuteMsg::Pair { body, signature };
    stage.measure_as("pair", "patient", Contract::DeviceRegistry, &pair)?;
    heart.pairing = 1;
    others(stage, people, &maker_key, heart)
}

/// The same again, unmeasured: they differ in nothing but numbers.
fn others(
    stage: &Stage<'_>,
    people: &People,
    maker_key: &Ed25519Signer,
    heart: TestDevice,
) -> Result<Devices> {
    for (measure, model) in [
        (Measure::OxygenSaturation, OXIMETER_MODEL),
        (Measure::Steps, PEDOMETER_MODEL),
    ] {
        let listed = stage.act("maker", Contract::DeviceRegistry, &listing(measure))?;
        ensure_model(&listed, model)?;
    }
    let paired = |seed, model| paired(stage, people, maker_key, seed, model);
    Ok(Devices {
        heart,
        oximeter: paired(OXIMETER_SEED, OXIMETER_MODEL)?,
        second_heart: paired(SECOND_HEART_SEED, HEART_MODEL)?,
        pedometer: paired(PEDOMETER_SEED, PEDOMETER_MODEL)?,
    })
}

fn paired(
    stage: &Stage<'_>,
    people: &People,
    maker_key: &Ed25519Signer,
    seed: u8,
    model: u32,
) -> Result<TestDevice> {
    let registry = Contract::DeviceRegistry;
    let mut device = TestDevice::new(seed, stage.deployment);
    let register = registration(stage, &device, model, maker_key)?;
    let registered = stage.act("maker", registry, &register)?;
    device.device = number(&registered, "registered", "device")?;
    let (body, signature) = device.pairing_action(people.patient);
    stage.act("patient", registry, &ExecuteMsg::Pair { body, signature })?;
    device.pairing = 1;
    Ok(device)
}

fn ensure_model(listed: &TxResult, wanted: u32) -> Result<()> {
    let model = number(listed, "model_listed", "model")?;
    ensure!(model == u64::from(wanted), "model {model}, not {wanted}");
    Ok(())
}

fn listing(measure: Measure) -> ExecuteMsg {
    ExecuteMsg::ListModel {
        name: "Bench Model".into(),
        measures: vec![measure],
        lowest_firmware: FIRMWARE,
    }
}

/// With possession and attestation.
fn registration(
    stage: &Stage<'_>,
    device: &TestDevice,
    model: u32,
    maker_key: &Ed25519Signer,
) -> Result<ExecuteMsg> {
    let registration = device.registration(model, &stage.address("maker")?);
    let attested = registration.digest(Domain::Attest, &stage.deployment)?;
    Ok(ExecuteMsg::Register {
        body: registration.to_bytes()?.into(),
        possession: device.sign_registration(&registration),
        attestation: Some(maker_key.sign(&attested).to_vec().into()),
        holder: None,
    })
}
