//! Whether a reading can be what it says it is: it is judged, never removed.

use vitals_core::measure::Measure;
use vitals_core::reading::{Quality, Reading};

/// A heart rate this many percent from the beat before is suspected of being an artefact: the
/// 20 % filter of Malik, Cripps, Farrell and Camm, Med Biol Eng Comput 27:603–611, 1989.
pub const MAX_BEAT_CHANGE_PERCENT: i64 = 20;

/// What speaks for and against one reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Assessment {
    /// A living person can have this value (the range of `vitals_core::measure`).
    pub plausible: bool,
    /// What the device says of it.
    pub quality: Quality,
    /// Too far from the reading before it to be one beat after another.
    pub sudden: bool,
}

impl Assessment {
    /// Good enough to count for or against a threshold. A sudden change counts: it may be real.
    pub fn counts(&self) -> bool {
        self.plausible && self.quality != Quality::Poor
    }
}

/// Judges a reading by itself and by the value of the same measure before it.
pub fn assess(reading: &Reading, before: Option<i64>) -> Assessment {
    Assessment {
        plausible: reading.measure.is_plausible(reading.value),
        quality: reading.flags.quality,
        sudden: before.is_some_and(|before| is_sudden(reading, before)),
    }
}

fn is_sudden(reading: &Reading, before: i64) -> bool {
    let change = reading.value.abs_diff(before).saturating_mul(100);
    let allowed = before
        .unsigned_abs()
        .saturating_mul(MAX_BEAT_CHANGE_PERCENT.unsigned_abs());
    reading.measure == Measure::HeartRate && change > allowed
}

#[cfg(test)]
mod tests {
    use super::*;
    use vitals_core::reading::ReadingFlags;

    fn heart_rate(value: i64) -> Reading {
        Reading {
            measure: Measure::HeartRate,
            value,
            offset_ms: 0,
            flags: ReadingFlags::MEASURED_GOOD,
        }
    }

    #[test]
    fn a_value_at_the_edge_of_its_range_is_plausible_and_one_past_it_is_not() {
        let (low, high) = Measure::HeartRate.info().plausible;
        for (value, plausible) in [
            (low, true),
            (high, true),
            (low - 1, false),
            (high + 1, false),
        ] {
            assert_eq!(
                assess(&heart_rate(value), None).plausible,
                plausible,
                "{value}"
            );
        }
    }

    #[test]
    fn a_beat_more_than_a_fifth_from_the_one_before_is_sudden_but_still_counts() {
        for (value, sudden) in [(960, false), (961, true), (640, false), (639, true)] {
            let assessment = assess(&heart_rate(value), Some(800));
            assert_eq!(assessment.sudden, sudden, "{value}");
            assert!(assessment.counts());
        }
    }

    #[test]
    fn other_measures_may_change_as_they_like() {
        let steps = Reading {
            measure: Measure::Steps,
            ..heart_rate(9_000)
        };
        assert!(!assess(&steps, Some(1)).sudden);
    }

    #[test]
    fn what_the_device_calls_poor_does_not_count() {
        let mut poor = heart_rate(700);
        poor.flags.quality = Quality::Poor;
        assert!(!assess(&poor, None).counts());
        poor.flags.quality = Quality::Questionable;
        assert!(assess(&poor, None).counts());
    }
}
