//! What is usual for a person at a time of day: median and median absolute deviation of the last
//! fortnight's readings in the hour and its neighbours.

use serde::{Deserialize, Serialize};
use vitals_core::measure::Measure;
use vitals_core::time::Millis;

use crate::slot::median;

pub(crate) const DAY_MS: u64 = 86_400_000;
const HOUR_MS: u64 = 3_600_000;
const HALF_HOUR_MS: u64 = 1_800_000;
const HOURS: usize = 24;
/// Of an hour of the day: two a day for fourteen days. So an illness of less than a week does not
/// become usual (it is less than half of the samples), and a new state does within two.
const SAMPLES: usize = 28;
/// Days with readings before anything is called usual.
pub const LEAST_DAYS: u16 = 7;
/// Samples in the hour and its two neighbours; below, those of all hours count, if so many.
const LEAST_IN_HOURS: usize = 10;
const LEAST_IN_ALL: usize = 20;
/// The median absolute deviation of a normal distribution is its standard deviation / 1.4826.
const MAD_TO_SD_MILLI: i64 = 1_483;

/// One measure of one person. Hours are of UTC: the bins follow the person's day whatever the zone,
/// and a change of zone or summer time is learned like any other change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Baseline {
    measure: Measure,
    hours: Vec<Vec<i64>>,
    /// Of the last sample; one sample for each half hour.
    half_hour: u64,
    day: u64,
    days: u16,
}

/// The person's level at a time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Usual {
    /// Fixed point at the measure's scale.
    pub median: i64,
    /// Standard deviation, estimated robustly, in thousandths of the fixed-point unit; not below
    /// what the measure's devices can tell apart.
    pub spread_milli: i64,
    /// Days with readings, at most 14 of which are in it.
    pub days: u16,
    /// Of this time of day, not of all day.
    pub by_hour: bool,
}

impl Usual {
    /// How far away a value is, in thousandths of the spread.
    pub fn distance_milli(&self, value: i64) -> i64 {
        let away = value.saturating_sub(self.median);
        let milli = away.saturating_mul(1_000_000);
        milli.checked_div(self.spread_milli).unwrap_or(0)
    }
}

impl Baseline {
    pub fn new(measure: Measure) -> Self {
        Self {
            measure,
            hours: vec![Vec::new(); HOURS],
            half_hour: 0,
            day: 0,
            days: 0,
        }
    }

    /// Takes a value that counts. The first of each half hour is kept.
    pub fn take(&mut self, value: i64, at_ms: Millis) {
        let half_hour = at_ms / HALF_HOUR_MS;
        if self.days > 0 && half_hour == self.half_hour {
            return;
        }
        self.half_hour = half_hour;
        let day = at_ms / DAY_MS;
        if self.days == 0 || day != self.day {
            self.day = day;
            self.days = self.days.saturating_add(1);
        }
        if let Some(samples) = self.hours.get_mut(hour_of(at_ms)) {
            if samples.len() >= SAMPLES {
                samples.remove(0);
            }
            samples.push(value);
        }
    }

    /// What is usual at this time of day; none before there is enough history.
    pub fn usual(&self, at_ms: Millis) -> Option<Usual> {
        if self.days < LEAST_DAYS {
            return None;
        }
        let mut near = self.near(hour_of(at_ms));
        if near.len() >= LEAST_IN_HOURS {
            return self.summary(&mut near, true);
        }
        let mut all: Vec<i64> = self.hours.iter().flatten().copied().collect();
        match all.len() >= LEAST_IN_ALL {
            true => self.summary(&mut all, false),
            false => None,
        }
    }

    fn near(&self, hour: usize) -> Vec<i64> {
        let around = [hour + HOURS - 1, hour, hour + 1];
        let samples = around
            .iter()
            .filter_map(|hour| self.hours.get(hour % HOURS));
        samples.flatten().copied().collect()
    }

