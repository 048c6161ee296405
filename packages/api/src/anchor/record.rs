//! The records of vitals-anchor that others read by raw key.

mod batch;
mod layout;

pub use batch::{Batch, Content, Pointer, Shredding};

use cosmwasm_std::Uint64;
use vitals_core::bytes::{Reader, Writer};
use vitals_core::measure::Category;
use vitals_core::time::Epoch;
use vitals_core::FormatError;

use super::BatchId;
use crate::store::{Key, KeyShape, RecordMap};

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

#[cfg(test)]
mod tests {
    use super::*;

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
