//! A batch as it reaches the chain: what the device signed (`Measured`) and how the sender sealed
//! it (`Seal`).

mod gap;

pub use gap::{GapNotice, GapReason};

use alloc::vec::Vec;

use crate::bytes::{FormatError, Reader, Writer};
use crate::key::{Signature, SIGNATURE_BYTES};
use crate::measure::Category;
use crate::signing::{signing_digest, DeploymentId, Domain};
use crate::time::{epoch_start, Epoch, Millis, EPOCH_MS};

const VERSION: u8 = 1;

/// A device may say of a whole batch that its readings are simulated. Other bits are zero.
pub const BATCH_SIMULATED: u8 = 0b1;

/// What the device signs when it closes a batch: readings of one category within one epoch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measured {
    pub device: u64,
    pub pairing: u32,
    /// The device's batch number, without holes.
    pub sequence: u64,
    pub category: Category,
    pub epoch: Epoch,
    /// Milliseconds of the first and of the last reading since the epoch began.
    pub first_ms: u32,
    pub last_ms: u32,
    pub count: u16,
    /// RFC 6962 root over the salted readings.
    pub root: [u8; 32],
    /// Root of the same readings in a tree that is cheap to prove privately, where there is one.
    pub private_root: Option<[u8; 32]>,
    pub flags: u8,
}

impl Measured {
    /// The canonical body. The private root ends it: a length, 0 or 32, then that many bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let body = Writer::versioned(VERSION)
            .u64(self.device)
            .u32(self.pairing)
            .u64(self.sequence)
            .u8(self.category.code())
            .u32(self.epoch)
            .u32(self.first_ms)
            .u32(self.last_ms)
            .u16(self.count)
            .raw(&self.root)
            .u8(self.flags);
        match &self.private_root {
            None => body.u8(0).done(),
            Some(root) => body.u8(32).raw(root).done(),
        }
    }

    pub fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned("measured", VERSION, bytes)?;
        let measured = Self::read(&mut r)?;
        r.end()?;
        Ok(measured)
    }

    fn read(r: &mut Reader<'_>) -> Result<Self, FormatError> {
        let device = r.u64()?;
        let pairing = r.u32()?;
        let sequence = r.u64()?;
        let category = Category::from_code(r.u8()?)?;
        let epoch = r.u32()?;
        let first_ms = r.u32()?;
        let last_ms = r.u32()?;
        let count = r.u16()?;
        let root = r.array()?;
        let flags = r.u8()?;
        let private_root = match r.u8()? {
            0 => None,
            32 => Some(r.array()?),
            other => {
                return Err(FormatError::Value {
                    what: "private root length",
                    got: other.into(),
                    rule: "0 or 32",
                })
            }
        };
        let measured = Self {
            device,
            pairing,
            sequence,
            category,
            epoch,
            first_ms,
            last_ms,
            count,
            root,
            private_root,
            flags,
        };
        measured.check()?;
        Ok(measured)
    }

    /// What no batch may be, whatever the chain's state.
    fn check(&self) -> Result<(), FormatError> {
        let wrong = |what, got: i128, rule| Err(FormatError::Value { what, got, rule });
        if u64::from(self.last_ms) >= EPOCH_MS {
            return wrong("last time", self.last_ms.into(), "below 3600000 ms");
        }
        if self.first_ms > self.last_ms {
            return wrong(
                "first time",
                self.first_ms.into(),
                "not after the last time",
            );
        }
        if self.count == 0 {
            return wrong("count", 0, "a batch has a reading");
        }
        if self.sequence == 0 {
            return wrong("sequence", 0, "the first batch is 1");
        }
        if self.flags & !BATCH_SIMULATED != 0 {
            return wrong(
                "batch flags",
                self.flags.into(),
                "bit 0 simulated, others zero",
            );
        }
        Ok(())
    }

    pub fn first_at(&self) -> Millis {
        epoch_start(self.epoch).saturating_add(self.first_ms.into())
    }

    pub fn last_at(&self) -> Millis {
        epoch_start(self.epoch).saturating_add(self.last_ms.into())
    }

    /// What the device signs.
    pub fn digest(&self, deployment: &DeploymentId) -> [u8; 32] {
        signing_digest(Domain::Anchor, deployment, &self.to_bytes())
    }
}

/// What the sender adds: under which generation the batch is sealed, and where the ciphertext is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    pub generation: u32,
    /// SHA-256 of the ciphertext; vaults serve by it.
    pub digest: [u8; 32],
    /// Length of the ciphertext, padding included.
    pub length: u32,
}

/// A batch ready to be anchored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedBatch {
    pub measured: Measured,
    pub signature: Signature,
    pub seal: Seal,
}

impl SealedBatch {
    /// Measured ‖ signature ‖ seal: the wire form in `Anchor`.
    pub fn to_bytes(&self) -> Vec<u8> {
        Writer::new()
            .raw(&self.measured.to_bytes())
            .raw(&self.signature)
            .u32(self.seal.generation)
            .raw(&self.seal.digest)
            .u32(self.seal.length)
            .done()
    }

    pub fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::new("sealed batch", bytes);
        r.version(VERSION)?;
        let measured = Measured::read(&mut r)?;
        let signature: [u8; SIGNATURE_BYTES] = r.array()?;
        let seal = Seal {
            generation: r.u32()?,
            digest: r.array()?,
            length: r.u32()?,
        };
        r.end()?;
        Ok(Self {
            measured,
            signature,
            seal,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured() -> Measured {
        Measured {
            device: 3,
            pairing: 1,
            sequence: 9,
            category: Category::Cardiac,
            epoch: 490_000,
            first_ms: 10,
            last_ms: 3_599_999,
            count: 600,
            root: [7; 32],
            private_root: None,
            flags: 0,
        }
    }

    fn batch(measured: Measured) -> SealedBatch {
        SealedBatch {
            measured,
            signature: [9; 64],
            seal: Seal {
                generation: 2,
                digest: [8; 32],
                length: 4_096,
            },
        }
    }

    #[test]
    fn a_batch_comes_back_whole_with_and_without_a_private_root() {
        for private_root in [None, Some([5; 32])] {
            let batch = batch(Measured {
                private_root,
                ..measured()
            });
            assert_eq!(SealedBatch::from_bytes(&batch.to_bytes()), Ok(batch));
        }
    }

    #[test]
    fn a_byte_more_or_less_is_refused() {
        let bytes = batch(measured()).to_bytes();
        let mut longer = bytes.clone();
        longer.push(0);
        assert!(SealedBatch::from_bytes(&longer).is_err());
        for cut in 0..bytes.len() {
            assert!(SealedBatch::from_bytes(&bytes[..cut]).is_err(), "{cut}");
        }
    }

    #[test]
    fn impossible_batches_are_refused_by_rule() {
        let refused = |m: Measured| Measured::from_bytes(&m.to_bytes()).is_err();
        assert!(!refused(measured()));
        assert!(refused(Measured {
            count: 0,
            ..measured()
        }));
        assert!(refused(Measured {
            sequence: 0,
            ..measured()
        }));
        assert!(refused(Measured {
            last_ms: 3_600_000,
            ..measured()
        }));
        assert!(refused(Measured {
            first_ms: 11,
            last_ms: 10,
            ..measured()
        }));
        assert!(refused(Measured {
            flags: 2,
            ..measured()
        }));
    }
}
