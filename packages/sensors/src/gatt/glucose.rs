//! Glucose Measurement (0x2A18).

use vitals_core::measure::Measure;

use super::fields::{bit, Fields};
use super::float::Float;
use super::worst;
use crate::{Conversion, Measurement, SensorError, Stamp};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glucose {
    /// Of the record in the meter: the same number with the same base time is the same record.
    pub sequence: u16,
    /// Base time and offset together.
    pub stamp: Stamp,
    pub concentration: Option<Float>,
    /// mol/L rather than kg/L.
    pub mole_per_litre: bool,
    pub sample: Option<SampleType>,
    /// 1 finger, 2 alternate site, 3 earlobe, 4 control solution, 15 not available.
    pub location: Option<u8>,
    pub status: u16,
    understood: bool,
}

/// What was measured; the number is the specification's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SampleType {
    /// 1 to 9: whole blood, plasma or interstitial fluid of the patient.
    Body(u8),
    /// 10: a liquid of known content, to test the meter.
    ControlSolution,
    Reserved(u8),
}

/// Sensor Status Annunciation: sensor malfunction (1), sample too small (2), strip inserted badly
/// (3) or wrong (4), pulled too soon (9), device fault (10).
const POOR: u16 = 1 << 1 | 1 << 2 | 1 << 3 | 1 << 4 | 1 << 9 | 1 << 10;
/// Result above (5) or below (6) what the device can process, temperature too high (7) or low (8)
/// for a valid result, time may be inaccurate (11). Bit 0 is the battery.
const QUESTIONABLE: u16 = 1 << 5 | 1 << 6 | 1 << 7 | 1 << 8 | 1 << 11;
const RESERVED: u16 = 0xf000;

/// Time Offset: beyond what 16 bits hold, either way; the user's time is not known then.
const OVERRUN: i16 = 0x7fff;
const UNDERRUN: i16 = i16::MIN;

impl Glucose {
    pub fn decode(value: &[u8]) -> Result<Self, SensorError> {
        let mut fields = Fields::new(value);
        let flags = fields.u8("flags")?;
        let sequence = fields.u16("sequence number")?;
        let base = fields.date_time()?;
        let offset = fields.when(bit(flags, 0), |f| f.i16("time offset"))?;
        let concentration = fields.when(bit(flags, 1), |f| f.sfloat("glucose concentration"))?;
        let place = fields.when(bit(flags, 1), |f| f.u8("type and sample location"))?;
        let status = fields.when(bit(flags, 3), |f| f.u16("sensor status annunciation"))?;
        let status = status.unwrap_or(0);
        let sample = place.map(|byte| SampleType::of(byte & 0x0f));
        let reserved = matches!(sample, Some(SampleType::Reserved(_)));
        Ok(Self {
            sequence,
            stamp: shifted(base, offset.unwrap_or(0)),
            concentration,
            mole_per_litre: bit(flags, 2),
            sample,
            location: place.map(|byte| byte >> 4),
            status,
            understood: flags >> 5 == 0 && status & RESERVED == 0 && !reserved && fields.is_empty(),
        })
    }

    /// Control solution is refused: it is not the patient's.
    pub fn measurement(&self) -> Result<Measurement, SensorError> {
        let control = self.sample == Some(SampleType::ControlSolution)
            || self.location == Some(CONTROL_LOCATION);
        if control {
            return Err(SensorError::ControlSolution);
        }
        let field = "glucose concentration";
        let absent = SensorError::NoValue {
            field,
            got: "absent",
        };
        let unit = match self.mole_per_litre {
            true => Conversion::MOLE_PER_LITRE,
            false => Conversion::GLUCOSE_KG_PER_LITRE,
        };
        let concentration = self.concentration.ok_or(absent)?.number(field)?;
        let status = self.status.into();
        let quality = worst(status, POOR.into(), QUESTIONABLE.into(), self.understood);
        let mut measurement =
            Measurement::new(self.stamp, quality).with(Measure::Glucose, concentration, &unit)?;
        measurement.own_number = Some(self.sequence);
        Ok(measurement)
    }
}

const CONTROL_LOCATION: u8 = 4;

impl SampleType {
    fn of(code: u8) -> Self {
        match code {
            1..=9 => Self::Body(code),
            10 => Self::ControlSolution,
            _ => Self::Reserved(code),
        }
    }
}

/// The time the meter's user sees: its base time and what the user changed since, in minutes.
fn shifted(base: Stamp, offset_min: i16) -> Stamp {
    match base {
        Stamp::Local { ms } if offset_min != OVERRUN && offset_min != UNDERRUN => Stamp::Local {
            ms: ms.saturating_add(i64::from(offset_min) * 60_000),
        },
        _ => Stamp::Arrival,
    }
}
