//! Numbers as JavaScript has them: ids of up to 2^64 as text, times as milliseconds, values in
//! their unit.

use vitals_core::measure::Measure;
use vitals_core::reading::{Reading, ReadingFlags};
use vitals_core::time::{epoch_of, epoch_start, Millis};

use crate::Refusal;

/// The greatest whole number a JavaScript number holds exactly.
const MAX_SAFE: f64 = 9_007_199_254_740_991.0;

/// In the one decimal form.
pub fn id(what: &str, text: &str) -> Result<u64, Refusal> {
    let number = text.parse::<u64>().ok();
    number.filter(|n| n.to_string() == text).ok_or_else(|| {
        let rule = "is no whole number from 0 to 18446744073709551615 in decimal";
        Refusal::new("core/number", format!("{what} {text:?} {rule}"))
    })
}

pub fn millis(what: &str, ms: f64) -> Result<Millis, Refusal> {
    if ms.fract() == 0.0 && (0.0..=MAX_SAFE).contains(&ms) {
        return Ok(ms as u64);
    }
    let rule = "is no whole number of milliseconds since 1970";
    Err(Refusal::new("core/number", format!("{what} {ms} {rule}")))
}

/// `f64` holds every time that a window can reach.
pub fn number(ms: Millis) -> f64 {
    ms as f64
}

fn scale(measure: Measure) -> f64 {
    10f64.powi(measure.info().scale.into())
}

/// From fixed point to the measure's unit.
pub fn in_unit(measure: Measure, value: i64) -> f64 {
    value as f64 / scale(measure)
}

/// To fixed point, the nearest. A number too large is cut to the largest, which is not plausible.
pub fn fixed(measure: Measure, value: f64) -> Result<i64, Refusal> {
    if !value.is_finite() {
        let name = measure.info().display;
        return Err(Refusal::new("core/number", format!("{name} is no number")));
    }
    Ok((value * scale(measure)).round() as i64)
}

/// A reading as the columns of a batch have it, with its time.
pub fn reading(
    measure: u16,
    value: f64,
    at_ms: f64,
    flags: u8,
) -> Result<(Reading, Millis), Refusal> {
    let measure = Measure::from_code(measure)?;
    let at_ms = millis("the time of a reading", at_ms)?;
    let start = epoch_of(at_ms).map(epoch_start).unwrap_or(at_ms);
    let reading = Reading {
        measure,
        value: fixed(measure, value)?,
        // below an epoch's milliseconds
        offset_ms: at_ms.saturating_sub(start) as u32,
        flags: ReadingFlags::from_byte(flags)?,
    };
    Ok((reading, at_ms))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_64_bits_have_one_spelling() {
        assert_eq!(id("patient", "18446744073709551615"), Ok(u64::MAX));
        for bad in ["", "-1", "+1", "01", "1.0", "1e3", "18446744073709551616"] {
            assert_eq!(id("patient", bad).unwrap_err().code, "core/number", "{bad}");
        }
    }

    #[test]
    fn a_time_is_whole_and_not_before_1970() {
        assert_eq!(millis("now", 1_795_392_000_250.0), Ok(1_795_392_000_250));
        for bad in [-1.0, 0.5, f64::NAN, f64::INFINITY, 1e16] {
            assert!(millis("now", bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn every_value_comes_back_from_its_unit() {
        for measure in Measure::ALL {
            let (low, high) = measure.info().plausible;
            for value in low..=high {
                assert_eq!(fixed(measure, in_unit(measure, value)), Ok(value));
            }
        }
        assert_eq!(in_unit(Measure::BodyTemperature, 3_687), 36.87);
        assert!(fixed(Measure::HeartRate, f64::NAN).is_err());
    }

    #[test]
    fn a_reading_lies_in_the_hour_of_its_time() {
        let (made, at_ms) = reading(1, 72.5, 7_200_001.0, 1).unwrap();
        assert_eq!((made.value, made.offset_ms, at_ms), (725, 1, 7_200_001));
        assert!(made.flags.simulated && made.at_ms(2) == at_ms);
        assert!(reading(0, 1.0, 0.0, 0).is_err());
        assert!(reading(1, 1.0, 0.0, 8).is_err());
    }
}
