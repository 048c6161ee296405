//! From an anchored pointer and a ciphertext to verified readings, and from those to a claim's
//! proof. A vault is trusted with nothing: what it gives is checked against the chain.

use vitals_api::anchor::BatchInfo;
use vitals_core::bytes::FormatError;
use vitals_core::keytree::EpochKey;
use vitals_core::measured::{Measured, BATCH_SIMULATED};
use vitals_core::payload::{self, Context, PayloadError};
use vitals_core::proof::{Multiproof, ProofError};
use vitals_core::reading::Reading;
use vitals_core::salt::{Salts, Seed};
use vitals_core::time::epoch_start;
use vitals_core::tree::{self, leaf_hash, leaf_input, Leaf};

/// Why a ciphertext is not the batch the chain points to.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    #[error(transparent)]
    Format(#[from] FormatError),
    #[error(transparent)]
    Payload(#[from] PayloadError),
    #[error("reader/root: the readings do not add up to the anchored root: they are not what the device signed")]
    Root,
    #[error("reader/count: {got} readings where {anchored} are anchored")]
    Count { got: usize, anchored: u16 },
}

/// A batch whose readings are what the device measured.
#[derive(Debug, Clone)]
pub struct VerifiedBatch {
    pub readings: Vec<Reading>,
    seed: Seed,
}

/// Decrypts a batch and checks it against what is anchored: the root binds every reading, its
/// place and its salt.
pub fn open(info: &BatchInfo, key: &EpochKey, sealed: &[u8]) -> Result<VerifiedBatch, ReadError> {
    let measured = measured(info)?;
    let context = Context {
        device: measured.device,
        sequence: measured.sequence,
        root: &measured.root,
        generation: info.generation,
        measured: &measured.to_bytes(),
    };
    let (seed, readings) = payload::open(key, &context, sealed)?;
    let batch = VerifiedBatch { readings, seed };
    batch.check(&measured)?;
    Ok(batch)
}

impl VerifiedBatch {
    fn check(&self, measured: &Measured) -> Result<(), ReadError> {
        if self.readings.len() != usize::from(measured.count) {
            return Err(ReadError::Count {
                got: self.readings.len(),
                anchored: measured.count,
            });
        }
        let hashes: Vec<_> = self.leaves().iter().map(|leaf| leaf_hash(leaf)).collect();
        if tree::root(&hashes) != measured.root {
            return Err(ReadError::Root);
        }
        Ok(())
    }

    /// What the salts of its leaves are drawn from. Whoever has it and a leaf's hash can try
    /// readings against it: it goes where the readings go.
    pub fn seed(&self) -> &Seed {
        &self.seed
    }

    fn leaves(&self) -> Vec<Leaf> {
        self.readings
            .iter()
            .zip(Salts::new(self.seed).iter())
            .map(|(reading, salt)| leaf_input(reading, &salt))
            .collect()
    }

    /// The multiproof that publishes these readings and opens no other.
    pub fn prove(&self, indices: &[u16]) -> Result<Vec<u8>, ProofError> {
        Ok(Multiproof::build(&self.leaves(), indices)?.to_bytes())
    }
}

/// What the device signed, from what is anchored of it.
pub fn measured(info: &BatchInfo) -> Result<Measured, FormatError> {
    let start = epoch_start(info.id.epoch);
    Ok(Measured {
        device: info.id.device.u64(),
        pairing: info.pairing,
        sequence: info.id.sequence.u64(),
        category: info.id.category,
        epoch: info.id.epoch,
        first_ms: offset(info.first_at_ms, start)?,
        last_ms: offset(info.last_at_ms, start)?,
        count: info.count,
        root: hash(&info.root)?,
        private_root: info.private_root.as_deref().map(hash).transpose()?,
        flags: if info.simulated { BATCH_SIMULATED } else { 0 },
    })
}

fn offset(at_ms: u64, start: u64) -> Result<u32, FormatError> {
    let outside = FormatError::Value {
        what: "time of a batch",
        got: at_ms.into(),
        rule: "within its epoch",
    };
    let offset = at_ms.checked_sub(start).ok_or_else(|| outside.clone())?;
    u32::try_from(offset).map_err(|_| outside)
}

fn hash(bytes: &[u8]) -> Result<[u8; 32], FormatError> {
    bytes.try_into().map_err(|_| FormatError::Length {
        what: "hash",
        expected: 32,
        got: bytes.len(),
    })
}
