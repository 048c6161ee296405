//! Firmware of a model that is not to be used any more.

use vitals_core::bytes::{Reader, Writer};
use vitals_core::time::Millis;
use vitals_core::FormatError;

use super::VERSION;
use crate::store::Record;

/// All recalls of one model, oldest first; none is ever taken back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Recalls(pub Vec<Recall>);

/// From one firmware to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recall {
    pub from_firmware: u32,
    pub to_firmware: u32,
    pub at_ms: Millis,
    /// SHA-256 of the published reason.
    pub reason: [u8; 32],
}

impl Recalls {
    /// The oldest recall of a firmware.
    pub fn of(&self, firmware: u32) -> Option<&Recall> {
        self.0
            .iter()
            .find(|r| r.from_firmware <= firmware && firmware <= r.to_firmware)
    }
}

impl Record for Recalls {
    const NAME: &'static str = "recalls of a model";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        let one = |w: Writer, recall: &Recall| {
            w.u32(recall.from_firmware)
                .u32(recall.to_firmware)
                .u64(recall.at_ms)
                .raw(&recall.reason)
        };
        Ok(self.0.iter().fold(Writer::versioned(VERSION), one).done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned(Self::NAME, VERSION, bytes)?;
        let mut recalls = Self::default();
        while r.remaining() > 0 {
            recalls.0.push(Recall {
                from_firmware: r.u32()?,
                to_firmware: r.u32()?,
                at_ms: r.u64()?,
                reason: r.array()?,
            });
        }
        Ok(recalls)
    }
}
