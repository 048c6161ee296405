//! What is compared: each method is one figure a slot, and alarms where it reaches a limit.

use vitals_analysis::Figures;
use vitals_core::measure::Measure;
use vitals_core::reading::{Quality, Reading};

pub const METHODS: [&str; 5] = ["thresholds", "baseline", "change point", "NEWS2", "model"];
pub const BASELINE: usize = 1;
pub const CHANGE: usize = 2;
pub const MODEL: usize = 4;
/// An alarm is another one only after an hour below the limit.
const REARM: u32 = 12;

/// One slot's figure of each method; none where it has nothing to judge.
pub type Scores = [Option<i64>; METHODS.len()];

/// Common limits for everybody, moved together: how many steps beyond its range a measure was in
/// two readings running.
#[derive(Clone, Default)]
pub struct Thresholds {
    before: Vec<(Measure, i64)>,
}

/// Range and step, fixed point.
fn common(measure: Measure) -> (i64, i64, i64) {
    match measure {
        Measure::HeartRate => (500, 1_000, 100),
        Measure::OxygenSaturation => (930, 1_000, 20),
        Measure::RespiratoryRate => (100, 210, 30),
        Measure::BodyTemperature => (3_550, 3_800, 50),
        Measure::SystolicPressure => (95, 160, 10),
        _ => (50, 100, 10),
    }
}

impl Thresholds {
    pub fn score(&mut self, readings: &[(Reading, u64)]) -> Option<i64> {
        let good = readings
            .iter()
            .filter(|(r, _)| r.flags.quality != Quality::Poor);
        let scores = good.filter_map(|(reading, _)| {
            let (low, high, step) = common(reading.measure);
            let beyond = (reading.value - high).max(low - reading.value) * 1_000 / step;
            let known = self.before.iter_mut().find(|(m, _)| *m == reading.measure);
            let Some((_, before)) = known else {
                self.before.push((reading.measure, beyond));
                return None;
            };
            Some(std::mem::replace(before, beyond).min(beyond))
        });
        scores.max()
    }
}

pub fn scores(
    thresholds: Option<i64>,
    figures: Figures,
    news2_before: u8,
    anomaly: Option<i64>,
) -> Scores {
    let news2 = i64::from(figures.news2_at_least.min(news2_before)) * 1_000;
    [
        thresholds,
        figures.deviation_milli,
        figures.change_milli,
        Some(news2),
        anomaly,
    ]
}

/// Slots at which a method raises an alarm.
pub fn alarms(scores: &[Scores], method: usize, limit: i64) -> Vec<usize> {
    let (mut raised, mut quiet) = (Vec::new(), REARM);
    for (slot, scores) in scores.iter().enumerate() {
        match scores[method] {
            Some(score) if score >= limit => {
                if quiet >= REARM {
                    raised.push(slot);
                }
                quiet = 0;
            }
            Some(_) => quiet += 1,
            None => {}
        }
    }
    raised
}

/// The lowest limit at which there are at most so many alarms over all courses.
pub fn calibrate(courses: &[&[Scores]], method: usize, most: f64) -> i64 {
    let (mut low, mut high) = (-20_000_i64, 400_000_i64);
    while high - low > 1 {
        let limit = (low + high) / 2;
        let count: usize = courses.iter().map(|c| alarms(c, method, limit).len()).sum();
        // far below, alarms merge into one that never ends: that is not few
        let always = courses
            .iter()
            .flat_map(|c| c.iter())
            .filter(|s| s[method].is_some_and(|s| s >= limit))
            .count();
        let slots: usize = courses.iter().map(|c| c.len()).sum();
        match count as f64 <= most && always * 4 < slots {
            true => high = limit,
            false => low = limit,
        }
    }
    high
}
