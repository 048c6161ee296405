//! What makers list.

use vitals_core::bytes::{Reader, Writer};
use vitals_core::measure::Measure;
use vitals_core::set::Set;
use vitals_core::FormatError;

use crate::store::Record;

/// Layout 1 had a list of measures and no approved firmware or recalls.
const MODEL_LAYOUT: u8 = 2;

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
