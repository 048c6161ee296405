//! Anchoring: alone, in pairs, and as many as a message may carry.

use anyhow::Result;
use cosmwasm_std::{Binary, Uint64};
use vitals_api::anchor::{ExecuteMsg, MAX_BATCHES};
use vitals_core::decision::GroundRef;
use vitals_core::key::Signer;
use vitals_core::measure::{Category, Measure};
use vitals_core::measured::{GapNotice, GapReason};
use vitals_core::time::{Millis, EPOCH_MS};
use vitals_testing::device::TestBatch;

use super::claims::STEPS;
use super::consent::People;
use super::contract::Contract;
use super::devices::{large, largest, single, single_of, Devices, LARGE_MS};
use super::stage::Stage;

/// How long the batches of this bench last, with time to spare: none may cross an hour.
const NEEDED_MS: u64 = 120_000;

/// What is claimed on.
pub struct Batches {
    pub large: TestBatch,
    pub largest: TestBatch,
    /// A day's, in one reading.
    pub steps: TestBatch,
}

/// All by the gateway, under the grant that lets it seal.
pub fn measure(stage: &mut Stage<'_>, people: &People, devices: &mut Devices) -> Result<Batches> {
    let from = start(stage)?;
    let first = large(&mut devices.heart, from)?;
    anchor(stage, people, "anchor_1", &[&first])?;

    // each a millisecond after the one before
    let mut at = from + LARGE_MS;
    let mut next = || {
        at += 1;
        at
    };
    let one = single(&mut devices.heart, Measure::HeartRate, next())?;
    let two = single(&mut devices.heart, Measure::HeartRate, next())?;
    anchor(stage, people, "anchor_2_same_device", &[&one, &two])?;
    let saturation = single(&mut devices.oximeter, Measure::OxygenSaturation, next())?;
    let rate = single(&mut devices.heart, Measure::HeartRate, next())?;
    anchor(stage, people, "anchor_2_devices", &[&saturation, &rate])?;
    let many = (0..MAX_BATCHES)
        .map(|_| single(&mut devices.heart, Measure::HeartRate, next()))
        .collect::<Result<Vec<_>>>()?;
    anchor(stage, people, "anchor_64", &many.iter().collect::<Vec<_>>())?;
    own(stage, devices, next())?;
    gap(stage, devices, at)?;
    let largest = largest(&mut devices.second_heart, from)?;
    let steps = single_of(&mut devices.pedometer, Measure::Steps, STEPS, from)?;
    let both = message(GroundRef::Patient {}, &[&largest, &steps]);
    stage.act("patient", Contract::VitalsAnchor, &both)?;
    Ok(Batches {
        large: first,
        largest,
        steps,
    })
}

/// Once cover has begun, which counts in whole seconds; in the next hour where this one is nearly over.
fn start(stage: &Stage<'_>) -> Result<Millis> {
    stage.wait_past(stage.now_ms()? + 1_000)?;
    let now = stage.now_ms()?;
    let left = EPOCH_MS - now % EPOCH_MS;
    if left > NEEDED_MS {
        return Ok(now);
    }
    eprintln!(
        "waiting {} s for the next hour of measurement",
        left / 1_000
    );
    stage.wait_past(now + left)?;
    stage.now_ms()
}

fn anchor(
    stage: &mut Stage<'_>,
    people: &People,
    name: &str,
    batches: &[&TestBatch],
) -> Result<()> {
    let ground = GroundRef::Grant { id: people.sealing };
    stage.measure_as(
        name,
        "gateway",
        Contract::VitalsAnchor,
        &message(ground, batches),
    )?;
    Ok(())
}

fn message(ground: GroundRef, batches: &[&TestBatch]) -> ExecuteMsg {
    ExecuteMsg::Anchor {
        ground,
        batches: batches.iter().map(|batch| batch.to_binary()).collect(),
    }
}

/// By the patient itself, with no grant to read.
fn own(stage: &mut Stage<'_>, devices: &mut Devices, at: Millis) -> Result<()> {
    let batch = single(&mut devices.heart, Measure::HeartRate, at)?;
    let msg = message(GroundRef::Patient {}, &[&batch]);
    stage.measure_as(
        "anchor_1_by_patient",
        "patient",
        Contract::VitalsAnchor,
        &msg,
    )?;
    Ok(())
}

fn gap(stage: &mut Stage<'_>, devices: &mut Devices, last_at: Millis) -> Result<()> {
    let heart = &mut devices.heart;
    let notice = GapNotice {
        device: heart.device,
        pairing: heart.pairing,
        from: heart.sequence + 1,
        next: heart.sequence + 3,
        last_at,
        reason: GapReason::StorageLost,
    };
    heart.sequence += 2;
    let signature = heart.signer.sign(&notice.digest(&heart.deployment));
    let msg = ExecuteMsg::NoteGap {
        notice: notice.to_bytes().into(),
        signature: Binary::new(signature.to_vec()),
    };
    stage.measure("stranger", Contract::VitalsAnchor, &msg)?;
    Ok(())
}

/// Of one batch; run when no claim needs it.
pub fn shred(stage: &mut Stage<'_>, people: &People) -> Result<()> {
    let msg = ExecuteMsg::Shred {
        patient: Uint64::new(people.patient),
        categories: vec![Category::Respiratory],
        window: people.window(),
        start_after: None,
    };
    stage.measure("patient", Contract::VitalsAnchor, &msg)?;
    Ok(())
}
