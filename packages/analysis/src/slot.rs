//! Five minutes of readings of one measure, of which the median one stands for all.

use serde::{Deserialize, Serialize};
use vitals_core::time::Millis;

use crate::finding::Evidence;

/// Long enough to take the beat-to-beat variation out, short enough to notice a fall in oxygen.
pub(crate) const SLOT_MS: u64 = 300_000;
/// Items that are kept of a stream however long it is.
const MOST: usize = 64;

/// Evenly spread items of a stream: once it is full every other one goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Spread<T> {
    kept: Vec<T>,
    every: u64,
    seen: u64,
}

impl<T> Default for Spread<T> {
    fn default() -> Self {
        Self {
            kept: Vec::new(),
            every: 1,
            seen: 0,
        }
    }
}

impl<T: Copy> Spread<T> {
    pub fn push(&mut self, item: T) {
        let is_wanted = |every: u64, seen: u64| seen.checked_rem(every) == Some(0);
        if is_wanted(self.every, self.seen) && self.kept.len() == MOST {
            let mut keep = false;
            self.kept.retain(|_| {
                keep = !keep;
                keep
            });
            self.every = self.every.saturating_mul(2);
        }
        if is_wanted(self.every, self.seen) && self.kept.len() < MOST {
            self.kept.push(item);
        }
        self.seen = self.seen.saturating_add(1);
    }

    /// The lower of two in the middle: always an item that there was.
    pub fn median_by(&self, value: impl Fn(&T) -> i64) -> Option<T> {
        let mut sorted = self.kept.clone();
        sorted.sort_by_key(value);
        let middle = sorted.len().checked_sub(1)? / 2;
        sorted.get(middle).copied()
    }

    pub fn seen(&self) -> u64 {
        self.seen
    }
}

/// Readings since the slot began.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Slot {
    usable: Spread<Evidence>,
    unusable: u64,
    simulated: bool,
}

/// What a slot came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Closed {
    pub median: Option<Evidence>,
    pub unusable: u64,
    pub readings: u64,
    pub simulated: bool,
}

impl Slot {
    pub fn take(&mut self, evidence: Evidence, counts: bool, simulated: bool) {
        self.simulated |= simulated;
        match counts {
            true => self.usable.push(evidence),
            false => self.unusable = self.unusable.saturating_add(1),
        }
    }

    /// None where there were no readings at all.
    pub fn close(&mut self) -> Option<Closed> {
        let slot = std::mem::take(self);
        let readings = slot.usable.seen().saturating_add(slot.unusable);
        (readings > 0).then(|| Closed {
            median: slot.usable.median_by(|evidence| evidence.value),
            unusable: slot.unusable,
            readings,
            simulated: slot.simulated,
        })
    }
}

pub(crate) fn slot_of(at_ms: Millis) -> u64 {
    at_ms / SLOT_MS
}

/// Median of numbers, the lower of two in the middle.
pub(crate) fn median(values: &mut [i64]) -> Option<i64> {
    let middle = values.len().checked_sub(1)? / 2;
    let (_, median, _) = values.select_nth_unstable(middle);
    Some(*median)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_of_any_length_keeps_at_most_64_items_spread_evenly() {
        let mut spread = Spread::default();
        (0..10_000).for_each(|i| spread.push(i));
        assert!(spread.kept.len() > 32 && spread.kept.len() <= 64);
        let gaps: Vec<i64> = spread.kept.windows(2).map(|w| w[1] - w[0]).collect();
        assert!(gaps.iter().all(|gap| *gap == gaps[0]), "{gaps:?}");
        assert_eq!(spread.seen(), 10_000);
        let middle = spread.median_by(|i| *i).unwrap();
        assert!((4_800..5_200).contains(&middle), "{middle}");
    }

    #[test]
    fn the_median_is_a_reading_that_there_was() {
        let mut slot = Slot::default();
        for (index, value) in [(0, 900), (1, 100), (2, 500), (3, 700)] {
            let evidence = Evidence {
                index,
                value,
                at_ms: index,
                measure: None,
            };
            slot.take(evidence, true, false);
        }
        let closed = slot.close().unwrap();
        assert_eq!(closed.median.map(|e| (e.index, e.value)), Some((2, 500)));
        assert_eq!(slot.close(), None);
    }

    #[test]
    fn unusable_readings_alone_have_no_median() {
        let mut slot = Slot::default();
        let evidence = Evidence {
            index: 0,
            value: 1,
            at_ms: 0,
            measure: None,
        };
        slot.take(evidence, false, true);
        let closed = slot.close().unwrap();
        assert_eq!(
            (closed.median, closed.unusable, closed.simulated),
            (None, 1, true)
        );
    }
}
