//! FLOAT (32 bits) and SFLOAT (16 bits) of IEEE 11073-20601: a signed mantissa, a signed exponent
//! to base 10, and five values that are no number. The Supplement calls them medfloat32 and
//! medfloat16.

use super::fields::Fields;
use crate::{Decimal, SensorError};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Float {
    Number(Decimal),
    Special(Special),
}

/// IEEE 11073-20601, annex F.7 and F.8: with exponent 0, the five mantissas at the ends of the
/// range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Special {
    NaN,
    /// Not at this resolution.
    NRes,
    PositiveInfinity,
    NegativeInfinity,
    Reserved,
}

impl Special {
    pub fn name(self) -> &'static str {
        match self {
            Self::NaN => "NaN",
            Self::NRes => "NRes",
            Self::PositiveInfinity => "+INFINITY",
            Self::NegativeInfinity => "-INFINITY",
            Self::Reserved => "a reserved value",
        }
    }
}

impl Float {
    pub fn from_sfloat(bits: u16) -> Self {
        match bits {
            0x07ff => Self::Special(Special::NaN),
            0x0800 => Self::Special(Special::NRes),
            0x07fe => Self::Special(Special::PositiveInfinity),
            0x0802 => Self::Special(Special::NegativeInfinity),
            0x0801 => Self::Special(Special::Reserved),
            // 12 and 4 bits, each with its sign
            _ => {
                let mantissa = (bits << 4).cast_signed() >> 4;
                let exponent = bits.cast_signed() >> 12;
                Self::Number(Decimal::new(mantissa.into(), exponent.into()))
            }
        }
    }

    pub fn from_float(bits: u32) -> Self {
        match bits {
            0x007f_ffff => Self::Special(Special::NaN),
            0x0080_0000 => Self::Special(Special::NRes),
            0x007f_fffe => Self::Special(Special::PositiveInfinity),
            0x0080_0002 => Self::Special(Special::NegativeInfinity),
            0x0080_0001 => Self::Special(Special::Reserved),
            // 24 and 8 bits, each with its sign
            _ => {
                let mantissa = (bits << 8).cast_signed() >> 8;
                let exponent = bits.cast_signed() >> 24;
                Self::Number(Decimal::new(mantissa.into(), exponent))
            }
        }
    }

    /// The number, or an error that names the field.
    pub fn number(self, field: &'static str) -> Result<Decimal, SensorError> {
        match self {
            Self::Number(number) => Ok(number),
            Self::Special(special) => Err(SensorError::NoValue {
                field,
                got: special.name(),
            }),
        }
    }
}

impl Fields<'_> {
    pub fn sfloat(&mut self, field: &'static str) -> Result<Float, SensorError> {
        self.u16(field).map(Float::from_sfloat)
    }

    pub fn float(&mut self, field: &'static str) -> Result<Float, SensorError> {
        self.u32(field).map(Float::from_float)
    }
}
