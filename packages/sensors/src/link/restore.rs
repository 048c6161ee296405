//! A device from what it wrote down.

use std::collections::BTreeMap;

use vitals_core::device::BatchHead;
use vitals_core::key::Ed25519Signer;
use vitals_core::measure::Category;
use vitals_core::salt::Seed;
use vitals_core::time::Millis;

use super::batch::Batch;
use super::device::{DeviceLink, Identity};
use super::framing::{Framing, LinkStateError};
use super::taking::reading;
use crate::Sample;

/// What a device wrote down of its [`super::Change`]s.
#[derive(Default)]
pub struct Restored {
    /// In no batch, with their numbers.
    pub waiting: Vec<(u64, Sample)>,
    pub batches: Vec<RestoredBatch>,
    pub placed: BTreeMap<Category, Millis>,
}

pub struct RestoredBatch {
    pub head: BatchHead,
    pub seed: Seed,
    pub closed: bool,
    /// In order of their places, with their numbers.
    pub samples: Vec<(u64, Sample)>,
}

impl DeviceLink {
    /// The device as it was: the same readings under the same seed are the same batch, and ed25519
    /// signs the same bytes alike. `identity.next_sequence` is the number after the last one spent.
    pub fn restore(
        signer: Ed25519Signer,
        identity: Identity,
        framing: Framing,
        restored: Restored,
    ) -> Result<Self, LinkStateError> {
        let mut device = Self::new(signer, identity, framing);
        device.placed = restored.placed;
        for kept in restored.batches {
            let batch = device.restore_batch(&kept)?;
            device.batches.insert(kept.head.sequence, batch);
        }
        for (id, sample) in restored.waiting {
            device.wait(id, sample);
        }
        Ok(device)
    }

    fn restore_batch(&self, kept: &RestoredBatch) -> Result<Batch, LinkStateError> {
        let mut batch = Batch::open(kept.head, kept.seed)?;
        for (id, sample) in &kept.samples {
            batch.push(*id, reading(sample, kept.head.epoch)?)?;
        }
        if kept.closed {
            batch.close(&self.signer, &self.identity.deployment)?;
        }
        Ok(batch)
    }
}
