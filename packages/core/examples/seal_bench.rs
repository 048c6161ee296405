//! How large and how fast sealed payloads are, on the heartbeat recording in `testdata/`.
//!
//! `cargo run --release -p vitals-core --features seal --example seal_bench`
//!
//! One thread; the best of several rounds each, so that another process on the machine counts
//! for less. Deflate is measured beside on the same residuals as byte columns, the format that
//! was not chosen.

use std::time::{Duration, Instant};

use vitals_core::keytree::{EpochKey, GenerationSecret};
use vitals_core::measure::{Category, Measure};
use vitals_core::payload::{open, seal, Context};
use vitals_core::reading::{Reading, ReadingFlags};

const BATCH: usize = 4_000;
const ROUNDS: usize = 300;
const SEED: [u8; 32] = [1; 32];
const NONCE: [u8; 24] = [2; 24];

fn main() {
    for speed in [1, 60] {
        let readings = recording(speed);
        println!("{BATCH} heartbeats at {speed} times the speed");
        payload(&readings);
        for level in [1, 6, 9] {
            deflate(&readings, level);
        }
    }
    println!("key tree");
    keys();
}

fn recording(speed: u32) -> Vec<Reading> {
    let csv = include_str!("../../../testdata/recording/rr-intervals.csv");
    let mut at = 0;
    let beats = csv
        .lines()
        .skip(1)
        .filter_map(|line| line.parse::<u32>().ok());
    let readings = beats.map(|rr| {
        at += rr;
        Reading {
            measure: Measure::HeartRate,
            value: i64::from((600_000 + rr / 2) / rr),
            offset_ms: at / speed,
            flags: ReadingFlags::MEASURED_GOOD,
        }
    });
    readings.take(BATCH).collect()
}

fn secret() -> GenerationSecret {
    GenerationSecret::from_bytes([3; 32])
}

fn epoch_key() -> EpochKey {
    secret().root(1, 1, Category::Cardiac).epoch_key(495_000)
}

fn best<T>(mut work: impl FnMut() -> T) -> (Duration, T) {
    let timed = |work: &mut dyn FnMut() -> T| {
        let start = Instant::now();
        let made = work();
        (start.elapsed(), made)
    };
    let mut fastest = timed(&mut work);
    for _ in 1..ROUNDS {
        let round = timed(&mut work);
        if round.0 < fastest.0 {
            fastest = round;
        }
    }
    fastest
}

fn show(what: &str, bytes: usize, took: Duration) {
    let each = bytes as f64 / BATCH as f64;
    let million_a_second = BATCH as f64 / took.as_secs_f64() / 1e6;
    println!("  {what:<18} {each:.3} bytes a reading, {million_a_second:.1} M readings/s");
}

fn payload(readings: &[Reading]) {
    let key = epoch_key();
    let context = Context {
        device: 1,
        sequence: 1,
        root: &[4; 32],
        generation: 1,
        measured: &[5; 160],
    };
    let (took, sealed) = best(|| seal(&key, &context, &SEED, readings, &NONCE));
    let Ok(sealed) = sealed else { return };
    show("seal", sealed.len(), took);
    let (took, opened) = best(|| open(&key, &context, &sealed));
    assert!(opened.is_ok_and(|(_, back)| back == readings));
    show("open", sealed.len(), took);
}

/// Value differences and second time differences, the low and high byte of each in a column.
fn byte_columns(readings: &[Reading]) -> Vec<u8> {
    let mut columns = [const { Vec::new() }; 4];
    let (mut value, mut at, mut step) = (0, 0, 0);
    for reading in readings {
        let next_step = i64::from(reading.offset_ms) - at;
        let numbers = [reading.value - value, next_step - step];
        for (i, number) in numbers.into_iter().enumerate() {
            let [high, low] = ((number << 1 ^ number >> 63) as u16).to_be_bytes();
            columns[2 * i].push(low);
            columns[2 * i + 1].push(high);
        }
        (value, at, step) = (reading.value, reading.offset_ms.into(), next_step);
    }
    columns.concat()
}

fn deflate(readings: &[Reading], level: u8) {
    let work = || miniz_oxide::deflate::compress_to_vec(&byte_columns(readings), level);
    let (took, packed) = best(work);
    show(&format!("deflate {level}, bare"), packed.len(), took);
}

fn keys() {
    let (took, _) = best(epoch_key);
    println!("  an epoch key from the generation secret: {took:?}");
    let decade = vitals_core::time::Window {
        from: 495_000,
        to: 495_000 + 87_660,
    };
    let (took, cover) = best(|| secret().cover(1, 1, Category::Cardiac, decade));
    let nodes = cover.node_ids().count();
    println!("  the cover of a decade, {nodes} nodes: {took:?}");
}
