//! Makers and what they list.

use vitals_api::store::{Key, KeyShape, Record};
use vitals_core::bytes::{Reader, Writer};
use vitals_core::key::{PublicKey, SignatureScheme};
use vitals_core::measure::Measure;
use vitals_core::set::Set;
use vitals_core::time::Millis;
use vitals_core::FormatError;

use super::VERSION;

/// Layout 1 did not count a maker's models; migration does.
const MAKER_LAYOUT: u8 = 2;
/// Layout 1 had a list of measures and no approved firmware or recalls.
const MODEL_LAYOUT: u8 = 2;

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

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Model {
    pub maker: String,
    pub name: String,
    pub measures: Set<Measure>,
    pub lowest_firmware: u32,
    /// 0 where none is approved.
    pub newest_firmware: u32,
    /// Whether there are recalls to be read.
    pub recalled: bool,
}

impl Record for Model {
    const NAME: &'static str = "model";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        Ok(Writer::versioned(MODEL_LAYOUT)
            .u32(self.lowest_firmware)
            .short("maker", self.maker.as_bytes())?
            .short("model's name", self.name.as_bytes())?
            .u16(self.measures.bits())
            .u32(self.newest_firmware)
            .u8(self.recalled.into())
            .done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let (layout, mut r) = Reader::versioned_up_to(Self::NAME, MODEL_LAYOUT, bytes)?;
        let mut model = Self {
            lowest_firmware: r.u32()?,
            maker: r.short_str()?.into(),
            name: r.short_str()?.into(),
            measures: Set::EMPTY,
            newest_firmware: 0,
            recalled: false,
        };
        if layout == 1 {
            model.measures = listed_measures(&mut r)?;
        } else {
            model.measures = Set::from_bits(r.u16()?)?;
            model.newest_firmware = r.u32()?;
            model.recalled = r.flag("recalled")?;
        }
        r.end()?;
        Ok(model)
    }
}

fn listed_measures(r: &mut Reader<'_>) -> Result<Set<Measure>, FormatError> {
    let mut measures = Set::EMPTY;
    while r.remaining() > 0 {
        measures = measures.with(Measure::from_code(r.u16()?)?);
    }
    Ok(measures)
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

/// That a maker lists a model: all is in the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listed;

impl Record for Listed {
    const NAME: &'static str = "listed model";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        Ok(Writer::versioned(VERSION).done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        Reader::versioned(Self::NAME, VERSION, bytes)?.end()?;
        Ok(Self)
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
