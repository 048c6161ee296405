//! Two batches, an alert with its detail, a plan: what can be asked for.

use std::collections::BTreeMap;

use anyhow::Result;
use cosmwasm_std::{Binary, Uint64};
use vitals_api::{anchor, care};
use vitals_core::alert::AlertNotice;
use vitals_core::decision::GroundRef;
use vitals_core::key::Signer;
use vitals_core::measure::{Category, Measure};
use vitals_core::time::Epoch;
use vitals_ledger::Call;
use vitals_testing::device::TestBatch;
use vitals_testing::TestDevice;
use vitals_vault_client::{digest, Place};

use crate::world::{number, Patient, VaultAt, World};

const SEED: u8 = 21;
const LADDER: u8 = 1;
const OWN: GroundRef = GroundRef::Patient {};

pub struct Records {
    pub device: u64,
    pub hour: Epoch,
    pub alert: u64,
}

pub fn make(
    world: &World,
    patient: &Patient,
    ward: &VaultAt,
    grants: &BTreeMap<&'static str, u64>,
) -> Result<Records> {
    let mut device = world.device(patient.id, SEED, "maker")?;
    let at = world.now_ms()?;
    world.wait_past(at / 1_000 + 1)?;
    let mut heart = device.measure(Measure::HeartRate, at, &[712]);
    let mut oxygen = device.measure(Measure::OxygenSaturation, at + 1, &[970]);
    let hour = heart.measured().epoch;
    let mut batches = Vec::new();
    for batch in [&mut heart, &mut oxygen] {
        batches.push(keep(world, patient, ward, batch)?);
    }
    let anchor = anchor::ExecuteMsg::Anchor {
        ground: OWN,
        batches,
    };
    world.act_one("patient", &world.at.vitals_anchor, &anchor)?;
    let alert = alert(world, patient, ward, &device, (at, hour))?;
    plan(world, patient, ward, grants["writer"])?;
    Ok(Records {
        device: device.device,
        hour,
        alert,
    })
}

/// Puts bytes as its ciphertext: who gets them does not depend on what they are.
fn keep(world: &World, patient: &Patient, ward: &VaultAt, batch: &mut TestBatch) -> Result<Binary> {
    let measured = batch.measured();
    let place = Place {
        patient: patient.id,
        category: measured.category,
        epoch: measured.epoch,
    };
    let ciphertext = [measured.root; 4].concat();
    let digest = world
        .client("patient", ward)?
        .put_blob(place, &OWN, &ciphertext)?;
    batch.sealed.seal.digest = digest;
    batch.sealed.seal.length = u32::try_from(ciphertext.len())?;
    Ok(batch.to_binary())
}

fn alert(
    world: &World,
    patient: &Patient,
    ward: &VaultAt,
    device: &TestDevice,
    (at_ms, epoch): (u64, Epoch),
) -> Result<u64> {
    let detail = b"a detail that nobody can read".repeat(4);
    let place = Place {
        patient: patient.id,
        category: Category::Cardiac,
        epoch,
    };
    world
        .client("patient", ward)?
        .put_blob(place, &OWN, &detail)?;
    let notice = AlertNotice {
        device: device.device,
        pairing: device.pairing,
        number: 1,
        at_ms,
        rule: 1,
        ladder: LADDER,
        digest: digest(&detail),
    };
    let signature = device.signer.sign(&notice.digest(&world.deployment));
    let tier = care::TierMsg {
        responders: vec![world.address("receiver")?],
        within_s: 3_600,
    };
    let ladder = care::ExecuteMsg::SetLadder {
        patient: Uint64::new(patient.id),
        ladder: LADDER,
        tiers: vec![tier],
        ends_in_emergency: false,
    };
    let raise = care::ExecuteMsg::RaiseAlert {
        body: Binary::new(notice.to_bytes()),
        signature: Binary::new(signature.to_vec()),
        ground: OWN,
    };
    let care = &world.at.care;
    let calls = [Call::new(care, &ladder)?, Call::new(care, &raise)?];
    number(
        &world.act("patient", &calls)?,
        care,
        "alert_raised",
        "alert",
    )
}

fn plan(world: &World, patient: &Patient, ward: &VaultAt, grant: u64) -> Result<()> {
    let file = b"a plan that nobody can read".repeat(16);
    let ground = GroundRef::Grant { id: grant };
    let writer = world.client("writer", ward)?;
    writer.put_plan(patient.id, Category::Cardiac, &ground, &file)?;
    let write = care::ExecuteMsg::WritePlan {
        patient: Uint64::new(patient.id),
        ground,
        replaces: 0,
        plan: care::PlanMsg {
            digest: Binary::new(digest(&file).to_vec()),
            length: u32::try_from(file.len())?,
            categories: vec![Category::Cardiac, Category::Respiratory],
        },
    };
    world.act_one("writer", &world.at.care, &write).map(drop)
}
