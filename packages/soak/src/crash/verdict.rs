//! The chain and the vaults against the ledger.

use std::collections::BTreeMap;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{bail, ensure, Context, Result};
use cosmwasm_std::Uint64;
use vitals_api::anchor::{BatchInfo, BatchesPage, QueryMsg};
use vitals_core::decision::{GroundRef, Purpose};
use vitals_core::measure::Category;
use vitals_core::package::KeyPackage;
use vitals_core::reading::Reading;
use vitals_core::time::{epoch_start, Epoch};
use vitals_vault_client::VaultError;

use super::ledger::{Batch, Ledger};
use super::stage::Stage;
use crate::world::VaultAt;

/// The vault that was away longest gets its copies by then.
const COPIES: Duration = Duration::from_secs(150);

/// What the vaults gave of each batch on the chain: the hour it is of, and its readings.
pub type Anchored = BTreeMap<Batch, (Epoch, Vec<Reading>)>;

pub fn hold(stage: &Stage, ledger: &Ledger) -> Result<()> {
    let opened = opened(stage, Category::Cardiac)?;
    compare(ledger, &opened)?;
    told(stage, ledger, opened.len())
}

/// Everything of a category that is on the chain, from every vault.
pub fn opened(stage: &Stage, category: Category) -> Result<Anchored> {
    let window = stage.patient.window(30);
    let package = stage.patient.agent.keys().package(&[category], window)?;
    let mut opened = Anchored::new();
    for (batch, info) in anchored(stage, category)? {
        opened.insert(batch, (info.id.epoch, open(stage, &info, &package)?));
    }
    Ok(opened)
}

/// Everything measured is anchored once, as it was sent; what was acknowledged, above all.
fn compare(ledger: &Ledger, anchored: &Anchored) -> Result<()> {
    for (batch, stored) in &ledger.stored {
        let readings = anchored
            .get(batch)
            .map_or(0, |(_, readings)| readings.len());
        ensure!(
            readings >= usize::from(*stored),
            "batch {batch:?}: {stored} readings acknowledged, {readings} anchored"
        );
    }
    let mut found: BTreeMap<(u64, u64), i64> = BTreeMap::new();
    for (batch, (epoch, readings)) in anchored {
        let sent = ledger
            .sent
            .get(batch)
            .with_context(|| format!("batch {batch:?} was never sent"))?;
        for (place, reading) in (0..).zip(readings) {
            ensure!(
                sent.get(&place) == Some(reading),
                "batch {batch:?}: place {place} is not what was sent"
            );
            let at = epoch_start(*epoch) + u64::from(reading.offset_ms);
            let twice = found.insert((batch.0, at), reading.value);
            ensure!(
                twice.is_none(),
                "device {}: the reading of {at} is anchored twice",
                batch.0
            );
        }
    }
    ensure!(
        found == ledger.measured,
        "{} readings measured, {} anchored",
        ledger.measured.len(),
        found.len()
    );
    Ok(())
}

fn told(stage: &Stage, ledger: &Ledger, batches: usize) -> Result<()> {
    println!(
        "{} readings measured, {} acknowledged, {batches} batches: each reading anchored once, in both vaults, and decrypts",
        ledger.measured.len(),
        ledger.acknowledged()
    );
    for service in &stage.services {
        println!("  {}: {} kills", service.name, service.kills);
    }
    println!("  answers of refusal to devices: {:?}", ledger.refused);
    println!(
        "  quarantine: {}",
        stage.quarantined()?.replace('\n', "\n    ")
    );
    Ok(())
}

fn anchored(stage: &Stage, category: Category) -> Result<BTreeMap<Batch, BatchInfo>> {
    let mut all: Vec<BatchInfo> = Vec::new();
    loop {
        let asked = QueryMsg::Batches {
            patient: Uint64::new(stage.patient.id),
            category,
            from_epoch: None,
            to_epoch: None,
            start_after: all.last().map(|batch| batch.id.clone()),
            limit: Some(30),
        };
        let page: BatchesPage = stage.world.ask(&stage.world.at.vitals_anchor, &asked)?;
        if page.batches.is_empty() {
            break;
        }
        all.extend(page.batches);
    }
    let count = all.len();
    let by_number: BTreeMap<_, _> = all
        .into_iter()
        .map(|b| ((b.id.device.u64(), b.id.sequence.u64()), b))
        .collect();
    ensure!(by_number.len() == count, "a batch is on the chain twice");
    Ok(by_number)
}

