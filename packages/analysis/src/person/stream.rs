//! One measure of one person: its slots, what is usual, and what is found in it.

use serde::{Deserialize, Serialize};
use vitals_core::measure::Measure;
use vitals_core::time::Millis;

use super::rules::Rules;
use crate::baseline::{Baseline, Usual, DAY_MS};
use crate::change::{Cusum, Sum};
use crate::finding::{Evidence, Finding};
use crate::latch::Latch;
use crate::slot::{slot_of, Slot, Spread};

mod found;
mod level;

pub(super) use level::Level;

/// Slots that are remembered: evidence of an hour.
const RECENT: usize = 12;
/// After so long without a reading the sums of a change begin anew.
const GAP_MS: u64 = DAY_MS;
/// Days whose level is remembered for a trend.
const DAYS: usize = 28;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Stream {
    measure: Measure,
    slot: Slot,
    baseline: Baseline,
    recent: Vec<Recent>,
    cusum: Cusum,
    change_milli: Option<i64>,
    day: u64,
    today: Spread<i64>,
    /// Number and median of the days before.
    days: Vec<(u64, i64)>,
    latches: Latches,
}

/// One for each kind of finding.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Latches {
    deviation: Latch,
    change: Latch,
    trend: Latch,
    signal: Latch,
    /// Slots in a row of which at least half the readings could not be used.
    unusable: u8,
}

/// A slot's median, and how far it is from what is usual.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Recent {
    evidence: Evidence,
    distance_milli: i64,
    simulated: bool,
}

/// The median of a slot that has just ended, beside what is usual.
#[derive(Clone, Copy)]
struct Now {
    evidence: Evidence,
    usual: Usual,
}

impl Stream {
    pub fn new(measure: Measure) -> Self {
        Self {
            measure,
            slot: Slot::default(),
            baseline: Baseline::new(measure),
            recent: Vec::new(),
            cusum: Cusum::default(),
            change_milli: None,
            day: 0,
            today: Spread::default(),
            days: Vec::new(),
            latches: Latches::default(),
        }
    }

    pub fn measure(&self) -> Measure {
        self.measure
    }

    pub fn take(&mut self, evidence: Evidence, counts: bool, simulated: bool) {
        self.slot.take(evidence, counts, simulated);
    }

    /// Time was set back: what was going on is not going on any more, what was learned stays.
    pub fn restart(&mut self) {
        self.slot = Slot::default();
        self.recent.clear();
        self.cusum.restart();
    }

    pub fn close(&mut self, rules: Rules, end_ms: Millis) -> Vec<Finding> {
        let Some(closed) = self.slot.close() else {
            return Vec::new();
        };
        let mut found: Vec<Finding> = self.signal(rules, closed, end_ms).into_iter().collect();
        let Some(evidence) = closed.median else {
            return found;
        };
        found.extend(self.day(rules, evidence, closed.simulated));
        let usual = self.baseline.usual(evidence.at_ms);
        self.baseline.take(evidence.value, evidence.at_ms);
        if let Some(usual) = usual {
            let now = Now { evidence, usual };
            let sum = self.advance(now, closed.simulated);
            found.extend(self.deviation(rules, now));
            found.extend(self.change(rules, now, sum));
        }
        found
    }

    fn advance(&mut self, now: Now, simulated: bool) -> Option<Sum> {
        let evidence = now.evidence;
        let distance_milli = now.usual.distance_milli(evidence.value);
        let before = self.recent.last().map(|recent| recent.evidence.at_ms);
        if before.is_some_and(|before| evidence.at_ms.abs_diff(before) > GAP_MS) {
            self.cusum.restart();
        }
        if self.recent.len() >= RECENT {
            self.recent.remove(0);
        }
        self.recent.push(Recent {
            evidence,
            distance_milli,
            simulated,
        });
        let sum = self.cusum.take(distance_milli, evidence.at_ms);
        self.change_milli = sum.map(|sum| sum.ratio_milli);
        sum
    }

    /// Of this slot, where it was measured in it and something is usual.
    pub fn distance_in(&self, slot: u64) -> Option<i64> {
        let recent = self.recent.last()?;
        (slot_of(recent.evidence.at_ms) == slot).then_some(recent.distance_milli)
    }

    /// The latest slot's, with its time.
    pub fn latest(&self) -> Option<(Evidence, bool)> {
        self.recent
            .last()
            .map(|recent| (recent.evidence, recent.simulated))
    }

    pub fn change_milli(&self) -> Option<i64> {
        self.change_milli
    }

    pub fn level(&self) -> Option<Level> {
        Level::of(
            self.recent
                .iter()
                .map(|r| (slot_of(r.evidence.at_ms), r.distance_milli)),
        )
    }

    fn evidence(&self) -> Vec<Evidence> {
        self.recent.iter().map(|recent| recent.evidence).collect()
    }

    fn is_simulated(&self) -> bool {
        self.recent.iter().any(|recent| recent.simulated)
    }
}
