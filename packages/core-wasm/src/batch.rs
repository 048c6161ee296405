//! A batch that was decrypted and checked against the chain, as columns.

use vitals_api::anchor::BatchInfo;
use vitals_core::keytree::EpochKey;
use vitals_core::reading::Reading;
use vitals_core::time::Millis;
use vitals_reader::VerifiedBatch;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::number::{in_unit, number};
use crate::Refusal;

/// Readings that are what the device signed. Each column is a copy of its own; `free` when done.
#[wasm_bindgen]
pub struct OpenedBatch {
    pub(crate) info: BatchInfo,
    pub(crate) opened: VerifiedBatch,
}

/// Decrypts `sealed` and checks it against what the chain says of the batch.
pub(crate) fn open(info: BatchInfo, key: &EpochKey, sealed: &[u8]) -> Result<OpenedBatch, Refusal> {
    let opened = vitals_reader::open(&info, key, sealed)?;
    Ok(OpenedBatch { info, opened })
}

/// Before a key is looked for: that there is something to open, and that the vault gave it.
pub(crate) fn check_pointer(info: &BatchInfo, sealed: &[u8]) -> Result<(), Refusal> {
    if info.shredded.is_some() {
        let reason = "the patient shredded this batch: its pointer is gone for ever";
        return Err(Refusal::new("reader/shredded", reason));
    }
    if vitals_vault_client::digest(sealed) != info.digest.as_slice() {
        let reason = "these are not the bytes that the chain points to: try another vault";
        return Err(Refusal::new("reader/digest", reason));
    }
    Ok(())
}

impl OpenedBatch {
    pub(crate) fn readings(&self) -> impl Iterator<Item = (&Reading, Millis)> {
        let epoch = self.info.id.epoch;
        self.opened
            .readings
            .iter()
            .map(move |reading| (reading, reading.at_ms(epoch)))
    }

    fn column<T>(&self, of: impl Fn(&Reading, Millis) -> T) -> Vec<T> {
        self.readings()
            .map(|(reading, at)| of(reading, at))
            .collect()
    }
}

#[wasm_bindgen]
impl OpenedBatch {
    #[wasm_bindgen(getter)]
    pub fn count(&self) -> usize {
        self.opened.readings.len()
    }

    /// Codes of the table of measures.
    #[wasm_bindgen(getter)]
    pub fn measures(&self) -> Vec<u16> {
        self.column(|reading, _| reading.measure.code())
    }

    /// Each in its measure's unit.
    #[wasm_bindgen(getter)]
    pub fn values(&self) -> Vec<f64> {
        self.column(|reading, _| in_unit(reading.measure, reading.value))
    }

    /// Milliseconds since 1970.
    #[wasm_bindgen(getter)]
    pub fn times(&self) -> Vec<f64> {
        self.column(|_, at_ms| number(at_ms))
    }

    /// Bit 0: simulated; bits 1 and 2: quality, 0 good, 1 questionable, 2 poor.
    #[wasm_bindgen(getter)]
    pub fn flags(&self) -> Vec<u8> {
        self.column(|reading, _| reading.flags.to_byte())
    }

    /// Made by a program: some or all of it was not measured on a person.
    #[wasm_bindgen(getter)]
    pub fn simulated(&self) -> bool {
        self.info.simulated || self.readings().any(|(r, _)| r.flags.simulated)
    }

    /// The multiproof that publishes the readings at these places and opens no other.
    pub fn prove(&self, indices: &[u16]) -> Result<Vec<u8>, Refusal> {
        Ok(self.opened.prove(indices)?)
    }
}
