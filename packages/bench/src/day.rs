//! A day of readings by the second, sealed by the hour as a gateway seals them, for what is measured
//! in a browser.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use cosmwasm_std::{Binary, Uint64};
use serde::{Deserialize, Serialize};
use vitals_api::anchor::{BatchId, BatchInfo};
use vitals_core::device::{BatchHead, OpenBatch};
use vitals_core::keytree::GenerationSecret;
use vitals_core::measure::{Category, Measure};
use vitals_core::measured::Measured;
use vitals_core::package::{KeyPackage, PackageEntry};
use vitals_core::payload::{self, Context};
use vitals_core::reading::Reading;
use vitals_core::rule::Assurance;
use vitals_core::time::Window;

use crate::recording::every_second;

/// A test vector's, which guards nothing.
const IDENTITY: &str = "testdata/vectors/package.json";
const PATIENT: u64 = 1;
const GRANT: u64 = 1;
const PAIRING: u32 = 1;
const GENERATION: u32 = 1;
const SECRET: [u8; 32] = [5; 32];
/// 1 October 2026, 00:00 UTC.
const FIRST_EPOCH: u32 = 497_448;
const HOURS: u32 = 24;
/// One device each.
const MEASURES: [Measure; 3] = [
    Measure::HeartRate,
    Measure::OxygenSaturation,
    Measure::RespiratoryRate,
];

#[derive(clap::Args)]
pub struct Asked {
    /// The repository's root.
    #[arg(long, value_name = "DIR")]
    root: PathBuf,
    /// Where `day.json` and `day.bin` go.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

#[derive(Deserialize)]
struct Holder {
    identity: String,
    recipient: String,
}

/// What the chain and a vault would tell, but for the ciphertexts, which follow each other in `day.bin`.
#[derive(Serialize)]
struct Day {
    patient: Uint64,
    grant: Uint64,
    window: Window,
    measures: [Measure; 3],
    readings: usize,
    /// Opens the package.
    identity: String,
    package: Binary,
    package_digest: Binary,
    batches: Vec<BatchInfo>,
}

pub fn run(asked: &Asked) -> Result<()> {
    let holder = holder(&asked.root)?;
    let window = Window::new(FIRST_EPOCH, FIRST_EPOCH + HOURS)?;
    let package = package(window)?.seal(&holder.recipient)?;
    let sealed = batches(window)?;
    let day = Day {
        patient: Uint64::new(PATIENT),
        grant: Uint64::new(GRANT),
        window,
        measures: MEASURES,
        readings: sealed.iter().map(|(info, _)| usize::from(info.count)).sum(),
        identity: holder.identity,
        package_digest: Binary::from(vitals_core::package::digest(&package)),
        package: Binary::from(package),
        batches: sealed.iter().map(|(info, _)| info.clone()).collect(),
    };
    let blobs: Vec<u8> = sealed.into_iter().flat_map(|(_, blob)| blob).collect();
    fs::create_dir_all(&asked.out)?;
    fs::write(asked.out.join("day.json"), serde_json::to_vec(&day)?)?;
    fs::write(asked.out.join("day.bin"), blobs)?;
    Ok(())
}

fn holder(root: &Path) -> Result<Holder> {
    let vector = fs::read(root.join(IDENTITY)).context(IDENTITY)?;
    serde_json::from_slice(&vector).context(IDENTITY)
}

/// The keys of the window, as a grant's package has them.
fn package(window: Window) -> Result<KeyPackage> {
    let secret = GenerationSecret::from_bytes(SECRET);
    let entry = |category| PackageEntry {
        generation: GENERATION,
        category,
        cover: secret.cover(PATIENT, GENERATION, category, window),
    };
    let entries = [Category::Cardiac, Category::Respiratory].map(entry);
    Ok(KeyPackage::new(PATIENT, entries.into())?)
}

/// By measure and by hour.
fn batches(window: Window) -> Result<Vec<(BatchInfo, Vec<u8>)>> {
    let mut all = Vec::new();
    for (measure, device) in MEASURES.into_iter().zip(1..) {
        for (hour, epoch) in (window.from..window.to).enumerate() {
            let head = BatchHead {
                device,
                pairing: PAIRING,
                sequence: hour as u64 + 1,
                category: measure.category(),
                epoch,
            };
            all.push(batch(head, measure, hour as u8)?);
        }
    }
    Ok(all)
}

fn batch(head: BatchHead, measure: Measure, hour: u8) -> Result<(BatchInfo, Vec<u8>)> {
    let readings = every_second(measure, hour);
    let mut seed = [hour; 32];
    seed[0] = head.device as u8;
    let mut open = OpenBatch::open(head, seed)?;
    for reading in &readings {
        open.push(reading)?;
    }
    let measured = open.close(None, 0)?;
    let sealed = seal(&measured, &readings, &seed)?;
    Ok((info(&measured, measure, &sealed), sealed))
}

fn seal(measured: &Measured, readings: &[Reading], seed: &[u8; 32]) -> Result<Vec<u8>> {
    let root = GenerationSecret::from_bytes(SECRET).root(PATIENT, GENERATION, measured.category);
    let context = Context {
        device: measured.device,
        sequence: measured.sequence,
        root: &measured.root,
        generation: GENERATION,
        measured: &measured.to_bytes(),
    };
    let mut nonce = [0; 24];
    nonce.copy_from_slice(&measured.root[..24]);
    Ok(payload::seal(
        &root.epoch_key(measured.epoch),
        &context,
        seed,
        readings,
        &nonce,
    )?)
}

/// As the anchor answers once the batch is on the chain.
fn info(measured: &Measured, measure: Measure, sealed: &[u8]) -> BatchInfo {
    BatchInfo {
        id: BatchId {
            patient: Uint64::new(PATIENT),
            category: measured.category,
            epoch: measured.epoch,
            device: Uint64::new(measured.device),
            sequence: Uint64::new(measured.sequence),
        },
        pairing: measured.pairing,
        root: Binary::from(measured.root),
        private_root: None,
        digest: Binary::from(payload::digest(sealed)),
        length: sealed.len() as u32,
        count: measured.count,
        first_at_ms: measured.first_at(),
        last_at_ms: measured.last_at(),
        generation: GENERATION,
        assurance: Assurance::Maker,
        measures: vec![measure],
        calibrated: true,
        simulated: measured.flags != 0,
        anchored_at_ms: measured.last_at(),
        shredded: None,
    }
}
