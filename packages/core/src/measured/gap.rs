//! A hole in a device's batches, as the device signs it.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::bytes::{FormatError, Reader, Writer};
use crate::signing::{signing_digest, DeploymentId, Domain};
use crate::time::Millis;

const VERSION: u8 = 1;

/// A hole in a device's batches that the device explains: numbers `from..next` will never come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GapNotice {
    pub device: u64,
    /// The pairing the device goes on in.
    pub pairing: u32,
    /// First missing number: the last anchored plus one.
    pub from: u64,
    /// The number the device goes on with.
    pub next: u64,
    /// When the device last measured before it went on, by the clock it goes on with: not before
    /// what it anchored last and, where an earlier pairing ended, within that.
    pub last_at: Millis,
    pub reason: GapReason,
}

/// Why batches are missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema, cw_schema::Schemaifier)
)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum GapReason {
    PowerLost = 1,
    StorageLost = 2,
    ClockSet = 3,
    /// Closed for a patient who had the device before, and never sent: they must not hold up the
    /// one who has it now.
    PairingEnded = 4,
    /// Measured while the device was suspended or recalled: the chain takes none of it.
    Halted = 5,
}

impl GapReason {
    fn from_code(code: u8) -> Result<Self, FormatError> {
        match code {
            1 => Ok(Self::PowerLost),
            2 => Ok(Self::StorageLost),
            3 => Ok(Self::ClockSet),
            4 => Ok(Self::PairingEnded),
            5 => Ok(Self::Halted),
            other => Err(FormatError::Value {
                what: "gap reason",
                got: other.into(),
                rule: "1 power lost, 2 storage lost, 3 clock set, 4 pairing ended, 5 halted",
            }),
        }
    }
}

impl GapNotice {
    pub fn to_bytes(&self) -> Vec<u8> {
        Writer::versioned(VERSION)
            .u64(self.device)
            .u32(self.pairing)
            .u64(self.from)
            .u64(self.next)
            .u64(self.last_at)
            .u8(self.reason as u8)
            .done()
    }

    pub fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned("gap notice", VERSION, bytes)?;
        let notice = Self {
            device: r.u64()?,
            pairing: r.u32()?,
            from: r.u64()?,
            next: r.u64()?,
            last_at: r.u64()?,
            reason: GapReason::from_code(r.u8()?)?,
        };
        r.end()?;
        if notice.from == 0 || notice.next <= notice.from {
            return Err(FormatError::Value {
                what: "gap end",
                got: notice.next.into(),
                rule: "above the first missing number",
            });
        }
        Ok(notice)
    }

    /// How many numbers it gives up.
    pub fn missing(&self) -> u64 {
        self.next.saturating_sub(self.from)
    }

    pub fn digest(&self, deployment: &DeploymentId) -> [u8; 32] {
        signing_digest(Domain::Gap, deployment, &self.to_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_ends_after_it_begins() {
        let gap = |from, next| GapNotice::from_bytes(&gap(from, next, GapReason::PowerLost));
        assert_eq!(gap(3, 5).unwrap().missing(), 2);
        assert!(gap(3, 3).is_err() && gap(0, 1).is_err());
    }

    #[test]
    fn every_reason_comes_back_and_no_other_code_is_one() {
        use GapReason::*;
        for reason in [PowerLost, StorageLost, ClockSet, PairingEnded, Halted] {
            let notice = GapNotice::from_bytes(&gap(1, 2, reason)).unwrap();
            assert_eq!(notice.reason, reason);
        }
        for code in [0, 6, 255] {
            let mut bytes = gap(1, 2, PowerLost);
            *bytes.last_mut().unwrap() = code;
            assert!(GapNotice::from_bytes(&bytes).is_err(), "{code}");
        }
    }

    fn gap(from: u64, next: u64, reason: GapReason) -> Vec<u8> {
        let notice = GapNotice {
            device: 1,
            pairing: 1,
            from,
            next,
            last_at: 5,
            reason,
        };
        notice.to_bytes()
    }
}
