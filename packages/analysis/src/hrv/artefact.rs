//! Which intervals are not between normal beats: J. Lipponen and M. Tarvainen, A robust algorithm
//! for heart rate variability time series artefact correction using novel beat classification,
//! J Med Eng Technol 43:173–181, 2019. Its classes and constants; nothing is corrected here, since
//! no interval is to count that was not measured.

use serde::{Deserialize, Serialize};

const C1: f64 = 0.13;
const C2: f64 = 0.17;
const ALPHA: f64 = 5.2;
/// Intervals that a threshold is taken over, and those that the local median is.
const THRESHOLD_WIDTH: usize = 91;
const MEDIAN_WIDTH: usize = 11;
const FAR_FROM_MEDIAN: f64 = 3.0;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IntervalClass {
    Normal,
    /// Of a beat that came early and the pause behind it.
    Ectopic,
    /// A beat within it was not detected.
    Missed,
    /// One of the beats at its ends is none.
    Extra,
    /// Longer or shorter than the rhythm allows.
    LongOrShort,
}

/// Classes of intervals in a row, in milliseconds, all positive. A series without any spread has
/// no thresholds: all of it is normal.
pub fn classify(intervals_ms: &[f64]) -> Vec<IntervalClass> {
    if intervals_ms.is_empty() {
        return Vec::new();
    }
    let mut classes = Series::of(intervals_ms).classify();
    classes.remove(0);
    classes
}

/// The intervals behind their mean, which stands before the first so that it too has a difference.
struct Series {
    rr: Vec<f64>,
    /// Differences of successive intervals by their threshold.
    change: Vec<f64>,
    /// Distances from the local median by theirs; those below it count twice.
    distance: Vec<f64>,
    median: Vec<f64>,
    distance_threshold: Vec<f64>,
}

impl Series {
    fn of(intervals_ms: &[f64]) -> Self {
        let rr: Vec<f64> = std::iter::once(mean(intervals_ms))
            .chain(intervals_ms.iter().copied())
            .collect();
        let mut change: Vec<f64> = rr.windows(2).map(|pair| pair[1] - pair[0]).collect();
        change.insert(0, mean(&change));
        let change_threshold = thresholds(&change);
        let median = rolling(&rr, MEDIAN_WIDTH, |sorted| quantile(sorted, 0.5));
        let distance: Vec<f64> = rr
            .iter()
            .zip(&median)
            .map(|(rr, median)| rr - median)
            .map(|distance| {
                if distance < 0.0 {
                    2.0 * distance
                } else {
                    distance
                }
            })
            .collect();
        let distance_threshold = thresholds(&distance);
        Self {
            change: divided(&change, &change_threshold),
            distance: divided(&distance, &distance_threshold),
            rr,
            median,
            distance_threshold,
        }
    }

    fn classify(&self) -> Vec<IntervalClass> {
        let mut classes = vec![IntervalClass::Normal; self.rr.len()];
        let mut at = 0;
        while at + 2 < self.rr.len() {
            let (found, looked_at) = self.classify_from(at);
            for (index, class) in found {
                if let Some(slot) = classes.get_mut(index) {
                    *slot = class;
                }
            }
            at += looked_at;
        }
        classes
    }

    /// What is at an interval, and perhaps at the one after it; and how many were looked at.
    fn classify_from(&self, at: usize) -> (Vec<(usize, IntervalClass)>, usize) {
        if self.change(at).abs() <= 1.0 {
            return (Vec::new(), 1);
        }
        if self.is_ectopic(at) {
            return (vec![(at, IntervalClass::Ectopic)], 1);
        }
        // the change may be the following interval's doing
        let both = self.change(at + 1).abs() < self.change(at + 2).abs();
        let looked_at = if both { 2 } else { 1 };
        let found =
            (at..at + looked_at).filter_map(|index| Some((index, self.long_or_short(index)?)));
        (found.collect(), looked_at)
    }

    /// A difference by its threshold; beyond the ends the series is mirrored.
    fn change(&self, index: usize) -> f64 {
        self.mirrored(index as i64)
    }

    fn mirrored(&self, index: i64) -> f64 {
        let last = self.change.len() as i64 - 1;
        let inside = if index > last {
            2 * last - index
        } else {
            index.abs()
        };
        usize::try_from(inside)
            .ok()
            .and_then(|inside| self.change.get(inside))
            .copied()
            .unwrap_or(0.0)
    }

    /// A difference and one of its neighbours of the other sign: equations 1 and 2 there.
    fn is_ectopic(&self, at: usize) -> bool {
        let here = self.change(at);
        let (before, after) = (self.mirrored(at as i64 - 1), self.change(at + 1));
        (here > 1.0 && before.max(after) < -C1 * here - C2)
            || (here < -1.0 && before.min(after) > -C1 * here + C2)
    }

    fn long_or_short(&self, at: usize) -> Option<IntervalClass> {
        let here = self.change(at);
        let (next, second) = (self.change(at + 1), self.change(at + 2));
        let is_long = here > 1.0 && next.min(second) < -1.0;
        let is_short = here < -1.0 && next.max(second) > 1.0;
        let is_far = self.value(&self.distance, at).abs() > FAR_FROM_MEDIAN;
        if !(is_long || is_short || is_far) {
            return None;
        }
        let (median, threshold) = (
            self.value(&self.median, at),
            self.value(&self.distance_threshold, at),
        );
        let rr = self.value(&self.rr, at);
        let joined = rr + self.value(&self.rr, at + 1);
        if is_short && (joined - median).abs() < threshold {
            return Some(IntervalClass::Extra);
        }
        if is_long && (rr / 2.0 - median).abs() < threshold {
            return Some(IntervalClass::Missed);
        }
        Some(IntervalClass::LongOrShort)
    }

    fn value(&self, of: &[f64], at: usize) -> f64 {
        of.get(at).copied().unwrap_or(0.0)
    }
}

fn mean(values: &[f64]) -> f64 {
    match values.len() {
        0 => 0.0,
        count => values.iter().sum::<f64>() / count as f64,
    }
}

/// 5.2 quartile deviations of the sizes about each value.
fn thresholds(values: &[f64]) -> Vec<f64> {
    let sizes: Vec<f64> = values.iter().map(|value| value.abs()).collect();
    rolling(&sizes, THRESHOLD_WIDTH, |sorted| {
        ALPHA * (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / 2.0
    })
}

fn divided(values: &[f64], by: &[f64]) -> Vec<f64> {
    let by_threshold = |(value, by): (&f64, &f64)| if *by == 0.0 { 0.0 } else { value / by };
    values.iter().zip(by).map(by_threshold).collect()
}

/// Over the `width` values about each, fewer at the ends.
fn rolling(values: &[f64], width: usize, figure: impl Fn(&[f64]) -> f64) -> Vec<f64> {
    let half = width / 2;
    (0..values.len())
        .map(|at| {
            let to = (at + half + 1).min(values.len());
            let mut about = values
                .get(at.saturating_sub(half)..to)
                .unwrap_or_default()
                .to_vec();
            about.sort_by(f64::total_cmp);
            figure(&about)
        })
        .collect()
}

/// Linear between the two nearest; of sorted values.
fn quantile(sorted: &[f64], part: f64) -> f64 {
    let place = part * sorted.len().saturating_sub(1) as f64;
    let at = |index: f64| sorted.get(index as usize).copied().unwrap_or(0.0);
    let (low, high) = (at(place.floor()), at(place.ceil()));
    low + (high - low) * place.fract()
}
