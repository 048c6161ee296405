//! The heartbeats of `testdata/recording`, as readings.

use vitals_core::measure::Measure;
use vitals_core::reading::{Reading, ReadingFlags};

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

/// So many values of the recording, which begins anew where it ends, evenly over an hour.
pub fn over_an_hour(count: u32) -> Vec<Reading> {
    let values: Vec<_> = beats().map(|(_, value)| value).collect();
    let step = 3_600_000 / count.max(1);
    (0..count)
        .zip(values.iter().cycle())
        .map(|(index, value)| reading(*value, index * step))
        .collect()
}
