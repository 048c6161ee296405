//! Delays and their confidence.

use super::random::Random;
use super::run::HORIZON;

/// Hours from the onset to the end of the slot with the first alarm; what was not found in a day
/// counts as a day.
pub const DAY_H: f64 = 24.0;

pub fn delay(alarms: &[usize], onset: usize) -> Option<f64> {
    let first = alarms.iter().find(|slot| **slot >= onset)?;
    let slots = first - onset + 1;
    (slots <= HORIZON).then_some(slots as f64 / 12.0)
}

pub fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match sorted.len() % 2 {
        0 => (sorted[middle - 1] + sorted[middle]) / 2.0,
        _ => sorted[middle],
    }
}

pub fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// 95 % by the percentiles of 1000 resamples of the persons.
pub fn interval(values: &[f64], of: fn(&[f64]) -> f64) -> (f64, f64) {
    let mut random = Random::new(95);
    let mut drawn: Vec<f64> = (0..1_000)
        .map(|_| {
            let draw = |_| values[random.below(values.len() as u64) as usize];
            of(&(0..values.len()).map(draw).collect::<Vec<_>>())
        })
        .collect();
    drawn.sort_by(f64::total_cmp);
    (drawn[25], drawn[974])
}
