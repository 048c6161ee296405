//! A reading: one value of one measure at one millisecond, in 15 canonical bytes.

use crate::bytes::{FormatError, Reader};
use crate::measure::Measure;
use crate::time::{epoch_start, Epoch, Millis, EPOCH_MS};

/// How far the device trusts its own value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quality {
    Good,
    Questionable,
    Poor,
}

/// Quality and origin of a reading, as the device states them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ReadingFlags {
    /// Made by a program, not measured on a person.
    pub simulated: bool,
    pub quality: Quality,
}

impl ReadingFlags {
    pub const MEASURED_GOOD: Self = Self {
        simulated: false,
        quality: Quality::Good,
    };
    pub const SIMULATED_GOOD: Self = Self {
        simulated: true,
        quality: Quality::Good,
    };

    /// Bit 0: simulated; bits 1 and 2: quality; all others zero.
    pub fn to_byte(self) -> u8 {
        let quality = match self.quality {
            Quality::Good => 0,
            Quality::Questionable => 0b010,
            Quality::Poor => 0b100,
        };
        quality | u8::from(self.simulated)
    }

    pub fn from_byte(byte: u8) -> Result<Self, FormatError> {
        let quality = match byte & !1 {
            0 => Quality::Good,
            0b010 => Quality::Questionable,
            0b100 => Quality::Poor,
            _ => {
                return Err(FormatError::Value {
                    what: "reading flags",
                    got: byte.into(),
                    rule: "bit 0 simulated, bits 1-2 quality 0 to 2, others zero",
                })
            }
        };
        Ok(Self {
            simulated: byte & 1 == 1,
            quality,
        })
    }
}

/// One measured value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Reading {
    pub measure: Measure,
    /// Fixed point at the measure's scale.
    pub value: i64,
    /// Milliseconds since the epoch began.
    pub offset_ms: u32,
    pub flags: ReadingFlags,
}

/// measure u16 ‖ value i64 ‖ offset u32 ‖ flags u8, big-endian.
pub const READING_BYTES: usize = 15;

impl Reading {
    pub fn to_bytes(&self) -> [u8; READING_BYTES] {
        let mut out = [0u8; READING_BYTES];
        out[..2].copy_from_slice(&self.measure.code().to_be_bytes());
        out[2..10].copy_from_slice(&self.value.to_be_bytes());
        out[10..14].copy_from_slice(&self.offset_ms.to_be_bytes());
        out[14] = self.flags.to_byte();
        out
    }

    pub fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::new("reading", bytes);
        let reading = Self {
            measure: Measure::from_code(r.u16()?)?,
            value: r.i64()?,
            offset_ms: checked_offset(r.u32()?)?,
            flags: ReadingFlags::from_byte(r.u8()?)?,
        };
        r.end()?;
        Ok(reading)
    }

    pub fn at_ms(&self, epoch: Epoch) -> Millis {
        epoch_start(epoch).saturating_add(self.offset_ms.into())
    }
}

/// An offset lies inside its epoch.
pub fn checked_offset(offset_ms: u32) -> Result<u32, FormatError> {
    if u64::from(offset_ms) >= EPOCH_MS {
        return Err(FormatError::Value {
            what: "reading offset",
            got: offset_ms.into(),
            rule: "below 3600000 ms",
        });
    }
    Ok(offset_ms)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading() -> Reading {
        Reading {
            measure: Measure::HeartRate,
            value: 725,
            offset_ms: 3_599_999,
            flags: ReadingFlags::SIMULATED_GOOD,
        }
    }

    #[test]
    fn a_reading_has_one_encoding_and_comes_back_whole() {
        let bytes = reading().to_bytes();
        assert_eq!(hex::encode(bytes), "000100000000000002d50036ee7f01");
        assert_eq!(Reading::from_bytes(&bytes), Ok(reading()));
    }

    #[test]
    fn an_unknown_flag_measure_or_offset_is_refused() {
        let with = |at: usize, v: u8| {
            let mut bytes = reading().to_bytes();
            bytes[at] = v;
            Reading::from_bytes(&bytes)
        };
        assert!(with(14, 0b1000).is_err());
        assert!(with(14, 0b110).is_err());
        assert!(with(1, 99).is_err());
        assert!(with(13, 0x80).is_err(), "3600000 is the next epoch");
        assert!(Reading::from_bytes(&reading().to_bytes()[..14]).is_err());
    }
}
