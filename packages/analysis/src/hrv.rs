//! Heart rate variability from beat-to-beat intervals, by the definitions of the Task Force of the
//! European Society of Cardiology and the North American Society of Pacing and Electrophysiology,
//! Heart rate variability: standards of measurement, physiological interpretation, and clinical
//! use, Circulation 93:1043–1065, 1996.
//!
//! What is missing is left out, never filled in: intervals that are artefacts by `classify` count
//! for nothing, and no difference is taken across one or across a hole.

mod artefact;
mod spectrum;

use serde::{Deserialize, Serialize};
use vitals_core::measure::Measure;

pub use artefact::{classify, IntervalClass};
pub use spectrum::{spectrum, Spectrum};

/// The time between two beats in a row.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// When the second beat was, in milliseconds since the series began.
    pub ends_ms: f64,
    pub ms: f64,
}

/// Windows are 1 minute to 24 hours long; 5 minutes is the Task Force's short-term standard.
pub const LEAST_WINDOW_MS: f64 = 60_000.0;
pub const LONGEST_WINDOW_MS: f64 = 86_400_000.0;
/// Normal intervals must cover so much of the window. Ours.
pub const LEAST_COVERAGE_PERCENT: f64 = 80.0;
/// LF needs two minutes (Task Force); beyond ten a spectrum is of no one state.
const SPECTRUM_MS: std::ops::RangeInclusive<f64> = 120_000.0..=600_000.0;
/// Beats so close to where an interval begins are the one it begins with.
const SAME_BEAT_MS: f64 = 1.0;
const NN50_MS: f64 = 50.0;

/// Time-domain measures of normal-to-normal (NN) intervals.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct TimeDomain {
    pub mean_nn_ms: f64,
    /// Standard deviation of the intervals, with n − 1.
    pub sdnn_ms: f64,
    /// Root mean square of successive differences.
    pub rmssd_ms: f64,
    /// Successive differences above 50 ms, and their share of all.
    pub nn50: u32,
    pub pnn50_percent: f64,
}

/// Variability within one window.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Variability {
    /// Intervals that counted, and those left out as artefacts or implausible.
    pub normal: usize,
    pub left_out: usize,
    /// Share of the window that those that counted cover.
    pub coverage_percent: f64,
    pub time: TimeDomain,
    /// Only for windows of 2 to 10 minutes.
    pub spectrum: Option<Spectrum>,
}

#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum HrvError {
    #[error("hrv/window: the window is {got_ms} ms long, 60000 to 86400000 are taken")]
    Window { got_ms: f64 },
    #[error("hrv/interval: an interval of {ms} ms ending at {ends_ms} ms, both are finite and it is positive")]
    Interval { ms: f64, ends_ms: f64 },
    #[error("hrv/order: an interval ends at {ends_ms} ms after one that ends at {before_ms} ms, they go by time")]
    Order { ends_ms: f64, before_ms: f64 },
    #[error("hrv/coverage: normal intervals cover {got_percent:.0} % of the window, at least 80 are needed")]
    Coverage { got_percent: f64 },
}

/// Variability in `[from_ms, to_ms)` of a series, from the intervals that end there. Those outside
/// help to tell what is usual.
pub fn variability(series: &[Interval], from_ms: f64, to_ms: f64) -> Result<Variability, HrvError> {
    let window_ms = to_ms - from_ms;
    if !(LEAST_WINDOW_MS..=LONGEST_WINDOW_MS).contains(&window_ms) {
        return Err(HrvError::Window { got_ms: window_ms });
    }
    check(series)?;
    let ms: Vec<f64> = series.iter().map(|interval| interval.ms).collect();
    let classes = classify(&ms);
    let within = |interval: &Interval| (from_ms..to_ms).contains(&interval.ends_ms);
    let judged = series
        .iter()
        .zip(classes)
        .filter(|(interval, _)| within(interval));
    let (normal, left_out): (Vec<_>, Vec<_>) = judged.partition(|(interval, class)| {
        *class == IntervalClass::Normal && is_plausible(interval.ms)
    });
    let normal: Vec<Interval> = normal.into_iter().map(|(interval, _)| *interval).collect();
    let coverage_percent =
        100.0 * normal.iter().map(|interval| interval.ms).sum::<f64>() / window_ms;
    let too_little = HrvError::Coverage {
        got_percent: coverage_percent,
    };
    if coverage_percent < LEAST_COVERAGE_PERCENT {
        return Err(too_little);
    }
    Ok(Variability {
        normal: normal.len(),
        left_out: left_out.len(),
        coverage_percent: coverage_percent.min(100.0),
        time: time_domain(&normal).ok_or(too_little)?,
        spectrum: SPECTRUM_MS
            .contains(&window_ms)
            .then(|| spectrum(&normal))
            .flatten(),
    })
}

fn check(series: &[Interval]) -> Result<(), HrvError> {
    for &Interval { ends_ms, ms } in series {
        if !(ms.is_finite() && ends_ms.is_finite() && ms > 0.0) {
            return Err(HrvError::Interval { ms, ends_ms });
        }
    }
    let ends = || series.iter().map(|interval| interval.ends_ms);
    match ends()
        .zip(ends().skip(1))
        .find(|(before, end)| before >= end)
    {
        Some((before_ms, ends_ms)) => Err(HrvError::Order { ends_ms, before_ms }),
        None => Ok(()),
    }
}

fn is_plausible(ms: f64) -> bool {
    Measure::HeartRate.is_plausible((600_000.0 / ms).round() as i64)
}

/// Of normal intervals in order of time; none with fewer than two successive differences.
pub fn time_domain(normal: &[Interval]) -> Option<TimeDomain> {
    let differences: Vec<f64> = normal
        .windows(2)
        .filter_map(|pair| match pair {
            [one, next] if follows(one, next) => Some(next.ms - one.ms),
            _ => None,
        })
        .collect();
    if differences.len() < 2 {
        return None;
    }
    let count = normal.len() as f64;
    let mean = normal.iter().map(|interval| interval.ms).sum::<f64>() / count;
    let spread: f64 = normal
        .iter()
        .map(|interval| (interval.ms - mean).powi(2))
        .sum();
    let squares: f64 = differences
        .iter()
        .map(|difference| difference.powi(2))
        .sum();
    let nn50 = differences
        .iter()
        .filter(|difference| difference.abs() > NN50_MS)
        .count();
    Some(TimeDomain {
        mean_nn_ms: mean,
        sdnn_ms: (spread / (count - 1.0)).sqrt(),
        rmssd_ms: (squares / differences.len() as f64).sqrt(),
        nn50: u32::try_from(nn50).unwrap_or(u32::MAX),
        pnn50_percent: 100.0 * nn50 as f64 / differences.len() as f64,
    })
}

/// Whether the second interval begins with the beat that ends the first.
fn follows(one: &Interval, next: &Interval) -> bool {
    (next.ends_ms - next.ms - one.ends_ms).abs() < SAME_BEAT_MS
}

/// Intervals in a row as a series that begins with the first one's first beat.
pub fn series(intervals_ms: impl IntoIterator<Item = f64>) -> Vec<Interval> {
    let mut ends_ms = 0.0;
    let after = |ms: f64| {
        ends_ms += ms;
        Interval { ends_ms, ms }
    };
    intervals_ms.into_iter().map(after).collect()
}
