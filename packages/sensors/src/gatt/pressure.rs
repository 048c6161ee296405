//! Blood Pressure Measurement (0x2A35).

use vitals_core::measure::Measure;

use super::fields::{bit, Fields};
use super::float::Float;
use super::worst;
use crate::{Conversion, Measurement, SensorError, Stamp};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BloodPressure {
    pub systolic: Float,
    pub diastolic: Float,
    /// Mean arterial pressure: decoded, and no reading, since no measure is it.
    pub mean: Float,
    /// kPa rather than mmHg.
    pub kilopascal: bool,
    pub stamp: Stamp,
    /// Beats a minute.
    pub pulse: Option<Float>,
    /// 255, unknown, reads as none.
    pub user: Option<u8>,
    pub status: u16,
    understood: bool,
}

const UNKNOWN_USER: u8 = 255;

/// Measurement Status: body moved (0), cuff too loose (1), pulse irregular (2), pulse rate out of
/// range (3 and 4), improper position (5). Each makes the oscillometric value doubtful, none
/// worthless.
const QUESTIONABLE: u16 = 0b11_1111;
const RESERVED: u16 = !QUESTIONABLE;

impl BloodPressure {
    pub fn decode(value: &[u8]) -> Result<Self, SensorError> {
        let mut fields = Fields::new(value);
        let flags = fields.u8("flags")?;
        let systolic = fields.sfloat("systolic")?;
        let diastolic = fields.sfloat("diastolic")?;
        let mean = fields.sfloat("mean arterial pressure")?;
        let stamp = fields.when(bit(flags, 1), Fields::date_time)?;
        let pulse = fields.when(bit(flags, 2), |f| f.sfloat("pulse rate"))?;
        let user = fields.when(bit(flags, 3), |f| f.u8("user ID"))?;
        let status = fields.when(bit(flags, 4), |f| f.u16("measurement status"))?;
        let status = status.unwrap_or(0);
        Ok(Self {
            systolic,
            diastolic,
            mean,
            kilopascal: bit(flags, 0),
            stamp: stamp.unwrap_or(Stamp::Arrival),
            pulse,
            user: user.filter(|user| *user != UNKNOWN_USER),
            status,
            understood: flags >> 5 == 0 && status & RESERVED == 0 && fields.is_empty(),
        })
    }

    /// Both pressures count or neither: half a blood pressure is none. A pulse that is no number
    /// or not plausible is left out.
    pub fn measurement(&self) -> Result<Measurement, SensorError> {
        let unit = match self.kilopascal {
            true => Conversion::KILOPASCAL,
            false => Conversion::SAME,
        };
        let quality = worst(self.status.into(), 0, QUESTIONABLE.into(), self.understood);
        let (systolic, diastolic) = (
            self.systolic.number("systolic")?,
            self.diastolic.number("diastolic")?,
        );
        let mut measurement = Measurement::new(self.stamp, quality)
            .with(Measure::SystolicPressure, systolic, &unit)?
            .with(Measure::DiastolicPressure, diastolic, &unit)?;
        if let Some(Float::Number(pulse)) = self.pulse {
            measurement = measurement.with_plausible(Measure::HeartRate, pulse);
        }
        measurement.user = self.user;
        Ok(measurement)
    }
}
