//! A heart rate every ten seconds from a raw signal, with the quality of that signal.

use std::cmp::Ordering;
use std::collections::VecDeque;

use serde::{Deserialize, Serialize};
use vitals_core::measure::Measure;
use vitals_core::reading::{Reading, ReadingFlags};

use super::filter::History;
use super::{intervals, Beat, BeatError, EcgDetector, PpgDetector, Signal};
use crate::quality::{Contact, Counts, SignalQuality};

/// Orphanidou and others (see `SignalQuality`) judge ten seconds at a time.
pub const RATE_WINDOW_S: u64 = 10;
/// So long after its end a window is judged: by then its beats have been told.
const LAG_S: u64 = 3;
/// Shapes are compared at about this rate; the band that is compared ends below 20 Hz.
const SHAPE_HZ: f64 = 125.0;
/// A rate needs as many beats.
const LEAST_BEATS: usize = 4;
/// Tenths of a beat a minute for beats a second.
const TENTHS: f64 = 600.0;

/// What one window of signal says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HeartRate {
    /// The window: numbers of its first sample and of the one after its last.
    pub from: u64,
    pub to: u64,
    /// Mean over the window in tenths of a beat a minute; none where it has fewer than four beats.
    pub value: Option<i64>,
    pub beats: usize,
    pub quality: SignalQuality,
}

impl HeartRate {
    /// As a reading of `Measure::HeartRate`, with the quality of its signal in its flags: a poor
    /// one is told too, and counts neither for nor against a threshold.
    pub fn reading(&self, offset_ms: u32, simulated: bool) -> Option<Reading> {
        Some(Reading {
            measure: Measure::HeartRate,
            value: self.value?,
            offset_ms,
            flags: ReadingFlags {
                simulated,
                quality: self.quality.grade(),
            },
        })
    }
}

#[derive(Debug, Clone)]
enum Detector {
    Ecg(Box<EcgDetector>),
    Ppg(Box<PpgDetector>),
}

impl Detector {
    fn push(&mut self, sample: f64) -> Option<Beat> {
        match self {
            Detector::Ecg(ecg) => ecg.push(sample),
            Detector::Ppg(ppg) => ppg.push(sample),
        }
    }

    /// The newest value in the detector's band, and how many samples it lags.
    fn band(&self) -> (f64, u64) {
        match self {
            Detector::Ecg(ecg) => ecg.band(),
            Detector::Ppg(ppg) => ppg.band(),
        }
    }
}

/// Takes samples of one signal and tells a heart rate for each ten seconds of it, three seconds
/// after their end.
#[derive(Debug, Clone)]
pub struct RateMeter {
    hz: f64,
    signal: Signal,
    detector: Detector,
    contact: Contact,
    ended: VecDeque<Counts>,
    beats: VecDeque<Beat>,
    shape: History,
    every: u64,
    seen: u64,
    window: u64,
}

impl RateMeter {
    /// `sensor_range` is the lowest and the highest value the sensor can give, in the unit of the
    /// samples, where that is known: only then can saturation be told.
    pub fn new(
        signal: Signal,
        sampling_hz: f64,
        sensor_range: Option<(f64, f64)>,
    ) -> Result<Self, BeatError> {
        let detector = match signal {
            Signal::Ecg => Detector::Ecg(Box::new(EcgDetector::new(sampling_hz)?)),
            Signal::Ppg => Detector::Ppg(Box::new(PpgDetector::new(sampling_hz)?)),
        };
        if let Some((low, high)) =
            sensor_range.filter(|(low, high)| low.partial_cmp(high) != Some(Ordering::Less))
        {
            return Err(BeatError::SensorRange { low, high });
        }
        let every = (sampling_hz / SHAPE_HZ).floor().max(1.0);
        let held_s = (RATE_WINDOW_S + LAG_S + 3) as f64;
        Ok(Self {
            hz: sampling_hz,
            signal,
            detector,
            contact: Contact::new(sampling_hz, sensor_range),
            ended: VecDeque::new(),
            beats: VecDeque::new(),
            shape: History::new((held_s * sampling_hz / every) as usize),
            every: every as u64,
            seen: 0,
            window: (RATE_WINDOW_S as f64 * sampling_hz) as u64,
        })
    }

    /// Takes the next sample, a missing one as NaN.
    pub fn push(&mut self, sample: f64) -> Option<HeartRate> {
        self.contact.push(sample);
        if let Some(beat) = self.detector.push(sample) {
            self.beats.push_back(beat);
        }
        if self.seen.is_multiple_of(self.every) {
            self.shape.push(self.detector.band().0);
        }
        self.seen += 1;
        if self.seen.is_multiple_of(self.window) {
            self.ended.push_back(self.contact.take());
        }
        let lagged = self.seen.checked_sub((LAG_S as f64 * self.hz) as u64)?;
        let ends = lagged > 0 && lagged.is_multiple_of(self.window);
        ends.then(|| self.judge(lagged)).flatten()
    }

