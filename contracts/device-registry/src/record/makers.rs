//! Makers and what they list.

use vitals_api::store::{Key, KeyShape, Record};
use vitals_core::bytes::{Reader, Writer};
use vitals_core::key::{PublicKey, SignatureScheme};
use vitals_core::time::Millis;
use vitals_core::FormatError;

use super::VERSION;

/// Layout 1 did not count a maker's models; migration does.
const MAKER_LAYOUT: u8 = 2;

/// An organisation that attests the devices it builds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Maker {
    pub name: String,
    pub key: PublicKey,
    pub suspended: bool,
    /// How many it lists.
    pub models: u32,
}

impl Record for Maker {
    const NAME: &'static str = "maker";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        Ok(Writer::versioned(MAKER_LAYOUT)
            .u8(self.key.scheme().code())
            .short("public key", self.key.bytes())?
            .u8(self.suspended.into())
            .short("maker's name", self.name.as_bytes())?
            .u32(self.models)
            .done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let (layout, mut r) = Reader::versioned_up_to(Self::NAME, MAKER_LAYOUT, bytes)?;
        let scheme = SignatureScheme::from_code(r.u8()?)?;
        let maker = Self {
            key: PublicKey::new(scheme, r.short()?)?,
            suspended: r.flag("suspended")?,
            name: r.short_str()?.into(),
            models: if layout == 1 { 0 } else { r.u32()? },
        };
        r.end()?;
        Ok(maker)
    }
}

/// An image of a model's firmware that its maker approved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Firmware {
    pub digest: [u8; 32],
    pub approved_at_ms: Millis,
}

impl Record for Firmware {
    const NAME: &'static str = "firmware";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        Ok(Writer::versioned(VERSION)
            .raw(&self.digest)
            .u64(self.approved_at_ms)
            .done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned(Self::NAME, VERSION, bytes)?;
        let firmware = Self {
            digest: r.array()?,
            approved_at_ms: r.u64()?,
        };
        r.end()?;
        Ok(firmware)
    }
}

/// A maker's address and a model's number as a storage key. The address's length comes first, so
/// that no maker's models are among those of one whose address begins alike.
pub struct MakerModel<'a>(pub &'a str, pub u32);

impl MakerModel<'_> {
    /// What the keys of all models of a maker begin with.
    pub fn prefix(maker: &str) -> Vec<u8> {
        // an address that passed the chain's check is never so long
        let length = u8::try_from(maker.len()).unwrap_or(u8::MAX);
        [&[length], maker.as_bytes()].concat()
    }
}

impl KeyShape for MakerModel<'_> {
    type Of<'a> = MakerModel<'a>;
}

impl Key for MakerModel<'_> {
    fn flat(&self) -> Vec<u8> {
        [Self::prefix(self.0), self.1.flat()].concat()
    }

    fn shown(&self) -> String {
        format!("{}/{}", self.0, self.1)
    }
}
