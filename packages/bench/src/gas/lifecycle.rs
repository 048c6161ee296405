//! What becomes of a device: newer firmware, another key, another patient, its end.

use anyhow::Result;
use cosmwasm_std::{Binary, Uint64};
use vitals_api::registry::ExecuteMsg;
use vitals_core::key::Ed25519Signer;

use super::consent::People;
use super::contract::Contract;
use super::devices::Devices;
use super::registry::{FIRMWARE, HEART_MODEL, OXIMETER_MODEL};
use super::stage::Stage;

const REGISTRY: Contract = Contract::DeviceRegistry;
const NEWER: u32 = FIRMWARE + 1;
const IMAGE: [u8; 32] = [8; 32];
const NEXT_SEED: u8 = 21;

pub fn measure(stage: &mut Stage<'_>, people: &People, devices: &mut Devices) -> Result<()> {
    firmware(stage, devices)?;
    use_of_it(stage, devices)?;
    rotation(stage, devices)?;
    transfer(stage, people, devices)?;
    recall(stage, devices)?;
    end(stage, devices)
}

fn firmware(stage: &mut Stage<'_>, devices: &mut Devices) -> Result<()> {
    let approve = ExecuteMsg::ApproveFirmware {
        model: HEART_MODEL,
        version: NEWER,
        digest: Binary::new(IMAGE.to_vec()),
    };
    stage.measure("maker", REGISTRY, &approve)?;
    let update = devices.heart.update_firmware(NEWER, IMAGE);
    stage.measure("stranger", REGISTRY, &update)?;
    let raise = ExecuteMsg::RaiseLowestFirmware {
        model: HEART_MODEL,
        lowest: NEWER,
    };
    stage.measure("maker", REGISTRY, &raise)?;
    Ok(())
}

fn use_of_it(stage: &mut Stage<'_>, devices: &Devices) -> Result<()> {
    let device = Uint64::new(devices.heart.device);
    let calibrate = ExecuteMsg::Calibrate {
        device,
        from: None,
        until: stage.now_s()? + 31_536_000,
    };
    stage.measure("maker", REGISTRY, &calibrate)?;
    stage.measure("patient", REGISTRY, &ExecuteMsg::Suspend { device })?;
    stage.measure("patient", REGISTRY, &ExecuteMsg::Restore { device })?;
    Ok(())
}

fn rotation(stage: &mut Stage<'_>, devices: &mut Devices) -> Result<()> {
    let from = devices.heart.sequence + 1;
    let rotate = devices.heart.rotate_key(NEXT_SEED, from);
    stage.measure("patient", REGISTRY, &rotate)?;
    devices.heart.signer = Ed25519Signer::from_seed(&[NEXT_SEED; 32]);
    Ok(())
}

/// Offered, taken back, offered again and taken.
fn transfer(stage: &mut Stage<'_>, people: &People, devices: &mut Devices) -> Result<()> {
    let device = Uint64::new(devices.heart.device);
    let offer = devices.heart.transfer(people.patient, people.second);
    stage.measure("patient", REGISTRY, &offer)?;
    stage.measure(
        "patient",
        REGISTRY,
        &ExecuteMsg::WithdrawTransfer { device },
    )?;
    let action = stage.device_action(device)?;
    devices.heart.action = action;
    let offer = devices.heart.transfer(people.patient, people.second);
    stage.act("patient", REGISTRY, &offer)?;
    stage.measure("second", REGISTRY, &ExecuteMsg::AcceptTransfer { device })?;
    Ok(())
}

fn recall(stage: &mut Stage<'_>, devices: &Devices) -> Result<()> {
    let recall = ExecuteMsg::Recall {
        model: OXIMETER_MODEL,
        from_firmware: FIRMWARE,
        to_firmware: FIRMWARE,
        reason: Binary::new(vec![9; 32]),
    };
    stage.measure("maker", REGISTRY, &recall)?;
    let mark = ExecuteMsg::MarkRecalled {
        devices: vec![Uint64::new(devices.oximeter.device)],
    };
    stage.measure("stranger", REGISTRY, &mark)?;
    Ok(())
}

fn end(stage: &mut Stage<'_>, devices: &mut Devices) -> Result<()> {
    let device = Uint64::new(devices.heart.device);
    let lost = ExecuteMsg::ReportLost {
        device,
        lost_from_ms: stage.now_ms()?,
    };
    stage.measure("second", REGISTRY, &lost)?;
    let unpair = ExecuteMsg::Unpair {
        device,
        signed: None,
    };
    stage.measure("second", REGISTRY, &unpair)?;
    let retire = devices.oximeter.retire();
    stage.measure("patient", REGISTRY, &retire)?;
    let maker = stage.address("maker")?;
    stage.measure("deployer", REGISTRY, &ExecuteMsg::SuspendMaker { maker })?;
    Ok(())
}
