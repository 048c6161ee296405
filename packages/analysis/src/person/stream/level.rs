//! How far away a measure has been all the time lately.

/// It must have been so for half an hour: six slots, of which the first and the last are five
/// apart, or three that are further apart.
const SLOTS_APART: u64 = 5;
const LEAST_SLOTS: usize = 3;
/// Six hours between two readings are no "all the time".
const LONGEST_GAP: u64 = 72;

/// The least distance, on one side, over at least half an hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Level {
    /// In thousandths of the spread; below zero where it was lower than usual.
    pub milli: i64,
    pub slots_apart: u64,
}

impl Level {
    /// From slots with their distance, oldest first.
    pub fn of(slots: impl DoubleEndedIterator<Item = (u64, i64)>) -> Option<Self> {
        let mut slots = slots.rev();
        let (last, newest) = slots.next()?;
        let (mut milli, mut before, mut count) = (newest, last, 1usize);
        for (slot, distance) in slots {
            let goes_on = distance.signum() == newest.signum();
            if !goes_on || before.saturating_sub(slot) > LONGEST_GAP {
                return None;
            }
            if distance.saturating_abs() < milli.saturating_abs() {
                milli = distance;
            }
            (before, count) = (slot, count + 1);
            let slots_apart = last.saturating_sub(slot);
            if count >= LEAST_SLOTS && slots_apart >= SLOTS_APART {
                return Some(Self { milli, slots_apart });
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(slots: &[(u64, i64)]) -> Option<i64> {
        Level::of(slots.iter().copied()).map(|level| level.milli)
    }

    #[test]
    fn the_least_distance_of_half_an_hour_counts() {
        let six = [
            (1, 9_000),
            (2, 4_000),
            (3, 5_000),
            (4, 3_000),
            (5, 5_000),
            (6, 7_000),
        ];
        assert_eq!(level(&six), Some(3_000));
        assert_eq!(level(&six[1..]), None, "25 minutes");
        assert_eq!(level(&six.map(|(slot, d)| (slot, -d))), Some(-3_000));
    }

    #[test]
    fn the_other_side_breaks_it_and_so_does_a_long_gap() {
        let other = [
            (1, 4_000),
            (2, 4_000),
            (3, -100),
            (4, 4_000),
            (5, 4_000),
            (6, 4_000),
        ];
        assert_eq!(level(&other), None);
        assert_eq!(level(&[(0, 4_000), (73, 4_000), (74, 4_000)]), None);
    }

    #[test]
    fn three_readings_an_hour_apart_are_enough_and_two_are_not() {
        assert_eq!(level(&[(0, 4_000), (12, 5_000), (24, 6_000)]), Some(4_000));
        assert_eq!(level(&[(0, 4_000), (24, 6_000)]), None);
    }
}
