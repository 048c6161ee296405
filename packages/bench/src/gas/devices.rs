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
/// A rate of 130 a minute, a saturation of 130 would be none: the rule of the products asks 120.
const VALUE: i64 = 1_300;
/// The first readings lie a second apart, as a rule may ask; the others close together, so that
/// an hour of them fits into the two minutes that a device's clock may run ahead.
const SPACED: u32 = 10;
const SPACED_MS: u32 = 1_000;
const DENSE_MS: u32 = 6;

/// How long [`large`] lasts.
pub const LARGE_MS: u64 = 34_000;

pub struct Devices {
    pub heart: TestDevice,
    pub oximeter: TestDevice,
}

/// A batch of 4,096 readings from an instant on.
pub fn large(device: &mut TestDevice, from: Millis) -> Result<TestBatch> {
    batch(device, Measure::HeartRate, from, LARGE)
}

/// A batch of one reading.
pub fn single(device: &mut TestDevice, measure: Measure, at: Millis) -> Result<TestBatch> {
    batch(device, measure, at, 1)
}

fn batch(device: &mut TestDevice, measure: Measure, from: Millis, count: u32) -> Result<TestBatch> {
    device.sequence += 1;
    let epoch = epoch_of(from).context("the time is beyond what epochs count")?;
    let start = u32::try_from(from - epoch_start(epoch))?;
    let readings: Vec<Reading> = (0..count)
        .map(|i| Reading {
            measure,
            value: VALUE,
            offset_ms: start + offset(i),
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

fn offset(reading: u32) -> u32 {
    let spaced = reading.min(SPACED - 1);
    spaced * SPACED_MS + (reading - spaced) * DENSE_MS
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
    fn ten_readings_lie_a_second_apart_and_all_end_in_time() {
        assert_eq!(offset(0), 0);
        assert_eq!(offset(9), 9_000);
        assert_eq!(offset(10), 9_006);
        assert!(u64::from(offset(LARGE - 1)) < LARGE_MS);
    }
}
