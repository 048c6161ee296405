//! What the registry is made for: other contracts of a deployment check that they agree with it.

use vitals_core::bytes::{Reader, Writer};
use vitals_core::FormatError;

use super::VERSION;
use crate::store::Record;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Address of the consent contract.
    pub consent: String,
}

impl Record for Config {
    const NAME: &'static str = "configuration";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        Ok(Writer::versioned(VERSION)
            .short("consent", self.consent.as_bytes())?
            .done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned(Self::NAME, VERSION, bytes)?;
        let consent = r.short_str()?.into();
        r.end()?;
        Ok(Self { consent })
    }
}
