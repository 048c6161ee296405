//! Devices and what they measure: keys, seeds and times are the same distances apart in every run.

use vitals_core::device::{BatchHead, OpenBatch};
use vitals_core::key::Signer;
use vitals_core::measure::Measure;
use vitals_core::measured::{Seal, SealedBatch};
use vitals_core::reading::{Reading, ReadingFlags};
use vitals_core::time::{epoch_of, epoch_start, Millis};
use vitals_testing::device::TestBatch;
use vitals_testing::TestDevice;

use anyhow::{Context, Result};

/// Leaves of a tree of depth 12.
pub const LARGE: u32 = 4_096;
/// As many as a batch may have, in a tree of depth 16.
pub const LARGEST: u32 = 65_535;
/// A rate of 130 a minute, a saturation of 130 would be none: the rule of the products asks 120.
const VALUE: i64 = 1_300;
/// Milliseconds from reading to reading: an hour of them fits into the two minutes that a device's
/// clock may run ahead.
const LARGE_EVERY_MS: u32 = 6;
const LARGEST_EVERY_MS: u32 = 1;

/// How long [`large`] lasts.
pub const LARGE_MS: u64 = 25_000;

pub struct Devices {
    pub heart: TestDevice,
    /// Another of the same model.
    pub second_heart: TestDevice,
    pub oximeter: TestDevice,
    pub pedometer: TestDevice,
}

/// What a batch has.
struct Content {
    measure: Measure,
    value: i64,
    count: u32,
    every_ms: u32,
}

/// A batch of 4,096 readings from an instant on.
pub fn large(device: &mut TestDevice, from: Millis) -> Result<TestBatch> {
    let content = Content {
        measure: Measure::HeartRate,
        value: VALUE,
        count: LARGE,
        every_ms: LARGE_EVERY_MS,
    };
    batch(device, from, &content)
}

/// The largest there can be.
pub fn largest(device: &mut TestDevice, from: Millis) -> Result<TestBatch> {
    let content = Content {
        measure: Measure::HeartRate,
        value: VALUE,
        count: LARGEST,
        every_ms: LARGEST_EVERY_MS,
    };
    batch(device, from, &content)
}

/// A batch of one reading.
pub fn single(device: &mut TestDevice, measure: Measure, at: Millis) -> Result<TestBatch> {
    single_of(device, measure, VALUE, at)
}

pub fn single_of(
    device: &mut TestDevice,
    measure: Measure,
    value: i64,
    at: Millis,
) -> Result<TestBatch> {
    let content = Content {
        measure,
        value,
        count: 1,
        every_ms: 0,
    };
    batch(device, at, &content)
}

fn batch(device: &mut TestDevice, from: Millis, content: &Content) -> Result<TestBatch> {
    device.sequence += 1;
    let epoch = epoch_of(from).context("the time is beyond what epochs count")?;
    let start = u32::try_from(from - epoch_start(epoch))?;
    let measure = content.measure;
    let readings: Vec<Reading> = (0..content.count)
        .map(|i| Reading {
            measure,
            value: content.value,
            offset_ms: start + i * content.every_ms,
            flags: ReadingFlags::MEASURED_GOOD,
        })
        .collect();
    let head = BatchHead {
        device: device.device,
        pairing: device.pairing,
        sequence: device.sequence,
        category: measure.category(),
        epoch,
    };
    close(device, head, readings)
}

fn close(device: &TestDevice, head: BatchHead, readings: Vec<Reading>) -> Result<TestBatch> {
    let mut seed = [0; 32];
    seed[..8].copy_from_slice(&head.sequence.to_be_bytes());
    let mut open = OpenBatch::open(head, seed)?;
    for reading in &readings {
        open.push(reading)?;
    }
    let measured = open.close(None, 0)?;
    let signature = device.signer.sign(&measured.digest(&device.deployment));
    let seal = Seal {
        generation: 1,
        digest: [9; 32],
        length: 16_384,
    };
    Ok(TestBatch {
        sealed: SealedBatch {
            measured,
            signature,
            seal,
        },
        readings,
        seed,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_of_readings_is_over_before_the_next_begins_and_none_is_too_far_ahead() {
        assert!(u64::from((LARGE - 1) * LARGE_EVERY_MS) < LARGE_MS);
        let last = u64::from((LARGEST - 1) * LARGEST_EVERY_MS);
        assert!(last.max(LARGE_MS) < vitals_api::anchor::CLOCK_AHEAD_MS);
    }
}
