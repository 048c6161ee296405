//! A device: all that somebody who meets its signature asks, in one read.

use vitals_core::decision::Seconds;
use vitals_core::key::PublicKey;
use vitals_core::measure::{Category, Measure};
use vitals_core::rule::Assurance;
use vitals_core::set::Set;
use vitals_core::time::Millis;

use crate::registry::Unusable;

/// One storage read answers: usable? which key? which pairing now, what assurance, calibrated from
/// when until when, lost from when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// The newest; what an older batch was signed by, `registry::read::key_for` finds.
    pub key: PublicKey,
    pub model: u32,
    pub firmware: u32,
    pub assurance: Assurance,
    pub measures: Set<Measure>,
    pub status: Status,
    /// Its model and firmware are recalled, and the device was marked for it.
    pub recalled: bool,
    /// Number of the last action.
    pub action: u64,
    /// Number of the last pairing, 0 where there was none.
    pub pairing: u32,
    /// The pairing that lasts.
    pub paired: Option<Paired>,
    /// Stays for ever.
    pub lost_from_ms: Option<Millis>,
    pub calibration: Option<Calibration>,
    /// When it was suspended, recalled or retired last.
    pub halt: Option<Halt>,
    /// What it measured before and is not anchored yet counts no more: the end of the halt before
    /// the last one, so that two halts need no list.
    pub usable_from_ms: Millis,
    pub rotation: Option<Rotation>,
}

/// Who ended a device's use, if anybody did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    Active,
    Suspended,
    /// For ever.
    Retired,
}

/// With whom a device is now, and since when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paired {
    pub patient: u64,
    pub from_ms: Millis,
}

/// From one second until just before another; it says nothing about what was measured earlier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Calibration {
    pub from: Seconds,
    pub until: Seconds,
}

/// From one millisecond until just before another, or until further notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Halt {
    pub from_ms: Millis,
    pub to_ms: Option<Millis>,
}

/// How often the key was changed, and for which batches the newest one holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rotation {
    pub number: u32,
    /// Sequence number of the first batch the newest key signs.
    pub from_sequence: u64,
}

impl Device {
    /// As it is when it is registered.
    pub fn new(
        key: PublicKey,
        model: u32,
        firmware: u32,
        assurance: Assurance,
        measures: Set<Measure>,
    ) -> Self {
        Self {
            key,
            model,
            firmware,
            assurance,
            measures,
            status: Status::Active,
            recalled: false,
            action: 0,
            pairing: 0,
            paired: None,
            lost_from_ms: None,
            calibration: None,
            halt: None,
            usable_from_ms: 0,
            rotation: None,
        }
    }

    /// What consent to its readings is asked by.
    pub fn categories(&self) -> Set<Category> {
        self.measures.categories()
    }

    /// Whether it was out of its patient's hands at a time, as far as anybody reported.
    pub fn was_lost_at(&self, at_ms: Millis) -> bool {
        self.lost_from_ms.is_some_and(|lost| at_ms >= lost)
    }

    pub fn was_calibrated_at(&self, at_ms: Millis) -> bool {
        self.calibration.is_some_and(|held| {
            held.from.saturating_mul(1_000) <= at_ms && at_ms < held.until.saturating_mul(1_000)
        })
    }

    /// Why what it measured from one time to another, both included, does not count, if so. Says
    /// nothing about whose it was: pairings do.
    pub fn unusable_during(&self, first_at: Millis, last_at: Millis) -> Option<Unusable> {
        if let Some(from_ms) = self.lost_from_ms.filter(|lost| last_at >= *lost) {
            return Some(Unusable::Lost { from_ms });
        }
        if let Some(halt) = self.halt.filter(|halt| halt.touches(first_at, last_at)) {
            return Some(self.halted(halt));
        }
        (first_at < self.usable_from_ms).then_some(Unusable::BeforeRestored {
            usable_from_ms: self.usable_from_ms,
        })
    }

    fn halted(&self, halt: Halt) -> Unusable {
        let Halt { from_ms, to_ms } = halt;
        match self.status {
            Status::Retired => Unusable::Retired { from_ms },
            _ => Unusable::Halted { from_ms, to_ms },
        }
    }

    /// From a time on nothing it measures counts. A second halt while one lasts changes nothing
    /// but perhaps its start; what came before an earlier one that ended is given up.
    pub fn begin_halt(&mut self, from_ms: Millis) {
        let earliest = match self.halt {
            Some(Halt {
                from_ms: earlier,
                to_ms: None,
            }) => earlier.min(from_ms),
            Some(Halt {
                from_ms: earlier,
                to_ms: Some(ended),
            }) if from_ms <= ended => earlier.min(from_ms),
            Some(Halt {
                to_ms: Some(ended), ..
            }) => {
                self.usable_from_ms = ended;
                from_ms
            }
            None => from_ms,
        };
        self.halt = Some(Halt {
            from_ms: earliest,
            to_ms: None,
        });
    }

    /// What it measures from a time on counts again, unless something else still halts it.
    pub fn end_halt(&mut self, to_ms: Millis) {
        if self.recalled || self.status != Status::Active {
            return;
        }
        if let Some(halt) = self.halt.as_mut() {
            halt.to_ms.get_or_insert(to_ms);
        }
    }
}

impl Halt {
    fn touches(&self, first_at: Millis, last_at: Millis) -> bool {
        self.from_ms <= last_at && self.to_ms.is_none_or(|to| first_at < to)
    }
}
