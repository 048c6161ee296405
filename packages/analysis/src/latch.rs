//! Hysteresis of a finding, and how high a figure goes on ordinary days.

use serde::{Deserialize, Serialize};
use vitals_core::time::Millis;

use crate::baseline::DAY_MS;
use crate::finding::Severity;

/// Calm looks in a row that end a finding.
const CALMS: u8 = 3;

/// Open from the moment something is found until it was calm for three looks in a row. Where there
/// is nothing to look at it stays as it is: missing is not calm.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Latch {
    open: Option<Severity>,
    calms: u8,
}

impl Latch {
    /// What is found now: something new, or more severe than what is open.
    pub fn step(&mut self, found: Option<Severity>, calm: bool) -> Option<Severity> {
        if calm && found.is_none() {
            self.calms = self.calms.saturating_add(1);
            if self.calms >= CALMS {
                *self = Self::default();
            }
            return None;
        }
        self.calms = 0;
        if found <= self.open {
            return None;
        }
        self.open = found;
        found
    }

    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }
}

/// Days that must have been seen before a limit is drawn from them, and that are remembered.
const LEAST_DAYS: usize = 10;
const MOST_DAYS: usize = 28;

/// The highest value of a figure on each of the last four weeks' days. As long as the days are
/// exchangeable, a new one goes beyond the second highest of n with probability 2 / (n + 1),
/// whatever the distribution: 7 % at 28. The second highest, so that one day of illness does not
/// make the next one invisible.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrdinaryDays {
    day: u64,
    today: Option<i64>,
    past: Vec<i64>,
}

impl OrdinaryDays {
    pub fn take(&mut self, value: i64, at_ms: Millis) {
        let day = at_ms / DAY_MS;
        if day != self.day {
            if let Some(highest) = self.today.take() {
                if self.past.len() >= MOST_DAYS {
                    self.past.remove(0);
                }
                self.past.push(highest);
            }
            self.day = day;
        }
        self.today = self.today.max(Some(value));
    }

    /// The value in thousandths of the limit, which is not below `least` (the days of a very steady
    /// person); none before there are enough days.
    pub fn ratio_milli(&self, value: i64, least: i64) -> Option<i64> {
        if self.past.len() < LEAST_DAYS {
            return None;
        }
        let mut sorted = self.past.clone();
        sorted.sort_unstable();
        let second = sorted.len().checked_sub(2).and_then(|at| sorted.get(at))?;
        value
            .saturating_mul(1_000)
            .checked_div((*second).max(least).max(1))
    }

    pub fn days(&self) -> u16 {
        u16::try_from(self.past.len()).unwrap_or(u16::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_is_told_once_and_again_only_when_it_is_more_severe() {
        let mut latch = Latch::default();
        assert_eq!(
            latch.step(Some(Severity::Notice), false),
            Some(Severity::Notice)
        );
        assert_eq!(latch.step(Some(Severity::Notice), false), None);
        assert_eq!(
            latch.step(Some(Severity::Urgent), false),
            Some(Severity::Urgent)
        );
        assert_eq!(latch.step(Some(Severity::Notice), false), None);
    }

    #[test]
    fn it_takes_three_calm_looks_in_a_row_to_end_one() {
        let mut latch = Latch::default();
        latch.step(Some(Severity::Notice), false);
        for calm in [true, true, false, true, true] {
            latch.step(None, calm);
            assert!(latch.is_open());
        }
        latch.step(None, true);
        assert!(!latch.is_open());
        assert!(latch.step(Some(Severity::Notice), false).is_some());
    }

    #[test]
    fn the_limit_is_the_second_highest_of_ordinary_days() {
        let mut days = OrdinaryDays::default();
        for (day, highest) in (0u64..).zip([5, 9, 5, 5, 7, 5, 5, 5, 5, 5]) {
            assert_eq!(days.ratio_milli(7, 1), None);
            days.take(highest, day * DAY_MS);
            days.take(1, day * DAY_MS + 1);
        }
        days.take(0, 10 * DAY_MS);
        assert_eq!(days.ratio_milli(7, 1), Some(1_000));
        assert_eq!(days.ratio_milli(14, 1), Some(2_000));
        assert_eq!(days.ratio_milli(14, 28), Some(500));
    }
}
