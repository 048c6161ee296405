//! The head of a vault's log of what it released of a patient.

use vitals_core::bytes::{Reader, Writer};
use vitals_core::decision::Seconds;
use vitals_core::receipt::proof::Head;
use vitals_core::FormatError;

use super::VERSION;
use crate::store::{Record, RecordMap, Text};

/// By patient and vault account.
pub const RECEIPTS: RecordMap<(u64, Text), Anchored> = RecordMap::new("l");

/// The latest head. Each follows from the one before by a proof, so it stands for all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchored {
    pub head: Head,
    /// When it was anchored.
    pub at: Seconds,
}

impl Record for Anchored {
    const NAME: &'static str = "receipts";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        Ok(Writer::versioned(VERSION)
            .u32(self.head.count)
            .raw(&self.head.root)
            .u64(self.at)
            .done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned(Self::NAME, VERSION, bytes)?;
        let anchored = Self {
            head: Head {
                count: r.u32()?,
                root: r.array()?,
            },
            at: r.u64()?,
        };
        r.end()?;
        Ok(anchored)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_comes_back_whole() {
        let anchored = Anchored {
            head: Head {
                count: u32::MAX,
                root: [3; 32],
            },
            at: 5,
        };
        let bytes = anchored.to_bytes().unwrap();
        assert_eq!(Anchored::from_bytes(&bytes), Ok(anchored));
    }
}
