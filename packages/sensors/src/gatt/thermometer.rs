//! Temperature Measurement (0x2A1C).

use vitals_core::measure::Measure;
use vitals_core::reading::Quality;

use super::fields::{bit, Fields};
use super::float::Float;
use crate::{Conversion, Measurement, SensorError, Stamp};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thermometer {
    pub temperature: Float,
    pub fahrenheit: bool,
    pub stamp: Stamp,
    /// Where it was measured: 1 armpit, 2 body, 3 ear, 4 finger, 5 gastro-intestinal tract,
    /// 6 mouth, 7 rectum, 8 toe, 9 tympanum.
    pub site: Option<u8>,
    understood: bool,
}

impl Thermometer {
    pub fn decode(value: &[u8]) -> Result<Self, SensorError> {
        let mut fields = Fields::new(value);
        let flags = fields.u8("flags")?;
        let temperature = fields.float("temperature")?;
        let stamp = fields.when(bit(flags, 1), Fields::date_time)?;
        let site = fields.when(bit(flags, 2), |f| f.u8("temperature type"))?;
        let known_site = site.is_none_or(|site| (1..=9).contains(&site));
        Ok(Self {
            temperature,
            fahrenheit: bit(flags, 0),
            stamp: stamp.unwrap_or(Stamp::Arrival),
            site,
            understood: flags >> 3 == 0 && known_site && fields.is_empty(),
        })
    }

    pub fn measurement(&self) -> Result<Measurement, SensorError> {
        let unit = match self.fahrenheit {
            true => Conversion::FAHRENHEIT,
            false => Conversion::SAME,
        };
        let quality = match self.understood {
            true => Quality::Good,
            false => Quality::Questionable,
        };
        let temperature = self.temperature.number("temperature")?;
        Measurement::new(self.stamp, quality).with(Measure::BodyTemperature, temperature, &unit)
    }
}
