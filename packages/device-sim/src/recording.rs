//! Recorded beat-to-beat intervals, played as heart rates.

use vitals_core::measure::Measure;
use vitals_core::reading::ReadingFlags;
use vitals_core::time::Millis;

use crate::Sample;

const HEADER: &str = "rr_ms";

const MS_PER_S: u64 = 1_000;

/// No heart pauses for a minute and is recorded going on.
const MAX_INTERVAL_MS: u64 = 60_000;

/// Intervals between heartbeats, in the order measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recording {
    intervals_ms: Vec<u64>,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecordingError {
    #[error("recording/header: a recording begins with the line {HEADER}, got {got:?}")]
    Header { got: String },
    #[error("recording/interval: line {line} is {got:?}, not whole milliseconds from 1 to {MAX_INTERVAL_MS}")]
    Interval { line: usize, got: String },
    #[error("recording/speed: a recording is played at 1 or more times its speed, got 0")]
    Speed,
}

impl Recording {
    /// A header `rr_ms`, then one interval in whole milliseconds a line.
    pub fn parse(text: &str) -> Result<Self, RecordingError> {
        let mut lines = text.lines();
        let header = lines.next().unwrap_or_default();
        if header != HEADER {
            let got = header.chars().take(40).collect();
            return Err(RecordingError::Header { got });
        }
        let intervals_ms = lines
            .zip(2..)
            .map(|(text, line)| interval(text, line))
            .collect::<Result<_, _>>()?;
        Ok(Self { intervals_ms })
    }

    /// How many heartbeats end an interval: one reading each.
    pub fn len(&self) -> usize {
        self.intervals_ms.len()
    }

    pub fn is_empty(&self) -> bool {
        self.intervals_ms.is_empty()
    }

    pub fn intervals_ms(&self) -> &[u64] {
        &self.intervals_ms
    }

    /// As recorded, in milliseconds.
    pub fn duration_ms(&self) -> u64 {
        self.intervals_ms.iter().sum()
    }

    /// Heart rates, each at the time its interval ends. `speed` divides the time axis and leaves
    /// the rates as they were measured; times strictly increase, so above some hundreds of times
    /// the last beats lie a little late.
    pub fn heart_rates(&self, start_ms: Millis, speed: u32) -> Result<Vec<Sample>, RecordingError> {
        if speed == 0 {
            return Err(RecordingError::Speed);
        }
        let (mut elapsed_ms, mut last_ms) = (0u64, start_ms);
        let sample = |interval_ms: &u64| {
            elapsed_ms = elapsed_ms.saturating_add(*interval_ms);
            let played = start_ms.saturating_add(elapsed_ms / u64::from(speed));
            last_ms = played.max(last_ms.saturating_add(1));
            Sample {
                at_ms: last_ms,
                measure: Measure::HeartRate,
                value: vitals_sensors::rate(*interval_ms, MS_PER_S).unwrap_or(i64::MAX),
                flags: ReadingFlags::MEASURED_GOOD,
            }
        };
        Ok(self.intervals_ms.iter().map(sample).collect())
    }
}

fn interval(text: &str, line: usize) -> Result<u64, RecordingError> {
    match text.parse() {
        Ok(interval_ms @ 1..=MAX_INTERVAL_MS) => Ok(interval_ms),
        _ => Err(RecordingError::Interval {
            line,
            got: text.chars().take(40).collect(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECORDED: &str = include_str!("../../../testdata/recording/rr-intervals.csv");

    #[test]
    fn the_recording_is_4684_beats_in_an_hour() {
        let recording = Recording::parse(RECORDED).unwrap();
        assert_eq!(
            (recording.len(), recording.duration_ms()),
            (4_684, 3_599_365)
        );
    }

    #[test]
    fn an_interval_of_664_ms_is_a_rate_of_90_4() {
        let rates = Recording::parse("rr_ms\n664\n781\n").unwrap();
        let played = rates.heart_rates(1_000, 1).unwrap();
        let pairs: Vec<_> = played.iter().map(|s| (s.at_ms, s.value)).collect();
        assert_eq!(pairs, [(1_664, 904), (2_445, 768)]);
        assert!(played.iter().all(|s| !s.flags.simulated));
    }

    #[test]
    fn speed_divides_the_time_axis_and_times_strictly_increase() {
        let recording = Recording::parse(RECORDED).unwrap();
        for speed in [1, 60, 3_600] {
            let played = recording.heart_rates(0, speed).unwrap();
            assert!(played.windows(2).all(|pair| pair[0].at_ms < pair[1].at_ms));
        }
        let fast = recording.heart_rates(0, 60).unwrap();
        assert_eq!(fast.last().map(|s| s.at_ms), Some(3_599_365 / 60));
        assert_eq!(recording.heart_rates(0, 0), Err(RecordingError::Speed));
    }

    #[test]
    fn what_is_no_recording_is_refused_with_its_line() {
        let header = Recording::parse("bpm\n60\n");
        assert_eq!(header, Err(RecordingError::Header { got: "bpm".into() }));
        for bad in ["0", "60001", "-5", "6.5", ""] {
            let refused = Recording::parse(&format!("rr_ms\n800\n{bad}\n900"));
            let got = bad.to_owned();
            assert_eq!(refused, Err(RecordingError::Interval { line: 3, got }));
        }
    }
}
