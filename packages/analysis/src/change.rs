//! Change points: a two-sided cumulative sum (E. S. Page, Continuous inspection schemes,
//! Biometrika 41, 1954) of the distances from what is usual. Its limit is drawn from the person's
//! own ordinary days, because successive readings are not independent and tables of average run
//! lengths assume that they are.

use serde::{Deserialize, Serialize};
use vitals_core::time::Millis;

use crate::latch::OrdinaryDays;

/// Half the shift that is looked for, in thousandths of the spread: a shift of four. Of 0.5 to 2.5
/// it found the simulated deteriorations soonest (docs/analysis.md).
const ALLOWANCE_MILLI: i64 = 2_000;
/// One reading adds at most this much, so that no single one is a change.
const CLIP_MILLI: i64 = 4_000;
/// However steady a person's days are, the limit is what one reading can add.
const LEAST_LIMIT_MILLI: i64 = CLIP_MILLI - ALLOWANCE_MILLI;
/// What the sums stop at: a change that is long over must not look as if it went on.
const MOST_MILLI: i64 = 400_000;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Cusum {
    up: i64,
    down: i64,
    days: OrdinaryDays,
}

/// The larger of the two sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sum {
    pub rose: bool,
    /// In thousandths of the limit.
    pub ratio_milli: i64,
}

impl Cusum {
    /// None until the limit is known. After the gap of a day the sums begin anew.
    pub fn take(&mut self, distance_milli: i64, at_ms: Millis) -> Option<Sum> {
        let step = distance_milli.clamp(-CLIP_MILLI, CLIP_MILLI);
        self.up = (self.up + step - ALLOWANCE_MILLI).clamp(0, MOST_MILLI);
        self.down = (self.down - step - ALLOWANCE_MILLI).clamp(0, MOST_MILLI);
        let highest = self.up.max(self.down);
        self.days.take(highest, at_ms);
        Some(Sum {
            rose: self.up >= self.down,
            ratio_milli: self.days.ratio_milli(highest, LEAST_LIMIT_MILLI)?,
        })
    }

    pub fn restart(&mut self) {
        (self.up, self.down) = (0, 0);
    }

    pub fn days(&self) -> u16 {
        self.days.days()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SLOT: u64 = 300_000;

    /// Twelve days of a wobble, then what comes.
    fn after_ordinary_days() -> Cusum {
        let mut cusum = Cusum::default();
        for slot in 0..12 * 288 {
            let wobble = (i64::try_from(slot).unwrap() * 7_919 % 4_001) - 2_000;
            cusum.take(wobble, slot * SLOT);
        }
        cusum
    }

    fn slots_until(cusum: &mut Cusum, distance: i64) -> Option<(u64, bool)> {
        (0..100).find_map(|slot| {
            let sum = cusum.take(distance, (12 * 288 + slot) * SLOT)?;
            (sum.ratio_milli >= 2_000).then_some((slot, sum.rose))
        })
    }

    #[test]
    fn a_shift_either_way_is_found_and_a_small_one_is_not() {
        assert!(matches!(
            slots_until(&mut after_ordinary_days(), 3_000),
            Some((0..=10, true))
        ));
        assert!(matches!(
            slots_until(&mut after_ordinary_days(), -3_000),
            Some((0..=10, false))
        ));
        assert_eq!(slots_until(&mut after_ordinary_days(), 900), None);
    }

    #[test]
    fn one_wild_reading_of_a_steady_person_is_no_more_than_the_limit() {
        let mut cusum = Cusum::default();
        for slot in 0..12 * 288 {
            cusum.take(0, slot * SLOT);
        }
        let mut wild = |slot: u64| {
            cusum
                .take(i64::MAX, (12 * 288 + slot) * SLOT)
                .unwrap()
                .ratio_milli
        };
        assert_eq!((wild(0), wild(1)), (1_000, 2_000));
    }

    #[test]
    fn no_single_reading_is_a_change_and_extremes_do_not_overflow() {
        let mut cusum = after_ordinary_days();
        let before = cusum.up.max(cusum.down);
        cusum.take(i64::MAX, 12 * 288 * SLOT);
        assert!(cusum.up <= before + CLIP_MILLI);
        for _ in 0..1_000 {
            cusum.take(i64::MIN, u64::MAX);
        }
        assert_eq!(cusum.down, MOST_MILLI);
    }
}
