//! How good a window of readings of one measure is.

use vitals_core::measure::Measure;
use vitals_core::reading::Reading;
use vitals_core::time::Millis;

use serde::{Deserialize, Serialize};

use super::{assess, Before, Doubt};

/// A heart rate or breathing rate that does not move for so long is a sensor's, or a pacemaker's or
/// a ventilator's. Ours: no published limit is known.
const FLAT_MS: u64 = 300_000;
const FLAT_READINGS: u64 = 10;
/// A gap is longer than so many intervals.
const GAP_INTERVALS: u64 = 3;
/// A flat line halves the index at least.
const FLAT_INDEX: u64 = 50;

/// What readings are expected: of one measure in `[from_ms, to_ms)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    pub measure: Measure,
    pub from_ms: Millis,
    pub to_ms: Millis,
    /// How often the device measures; none for one that measures when asked.
    pub every_ms: Option<u64>,
    /// Lowest and highest value the sensor can give, in fixed point, where that is known.
    pub sensor_range: Option<(i64, i64)>,
}

/// A reading and its time since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timed {
    pub at_ms: Millis,
    pub reading: Reading,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WindowQuality {
    /// 0 to 100: each reading weighs 2 where nothing speaks against it, 1 where it is sudden or
    /// the device doubts it, 0 where it is implausible, saturated or poor; the sum by twice the
    /// readings expected (twice those there are, where none are expected or more came). At most 50
    /// with a flat line; 0 without readings.
    pub index: u8,
    pub readings: u64,
    pub expected: Option<u64>,
    /// The longest time without a reading, the window's ends included.
    pub longest_gap_ms: u64,
    /// In order of `Doubt`, each once.
    pub doubts: Vec<Doubt>,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QualityError {
    #[error("quality/window: the window is from {from_ms} to {to_ms} ms, it ends after it begins")]
    Window { from_ms: Millis, to_ms: Millis },
    #[error("quality/interval: readings are expected every 0 ms, the interval is positive")]
    Interval,
    #[error("quality/order: the reading at {at_ms} ms comes after one at {before_ms} ms, they go by time")]
    Order { at_ms: Millis, before_ms: Millis },
}

/// Judges the readings of a window, in order of time. Those of other measures and times are left
/// out of account.
pub fn judge(window: &Window, readings: &[Timed]) -> Result<WindowQuality, QualityError> {
    check(window, readings)?;
    let held: Vec<Timed> = readings
        .iter()
        .filter(|timed| window.holds(timed))
        .copied()
        .collect();
    let mut doubts: Vec<Doubt> = Vec::new();
    let mut weight: u64 = 0;
    let mut before: Option<Timed> = None;
    for timed in &held {
        let found = doubts_of(window, timed, before);
        weight = weight.saturating_add(weight_of(&found));
        doubts.extend(found);
        before = Some(*timed);
    }
    let longest_gap_ms = longest_gap(window, &held);
    if window
        .every_ms
        .is_some_and(|every| longest_gap_ms > every.saturating_mul(GAP_INTERVALS))
    {
        doubts.push(Doubt::Dropout);
    }
    if is_flat(window.measure, &held) {
        doubts.push(Doubt::FlatLine);
    }
    doubts.sort_unstable();
    doubts.dedup();
    let most = if doubts.contains(&Doubt::FlatLine) {
        FLAT_INDEX
    } else {
        100
    };
    let readings = held.len() as u64;
    Ok(WindowQuality {
        index: u8::try_from(share(weight, window.expected().unwrap_or(0).max(readings)).min(most))
            .unwrap_or(100),
        readings,
        expected: window.expected(),
        longest_gap_ms,
        doubts,
    })
}

impl Window {
    fn holds(&self, timed: &Timed) -> bool {
        timed.reading.measure == self.measure && (self.from_ms..self.to_ms).contains(&timed.at_ms)
    }

    fn expected(&self) -> Option<u64> {
        self.to_ms
            .saturating_sub(self.from_ms)
            .checked_div(self.every_ms?)
    }
}

fn check(window: &Window, readings: &[Timed]) -> Result<(), QualityError> {
    let (from_ms, to_ms) = (window.from_ms, window.to_ms);
    if from_ms >= to_ms {
        return Err(QualityError::Window { from_ms, to_ms });
    }
    if window.every_ms == Some(0) {
        return Err(QualityError::Interval);
    }
    let times = || readings.iter().map(|timed| timed.at_ms);
    match times()
        .zip(times().skip(1))
        .find(|(before, at)| before > at)
    {
        Some((before_ms, at_ms)) => Err(QualityError::Order { at_ms, before_ms }),
        None => Ok(()),
    }
}

fn doubts_of(window: &Window, timed: &Timed, before: Option<Timed>) -> Vec<Doubt> {
    let before = before.map(|before| Before {
        value: before.reading.value,
        elapsed_ms: timed.at_ms.saturating_sub(before.at_ms),
    });
    let value = timed.reading.value;
    let at_end = |(low, high)| value <= low || value >= high;
    let saturated = window
        .sensor_range
        .is_some_and(at_end)
        .then_some(Doubt::Saturated);
    assess(&timed.reading, before)
        .doubts()
        .chain(saturated)
        .collect()
}

fn weight_of(doubts: &[Doubt]) -> u64 {
    let worst = |doubt: &Doubt| match doubt {
        Doubt::Implausible | Doubt::Saturated | Doubt::DevicePoor => 0,
        _ => 1,
    };
    doubts.iter().map(worst).min().unwrap_or(2)
}

fn share(weight: u64, readings: u64) -> u64 {
    weight.saturating_mul(50).checked_div(readings).unwrap_or(0)
}

fn longest_gap(window: &Window, held: &[Timed]) -> u64 {
    let times = || held.iter().map(|timed| timed.at_ms);
    let from = std::iter::once(window.from_ms).chain(times());
    let to = times().chain([window.to_ms]);
    from.zip(to)
        .map(|(from, to)| to.saturating_sub(from))
        .max()
        .unwrap_or(0)
}

/// Only rates of heart and breath never stand still: a saturation of 100 %, a temperature or a
/// count may.
fn is_flat(measure: Measure, held: &[Timed]) -> bool {
    if !matches!(measure, Measure::HeartRate | Measure::RespiratoryRate) {
        return false;
    }
    held.chunk_by(|one, next| one.reading.value == next.reading.value)
        .any(|run| {
            let lasts = run
                .last()
                .zip(run.first())
                .map_or(0, |(last, first)| last.at_ms - first.at_ms);
            run.len() as u64 >= FLAT_READINGS && lasts >= FLAT_MS
        })
}

#[cfg(test)]
mod tests;
