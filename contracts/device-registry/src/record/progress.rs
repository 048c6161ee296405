//! How far a migration of several runs has come.

use vitals_api::store::Record;
use vitals_core::bytes::{Reader, Writer};
use vitals_core::FormatError;

use super::VERSION;

/// What is listed already: models, devices with all their pairings, and pairings of the next device.
/// Each by the last number, 0 where nothing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    pub model: u32,
    pub device: u64,
    pub pairing: u32,
}

impl Record for Progress {
    const NAME: &'static str = "progress of migration";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        Ok(Writer::versioned(VERSION)
            .u32(self.model)
            .u64(self.device)
            .u32(self.pairing)
            .done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned(Self::NAME, VERSION, bytes)?;
        let progress = Self {
            model: r.u32()?,
            device: r.u64()?,
            pairing: r.u32()?,
        };
        r.end()?;
        Ok(progress)
    }
}
