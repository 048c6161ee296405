//! A denial: whom the patient refuses everything.

use vitals_core::bytes::{Reader, Writer};
use vitals_core::decision::Seconds;
use vitals_core::FormatError;

use super::VERSION;
use crate::store::{Record, RecordMap, Text};

/// By patient and denied account.
pub const DENIALS: RecordMap<(u64, Text), Denial> = RecordMap::new("d");
/// By patient and denied team.
pub const TEAM_DENIALS: RecordMap<(u64, u64), Denial> = RecordMap::new("dt");

/// Whom the patient refuses: an account everything, a team's members all but an emergency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Denial {
    pub since: Seconds,
}

impl Record for Denial {
    const NAME: &'static str = "denial";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        Ok(Writer::versioned(VERSION).u64(self.since).done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned(Self::NAME, VERSION, bytes)?;
        let denial = Self { since: r.u64()? };
        r.end()?;
        Ok(denial)
    }
}
