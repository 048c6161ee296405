//! How far back a sealer's package reaches: two days, and further for hours that no package for it
//! reached when they were measured.

use serde::{Deserialize, Serialize};
use vitals_api::consent::PatientInfo;
use vitals_core::time::{epoch_of, Epoch};

use crate::Roll;

/// How far back a sealer's package reaches where nothing is owed: a device that was out of reach
/// closes the batches of its last hours later.
pub const SEALER_BACK_HOURS: u32 = 48;

/// Hours further back, which are owed to a sealer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Back {
    pub from: Epoch,
    /// First epoch in which a package no longer reaches them.
    pub until: Epoch,
}

impl Back {
    /// From an hour on, for as long as a gateway may be away before it takes a package.
    pub fn since(from: Epoch, now: Epoch) -> Self {
        let until = now.saturating_add(SEALER_BACK_HOURS);
        Self { from, until }
    }

    /// What is owed to a sealer whose package was last sealed as `known`: hours which that one did
    /// not reach, those since a raise that came after it, and what it was still owed itself.
    pub fn owed(patient: &PatientInfo, known: Option<&Roll>, now: Epoch) -> Option<Self> {
        let known = known?;
        let raised = raise(patient).filter(|_| known.generation != patient.generation);
        let missed = raised.map_or(known.until, |raised| raised.min(known.until));
        let missed = (missed < usual(patient, now)).then(|| Self::since(missed, now));
        let still = known.back.filter(|back| now < back.until);
        match missed {
            Some(missed) => Some(missed.and(still)),
            None => still,
        }
    }

    /// What is owed besides; for as long as these hours.
    pub fn and(self, also: Option<Self>) -> Self {
        let from = also.map_or(self.from, |also| also.from.min(self.from));
        Self { from, ..self }
    }
}

/// First hour of a sealer's package where nothing is owed. Before the last raise nothing was sealed
/// under the open generation.
pub(crate) fn usual(patient: &PatientInfo, now: Epoch) -> Epoch {
    let back = now.saturating_sub(SEALER_BACK_HOURS);
    back.max(raise(patient).unwrap_or(0)).min(now)
}

/// The hour of the last raise, where there was one.
fn raise(patient: &PatientInfo) -> Option<Epoch> {
    epoch_of(patient.raised_at_ms).filter(|_| patient.raised_at_ms > 0)
}