    fn judge(&mut self, to: u64) -> Option<HeartRate> {
        let counts = self.ended.pop_front()?;
        let split = self.beats.iter().position(|beat| beat.at >= to as f64);
        let beats: Vec<Beat> = self
            .beats
            .drain(..split.unwrap_or(self.beats.len()))
            .collect();
        let found = intervals(&beats, self.hz);
        let ms: Vec<f64> = found.iter().map(|interval| interval.ms).collect();
        let quality = SignalQuality::of(self.signal, &counts, &ms, self.likeness(&beats, &ms));
        Some(HeartRate {
            from: to.saturating_sub(self.window),
            to,
            value: rate(&beats, &ms),
            beats: beats.len(),
            quality,
        })
    }

    /// How much the beats of a window look alike: the mean correlation with their mean.
    fn likeness(&self, beats: &[Beat], intervals_ms: &[f64]) -> f64 {
        let Some(usual_ms) = median(intervals_ms) else {
            return 0.0;
        };
        let per_shape = |samples: f64| samples / self.every as f64;
        let half = (per_shape(usual_ms.min(2_000.0) * self.hz / 1_000.0) / 2.0) as u64;
        let lag = self.detector.band().1 as f64;
        let shapes: Vec<Vec<f64>> = beats
            .iter()
            .filter_map(|beat| self.shape_about(per_shape(beat.at + lag).round() as u64, half))
            .collect();
        mean_correlation(&shapes)
    }

    fn shape_about(&self, middle: u64, half: u64) -> Option<Vec<f64>> {
        let from = middle.checked_sub(half)?;
        (from..=middle + half)
            .map(|number| self.shape.get(number))
            .collect()
    }
}

/// The mean rate: as many beats in as much time.
fn rate(beats: &[Beat], intervals_ms: &[f64]) -> Option<i64> {
    if beats.len() < LEAST_BEATS || intervals_ms.len() + 1 < LEAST_BEATS {
        return None;
    }
    let mean_s = intervals_ms.iter().sum::<f64>() / intervals_ms.len() as f64 / 1_000.0;
    Some((TENTHS / mean_s).round() as i64)
}

fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied()
}

fn mean_correlation(shapes: &[Vec<f64>]) -> f64 {
    let Some(first) = shapes.first() else {
        return 0.0;
    };
    let mean: Vec<f64> = (0..first.len())
        .map(|at| {
            shapes.iter().filter_map(|shape| shape.get(at)).sum::<f64>() / shapes.len() as f64
        })
        .collect();
    let all: f64 = shapes.iter().map(|shape| correlation(shape, &mean)).sum();
    all / shapes.len() as f64
}

/// Pearson's; 0 where one of the two does not vary.
fn correlation(one: &[f64], other: &[f64]) -> f64 {
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let (a, b) = (mean(one), mean(other));
    let sum = |term: &dyn Fn(f64, f64) -> f64| -> f64 {
        one.iter().zip(other).map(|(x, y)| term(x - a, y - b)).sum()
    };
    let spread = (sum(&|x, _| x * x) * sum(&|_, y| y * y)).sqrt();
    if spread == 0.0 {
        return 0.0;
    }
    sum(&|x, y| x * y) / spread
}

#[cfg(test)]
mod tests {
    use super::*;
    use vitals_core::reading::Quality;

    #[test]
    fn correlation_is_one_for_a_scaled_copy_and_nothing_for_a_flat_line() {
        let wave = [0.0, 1.0, 3.0, 1.0];
        let close = |a: f64, b: f64| (a - b).abs() < 1e-12;
        assert!(close(correlation(&wave, &wave.map(|v| 5.0 + 2.0 * v)), 1.0));
        assert!(close(correlation(&wave, &wave.map(|v| -v)), -1.0));
        assert_eq!(correlation(&wave, &[4.0; 4]), 0.0);
    }

    #[test]
    fn a_rate_needs_four_beats_in_a_row() {
        let beats: Vec<Beat> = (0..4)
            .map(|n| Beat {
                at: f64::from(n) * 80.0,
                after_gap: false,
            })
            .collect();
        assert_eq!(rate(&beats, &[800.0; 3]), Some(750));
        assert_eq!(rate(&beats[..3], &[800.0; 2]), None);
        assert_eq!(rate(&beats, &[800.0; 2]), None, "a gap between them");
    }

    #[test]
    fn a_poor_rate_is_told_as_a_poor_reading() {
        let counts = Counts {
            samples: 1_000,
            ..Counts::default()
        };
        let with = |likeness: f64| HeartRate {
            from: 0,
            to: 1_000,
            value: Some(750),
            beats: 12,
            quality: SignalQuality::of(Signal::Ecg, &counts, &[800.0; 11], likeness),
        };
        assert_eq!(
            with(0.1).reading(5, true).unwrap().flags.quality,
            Quality::Poor
        );
        let good = with(0.97).reading(5, true).unwrap();
        assert_eq!(
            (good.value, good.offset_ms, good.flags),
            (750, 5, ReadingFlags::SIMULATED_GOOD)
        );
        let none = HeartRate {
            value: None,
            ..with(0.97)
        };
        assert_eq!(none.reading(0, false), None);
    }
}
