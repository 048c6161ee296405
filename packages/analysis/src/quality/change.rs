//! How fast each measure can change.

use vitals_core::measure::Measure;
use vitals_core::reading::Reading;

/// A heart rate this many percent from the beat before is suspected of being an artefact: the
/// 20 % filter of Malik, Cripps, Farrell and Camm, Med Biol Eng Comput 27:603–611, 1989.
pub const MAX_BEAT_CHANGE_PERCENT: i64 = 20;
/// Readings further apart are not those of one beat after another: the plausible range of heart
/// rates ends at 10 a minute, one beat in six seconds.
const NEXT_BEAT_MS: u64 = 6_000;

/// The reading of the same measure before the one that is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Before {
    pub value: i64,
    /// How long before, in milliseconds.
    pub elapsed_ms: u64,
}

/// How far a value may be from the one before.
enum Limit {
    /// Percent of the one before, where it is the beat before.
    Beat { percent: i64 },
    /// What a sensor's own steps make, and as much more a minute.
    Rate { step: i64, a_minute: i64 },
}

fn limit(measure: Measure) -> Option<Limit> {
    Some(match measure {
        Measure::HeartRate => Limit::Beat {
            percent: MAX_BEAT_CHANGE_PERCENT,
        },
        // 4 % a second: changes above are taken for artefacts in sleep oximetry, after U. Magalang
        // and others, Chest 124:1694–1701, 2003
        Measure::OxygenSaturation => Limit::Rate {
            step: 10,
            a_minute: 2_400,
        },
        // 0.35 °C a minute: the fastest cooling of a person, in ice water (C. Proulx, M. Ducharme
        // and G. Kenny, J Appl Physiol 94:1317–1323, 2003); faster, the sensor has moved
        Measure::BodyTemperature => Limit::Rate {
            step: 10,
            a_minute: 35,
        },
        // 4 mg/dl, 0.22 mmol/l, a minute: the end of the physiological range in the rate grid of
        // B. Kovatchev and others, Diabetes Care 27:1922–1928, 2004
        Measure::Glucose => Limit::Rate {
            step: 2,
            a_minute: 2,
        },
        // Breath by breath a rate may do anything. Arterial pressure moves by 100 mmHg within one
        // lift of a weight (J. MacDougall and others, J Appl Physiol 58:785–790, 1985). Steps and
        // doses are counts.
        Measure::RespiratoryRate
        | Measure::SystolicPressure
        | Measure::DiastolicPressure
        | Measure::Steps
        | Measure::DoseTaken => return None,
    })
}

pub(super) fn is_sudden(reading: &Reading, before: Before) -> bool {
    let change = reading.value.abs_diff(before.value);
    match limit(reading.measure) {
        None => false,
        Some(Limit::Beat { percent }) => {
            let allowed = before
                .value
                .unsigned_abs()
                .saturating_mul(percent.unsigned_abs());
            before.elapsed_ms <= NEXT_BEAT_MS && change.saturating_mul(100) > allowed
        }
        Some(Limit::Rate { step, a_minute }) => {
            let in_time = a_minute.unsigned_abs().saturating_mul(before.elapsed_ms) / 60_000;
            change > step.unsigned_abs().saturating_add(in_time)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vitals_core::reading::ReadingFlags;

    fn sudden(measure: Measure, from: i64, to: i64, elapsed_ms: u64) -> bool {
        let reading = Reading {
            measure,
            value: to,
            offset_ms: 0,
            flags: ReadingFlags::MEASURED_GOOD,
        };
        let before = Before {
            value: from,
            elapsed_ms,
        };
        let judged = crate::quality::assess(&reading, Some(before));
        assert!(judged.counts(), "a sudden change may be real");
        judged.sudden
    }

    #[test]
    fn a_beat_more_than_a_fifth_from_the_one_before_is_sudden() {
        for (value, expected) in [(960, false), (961, true), (640, false), (639, true)] {
            assert_eq!(
                sudden(Measure::HeartRate, 800, value, 800),
                expected,
                "{value}"
            );
        }
        assert!(sudden(Measure::HeartRate, 800, 1_600, 6_000));
        assert!(
            !sudden(Measure::HeartRate, 800, 1_600, 6_001),
            "not the next beat"
        );
    }

    #[test]
    fn each_limited_measure_may_change_as_fast_as_its_source_says_and_no_faster() {
        for (measure, from, most, elapsed_ms) in [
            (Measure::OxygenSaturation, 900, 50, 1_000),
            (Measure::BodyTemperature, 3_700, 45, 60_000),
            (Measure::Glucose, 60, 12, 300_000),
        ] {
            for to in [from + most, from - most] {
                assert!(!sudden(measure, from, to, elapsed_ms), "{measure:?} {to}");
            }
            for to in [from + most + 1, from - most - 1] {
                assert!(sudden(measure, from, to, elapsed_ms), "{measure:?} {to}");
            }
        }
    }

    #[test]
    fn measures_without_a_known_limit_may_change_as_they_like() {
        for measure in [
            Measure::RespiratoryRate,
            Measure::SystolicPressure,
            Measure::DiastolicPressure,
            Measure::Steps,
            Measure::DoseTaken,
        ] {
            assert!(!sudden(measure, 30, 100, 1), "{measure:?}");
        }
    }
}
