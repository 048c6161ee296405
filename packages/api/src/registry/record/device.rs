//! A device: all that somebody who meets its signature asks, in one read.

use vitals_core::decision::Seconds;
use vitals_core::key::PublicKey;
use vitals_core::measure::{Category, Measure};
use vitals_core::rule::Assurance;
use vitals_core::set::Set;
use vitals_core::time::Millis;

use super::halt::Halts;
use super::history::Pairing;
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
    /// In the pairing that lasts, or since the last one while it is with nobody.
    pub halts: Halts,
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
            halts: Halts::default(),
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

    /// Why what it measured in a pairing, from one time to another, both included, does not count, if
    /// so. An ended pairing is judged by its own record: whoever has the device later cannot change
    /// what its data is worth. Says nothing about whether the pairing held.
    pub fn unusable_in(
        &self,
        pairing: &Pairing,
        first_at: Millis,
        last_at: Millis,
    ) -> Option<Unusable> {
        if pairing.to_ms.is_none() {
            return self.unusable_during(first_at, last_at);
        }
        self.lost_by(last_at)
            .or_else(|| pairing.halts.touching(first_at, last_at))
    }

    /// The same of the pairing that lasts, or of the time since the last one.
    pub fn unusable_during(&self, first_at: Millis, last_at: Millis) -> Option<Unusable> {
        let halted = || self.halts.touching(first_at, last_at);
        self.lost_by(last_at).or_else(halted).map(|why| match why {
            Unusable::Halted { from_ms, .. } if self.status == Status::Retired => {
                Unusable::Retired { from_ms }
            }
            other => other,
        })
    }

    fn lost_by(&self, last_at: Millis) -> Option<Unusable> {
        let lost = self.lost_from_ms.filter(|lost| last_at >= *lost);
        lost.map(|from_ms| Unusable::Lost { from_ms })
    }

    /// From a time on nothing it measures counts.
    pub fn begin_halt(&mut self, from_ms: Millis) {
        self.halts.begin(from_ms);
    }

    /// What it measures from a time on counts again, unless something else still halts it.
    pub fn end_halt(&mut self, to_ms: Millis) {
        if !self.recalled && self.status == Status::Active {
            self.halts.end(to_ms);
        }
    }
}