    fn summary(&self, samples: &mut [i64], by_hour: bool) -> Option<Usual> {
        let middle = median(samples)?;
        for sample in samples.iter_mut() {
            *sample = sample.saturating_sub(middle).saturating_abs();
        }
        let deviation = median(samples)?.saturating_mul(MAD_TO_SD_MILLI);
        let least = least_spread(self.measure).saturating_mul(1_000);
        Some(Usual {
            median: middle,
            spread_milli: deviation.max(least),
            days: self.days,
            by_hour,
        })
    }
}

fn hour_of(at_ms: Millis) -> usize {
    usize::try_from((at_ms / HOUR_MS) % 24).unwrap_or(0)
}

/// What a home device can tell apart, in fixed point; ours, about a third of the accuracy that the
/// devices' standards ask for (ISO 80601-2-61: 4 % SpO2; ISO 80601-2-56: 0.3 °C; ISO 81060-2:
/// 5 ± 8 mmHg; IEC 60601-2-27: 5 /min).
fn least_spread(measure: Measure) -> i64 {
    match measure {
        Measure::HeartRate => 20,
        Measure::OxygenSaturation => 10,
        Measure::RespiratoryRate => 10,
        Measure::BodyTemperature => 10,
        Measure::SystolicPressure | Measure::DiastolicPressure => 4,
        Measure::Glucose => 5,
        Measure::Steps | Measure::DoseTaken => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: u64 = HOUR_MS;

    /// Every five minutes; 60.0 by night, 80.0 by day.
    fn level(hour: u64) -> i64 {
        if (8..20).contains(&hour) {
            800
        } else {
            600
        }
    }

    fn after(days: u64) -> Baseline {
        let mut baseline = Baseline::new(Measure::HeartRate);
        for slot in 0..days * 288 {
            let at_ms = slot * 300_000;
            let wobble = i64::try_from(slot % 7).unwrap() * 10 - 30;
            baseline.take(level(at_ms / HOUR % 24) + wobble, at_ms);
        }
        baseline
    }

    #[test]
    fn nothing_is_usual_before_seven_days() {
        assert_eq!(after(6).usual(12 * HOUR), None);
        assert!(after(7).usual(12 * HOUR).is_some());
    }

    #[test]
    fn night_and_day_have_their_own_level() {
        let baseline = after(10);
        let usual = |hour: u64| baseline.usual(hour * HOUR).unwrap();
        assert_eq!((usual(2).median, usual(13).median), (600, 800));
        assert!(usual(2).distance_milli(800) > 3_000);
        assert!(usual(13).distance_milli(800).abs() < 1_000);
    }

    #[test]
    fn three_days_of_illness_do_not_become_usual_and_ten_days_do() {
        let ill_for = |days: u64| {
            let mut baseline = after(14);
            for slot in 14 * 288..(14 + days) * 288 {
                baseline.take(1_200, slot * 300_000);
            }
            baseline.usual(12 * HOUR).unwrap().median
        };
        assert!(ill_for(3) < 850);
        assert_eq!(ill_for(10), 1_200);
    }

    #[test]
    fn a_constant_has_the_spread_of_its_device_and_extremes_do_not_overflow() {
        let mut baseline = Baseline::new(Measure::HeartRate);
        (0..10 * 288).for_each(|slot| baseline.take(700, slot * 300_000));
        let usual = baseline.usual(0).unwrap();
        assert_eq!((usual.median, usual.spread_milli), (700, 20_000));
        for value in [i64::MIN, i64::MAX] {
            assert_ne!(usual.distance_milli(value), 0);
        }
        let mut extreme = Baseline::new(Measure::HeartRate);
        for slot in 0..10 * 288 {
            let value = if slot % 2 == 0 { i64::MIN } else { i64::MAX };
            extreme.take(value, slot * 1_800_000);
        }
        assert!(extreme.usual(0).is_some());
    }

    #[test]
    fn one_reading_a_day_is_compared_with_all_there_are() {
        let mut baseline = Baseline::new(Measure::SystolicPressure);
        for day in 0..21 {
            baseline.take(120, day * DAY_MS + (day * 5 % 24) * HOUR);
        }
        assert!(!baseline.usual(3 * HOUR).unwrap().by_hour);
    }
}
