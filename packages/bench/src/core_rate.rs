//! What committing to readings, signing and sealing them costs, beside merely hashing and
//! encrypting the same bytes.

use std::hint::black_box;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use sha2::{Digest, Sha256};
use vitals_core::device::{BatchHead, OpenBatch};
use vitals_core::key::{Ed25519Signer, Signer};
use vitals_core::keytree::{EpochKey, GenerationSecret};
use vitals_core::measure::Category;
use vitals_core::measured::Measured;
use vitals_core::payload::{self, Context};
use vitals_core::reading::Reading;

use crate::performance::{Core, Machine, Performance};
use crate::recording::at_their_times;

/// Readings in a batch: what a gateway closes after by default.
pub const BATCH: usize = 4_096;

/// The best of so many rounds: what another process took is not what the work takes.
const ROUNDS: usize = 400;

const SEED: [u8; 32] = [1; 32];
const NONCE: [u8; 24] = [2; 24];
const DEPLOYMENT: [u8; 32] = [4; 32];

const HEAD: BatchHead = BatchHead {
    device: 1,
    pairing: 1,
    sequence: 1,
    category: Category::Cardiac,
    epoch: 495_000,
};

#[derive(clap::Args)]
pub struct Asked {
    /// The repository's root.
    #[arg(long, value_name = "DIR")]
    root: PathBuf,
}

pub fn run(asked: &Asked) -> Result<()> {
    let readings = at_their_times(BATCH);
    let signer = Ed25519Signer::from_seed(&[3; 32]);
    let secret = GenerationSecret::from_bytes([5; 32]);
    let key = secret.root(1, 1, HEAD.category).epoch_key(HEAD.epoch);
    let (committed, measured) = best(|| commit(&readings, &signer))?;
    let (sealed, bytes) = best(|| seal(&readings, &measured, &key))?;
    let (floor, _) = best(|| floor(&readings))?;
    let core = Core {
        batch_readings: BATCH,
        commit_and_sign_readings_per_s: rate(committed),
        seal_readings_per_s: rate(sealed),
        floor_readings_per_s: rate(floor),
    };
    let whole = committed + sealed;
    Performance::change(&asked.root, |performance| {
        performance.core_readings_per_s = rate(whole);
        performance.core_times_floor = hundredths(whole.as_secs_f64() / floor.as_secs_f64());
        performance.ciphertext_bytes_per_reading = hundredths(bytes.len() as f64 / BATCH as f64);
        performance.core = Some((core, Machine::this()));
    })
}

/// As a device does: a salted leaf for each reading, the root, a signature over what was measured.
fn commit(readings: &[Reading], signer: &Ed25519Signer) -> Result<Measured> {
    let mut batch = OpenBatch::open(HEAD, SEED)?;
    for reading in black_box(readings) {
        batch.push(reading)?;
    }
    let measured = batch.close(None, 0)?;
    black_box(signer.sign(&measured.digest(&DEPLOYMENT)));
    Ok(measured)
}

/// As a gateway does: compressed, padded, encrypted under a key of the batch.
fn seal(readings: &[Reading], measured: &Measured, key: &EpochKey) -> Result<Vec<u8>> {
    let context = Context {
        device: HEAD.device,
        sequence: HEAD.sequence,
        root: &measured.root,
        generation: 1,
        measured: &measured.to_bytes(),
    };
    Ok(payload::seal(
        key,
        &context,
        &SEED,
        black_box(readings),
        &NONCE,
    )?)
}

/// The readings' canonical bytes under one hash and one encryption, without a tree, a salt, a
/// signature or compression.
fn floor(readings: &[Reading]) -> Result<Vec<u8>> {
    let bytes: Vec<u8> = black_box(readings)
        .iter()
        .flat_map(Reading::to_bytes)
        .collect();
    black_box(Sha256::digest(&bytes));
    let cipher = XChaCha20Poly1305::new(&SEED.into());
    let sealed = cipher.encrypt(&XNonce::from(NONCE), bytes.as_slice());
    sealed
        .ok()
        .context("the readings are not too long to encrypt")
}

fn best<T>(mut work: impl FnMut() -> Result<T>) -> Result<(Duration, T)> {
    let mut fastest = timed(&mut work)?;
    for _ in 1..ROUNDS {
        let round = timed(&mut work)?;
        if round.0 < fastest.0 {
            fastest = round;
        }
    }
    Ok(fastest)
}

fn timed<T>(work: &mut impl FnMut() -> Result<T>) -> Result<(Duration, T)> {
    let began = Instant::now();
    let made = work()?;
    Ok((began.elapsed(), made))
}

fn rate(took: Duration) -> u64 {
    (BATCH as f64 / took.as_secs_f64()) as u64
}

fn hundredths(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}
