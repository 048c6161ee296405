//! What a claimant looks for before a claim: where under a policy a window may lie, which readings
//! meet the rule there, and where none do, which term is nearest to being met.

use alloc::vec::Vec;

use super::cover::{day_of, day_window, to_ms, Cover};
use crate::decision::Seconds;
use crate::rule::{Area, Candidate, ClaimWindow, Found, Rule, Span};
use crate::time::{epoch_of, Millis};

mod days;
mod nearest;
mod shortfall;

pub use days::{RewardSearch, ShownDay};
pub use shortfall::{Shortfall, Shown};

/// What is left to claim under a policy at a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimable {
    pub rule: Rule,
    pub bound_at: Seconds,
    /// As it stands now.
    pub cover: Cover,
    pub file_within_s: u32,
    /// Each day is paid once; else what is paid keeps its distance.
    pub by_day: bool,
    pub least_gap_ms: u64,
    /// Windows of the claims paid, and of what earlier policies of the product used up.
    pub paid: Vec<ClaimWindow>,
    /// Block time.
    pub now_ms: Millis,
}

impl Claimable {
    /// Readings that could be claimed now, if there are any.
    pub fn find(&self, candidates: &[Candidate]) -> Option<Found> {
        self.rule.search(candidates, &self.area())
    }

    /// Where a window may lie now: under cover, measured already, not too old to file, and clear
    /// of what is paid.
    pub fn area(&self) -> Area {
        let whole = self.covered();
        let spans = match whole {
            Some(whole) if self.by_day => self.unpaid_days(whole),
            Some(whole) => self.clear_of_paid(whole),
            None => Vec::new(),
        };
        Area {
            spans,
            ends_from_ms: self.now_ms.saturating_sub(to_ms(self.file_within_s.into())),
        }
    }

    /// The last instant is before the end of cover, and before now.
    fn covered(&self) -> Option<Span> {
        let last = to_ms(self.cover.until).min(self.now_ms).checked_sub(1)?;
        span(to_ms(self.cover.from), last)
    }

    fn clear_of_paid(&self, whole: Span) -> Vec<Span> {
        let mut paid = self.paid.clone();
        paid.sort_by_key(|window| window.from_ms);
        let mut clear = Vec::new();
        let mut from_ms = whole.from_ms;
        for window in paid {
            let before = window.from_ms.checked_sub(self.least_gap_ms);
            let to_ms = before.map(|before| before.min(whole.to_ms));
            clear.extend(to_ms.and_then(|to_ms| span(from_ms, to_ms)));
            from_ms = from_ms.max(window.to_ms.saturating_add(self.least_gap_ms));
        }
        clear.extend(span(from_ms, whole.to_ms));
        clear
    }

    fn unpaid_days(&self, whole: Span) -> Vec<Span> {
        let paid: Vec<u16> = self
            .paid
            .iter()
            .filter_map(|w| self.day(w.from_ms))
            .collect();
        let (Some(first), Some(last)) = (self.day(whole.from_ms), self.day(whole.to_ms)) else {
            return Vec::new();
        };
        (first..=last)
            .filter(|day| !paid.contains(day))
            .filter_map(|day| self.day_within(day, whole))
            .collect()
    }

    fn day(&self, at_ms: Millis) -> Option<u16> {
        day_of(self.bound_at, epoch_of(at_ms)?)
    }

    fn day_within(&self, day: u16, whole: Span) -> Option<Span> {
        let day = day_window(self.bound_at, day)?;
        span(day.from_ms.max(whole.from_ms), day.to_ms.min(whole.to_ms))
    }
}

fn span(from_ms: Millis, to_ms: Millis) -> Option<Span> {
    (from_ms <= to_ms).then_some(Span { from_ms, to_ms })
}

#[cfg(test)]
mod tests;
