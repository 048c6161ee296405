//! What one payload of a sensor says, whatever its format.

use vitals_core::measure::Measure;
use vitals_core::reading::{Quality, ReadingFlags};
use vitals_core::time::Millis;

use crate::{Conversion, Decimal, Sample, SensorError};

/// When it was measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stamp {
    /// The sensor does not say.
    Arrival,
    /// By the sensor's own clock, in milliseconds since 1970 of its local time.
    Local { ms: i64 },
}

/// Values of one time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measurement {
    pub stamp: Stamp,
    /// Each in the fixed point of its measure, and plausible.
    pub values: Vec<(Measure, i64)>,
    pub flags: ReadingFlags,
    /// Intervals between heartbeats in 1/1024 s, oldest first, the last one ended just now.
    pub beats: Vec<u16>,
    /// For whom the sensor measured, where it tells several people apart.
    pub user: Option<u8>,
    /// What names this measurement among the sensor's: the same again is a repetition.
    pub own_number: Option<u16>,
}

impl Measurement {
    pub(crate) fn new(stamp: Stamp, quality: Quality) -> Self {
        Self {
            stamp,
            values: Vec::new(),
            flags: ReadingFlags {
                simulated: false,
                quality,
            },
            beats: Vec::new(),
            user: None,
            own_number: None,
        }
    }

    /// Adds a value, or says why it cannot be.
    pub(crate) fn with(
        mut self,
        measure: Measure,
        value: Decimal,
        conversion: &Conversion,
    ) -> Result<Self, SensorError> {
        self.values
            .push((measure, plausible(measure, value, conversion)?));
        Ok(self)
    }

    /// Adds a value where it is a plausible one.
    pub(crate) fn with_plausible(mut self, measure: Measure, value: Decimal) -> Self {
        if let Ok(fixed) = plausible(measure, value, &Conversion::SAME) {
            self.values.push((measure, fixed));
        }
        self
    }

    pub fn samples(&self, at_ms: Millis) -> Vec<Sample> {
        let sample = |(measure, value): &(Measure, i64)| Sample {
            at_ms,
            measure: *measure,
            value: *value,
            flags: self.flags,
        };
        self.values.iter().map(sample).collect()
    }

    /// Its heartbeats as one rate each, at the time its interval ended; `at_ms` is the end of the
    /// last one. An interval whose rate is not plausible gives none.
    pub fn beat_samples(&self, at_ms: Millis) -> Vec<Sample> {
        let mut left: u64 = self.beats.iter().map(|beat| u64::from(*beat)).sum();
        let sample = |beat: &u16| {
            left = left.saturating_sub(u64::from(*beat));
            let value = rate(u64::from(*beat), BEAT_TICKS_PER_S)?;
            Measure::HeartRate.is_plausible(value).then_some(Sample {
                at_ms: at_ms.saturating_sub(left * 1_000 / BEAT_TICKS_PER_S),
                measure: Measure::HeartRate,
                value,
                flags: self.flags,
            })
        };
        self.beats.iter().filter_map(sample).collect()
    }
}

/// GATT Specification Supplement, heart rate measurement: RR intervals are in 1/1024 s.
pub const BEAT_TICKS_PER_S: u64 = 1_024;

/// The heart rate in tenths of a beat a minute of an interval of `ticks`, to the nearest.
pub fn rate(ticks: u64, ticks_per_s: u64) -> Option<i64> {
    let tenths = ticks_per_s.checked_mul(600)?.checked_add(ticks / 2)?;
    i64::try_from(tenths.checked_div(ticks)?).ok()
}

pub(crate) fn plausible(
    measure: Measure,
    value: Decimal,
    conversion: &Conversion,
) -> Result<i64, SensorError> {
    value
        .to_fixed(conversion, measure.info().scale)
        .filter(|fixed| measure.is_plausible(*fixed))
        .ok_or(SensorError::Implausible { measure })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beats_end_where_their_intervals_do() {
        let mut measurement = Measurement::new(Stamp::Arrival, Quality::Good);
        measurement.beats = vec![1_024, 512, 0, 60_000];
        let samples = measurement.beat_samples(100_000);
        let seen: Vec<_> = samples.iter().map(|s| (s.at_ms, s.value)).collect();
        // 60,000 ticks are a rate of 1.0: no living heart's
        assert_eq!(
            seen,
            [(100_000 - 58_593 - 500, 600), (100_000 - 58_593, 1_200)]
        );
    }

    #[test]
    fn an_interval_of_664_ms_is_a_rate_of_90_4() {
        assert_eq!(rate(664, 1_000), Some(904));
        assert_eq!(rate(0, 1_000), None);
    }
}
