//! What is kept of a batch, and what it vouches for.

use cosmwasm_std::Binary;
use vitals_core::measure::{Category, Measure};
use vitals_core::reading::Reading;
use vitals_core::rule::Assurance;
use vitals_core::set::Set;
use vitals_core::time::{epoch_start, Millis};

use super::BatchKey;
use crate::anchor::{BatchInfo, ShreddedInfo};
use crate::ApiError;

/// That there was a batch stays for ever; what it points to goes when it is shredded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    pub pairing: u32,
    /// What the device's model measured when the batch was anchored.
    pub measures: Set<Measure>,
    pub count: u16,
    /// Of the first and of the last reading since the epoch began.
    pub first_ms: u32,
    pub last_ms: u32,
    pub generation: u32,
    pub assurance: Assurance,
    /// From the first reading to the last.
    pub calibrated: bool,
    pub simulated: bool,
    pub anchored_at_ms: Millis,
    pub content: Content,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    Kept(Pointer),
    Shredded(Shredding),
}

/// Where the ciphertext is, and what its readings must add up to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pointer {
    pub root: [u8; 32],
    pub private_root: Option<[u8; 32]>,
    /// SHA-256 of the ciphertext: vaults serve by it.
    pub digest: [u8; 32],
    pub length: u32,
}

/// Who had the pointer taken away, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shredding {
    pub by: String,
    pub at_ms: Millis,
}

impl Batch {
    /// What readings are shown against; none once the batch is shredded.
    pub fn pointer(&self) -> Result<&Pointer, ApiError> {
        match &self.content {
            Content::Kept(pointer) => Ok(pointer),
            Content::Shredded(Shredding { by, at_ms }) => Err(ApiError::Shredded {
                by: by.clone(),
                at_ms: *at_ms,
            }),
        }
    }

    /// Consent, pairing, order and freshness were judged by the category and the times the device
    /// signed, and its worth by its model: a reading outside any of them was never judged.
    /// `category` is the one in the batch's key.
    pub fn ensure_covers(&self, category: Category, reading: &Reading) -> Result<(), ApiError> {
        self.ensure_within(reading)?;
        let measure = reading.measure;
        if measure.category() == category && self.measures.contains(measure) {
            return Ok(());
        }
        Err(ApiError::MeasureUnlisted { measure, category })
    }

    fn ensure_within(&self, reading: &Reading) -> Result<(), ApiError> {
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
        let at = |offset: u32| epoch_start(key.epoch).saturating_add(offset.into());
        let (pointer, shredded) = match &self.content {
            Content::Kept(pointer) => (Some(pointer), None),
            Content::Shredded(shredding) => (None, Some(shredding)),
        };
        let bytes = |of: fn(&Pointer) -> &[u8; 32]| {
            Binary::new(pointer.map(|p| of(p).to_vec()).unwrap_or_default())
        };
        BatchInfo {
            id: key.into(),
            pairing: self.pairing,
            root: bytes(|p| &p.root),
            private_root: pointer.and_then(|p| Some(Binary::new(p.private_root?.to_vec()))),
            digest: bytes(|p| &p.digest),
            length: pointer.map_or(0, |p| p.length),
            count: self.count,
            first_at_ms: at(self.first_ms),
            last_at_ms: at(self.last_ms),
            generation: self.generation,
            assurance: self.assurance,
            measures: self.measures.members(),
            calibrated: self.calibrated,
            simulated: self.simulated,
            anchored_at_ms: self.anchored_at_ms,
            shredded: shredded.map(|s| ShreddedInfo {
                by: s.by.clone(),
                at_ms: s.at_ms,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vitals_core::reading::ReadingFlags;

    fn batch(measures: &[Measure]) -> Batch {
        Batch {
            pairing: 1,
            measures: Set::of(measures),
            count: 4,
            first_ms: 5,
            last_ms: 6,
            generation: 7,
            assurance: Assurance::Maker,
            calibrated: true,
            simulated: false,
            anchored_at_ms: 9,
            content: Content::Shredded(Shredding {
                by: "cosmos1patient".into(),
                at_ms: 10,
            }),
        }
    }

    fn reading(measure: Measure, offset_ms: u32) -> Reading {
        Reading {
            measure,
            value: 1,
            offset_ms,
            flags: ReadingFlags::MEASURED_GOOD,
        }
    }

    #[test]
    fn a_batch_vouches_for_its_times_its_category_and_what_its_model_measures() {
        let batch = batch(&[Measure::HeartRate, Measure::Glucose]);
        let check = |measure, offset| {
            let reading = reading(measure, offset);
            batch.ensure_covers(Category::Cardiac, &reading)
        };
        assert_eq!(check(Measure::HeartRate, 5), Ok(()));
        for outside in [4, 7] {
            let answer = check(Measure::HeartRate, outside);
            assert!(matches!(answer, Err(ApiError::OutsideBatch { .. })));
        }
        // of the model but of another category; of the category but not of the model
        for measure in [Measure::Glucose, Measure::SystolicPressure] {
            let category = Category::Cardiac;
            let expected = ApiError::MeasureUnlisted { measure, category };
            assert_eq!(check(measure, 5), Err(expected));
        }
    }

    #[test]
    fn what_is_shredded_has_no_pointer_and_says_who_took_it() {
        let batch = batch(&[Measure::HeartRate]);
        let expected = ApiError::Shredded {
            by: "cosmos1patient".into(),
            at_ms: 10,
        };
        assert_eq!(batch.pointer(), Err(expected));
        let key = BatchKey {
            patient: 1,
            category: Category::Cardiac,
            epoch: 2,
            device: 3,
            sequence: 4,
        };
        let info = batch.info(key);
        assert!(info.root.is_empty() && info.digest.is_empty() && info.length == 0);
        assert_eq!((info.count, info.last_at_ms), (4, 7_200_006));
        assert_eq!(info.shredded.unwrap().at_ms, 10);
    }
}
