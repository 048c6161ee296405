//! The contract's own records, which no other contract reads.

mod makers;
mod progress;
mod registered;

#[cfg(test)]
mod tests;

pub use makers::{Firmware, Maker, MakerModel};
pub use progress::Progress;
pub use registered::{ByKey, Offer, Origin, PatientDevice, Registered, SeparateOrigin};

pub use vitals_api::registry::record::{Config, Model};

use vitals_api::store::Record;
use vitals_core::bytes::{Reader, Writer};
use vitals_core::FormatError;

const VERSION: u8 = 1;

/// The numbers given last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Numbers {
    pub device: u64,
    pub model: u32,
}

impl Record for Numbers {
    const NAME: &'static str = "last numbers";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        Ok(Writer::versioned(VERSION)
            .u64(self.device)
            .u32(self.model)
            .done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned(Self::NAME, VERSION, bytes)?;
        let numbers = Self {
            device: r.u64()?,
            model: r.u32()?,
        };
        r.end()?;
        Ok(numbers)
    }
}
