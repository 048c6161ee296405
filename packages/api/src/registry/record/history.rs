//! What a device was: records written once, and pairings, which are ended once.

use vitals_core::bytes::{Reader, Writer};
use vitals_core::key::PublicKey;
use vitals_core::time::Millis;
use vitals_core::FormatError;

use super::halt::{Halt, Halts};
use super::{optional, put_key, take_key, VERSION};
use crate::store::Record;

/// Layout 1 had no halts; it is written still where there were none.
const HALTED_LAYOUT: u8 = 2;

/// Whose a device was and from when to when; never overwritten, only ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pairing {
    pub patient: u64,
    pub from_ms: Millis,
    pub to_ms: Option<Millis>,
    /// Once it ended; while it lasts they are in the device's record.
    pub halts: Halts,
}

impl Pairing {
    /// Whether it held over all of a measurement, both ends inside.
    pub fn held(&self, first_at: Millis, last_at: Millis) -> bool {
        self.from_ms <= first_at && self.to_ms.is_none_or(|to| last_at < to)
    }
}

impl Record for Pairing {
    const NAME: &'static str = "pairing";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        let put = |layout| {
            Writer::versioned(layout)
                .u64(self.patient)
                .u64(self.from_ms)
                .u64(self.to_ms.unwrap_or(0))
        };
        Ok(match self.halts.last {
            // without a last halt there is none before it
            None => put(VERSION).done(),
            Some(halt) => halt
                .put(put(HALTED_LAYOUT))
                .u64(self.halts.usable_from_ms)
                .done(),
        })
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let (layout, mut r) = Reader::versioned_up_to(Self::NAME, HALTED_LAYOUT, bytes)?;
        let mut pairing = Self {
            patient: r.u64()?,
            from_ms: r.u64()?,
            to_ms: optional(r.u64()?),
            halts: Halts::default(),
        };
        if layout == HALTED_LAYOUT {
            pairing.halts = Halts {
                last: Some(Halt::take(&mut r)?),
                usable_from_ms: r.u64()?,
            };
        }
        r.end()?;
        Ok(pairing)
    }
}

/// A key that a rotation ended. It holds for batches from its own number until just before the
/// number from which the next key holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OldKey {
    pub key: PublicKey,
    /// 0 for the key it was registered with.
    pub from_sequence: u64,
    pub rotated_at_ms: Millis,
}

impl Record for OldKey {
    const NAME: &'static str = "old key";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        Ok(put_key(Writer::versioned(VERSION), &self.key)?
            .u64(self.from_sequence)
            .u64(self.rotated_at_ms)
            .done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned(Self::NAME, VERSION, bytes)?;
        let old = Self {
            key: take_key(&mut r)?,
            from_sequence: r.u64()?,
            rotated_at_ms: r.u64()?,
        };
        r.end()?;
        Ok(old)
    }
}

/// How a device ended: with its own signed word on how many batches it closed, or without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retirement {
    pub at_ms: Millis,
    /// Number of the last batch it closed, 0 where it closed none; absent where a dead device
    /// could not say, so that its tail may be missing unseen.
    pub last_sequence: Option<u64>,
}

impl Record for Retirement {
    const NAME: &'static str = "retirement";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        Ok(Writer::versioned(VERSION)
            .u64(self.at_ms)
            .u8(self.last_sequence.is_some().into())
            .u64(self.last_sequence.unwrap_or(0))
            .done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned(Self::NAME, VERSION, bytes)?;
        let at_ms = r.u64()?;
        let signed = r.flag("signed by the device")?;
        let last_sequence = Some(r.u64()?).filter(|_| signed);
        r.end()?;
        Ok(Self {
            at_ms,
            last_sequence,
        })
    }
}
