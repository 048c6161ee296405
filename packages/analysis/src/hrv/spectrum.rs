//! Power of the low and the high frequency band by the periodogram of Lomb and Scargle, which takes
//! intervals where they lie: nothing is resampled or filled in. J. Scargle, Studies in astronomical
//! time series analysis II, Astrophys J 263:835–853, 1982; for intervals: P. Laguna, G. Moody and
//! R. Mark, IEEE Trans Biomed Eng 45:698–715, 1998. Bands by the Task Force.

use serde::{Deserialize, Serialize};

use super::Interval;

const LF_HZ: std::ops::Range<f64> = 0.04..0.15;
const HF_HZ: std::ops::Range<f64> = 0.15..0.4;
const LEAST: usize = 20;

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Spectrum {
    /// 0.04 to 0.15 Hz, in ms².
    pub lf_ms2: f64,
    /// 0.15 to 0.4 Hz, in ms².
    pub hf_ms2: f64,
}

impl Spectrum {
    /// LF / HF; none where there is no HF.
    pub fn ratio(&self) -> Option<f64> {
        (self.hf_ms2 > 0.0).then(|| self.lf_ms2 / self.hf_ms2)
    }
}

/// Of normal intervals in order of time, their linear trend taken out; none of fewer than twenty.
/// Frequencies are whole multiples of one by the time from the first to the last interval's end, so
/// that the powers add up.
pub fn spectrum(normal: &[Interval]) -> Option<Spectrum> {
    let (first, last) = (normal.first()?, normal.last()?);
    let span_s = (last.ends_ms - first.ends_ms) / 1_000.0;
    if normal.len() < LEAST || span_s <= 0.0 {
        return None;
    }
    let points = detrended(normal);
    let power = |band: &std::ops::Range<f64>| {
        let frequencies = (1..=(HF_HZ.end * span_s) as u32).map(|k| f64::from(k) / span_s);
        frequencies
            .filter(|f| band.contains(f))
            .map(|f| power_at(&points, f))
            .sum()
    };
    Some(Spectrum {
        lf_ms2: power(&LF_HZ),
        hf_ms2: power(&HF_HZ),
    })
}

/// Seconds and milliseconds, the least-squares line through them taken away.
fn detrended(normal: &[Interval]) -> Vec<(f64, f64)> {
    let count = normal.len() as f64;
    let mean = |of: &dyn Fn(&Interval) -> f64| normal.iter().map(of).sum::<f64>() / count;
    let (at, ms) = (mean(&|i| i.ends_ms), mean(&|i| i.ms));
    let both: f64 = normal.iter().map(|i| (i.ends_ms - at) * (i.ms - ms)).sum();
    let spread: f64 = normal.iter().map(|i| (i.ends_ms - at).powi(2)).sum();
    let slope = if spread == 0.0 { 0.0 } else { both / spread };
    let without = |i: &Interval| i.ms - ms - slope * (i.ends_ms - at);
    normal
        .iter()
        .map(|i| ((i.ends_ms - at) / 1_000.0, without(i)))
        .collect()
}

/// Power of one frequency: A² / 2 for a sine of amplitude A.
fn power_at(points: &[(f64, f64)], frequency: f64) -> f64 {
    let omega = std::f64::consts::TAU * frequency;
    let (sine, cosine) = points.iter().fold((0.0, 0.0), |(sine, cosine), (at, _)| {
        let (s, c) = (2.0 * omega * at).sin_cos();
        (sine + s, cosine + c)
    });
    let shift = f64::atan2(sine, cosine) / 2.0;
    let mut sums = [0.0; 4];
    for (at, value) in points {
        let (s, c) = (omega * at - shift).sin_cos();
        for (sum, term) in sums.iter_mut().zip([value * c, c * c, value * s, s * s]) {
            *sum += term;
        }
    }
    let part = |sum: f64, squares: f64| {
        if squares > 0.0 {
            sum * sum / squares
        } else {
            0.0
        }
    };
    let [with_cosine, cosines, with_sine, sines] = sums;
    (part(with_cosine, cosines) + part(with_sine, sines)) / points.len() as f64
}
