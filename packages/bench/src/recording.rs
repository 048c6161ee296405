//! The heartbeats of `testdata/recording`, as readings.

use vitals_core::measure::Measure;
use vitals_core::reading::{Reading, ReadingFlags};

const SECONDS: usize = 3_600;
/// Beats over which what follows the heart is smoothed.
const SMOOTHED: usize = 32;
const RR_INTERVALS: &str = include_str!("../../../testdata/recording/rr-intervals.csv");

/// A person's heart rate at each beat, in order of time: milliseconds since the first, and the
/// value at the measure's scale.
fn beats() -> impl Iterator<Item = (u32, i64)> {
    let intervals = RR_INTERVALS.lines().skip(1);
    let intervals = intervals.filter_map(|line| line.parse::<u32>().ok());
    intervals.scan(0, |at, rr| {
        *at += rr;
        Some((*at, i64::from((600_000 + rr / 2) / rr)))
    })
}

fn reading(value: i64, offset_ms: u32) -> Reading {
    Reading {
        measure: Measure::HeartRate,
        value,
        offset_ms,
        flags: ReadingFlags::MEASURED_GOOD,
    }
}

/// The first beats, at the times they had.
pub fn at_their_times(count: usize) -> Vec<Reading> {
    beats()
        .take(count)
        .map(|(at, value)| reading(value, at))
        .collect()
}

/// An hour with a reading each second, made of the recording: each hour of a measure begins at
/// another beat, and what is not a heart rate follows it smoothly. Simulated, and says so.
pub fn every_second(measure: Measure, hour: u8) -> Vec<Reading> {
    let rates: Vec<_> = beats().map(|(_, value)| value).collect();
    let begin = usize::from(hour) * 173 + usize::from(measure.code()) * 1_009;
    let looped: Vec<_> = rates
        .into_iter()
        .cycle()
        .skip(begin)
        .take(SECONDS + SMOOTHED)
        .collect();
    (0..)
        .zip(looped.windows(SMOOTHED).take(SECONDS))
        .map(|(second, rates)| Reading {
            measure,
            value: following(measure, rates),
            offset_ms: second * 1_000,
            flags: ReadingFlags::SIMULATED_GOOD,
        })
        .collect()
}

/// In tenths, as all three measures are kept.
fn following(measure: Measure, rates: &[i64]) -> i64 {
    let mean = rates.iter().sum::<i64>() / rates.len() as i64;
    match measure {
        Measure::OxygenSaturation => 1_000 - mean / 25,
        Measure::RespiratoryRate => mean / 5,
        _ => rates[0],
    }
}

/// So many values of the recording, which begins anew where it ends, evenly over an hour.
pub fn over_an_hour(count: u32) -> Vec<Reading> {
    let values: Vec<_> = beats().map(|(_, value)| value).collect();
    let step = 3_600_000 / count.max(1);
    (0..count)
        .zip(values.iter().cycle())
        .map(|(index, value)| reading(*value, index * step))
        .collect()
}
