//! The device's side of a batch: take readings in order, commit to each, close with what is to be
//! signed. It keeps under a kilobyte however many readings there are.
//!
//! A gateway that was handed the seed runs the same machine over the frames it stored, and so
//! finds out whether the device signed those readings and no others.

use crate::measure::{Category, Measure};
use crate::measured::{Measured, BATCH_SIMULATED};
use crate::reading::Reading;
use crate::salt::{SaltIter, Salts, Seed};
use crate::time::{Epoch, EPOCH_MS};
use crate::tree::{leaf_hash, leaf_input, Frontier, Hash, TreeError};

/// Which batch: of which device, under which pairing, in its order, of what and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct BatchHead {
    pub device: u64,
    pub pairing: u32,
    /// The device's batch number, from 1, without holes.
    pub sequence: u64,
    pub category: Category,
    pub epoch: Epoch,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeviceError {
    #[error("device/sequence: a device's first batch is 1, got 0")]
    Sequence,
    #[error("device/category: the batch is {}, {measure:?} is {}", .batch.name(), .measure.category().name())]
    Category { batch: Category, measure: Measure },
    #[error("device/order: readings are in order of time, {offset_ms} ms follows {last_ms} ms")]
    Order { last_ms: u32, offset_ms: u32 },
    #[error("device/offset: a reading lies within its epoch of 3600000 ms, got {offset_ms} ms")]
    Offset { offset_ms: u32 },
    #[error("device/full: a batch has at most 65535 readings")]
    Full,
    #[error("device/empty: a batch has a reading")]
    Empty,
    #[error("device/flags: batch flags are bit 0 simulated, others zero, got {got}")]
    Flags { got: u8 },
}

impl BatchHead {
    /// A head that came from outside is checked once, at the edge.
    pub fn checked(self) -> Result<Self, DeviceError> {
        match self.sequence {
            0 => Err(DeviceError::Sequence),
            _ => Ok(self),
        }
    }

    /// Whether a reading belongs in this batch after one at `last_ms`. The same time is in order:
    /// blood pressure is two readings with one.
    pub fn check_next(&self, last_ms: u32, reading: &Reading) -> Result<(), DeviceError> {
        let offset_ms = reading.offset_ms;
        if reading.measure.category() != self.category {
            return Err(DeviceError::Category {
                batch: self.category,
                measure: reading.measure,
            });
        }
        if u64::from(offset_ms) >= EPOCH_MS {
            return Err(DeviceError::Offset { offset_ms });
        }
        if offset_ms < last_ms {
            return Err(DeviceError::Order { last_ms, offset_ms });
        }
        Ok(())
    }
}

impl From<TreeError> for DeviceError {
    fn from(error: TreeError) -> Self {
        match error {
            TreeError::Full => Self::Full,
        }
    }
}

/// Offsets of the first and of the last reading.
#[derive(Clone, Copy)]
struct Span {
    first_ms: u32,
    last_ms: u32,
}

/// A batch that still takes readings.
pub struct OpenBatch {
    head: BatchHead,
    salts: SaltIter,
    frontier: Frontier,
    span: Option<Span>,
    simulated: bool,
}

impl OpenBatch {
    /// The seed is drawn for this batch alone: two batches under one seed share their salts.
    pub fn open(head: BatchHead, seed: Seed) -> Result<Self, DeviceError> {
        Ok(Self {
            head: head.checked()?,
            salts: Salts::new(seed).iter(),
            frontier: Frontier::new(),
            span: None,
            simulated: false,
        })
    }

    pub fn head(&self) -> &BatchHead {
        &self.head
    }

    pub fn count(&self) -> u16 {
        self.frontier.count()
    }

    /// Commits to a reading. A refused reading changes nothing.
    pub fn push(&mut self, reading: &Reading) -> Result<(), DeviceError> {
        let last_ms = self.span.map_or(0, |span| span.last_ms);
        self.head.check_next(last_ms, reading)?;
        let salt = self.salts.next().ok_or(DeviceError::Full)?;
        self.frontier.push(leaf_hash(&leaf_input(reading, &salt)))?;
        self.span = Some(Span {
            first_ms: self.span.map_or(reading.offset_ms, |span| span.first_ms),
            last_ms: reading.offset_ms,
        });
        self.simulated |= reading.flags.simulated;
        Ok(())
    }

