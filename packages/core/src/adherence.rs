//! Adherence: the doses a dispenser recorded, held against a plan's schedule.
//!
//! Every scheduled dose is a slot: an interval around its time in which a dose counts as it. Each
//! recorded dose is matched to at most one slot and each slot to at most one dose: in order of
//! time, a dose goes to the open slot that closes first. Slots are intervals of the line of doses,
//! so this is Glover's rule for convex bipartite graphs and no matching has more pairs: giving a
//! dose to a slot that closes later leaves the earlier one with fewer doses to come, never with
//! more (F. Glover, Maximum matching in a convex bipartite graph, Naval Research Logistics
//! Quarterly 14, 1967). A dose that finds no open slot is extra.

use alloc::collections::BinaryHeap;
use alloc::vec;
use alloc::vec::Vec;
use core::cmp::Reverse;

use crate::bytes::FormatError;
use crate::time::Millis;

mod report;

pub use report::Report;

const DAY_MS: u64 = 86_400_000;

/// One dose of a plan's schedule. What is to be taken twice at a time is in it twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScheduledDose {
    pub at_ms: Millis,
    /// How much before its time it may be taken.
    pub early_ms: u32,
    /// Until how much after its time it is on time.
    pub on_time_ms: u32,
    /// Until how much after its time it still counts, as late; at least `on_time_ms`.
    pub late_ms: u32,
}

/// One dose taken: a reading of two doses is two of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dose {
    pub at_ms: Millis,
}

/// What a report is over: `[from_ms, to_ms)`. Its days have 24 hours and begin at `from_ms`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    pub from_ms: Millis,
    pub to_ms: Millis,
}

impl ScheduledDose {
    fn opens_ms(&self) -> Millis {
        self.at_ms.saturating_sub(self.early_ms.into())
    }

    fn on_time_until_ms(&self) -> Millis {
        self.at_ms.saturating_add(self.on_time_ms.into())
    }

    /// The last millisecond in which a dose counts.
    fn closes_ms(&self) -> Millis {
        self.at_ms.saturating_add(self.late_ms.into())
    }

    fn checked(&self) -> Result<(), FormatError> {
        if self.on_time_ms <= self.late_ms {
            return Ok(());
        }
        Err(FormatError::Value {
            what: "late_ms of a scheduled dose",
            got: self.late_ms.into(),
            rule: "at least on_time_ms",
        })
    }
}

impl Period {
    fn holds(&self, at_ms: Millis) -> bool {
        self.from_ms <= at_ms && at_ms < self.to_ms
    }

    fn day_of(&self, at_ms: Millis) -> u64 {
        at_ms.saturating_sub(self.from_ms).div_euclid(DAY_MS)
    }

    fn checked(&self) -> Result<(), FormatError> {
        if self.from_ms < self.to_ms {
            return Ok(());
        }
        Err(FormatError::Value {
            what: "period",
            got: self.to_ms.into(),
            rule: "`to_ms` is above `from_ms`",
        })
    }
}

/// Holds doses against a schedule, as of `now_ms`. Either may be in any order and reach beyond the
/// period, and should by the longest interval of a slot: a slot counts in the period that holds its
/// time, whenever its dose was taken; an extra dose in the period that holds the dose. A slot that
/// is still open and not taken is pending and not yet due; doses after `now_ms` are not looked at.
///
/// Fails on an empty period and on a slot whose lateness ends before it begins.
pub fn assess(
    schedule: &[ScheduledDose],
    doses: &[Dose],
    period: Period,
    now_ms: Millis,
) -> Result<Report, FormatError> {
    period.checked()?;
    schedule.iter().try_for_each(ScheduledDose::checked)?;
    let mut slots = schedule.to_vec();
    slots.sort_by_key(|slot| (slot.opens_ms(), slot.closes_ms(), slot.at_ms));
    let mut taken_at: Vec<Millis> = doses.iter().map(|dose| dose.at_ms).collect();
    taken_at.retain(|at_ms| *at_ms <= now_ms);
    taken_at.sort_unstable();
    let matched = matched(&slots, &taken_at);
    let extra = matched.extra.into_iter().filter(|at| period.holds(*at));
    let counted = slots.iter().zip(matched.taken_at);
    let counted = counted.filter(|(slot, _)| period.holds(slot.at_ms));
    Ok(report::of(
        counted.map(|(slot, taken)| (period.day_of(slot.at_ms), fate(slot, taken, now_ms))),
        extra.count(),
    ))
}

/// What became of a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    OnTime,
    Late,
    Missed,
    Pending,
}

fn fate(slot: &ScheduledDose, taken: Option<Millis>, now_ms: Millis) -> Fate {
    match taken {
        Some(at_ms) if at_ms <= slot.on_time_until_ms() => Fate::OnTime,
        Some(_) => Fate::Late,
        None if slot.closes_ms() < now_ms => Fate::Missed,
        None => Fate::Pending,
    }
}

struct Matched {
    /// Of each slot, when it was taken.
    taken_at: Vec<Option<Millis>>,
    extra: Vec<Millis>,
}

/// Slots in order of their opening, doses in order of their time.
fn matched(slots: &[ScheduledDose], doses: &[Millis]) -> Matched {
    let mut matched = Matched {
        taken_at: vec![None; slots.len()],
        extra: Vec::new(),
    };
    let mut coming = slots.iter().enumerate().peekable();
    let mut open = BinaryHeap::new();
    for dose in doses {
        while let Some((index, slot)) = coming.next_if(|(_, slot)| slot.opens_ms() <= *dose) {
            open.push(Reverse((slot.closes_ms(), slot.at_ms, index)));
        }
        match next_open(&mut open, *dose).and_then(|index| matched.taken_at.get_mut(index)) {
            Some(taken) => *taken = Some(*dose),
            None => matched.extra.push(*dose),
        }
    }
    matched
}

type Open = BinaryHeap<Reverse<(Millis, Millis, usize)>>;

/// Of the slots not yet closed, the one that closes first. Doses come in order, so what is closed
/// for one is closed for all after it.
fn next_open(open: &mut Open, dose: Millis) -> Option<usize> {
    while let Some(Reverse((closes_ms, _, index))) = open.pop() {
        if dose <= closes_ms {
            return Some(index);
        }
    }
    None
}

#[cfg(test)]
mod tests;
