//! Batches as a vault and the chain give them, for the tests in `js-tests/`. All readings are made
//! up here, and say so.
//!
//! ```text
//! cargo run -p vitals-core-wasm --example fixture -- vectors ../../testdata/vectors
//! cargo run -p vitals-core-wasm --example fixture -- day FILE
//! ```
//!
//! `vectors` writes `batch.json` and `key_file.json`; `day` writes three devices' readings of a day,
//! one a second: 72 batches of 3,600.

use std::error::Error;
use std::path::Path;
use std::str::FromStr;

use cosmwasm_std::{Binary, Uint64};
use serde_json::{json, Value};
use vitals_api::anchor::{BatchId, BatchInfo};
use vitals_core::keytree::GenerationSecret;
use vitals_core::measure::{Category, Measure};
use vitals_core::measured::{Measured, BATCH_SIMULATED};
use vitals_core::package::{KeyPackage, PackageEntry};
use vitals_core::payload::{self, Context};
use vitals_core::reading::{Reading, ReadingFlags};
use vitals_core::rule::Assurance;
use vitals_core::salt::Salts;
use vitals_core::time::{epoch_start, Epoch, Window};
use vitals_core::tree::{leaf_hash, leaf_input, root};

/// That of `testdata/vectors/keytree.json`, as the secret is.
const PATIENT: u64 = 81_985_529_216_486_895;
const GENERATION: u32 = 3;
const FIRST_EPOCH: Epoch = 495_000;

type Done<T> = Result<T, Box<dyn Error>>;

fn secret() -> GenerationSecret {
    GenerationSecret::from_bytes(std::array::from_fn(|i| i as u8))
}

/// A walk that a heart, a finger and a chest could have taken: deterministic, so that vectors stay.
struct Walk(u64);

impl Walk {
    fn step(&mut self, below: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }
}

fn readings(measure: Measure, count: u32, walk: &mut Walk) -> Vec<Reading> {
    let (low, high) = match measure {
        Measure::HeartRate => (600, 900),
        Measure::OxygenSaturation => (940, 990),
        _ => (120, 180),
    };
    let mut value = (low + high) / 2;
    (0..count)
        .map(|second| {
            value = (value + walk.step(7) as i64 - 3).clamp(low, high);
            Reading {
                measure,
                value,
                offset_ms: second * 1_000 + walk.step(20) as u32,
                flags: ReadingFlags::SIMULATED_GOOD,
            }
        })
        .collect()
}

/// What a device closed, a sealer sealed and the chain anchored; `lie` changes what is anchored of it.
fn batch(
    (device, sequence, epoch): (u64, u64, Epoch),
    readings: &[Reading],
    walk: &mut Walk,
    lie: impl Fn(&mut Measured),
) -> Done<(BatchInfo, Vec<u8>)> {
    let seed: [u8; 32] = std::array::from_fn(|_| walk.step(256) as u8);
    let nonce: [u8; 24] = std::array::from_fn(|_| walk.step(256) as u8);
    let leaves: Vec<_> = readings
        .iter()
        .zip(Salts::new(seed).iter())
        .map(|(reading, salt)| leaf_hash(&leaf_input(reading, &salt)))
        .collect();
    let (first, last) = readings.first().zip(readings.last()).ok_or("no readings")?;
    let mut measured = Measured {
        device,
        pairing: 1,
        sequence,
        category: first.measure.category(),
        epoch,
        first_ms: first.offset_ms,
        last_ms: last.offset_ms,
        count: u16::try_from(readings.len())?,
        root: root(&leaves),
        private_root: None,
        flags: BATCH_SIMULATED,
    };
    lie(&mut measured);
    let key = secret()
        .root(PATIENT, GENERATION, measured.category)
        .epoch_key(epoch);
    let context = Context {
        device,
        sequence,
        root: &measured.root,
        generation: GENERATION,
        measured: &measured.to_bytes(),
    };
    let sealed = payload::seal(&key, &context, &seed, readings, &nonce)?;
    Ok((info(&measured, first.measure, &sealed), sealed))
}

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
        root: measured.root.to_vec().into(),
        private_root: None,
        digest: vitals_vault_client::digest(sealed).to_vec().into(),
        length: sealed.len() as u32,
        count: measured.count,
        first_at_ms: measured.first_at(),
        last_at_ms: measured.last_at(),
        generation: GENERATION,
        assurance: Assurance::Maker,
        measures: vec![measure],
        calibrated: true,
        simulated: true,
        anchored_at_ms: epoch_start(measured.epoch + 1),
        shredded: None,
    }
}

fn package(hours: u32, categories: &[Category], recipient: &str) -> Done<Vec<u8>> {
    let window = Window::new(FIRST_EPOCH, FIRST_EPOCH + hours)?;
    let entry = |category: &Category| PackageEntry {
        generation: GENERATION,
        category: *category,
        cover: secret().cover(PATIENT, GENERATION, *category, window),
    };
    let package = KeyPackage::new(PATIENT, categories.iter().map(entry).collect())?;
    Ok(package.seal(recipient)?)
}

