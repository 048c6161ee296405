//! A credential: what an issuer attests of an account.

use vitals_core::bytes::{Reader, Writer};
use vitals_core::decision::Seconds;
use vitals_core::FormatError;

use super::VERSION;
use crate::store::{Record, RecordMap, Text};

/// By role bit and account.
pub const CREDENTIALS: RecordMap<(u32, Text), Credential> = RecordMap::new("c");

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    pub until: Seconds,
    pub issuer: String,
}

impl Credential {
    pub fn is_live(&self, now: Seconds) -> bool {
        now < self.until
    }
}

impl Record for Credential {
    const NAME: &'static str = "credential";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        Ok(Writer::versioned(VERSION)
            .u64(self.until)
            .short("issuer", self.issuer.as_bytes())?
            .done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned(Self::NAME, VERSION, bytes)?;
        let credential = Self {
            until: r.u64()?,
            issuer: r.short_str()?.into(),
        };
        r.end()?;
        Ok(credential)
    }
}
