//! Heart rates out of the raw ECG of a recording.

use std::collections::VecDeque;
use std::io::BufRead;

use vitals_analysis::{HeartRate, RateMeter, Signal};
use vitals_core::measure::Measure;
use vitals_core::reading::ReadingFlags;
use vitals_core::time::Millis;

use super::OpenSignals;
use crate::{Sample, SensorError};

/// Reads a recording and gives a heart rate for every ten seconds of it, with the quality of the
/// signal (`vitals_analysis::RateMeter`). Samples the radio lost are missing, not skipped.
pub struct HeartRates<R> {
    rows: OpenSignals<R>,
    channel: usize,
    meter: RateMeter,
    start_ms: Millis,
    fed: u64,
    ready: VecDeque<Sample>,
}

impl<R: BufRead> HeartRates<R> {
    /// Of the first ECG channel, for a recording that began at `start_ms`: what
    /// [`crate::Clock::time`] makes of [`super::Header::started`].
    pub fn new(rows: OpenSignals<R>, start_ms: Millis) -> Result<Self, SensorError> {
        let refused = |rule: &str| SensorError::OpenSignalsHeader {
            line: 2,
            rule: rule.into(),
        };
        let header = rows.header();
        let channel = header.channel("ECG");
        let channel = channel.ok_or_else(|| refused("expected a channel of an ECG sensor"))?;
        let hz = f64::from(header.sampling_rate);
        let meter = RateMeter::new(Signal::Ecg, hz, header.range(channel))
            .map_err(|cause| refused(&cause.to_string()))?;
        Ok(Self {
            rows,
            channel,
            meter,
            start_ms,
            fed: 0,
            ready: VecDeque::new(),
        })
    }

    fn feed(&mut self, value: f64) {
        self.fed = self.fed.saturating_add(1);
        let found = self.meter.push(value);
        let sample = found.and_then(|found| self.sample(&found));
        self.ready.extend(sample);
    }

    /// A rate at the end of its ten seconds; none where too few beats were found.
    fn sample(&self, found: &HeartRate) -> Option<Sample> {
        let value = found.value?;
        let ms = found.to.saturating_mul(1_000) / u64::from(self.rows.header().sampling_rate);
        Measure::HeartRate.is_plausible(value).then_some(Sample {
            at_ms: self.start_ms.saturating_add(ms),
            measure: Measure::HeartRate,
            value,
            flags: ReadingFlags {
                simulated: false,
                quality: found.quality.grade(),
            },
        })
    }
}

impl<R: BufRead> Iterator for HeartRates<R> {
    type Item = Result<Sample, SensorError>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.ready.is_empty() {
            let row = match self.rows.next()? {
                Ok(row) => row,
                Err(error) => return Some(Err(error)),
            };
            while self.fed < row.index {
                self.feed(f64::NAN);
            }
            self.feed(row.values.get(self.channel).copied().unwrap_or(f64::NAN));
        }
        self.ready.pop_front().map(Ok)
    }
}