fn base64(bytes: &[u8]) -> Binary {
    Binary::new(bytes.to_vec())
}

fn day() -> Done<Value> {
    let identity = vitals_keyring::draw_identity()?;
    let mut walk = Walk(7);
    let mut batches = Vec::new();
    for hour in 0..24 {
        for (device, measure) in [
            (1, Measure::HeartRate),
            (2, Measure::OxygenSaturation),
            (3, Measure::RespiratoryRate),
        ] {
            let readings = readings(measure, 3_600, &mut walk);
            let id = (device, u64::from(hour) + 1, FIRST_EPOCH + hour);
            let (info, sealed) = batch(id, &readings, &mut walk, |_| {})?;
            batches.push(json!({ "info": info, "sealed": base64(&sealed) }));
        }
    }
    let categories = [Category::Cardiac, Category::Respiratory];
    Ok(json!({
        "identity": *identity.identity()?,
        "package": base64(&package(24, &categories, &identity.recipient()?)?),
        "batches": batches,
    }))
}

fn batch_vector(identity: &str) -> Done<Value> {
    let recipient = vitals_core::agefile::recipient_of(identity)?;
    let mut walk = Walk(1);
    let readings = readings(Measure::HeartRate, 8, &mut walk);
    let id = (42, 7, FIRST_EPOCH);
    let (info, sealed) = batch(id, &readings, &mut walk, |_| {})?;
    let (of_root, sealed_root) = batch(id, &readings, &mut walk, |m| m.root[0] ^= 1)?;
    let (of_count, sealed_count) = batch(id, &readings, &mut walk, |m| m.count += 1)?;
    let plain: Vec<Value> = readings
        .iter()
        .map(|r| {
            json!([
                r.measure.code(),
                r.value as f64 / 10.0,
                r.at_ms(FIRST_EPOCH),
                r.flags.to_byte()
            ])
        })
        .collect();
    Ok(json!({
        "about": "Written by packages/core-wasm/examples/fixture.rs. A batch as chain and vault give it, with the key package that opens it; the secret is that of keytree.json, the identity that of package.json. A reading is [measure, value in its unit, ms since 1970, flags]. Bytes are base64, as in messages. Simulated.",
        "identity": identity,
        "package": base64(&package(24, &[Category::Cardiac], &recipient)?),
        "info": info,
        "sealed": base64(&sealed),
        "readings": plain,
        "refused": [
            { "why": "sealed readings that are not those of the root", "code": "reader/root",
              "info": of_root, "sealed": base64(&sealed_root) },
            { "why": "fewer readings than are anchored", "code": "reader/count",
              "info": of_count, "sealed": base64(&sealed_count) },
        ],
    }))
}

/// Wrapped as `vitals keys` wraps it, with little work.
fn key_file_vector(identity: &str) -> Done<Value> {
    let passphrase = "correct horse";
    let hex: String = (0..32).map(|i| format!("{i:02x}")).collect();
    let generation = format!(r#"{{"number":{GENERATION},"secret":"{hex}","until":null}}"#);
    let start =
        format!(r#""patient":{PATIENT},"identity":"{identity}","generations":[{generation}]"#);
    let first = format!(r#"{{"version":1,{start}}}"#);
    let second = format!(r#"{{"version":2,{start},"erasures":0,"revision":4,"recovery":null}}"#);
    let lock = vitals_keyring::Lock::passphrase(passphrase).with_work_factor(4)?;
    let wrap =
        |plain: &str| -> Done<Binary> { Ok(lock.wrap("the vector", plain.as_bytes())?.into()) };
    Ok(json!({
        "about": "Written by packages/core-wasm/examples/fixture.rs. Key files of both versions: age files under the passphrase; base64. The secret of the generation is that of keytree.json, the identity that of package.json.",
        "passphrase": passphrase,
        "patient": PATIENT.to_string(),
        "generation": GENERATION,
        "recipient": vitals_core::agefile::recipient_of(identity)?,
        "files": { "1": wrap(&first)?, "2": wrap(&second)? },
    }))
}

fn main() -> Done<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["day", file] => std::fs::write(file, day()?.to_string())?,
        ["vectors", directory] => {
            let at = Path::new(directory);
            let text = std::fs::read_to_string(at.join("package.json"))?;
            let vectors = Value::from_str(&text)?;
            let identity = vectors["identity"].as_str().ok_or("no identity")?;
            let write = |name: &str, value: Value| -> Done<()> {
                let text = serde_json::to_string_pretty(&value)?;
                Ok(std::fs::write(at.join(name), text + "\n")?)
            };
            write("batch.json", batch_vector(identity)?)?;
            write("key_file.json", key_file_vector(identity)?)?;
        }
        _ => return Err("usage: fixture vectors DIRECTORY | day FILE".into()),
    }
    Ok(())
}
