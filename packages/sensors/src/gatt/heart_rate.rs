//! Heart Rate Measurement (0x2A37).

use vitals_core::measure::Measure;
use vitals_core::reading::Quality;

use super::fields::{bit, Fields};
use crate::{Conversion, Decimal, Measurement, SensorError, Stamp};

/// Flag bits 5 to 7.
const RESERVED: u8 = 0b1110_0000;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeartRate {
    /// Beats a minute.
    pub rate: u16,
    /// Whether the sensor touches the skin, where it can tell.
    pub contact: Option<bool>,
    /// Energy spent since it was reset, in kJ; 65535 is "that or more".
    pub energy_kj: Option<u16>,
    /// RR intervals in 1/1024 s, oldest first.
    pub beats: Vec<u16>,
    understood: bool,
}

impl HeartRate {
    pub fn decode(value: &[u8]) -> Result<Self, SensorError> {
        let mut fields = Fields::new(value);
        let flags = fields.u8("flags")?;
        let rate = match bit(flags, 0) {
            false => fields.u8("heart rate (uint8)")?.into(),
            true => fields.u16("heart rate (uint16)")?,
        };
        let energy_kj = fields.when(bit(flags, 3), |f| f.u16("energy expended"))?;
        let mut beats = Vec::new();
        while bit(flags, 4) && !fields.is_empty() {
            beats.push(fields.u16("RR interval")?);
        }
        Ok(Self {
            rate,
            contact: bit(flags, 2).then_some(bit(flags, 1)),
            energy_kj,
            beats,
            understood: flags & RESERVED == 0 && fields.is_empty(),
        })
    }

    /// Without contact with the skin the quality is poor. The payload has no time of its own.
    pub fn measurement(&self) -> Result<Measurement, SensorError> {
        let quality = match (self.contact, self.understood) {
            (Some(false), _) => Quality::Poor,
            (_, false) => Quality::Questionable,
            (_, true) => Quality::Good,
        };
        let rate = Decimal::new(self.rate.into(), 0);
        let mut measurement = Measurement::new(Stamp::Arrival, quality).with(
            Measure::HeartRate,
            rate,
            &Conversion::SAME,
        )?;
        measurement.beats.clone_from(&self.beats);
        Ok(measurement)
    }
}
