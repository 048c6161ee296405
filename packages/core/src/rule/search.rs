//! The search for evidence: of the readings somebody holds, those that meet a rule.
//!
//! What a claim rests on is public for ever, so little is looked for: exactly as many readings as
//! each condition takes, from few batches, close together.
//!
//! The search goes over every instant at which a window could end. There, each condition takes its
//! latest reading that counts, and then each time the latest one that keeps the spacing. No other
//! choice of as many readings begins later: where this one begins too early, all do. So a rule that
//! can be met is met. Of the windows found, the one of the fewest batches is kept, then the
//! shortest, then the earliest; and batches that the others can do without are left out. The work
//! is a sort, and at most as many steps for each reading as the rule asks for readings.

use alloc::vec::Vec;

use crate::rule::{ClaimWindow, Evidence, Rule};
use crate::time::Millis;

mod sweep;

use sweep::Sweep;

/// A reading that may be evidence, and where it was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    pub evidence: Evidence,
    /// The batch's place among the caller's.
    pub batch: u32,
    /// The reading's place in the batch.
    pub index: u16,
    /// Why the chain would refuse it, whatever it shows.
    pub bar: Option<Bar>,
}

/// What keeps a reading out of a claim, beside the rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Bar {
    #[error("its batch was not anchored after the policy was bound")]
    AnchoredBefore,
    #[error("it is of a device model that the product does not list")]
    Model,
    #[error("its device was lost, suspended, recalled or retired when it measured")]
    Unusable,
    #[error("its device was no longer paired with the patient when it measured")]
    Unpaired,
    #[error("it is of a measure or a time that its device did not sign for")]
    Unsigned,
}

/// Two instants between which a whole window lies, both inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub from_ms: Millis,
    pub to_ms: Millis,
}

/// Where a window may lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    /// In order of time, sharing no instant.
    pub spans: Vec<Span>,
    /// The window ends no earlier.
    pub ends_from_ms: Millis,
}

/// Readings that meet a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Places among the candidates, rising.
    pub chosen: Vec<usize>,
    pub window: ClaimWindow,
    /// How many batches they are from.
    pub batches: usize,
}

impl Rule {
    /// Readings among the candidates that meet the rule within the area; none where none do.
    pub fn search(&self, candidates: &[Candidate], area: &Area) -> Option<Found> {
        let counting = self.counting(candidates);
        let found = Sweep::new(self, candidates, &counting).best(area)?;
        Some(self.spare(candidates, &counting, area, found))
    }

    /// Whether [`Rule::search`] finds any.
    pub fn can_be_met(&self, candidates: &[Candidate], area: &Area) -> bool {
        Sweep::new(self, candidates, &self.counting(candidates))
            .first(area)
            .is_some()
    }

    /// Places of those that count, in order of time.
    fn counting(&self, candidates: &[Candidate]) -> Vec<usize> {
        let mut counting: Vec<usize> = (0..candidates.len())
            .filter(|&place| {
                let candidate = &candidates[place];
                candidate.bar.is_none() && self.check_item(&candidate.evidence).is_ok()
            })
            .collect();
        counting.sort_by_key(|&place| {
            let candidate = &candidates[place];
            (candidate.evidence.at_ms, candidate.batch, candidate.index)
        });
        counting
    }

    /// Leaves out each batch that those left can do without, the least used first. One that cannot
    /// be spared now cannot be once there are fewer, so once over them all is enough.
    fn spare(
        &self,
        candidates: &[Candidate],
        counting: &[usize],
        area: &Area,
        mut found: Found,
    ) -> Found {
        for batch in found.least_used_first(candidates) {
            let kept = found.batches_but(candidates, batch);
            let pool: Vec<usize> = counting
                .iter()
                .copied()
                .filter(|&place| kept.binary_search(&candidates[place].batch).is_ok())
                .collect();
            if let Some(less) = Sweep::new(self, candidates, &pool).best(area) {
                found = less;
            }
        }
        found
    }
}

impl Found {
    fn least_used_first(&self, candidates: &[Candidate]) -> Vec<u32> {
        let uses = self.batches_of(candidates);
        let mut batches = uses.clone();
        batches.dedup();
        batches.sort_by_key(|batch| uses.iter().filter(|used| *used == batch).count());
        batches
    }

    /// Sorted, without one.
    fn batches_but(&self, candidates: &[Candidate], left_out: u32) -> Vec<u32> {
        let mut batches = self.batches_of(candidates);
        batches.dedup();
        batches.retain(|batch| *batch != left_out);
        batches
    }

    /// Of each reading chosen, sorted.
    fn batches_of(&self, candidates: &[Candidate]) -> Vec<u32> {
        let mut batches: Vec<u32> = self.chosen.iter().map(|&c| candidates[c].batch).collect();
        batches.sort_unstable();
        batches
    }
}

#[cfg(test)]
mod tests;
