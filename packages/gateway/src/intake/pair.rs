//! A blood pressure is two readings with one time. They belong into one batch: the chain takes no
//! batch that begins when the one before it ended.

use vitals_core::measure::Measure;
use vitals_core::reading::Reading;

fn other_half(measure: Measure) -> Option<Measure> {
    match measure {
        Measure::SystolicPressure => Some(Measure::DiastolicPressure),
        Measure::DiastolicPressure => Some(Measure::SystolicPressure),
        _ => None,
    }
}

/// What still waits for its other half after these readings: the two come in either order, with
/// others of their time between them perhaps. A half that time has passed over waits no more.
pub(super) fn half_after(
    half: Option<Measure>,
    last_ms: u32,
    readings: &[Reading],
) -> Option<Measure> {
    let step = |(half, last_ms), reading: &Reading| {
        let waiting: Option<Measure> = half;
        let waiting = waiting.filter(|_| reading.offset_ms == last_ms);
        let left = match other_half(reading.measure) {
            None => waiting,
            other if other == waiting => None,
            _ => Some(reading.measure),
        };
        (left, reading.offset_ms)
    };
    readings.iter().fold((half, last_ms), step).0
}

#[cfg(test)]
mod tests {
    use super::*;
    use vitals_core::reading::ReadingFlags;
    use Measure::{
        DiastolicPressure as Diastolic, HeartRate as Other, SystolicPressure as Systolic,
    };

    fn half(before: Option<Measure>, readings: &[(Measure, u32)]) -> Option<Measure> {
        let readings: Vec<_> = readings
            .iter()
            .map(|(measure, offset_ms)| Reading {
                measure: *measure,
                value: 120,
                offset_ms: *offset_ms,
                flags: ReadingFlags::MEASURED_GOOD,
            })
            .collect();
        half_after(before, 5, &readings)
    }

    #[test]
    fn one_of_two_waits_until_the_other_comes() {
        assert_eq!(half(None, &[(Systolic, 9)]), Some(Systolic));
        assert_eq!(half(None, &[(Systolic, 9), (Diastolic, 9)]), None);
        assert_eq!(half(None, &[(Diastolic, 9), (Systolic, 9)]), None);
        assert_eq!(half(Some(Systolic), &[(Diastolic, 5)]), None);
        let more = [(Systolic, 9), (Diastolic, 9), (Diastolic, 9)];
        assert_eq!(half(None, &more), Some(Diastolic));
    }

    #[test]
    fn other_measures_of_its_time_do_not_end_the_wait_and_later_ones_do() {
        assert_eq!(half(Some(Systolic), &[(Other, 5)]), Some(Systolic));
        assert_eq!(half(Some(Systolic), &[(Other, 6)]), None);
        assert_eq!(half(Some(Systolic), &[(Diastolic, 6)]), Some(Diastolic));
        assert_eq!(half(Some(Systolic), &[]), Some(Systolic));
    }
}