    /// What the device signs. One simulated reading marks the whole batch, so that none passes as
    /// measured where only the batch's flags are seen.
    pub fn close(self, private_root: Option<Hash>, flags: u8) -> Result<Measured, DeviceError> {
        if flags & !BATCH_SIMULATED != 0 {
            return Err(DeviceError::Flags { got: flags });
        }
        let span = self.span.ok_or(DeviceError::Empty)?;
        let simulated = if self.simulated { BATCH_SIMULATED } else { 0 };
        Ok(Measured {
            device: self.head.device,
            pairing: self.head.pairing,
            sequence: self.head.sequence,
            category: self.head.category,
            epoch: self.head.epoch,
            first_ms: span.first_ms,
            last_ms: span.last_ms,
            count: self.frontier.count(),
            root: self.frontier.root(),
            private_root,
            flags: flags | simulated,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::ReadingFlags;
    use crate::tree::root;
    use alloc::vec::Vec;

    const HEAD: BatchHead = BatchHead {
        device: 7,
        pairing: 2,
        sequence: 42,
        category: Category::Cardiac,
        epoch: 490_000,
    };
    const SEED: Seed = [5; 32];

    fn open() -> OpenBatch {
        OpenBatch::open(HEAD, SEED).unwrap()
    }

    fn reading(measure: Measure, offset_ms: u32) -> Reading {
        Reading {
            measure,
            value: 120,
            offset_ms,
            flags: ReadingFlags::MEASURED_GOOD,
        }
    }

    #[test]
    fn a_closed_batch_says_what_was_measured_and_commits_to_every_reading() {
        let readings = [100, 250, 250, 3_599_999].map(|ms| reading(Measure::HeartRate, ms));
        let mut batch = open();
        readings.iter().for_each(|r| batch.push(r).unwrap());
        let leaves: Vec<Hash> = readings
            .iter()
            .zip(Salts::new(SEED).iter())
            .map(|(reading, salt)| leaf_hash(&leaf_input(reading, &salt)))
            .collect();
        let expected = Measured {
            device: 7,
            pairing: 2,
            sequence: 42,
            category: Category::Cardiac,
            epoch: 490_000,
            first_ms: 100,
            last_ms: 3_599_999,
            count: 4,
            root: root(&leaves),
            private_root: Some([8; 32]),
            flags: 0,
        };
        let measured = batch.close(Some([8; 32]), 0).unwrap();
        assert_eq!(measured, expected);
        assert_eq!(Measured::from_bytes(&measured.to_bytes()), Ok(measured));
    }

    #[test]
    fn blood_pressure_is_two_readings_with_one_time() {
        let mut batch = open();
        batch.push(&reading(Measure::SystolicPressure, 9)).unwrap();
        batch.push(&reading(Measure::DiastolicPressure, 9)).unwrap();
        assert_eq!(batch.count(), 2);
    }

    #[test]
    fn a_refused_reading_changes_nothing() {
        let mut batch = open();
        batch.push(&reading(Measure::HeartRate, 50)).unwrap();
        let (last_ms, offset_ms) = (50, 49);
        assert_eq!(
            batch.push(&reading(Measure::HeartRate, 49)),
            Err(DeviceError::Order { last_ms, offset_ms })
        );
        assert_eq!(
            batch.push(&reading(Measure::Glucose, 60)),
            Err(DeviceError::Category {
                batch: Category::Cardiac,
                measure: Measure::Glucose
            })
        );
        let offset_ms = 3_600_000;
        assert_eq!(
            batch.push(&reading(Measure::HeartRate, offset_ms)),
            Err(DeviceError::Offset { offset_ms })
        );

        let mut untroubled = open();
        untroubled.push(&reading(Measure::HeartRate, 50)).unwrap();
        assert_eq!(batch.close(None, 0), untroubled.close(None, 0));
    }

    #[test]
    fn a_batch_takes_65535_readings_and_no_more() {
        let mut batch = open();
        let same = reading(Measure::HeartRate, 0);
        for _ in 0..u16::MAX {
            batch.push(&same).unwrap();
        }
        assert_eq!(batch.push(&same), Err(DeviceError::Full));
        assert_eq!(batch.close(None, 0).map(|m| m.count), Ok(u16::MAX));
    }

    #[test]
    fn one_simulated_reading_marks_the_batch() {
        let mut batch = open();
        batch.push(&reading(Measure::HeartRate, 0)).unwrap();
        batch
            .push(&Reading {
                flags: ReadingFlags::SIMULATED_GOOD,
                ..reading(Measure::HeartRate, 1)
            })
            .unwrap();
        batch.push(&reading(Measure::HeartRate, 2)).unwrap();
        assert_eq!(batch.close(None, 0).map(|m| m.flags), Ok(BATCH_SIMULATED));
    }

    #[test]
    fn an_empty_batch_a_zeroth_batch_and_unknown_flags_are_refused() {
        assert_eq!(open().close(None, 0), Err(DeviceError::Empty));
        assert_eq!(open().close(None, 2), Err(DeviceError::Flags { got: 2 }));
        let zeroth = BatchHead {
            sequence: 0,
            ..HEAD
        };
        let refused = OpenBatch::open(zeroth, SEED).map(|_| ());
        assert_eq!(refused, Err(DeviceError::Sequence));
    }

    #[test]
    fn a_device_keeps_under_a_kilobyte() {
        let size = core::mem::size_of::<OpenBatch>();
        assert!(size < 1_024, "{size}");
    }
}
