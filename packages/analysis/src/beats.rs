//! Heartbeats from a raw signal, sample by sample: QRS complexes of an ECG, systolic peaks of a
//! photoplethysmogram (PPG), and a heart rate from either with the signal's quality.
//!
//! A detector takes one sample at a time in any linear unit and holds a bounded history. A sample
//! that is not a finite number is missing: the filters start anew behind it, and no interval
//! reaches across it.

mod ecg;
mod filter;
mod ppg;
mod rate;
mod rules;

use serde::{Deserialize, Serialize};

pub use ecg::EcgDetector;
pub use ppg::PpgDetector;
pub use rate::{HeartRate, RateMeter, RATE_WINDOW_S};

use crate::hrv::Interval;

/// A heartbeat.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Beat {
    /// Samples since the detector's first, with a fraction: the R peak or the systolic peak.
    pub at: f64,
    /// The first one behind missing samples: no interval ends with it.
    pub after_gap: bool,
}

/// The signal a detector is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Signal {
    /// One lead, either way up.
    Ecg,
    /// More light absorbed is down: the systolic peak points up.
    Ppg,
}

#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum BeatError {
    #[error("beats/sampling_rate: {got} samples a second, {low} to 2000 are taken")]
    SamplingRate { got: f64, low: u16 },
    #[error(
        "beats/sensor_range: the sensor's range is {low} to {high}, it ends above where it begins"
    )]
    SensorRange { low: f64, high: f64 },
}

const MOST_HZ: f64 = 2_000.0;

fn checked_rate(hz: f64, low: u16) -> Result<f64, BeatError> {
    if (f64::from(low)..=MOST_HZ).contains(&hz) {
        return Ok(hz);
    }
    Err(BeatError::SamplingRate { got: hz, low })
}

/// Beat-to-beat intervals; across a gap there is none.
pub fn intervals(beats: &[Beat], sampling_hz: f64) -> Vec<Interval> {
    let ms = |samples: f64| samples * 1_000.0 / sampling_hz;
    beats
        .windows(2)
        .filter_map(|pair| match pair {
            [one, next] if !next.after_gap => Some(Interval {
                ends_ms: ms(next.at),
                ms: ms(next.at - one.at),
            }),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_interval_reaches_across_a_gap() {
        let beat = |at: f64, after_gap| Beat { at, after_gap };
        let beats = [
            beat(100.0, true),
            beat(180.0, false),
            beat(900.0, true),
            beat(970.5, false),
        ];
        let found = intervals(&beats, 100.0);
        let expected = [(1_800.0, 800.0), (9_705.0, 705.0)];
        assert_eq!(found.len(), 2);
        for (interval, (ends_ms, ms)) in found.iter().zip(expected) {
            assert_eq!((interval.ends_ms, interval.ms), (ends_ms, ms));
        }
    }

    #[test]
    fn a_sampling_rate_outside_its_bounds_is_refused() {
        for (hz, fits) in [
            (99.9, false),
            (100.0, true),
            (2_000.0, true),
            (2_000.1, false),
            (f64::NAN, false),
        ] {
            assert_eq!(EcgDetector::new(hz).is_ok(), fits, "{hz}");
        }
        assert!(PpgDetector::new(25.0).is_ok() && PpgDetector::new(24.0).is_err());
        let error = EcgDetector::new(50.0).map(|_| ()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "beats/sampling_rate: 50 samples a second, 100 to 2000 are taken"
        );
    }
}