/// From each vault: all of them have it in the end.
fn open(stage: &Stage, info: &BatchInfo, package: &KeyPackage) -> Result<Vec<Reading>> {
    let key = package.epoch_key(info.generation, info.id.category, info.id.epoch);
    let key = key.context("the patient's keys do not open it")?;
    let mut readings = Vec::new();
    for vault in &stage.vaults {
        let sealed = fetched(stage, vault, info)?;
        readings = vitals_reader::open(info, &key, &sealed)?.readings;
    }
    Ok(readings)
}

fn fetched(stage: &Stage, vault: &VaultAt, info: &BatchInfo) -> Result<Vec<u8>> {
    let client = stage.world.client("patient", vault)?;
    let digest: [u8; 32] = info.digest.as_slice().try_into()?;
    let begun = Instant::now();
    loop {
        match client.read_batch(
            &info.id,
            &digest,
            Purpose::Treatment,
            &GroundRef::Patient {},
        ) {
            Ok(sealed) => return Ok(sealed),
            Err(VaultError::Refused { status: 404, .. }) if begun.elapsed() < COPIES => {
                sleep(Duration::from_secs(1))
            }
            Err(why) => bail!(
                "{} does not give batch {} of device {}: {why}",
                vault.name,
                info.id.sequence,
                info.id.device
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use vitals_core::measure::Measure;
    use vitals_core::reading::ReadingFlags;

    use super::*;

    const BATCH: Batch = (7, 1);
    const EPOCH: Epoch = 490_000;

    fn reading(place: u16) -> Reading {
        Reading {
            measure: Measure::HeartRate,
            value: 700 + i64::from(place),
            offset_ms: u32::from(place),
            flags: ReadingFlags::SIMULATED_GOOD,
        }
    }

    /// Three readings, measured, sent, acknowledged and anchored.
    fn sound() -> (Ledger, Anchored) {
        let readings: Vec<_> = (0..3).map(reading).collect();
        let at = |reading: &Reading| epoch_start(EPOCH) + u64::from(reading.offset_ms);
        let ledger = Ledger {
            measured: readings.iter().map(|r| ((7, at(r)), r.value)).collect(),
            sent: [(BATCH, (0..).zip(readings.clone()).collect())].into(),
            stored: [(BATCH, 3)].into(),
            ..Ledger::default()
        };
        (ledger, [(BATCH, (EPOCH, readings))].into())
    }

    fn verdict(change: impl FnOnce(&mut Ledger, &mut Anchored)) -> String {
        let (mut ledger, mut anchored) = sound();
        change(&mut ledger, &mut anchored);
        compare(&ledger, &anchored).map_or_else(|why| why.to_string(), |()| "sound".into())
    }

    #[test]
    fn a_reading_lost_doubled_or_altered_is_told() {
        assert_eq!(verdict(|_, _| ()), "sound");
        let lost = verdict(|_, anchored| anchored.get_mut(&BATCH).unwrap().1.truncate(2));
        assert!(
            lost.contains("3 readings acknowledged, 2 anchored"),
            "{lost}"
        );
        let altered = verdict(|_, anchored| anchored.get_mut(&BATCH).unwrap().1[1].value += 1);
        assert!(
            altered.contains("place 1 is not what was sent"),
            "{altered}"
        );
        let doubled = verdict(|ledger, anchored| {
            ledger.sent.insert((7, 2), ledger.sent[&BATCH].clone());
            anchored.insert((7, 2), anchored[&BATCH].clone());
        });
        assert!(doubled.contains("anchored twice"), "{doubled}");
        let unsent = verdict(|ledger, _| _ = ledger.measured.insert((7, 1), 1));
        assert!(
            unsent.contains("4 readings measured, 3 anchored"),
            "{unsent}"
        );
    }
}
