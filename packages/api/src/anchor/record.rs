//! The records of vitals-anchor that others read by raw key.

use cosmwasm_std::{Binary, Uint64};
use vitals_core::bytes::{Reader, Writer};
use vitals_core::measure::Category;
use vitals_core::reading::Reading;
use vitals_core::rule::Assurance;
use vitals_core::time::{epoch_start, Epoch, Millis};
use vitals_core::FormatError;

use super::{BatchId, BatchInfo};
use crate::store::{Key, KeyShape, Record, RecordMap};
use crate::ApiError;

const VERSION: u8 = 1;

/// By patient, category, epoch, device and sequence: one record a batch, no second index.
pub const BATCHES: RecordMap<BatchKey, Batch> = RecordMap::new("b");

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BatchKey {
    pub patient: u64,
    pub category: Category,
    pub epoch: Epoch,
    pub device: u64,
    pub sequence: u64,
}

impl BatchKey {
    /// What all batches of a patient's category begin with.
    pub fn category_prefix(patient: u64, category: Category) -> Vec<u8> {
        [&patient.to_be_bytes()[..], &[category.code()]].concat()
    }

    /// The id of a batch from the end of its key, after [`Self::category_prefix`].
    pub fn from_tail(patient: u64, category: Category, tail: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::new("batch key", tail);
        let key = Self {
            patient,
            category,
            epoch: r.u32()?,
            device: r.u64()?,
            sequence: r.u64()?,
        };
        r.end()?;
        Ok(key)
    }
}

impl From<&BatchId> for BatchKey {
    fn from(id: &BatchId) -> Self {
        Self {
            patient: id.patient.u64(),
            category: id.category,
            epoch: id.epoch,
            device: id.device.u64(),
            sequence: id.sequence.u64(),
        }
    }
}

impl From<BatchKey> for BatchId {
    fn from(key: BatchKey) -> Self {
        Self {
            patient: Uint64::new(key.patient),
            category: key.category,
            epoch: key.epoch,
            device: Uint64::new(key.device),
            sequence: Uint64::new(key.sequence),
        }
    }
}

impl KeyShape for BatchKey {
    type Of<'a> = BatchKey;
}

impl Key for BatchKey {
    fn flat(&self) -> Vec<u8> {
        Writer::new()
            .raw(&Self::category_prefix(self.patient, self.category))
            .u32(self.epoch)
            .u64(self.device)
            .u64(self.sequence)
            .done()
    }

    fn shown(&self) -> String {
        format!(
            "{}/{}/{}/{}/{}",
            self.patient,
            self.category.name(),
            self.epoch,
            self.device,
            self.sequence
        )
    }
}

/// What is kept of a batch. The digest is the pointer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    pub pairing: u32,
    pub root: [u8; 32],
    pub private_root: Option<[u8; 32]>,
    pub digest: [u8; 32],
    pub length: u32,
    pub count: u16,
    pub first_ms: u32,
    pub last_ms: u32,
    pub generation: u32,
    pub assurance: Assurance,
    pub calibrated: bool,
    pub simulated: bool,
    /// When the pairing began, so that a claim need not look it up.
    pub paired_from_ms: Millis,
    pub anchored_at_ms: Millis,
}

impl Batch {
    /// Pairing, order and freshness are judged by the times the device signed, so a reading outside
    /// them was never judged.
    pub fn ensure_within(&self, reading: &Reading) -> Result<(), ApiError> {
        if self.first_ms <= reading.offset_ms && reading.offset_ms <= self.last_ms {
            return Ok(());
        }
        Err(ApiError::OutsideBatch {
            offset_ms: reading.offset_ms,
            first_ms: self.first_ms,
            last_ms: self.last_ms,
        })
    }

    pub fn info(&self, key: BatchKey) -> BatchInfo {
        BatchInfo {
            id: key.into(),
            pairing: self.pairing,
            root: Binary::new(self.root.to_vec()),
            private_root: self.private_root.map(|r| Binary::new(r.to_vec())),
            digest: Binary::new(self.digest.to_vec()),
            length: self.length,
            count: self.count,
            first_at_ms: epoch_start(key.epoch).saturating_add(self.first_ms.into()),
            last_at_ms: epoch_start(key.epoch).saturating_add(self.last_ms.into()),
            generation: self.generation,
            assurance: self.assurance,
            calibrated: self.calibrated,
            simulated: self.simulated,
            anchored_at_ms: self.anchored_at_ms,
        }
    }
}

const CALIBRATED: u8 = 1;
const SIMULATED: u8 = 2;
const PRIVATE_ROOT: u8 = 4;

impl Record for Batch {
    const NAME: &'static str = "batch";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        let flag = |set: bool, bit: u8| if set { bit } else { 0 };
        let flags = flag(self.calibrated, CALIBRATED)
            | flag(self.simulated, SIMULATED)
            | flag(self.private_root.is_some(), PRIVATE_ROOT);
        let record = Writer::versioned(VERSION)
            .u8(flags)
            .u8(self.assurance.code())
            .u32(self.pairing)
            .raw(&self.root)
            .raw(&self.digest)
            .u32(self.length)
            .u16(self.count)
            .u32(self.first_ms)
            .u32(self.last_ms)
            .u32(self.generation)
            .u64(self.paired_from_ms)
            .u64(self.anchored_at_ms);
        Ok(match &self.private_root {
            None => record.done(),
            Some(root) => record.raw(root).done(),
        })
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned(Self::NAME, VERSION, bytes)?;
        let flags = r.u8()?;
        if flags & !(CALIBRATED | SIMULATED | PRIVATE_ROOT) != 0 {
            return Err(FormatError::Value {
                what: "batch record flags",
                got: flags.into(),
                rule: "bits 0 to 2",
            });
        }
        let assurance = Assurance::from_code(r.u8()?)?;
        let mut batch = Self {
            pairing: r.u32()?,
            root: r.array()?,
            digest: r.array()?,
            length: r.u32()?,
            count: r.u16()?,
            first_ms: r.u32()?,
            last_ms: r.u32()?,
            generation: r.u32()?,
            paired_from_ms: r.u64()?,
            anchored_at_ms: r.u64()?,
            private_root: None,
            assurance,
            calibrated: flags & CALIBRATED != 0,
            simulated: flags & SIMULATED != 0,
        };
        if flags & PRIVATE_ROOT != 0 {
            batch.private_root = Some(r.array()?);
        }
        r.end()?;
        Ok(batch)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_comes_back_whole_with_and_without_a_private_root() {
        for private_root in [None, Some([3; 32])] {
            let batch = Batch {
                pairing: 1,
                root: [1; 32],
                private_root,
                digest: [2; 32],
                length: 3,
                count: 4,
                first_ms: 5,
                last_ms: 6,
                generation: 7,
                assurance: Assurance::Maker,
                calibrated: true,
                simulated: false,
                paired_from_ms: 8,
                anchored_at_ms: 9,
            };
            assert_eq!(Batch::from_bytes(&batch.to_bytes().unwrap()), Ok(batch));
        }
    }

    #[test]
    fn keys_sort_by_epoch_then_device_and_are_told_from_their_tails() {
        let key = BatchKey {
            patient: 9,
            category: Category::Cardiac,
            epoch: 256,
            device: 3,
            sequence: 4,
        };
        let flat = key.flat();
        assert_eq!(
            BatchKey::from_tail(9, Category::Cardiac, &flat[9..]),
            Ok(key)
        );
        let earlier = BatchKey { epoch: 255, ..key };
        assert!(earlier.flat() < flat);
    }
}
