//! Days for a reward: of each, the fewest batches and then the fewest readings that add up.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;
use core::cmp::Reverse;

use super::{day_of, epoch_of, to_ms, Cover, Millis, Seconds};
use crate::insurance::Reward;
use crate::proof::MAX_PROVEN;
use crate::rule::Candidate;

/// What is left to show for a reward at a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RewardSearch {
    pub reward: Reward,
    pub bound_at: Seconds,
    pub cover: Cover,
    pub file_within_s: u32,
    /// Days that count already.
    pub counted: BTreeSet<u16>,
    /// Days that are still wanted.
    pub wanted: usize,
    pub now_ms: Millis,
}

/// A day that adds up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownDay {
    /// From 0, as [`day_of`] counts.
    pub day: u16,
    /// Places among the candidates, rising.
    pub chosen: Vec<usize>,
    pub batches: usize,
    pub sum: i64,
}

impl RewardSearch {
    /// Days of at most so many batches in all: those of the fewest batches, in order of time.
    pub fn find(&self, candidates: &[Candidate], most_batches: usize) -> Vec<ShownDay> {
        let mut days: Vec<ShownDay> = self
            .by_day(candidates)
            .into_iter()
            .filter_map(|(day, places)| self.shown(candidates, day, places))
            .collect();
        days.sort_by_key(|day| (day.batches, day.chosen.len(), day.day));
        days.truncate(self.wanted);
        let mut batches = 0usize;
        days.retain(|day| {
            batches = batches.saturating_add(day.batches);
            batches <= most_batches
        });
        days.sort_by_key(|day| day.day);
        days
    }

    /// The day that adds up to the most of what is asked, where none adds up.
    pub fn nearest(&self, candidates: &[Candidate]) -> Option<(u16, i64)> {
        let totals = self.by_day(candidates).into_iter().map(|(day, places)| {
            let values = places.iter().map(|&c| candidates[c].evidence.reading.value);
            (day, values.sum::<i64>())
        });
        totals.max_by_key(|(_, total)| *total)
    }

    fn by_day(&self, candidates: &[Candidate]) -> BTreeMap<u16, Vec<usize>> {
        let mut days: BTreeMap<u16, Vec<usize>> = BTreeMap::new();
        for (place, candidate) in candidates.iter().enumerate() {
            if let Some(day) = self.day(candidate) {
                days.entry(day).or_default().push(place);
            }
        }
        days
    }

    /// The day a reading counts for.
    fn day(&self, candidate: &Candidate) -> Option<u16> {
        let at_ms = candidate.evidence.at_ms;
        let oldest = self.now_ms.saturating_sub(to_ms(self.file_within_s.into()));
        let in_time = to_ms(self.cover.from).max(oldest) <= at_ms
            && at_ms < to_ms(self.cover.until).min(self.now_ms);
        let counts = candidate.bar.is_none()
            && candidate.evidence.reading.value > 0
            && self.reward.check_item(&candidate.evidence).is_ok();
        let day = day_of(self.bound_at, epoch_of(at_ms)?)?;
        (in_time && counts && !self.counted.contains(&day)).then_some(day)
    }

    fn shown(&self, candidates: &[Candidate], day: u16, places: Vec<usize>) -> Option<ShownDay> {
        let value = |place: &usize| candidates[*place].evidence.reading.value;
        let mut batches: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for place in places {
            batches
                .entry(candidates[place].batch)
                .or_default()
                .push(place);
        }
        let mut batches: Vec<Vec<usize>> = batches.into_values().collect();
        for batch in &mut batches {
            batch.sort_by_key(|place| Reverse(value(place)));
            batch.truncate(MAX_PROVEN);
        }
        batches.sort_by_key(|batch| Reverse(batch.iter().map(value).sum::<i64>()));
        let (most, _) = self.enough(batches.iter().map(|b| b.iter().map(value).sum()))?;
        batches.truncate(most);
        let mut chosen = batches.concat();
        chosen.sort_by_key(|place| Reverse(value(place)));
        let (most, sum) = self.enough(chosen.iter().map(value))?;
        chosen.truncate(most);
        chosen.sort_unstable();
        Some(ShownDay {
            day,
            batches: batches.len(),
            chosen,
            sum,
        })
    }

    /// How many of these add up to what a day takes, and to how much.
    fn enough(&self, values: impl Iterator<Item = i64>) -> Option<(usize, i64)> {
        let mut sum = 0i64;
        for (value, count) in values.zip(1..) {
            sum = sum.saturating_add(value);
            if sum >= self.reward.least_a_day.into() {
                return Some((count, sum));
            }
        }
        None
    }
}
