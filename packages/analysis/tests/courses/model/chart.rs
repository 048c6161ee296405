//! One chart of the model: distances smoothed over one span, and the covariance they have.

use serde::{Deserialize, Serialize};
use vitals_analysis::OrdinaryDays;
use vitals_core::measure::Measure;
use vitals_core::time::Millis;

use super::solve::solve;
use super::{Anomaly, Contribution, MODEL_MEASURES, SIZE};

const DAY_MS: u64 = 86_400_000;
const PAIRS: usize = SIZE * (SIZE + 1) / 2;
const CLIP_MILLI: i64 = 6_000;
/// For the covariance: what an ordinary reading does not exceed.
const LEARN_CLIP_MILLI: i64 = 3_000;
/// A day-old pair weighs 27/28 of a new one.
const REMEMBER: i64 = 27;
const OF: i64 = 28;
/// Pairs below which a measure is not compared: about two days of five-minute readings.
const LEAST_PAIRS: i64 = 576;
/// Ours: enough to keep the covariance of measures that mostly move together away from singular.
const SHRINK: f64 = 0.2;
/// Variance of a smoothed distance that is not undercut, in spreads squared.
const LEAST_VARIANCE: f64 = 0.05;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Chart {
    /// A new distance weighs one part of so many.
    smoothing: i64,
    smooth: [Option<Smooth>; SIZE],
    pairs: [Pair; PAIRS],
    days: OrdinaryDays,
    day: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Smooth {
    milli: i64,
    at_ms: Millis,
}

/// Sum of products of two measures' smoothed distances, in millionths, and how many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Pair {
    sum: i64,
    count: i64,
}

impl Chart {
    pub fn new(smoothing: i64) -> Self {
        Self {
            smoothing,
            smooth: [None; SIZE],
            pairs: [Pair::default(); PAIRS],
            days: OrdinaryDays::default(),
            day: 0,
        }
    }

    pub fn take(&mut self, distances: &[Option<i64>; SIZE], at_ms: Millis) -> Option<Anomaly> {
        self.forget(at_ms);
        for (at, distance) in distances.iter().enumerate() {
            self.smooth_in(at, *distance, at_ms);
        }
        let judged = self.judge();
        self.learn();
        let (distance_milli, contributions) = judged?;
        self.days.take(distance_milli, at_ms);
        let looked_at = |measure: &Measure| contributions.iter().any(|c| c.measure == *measure);
        let missing = MODEL_MEASURES.into_iter().filter(|m| !looked_at(m));
        Some(Anomaly {
            ratio_milli: self.days.ratio_milli(distance_milli, 1)?,
            missing: missing.collect(),
            contributions,
            days: self.days.days(),
        })
    }

    #[cfg(test)]
    pub fn is_bounded(&self) -> bool {
        self.pairs.iter().all(|pair| pair.count < 10_000)
    }

    fn forget(&mut self, at_ms: Millis) {
        let day = at_ms / DAY_MS;
        if day != self.day {
            self.day = day;
            for pair in &mut self.pairs {
                pair.sum = pair.sum * REMEMBER / OF;
                pair.count = pair.count * REMEMBER / OF;
            }
        }
    }

    fn smooth_in(&mut self, at: usize, distance: Option<i64>, at_ms: Millis) {
        let Some(slot) = self.smooth.get_mut(at) else {
            return;
        };
        if slot.is_some_and(|smooth| at_ms.abs_diff(smooth.at_ms) > good_for_ms(at)) {
            *slot = None;
        }
        if let Some(distance) = distance {
            let before = slot.map_or(0, |smooth| smooth.milli);
            let step = distance.clamp(-CLIP_MILLI, CLIP_MILLI) - before;
            *slot = Some(Smooth {
                milli: before + step / self.smoothing,
                at_ms,
            });
        }
    }

    fn learn(&mut self) {
        let clipped = |smooth: &Option<Smooth>| {
            smooth.map(|smooth| smooth.milli.clamp(-LEARN_CLIP_MILLI, LEARN_CLIP_MILLI))
        };
        let values: Vec<Option<i64>> = self.smooth.iter().map(clipped).collect();
        let pairs = &mut self.pairs;
        for (i, one) in values.iter().enumerate() {
            for (j, other) in values.iter().enumerate().take(i + 1) {
                if let (Some(pair), Some(one), Some(other)) =
                    (pairs.get_mut(index(i, j)), one, other)
                {
                    pair.sum += one * other;
                    pair.count += 1;
                }
            }
        }
    }

    /// The distance, standardised by its mean and deviation at this number of measures, in
    /// thousandths, and what each measure has of it.
    fn judge(&self) -> Option<(i64, Vec<Contribution>)> {
        let known: Vec<(usize, f64)> = self.known().collect();
        if known.len() < 2 {
            return None;
        }
        let matrix: Vec<Vec<f64>> = known
            .iter()
            .map(|(i, _)| known.iter().map(|(j, _)| self.covariance(*i, *j)).collect())
            .collect();
        let values: Vec<f64> = known.iter().map(|(_, value)| *value).collect();
        let solved = solve(&matrix, &values)?;
        let parts: Vec<f64> = values.iter().zip(&solved).map(|(v, s)| v * s).collect();
        let squared: f64 = parts.iter().sum();
        let measures = known.len() as f64;
        let standard = (squared - measures) / (2.0 * measures).sqrt();
        let share = |part: &f64| (part / squared.max(f64::MIN_POSITIVE) * 1_000.0).round() as i64;
        let contributions = known.iter().zip(&parts).filter_map(|((at, _), part)| {
            Some(Contribution {
                measure: *MODEL_MEASURES.get(*at)?,
                per_mille: share(part),
            })
        });
        Some(((standard * 1_000.0).round() as i64, contributions.collect()))
    }

    /// Measures that are there and of which enough is known, with their smoothed distance.
    fn known(&self) -> impl Iterator<Item = (usize, f64)> + '_ {
        let there = self.smooth.iter().enumerate();
        there.filter_map(|(at, smooth)| {
            let learned = self.pairs.get(index(at, at))?.count >= LEAST_PAIRS;
            learned.then_some((at, (*smooth)?.milli as f64 / 1_000.0))
        })
    }

    /// Shrunk towards the diagonal; pairs that were hardly ever seen together count as unrelated.
    fn covariance(&self, i: usize, j: usize) -> f64 {
        let pair = self.pairs.get(index(i, j)).copied().unwrap_or_default();
        if i == j {
            return mean(pair).max(LEAST_VARIANCE);
        }
        if pair.count < LEAST_PAIRS {
            return 0.0;
        }
        mean(pair) * (1.0 - SHRINK)
    }
}

fn mean(pair: Pair) -> f64 {
    pair.sum as f64 / 1e6 / pair.count.max(1) as f64
}

/// Of the lower triangle, row by row.
fn index(i: usize, j: usize) -> usize {
    let (row, column) = (i.max(j), i.min(j));
    row * (row + 1) / 2 + column
}

/// How long a distance speaks for now: what is measured continuously 15 minutes, the rest as long
/// as people leave between two measurements.
fn good_for_ms(at: usize) -> u64 {
    match MODEL_MEASURES.get(at) {
        Some(Measure::BodyTemperature) => 3_600_000,
        Some(Measure::SystolicPressure | Measure::DiastolicPressure) => 7_200_000,
        _ => 900_000,
    }
}
