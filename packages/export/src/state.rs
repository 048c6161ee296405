//! How far an export is: in its directory until it is finished.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use vitals_api::anchor::BatchId;

/// Of what is exported, to tell whose directory it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subject {
    pub deployment_id: String,
    pub patient: u64,
}

impl std::fmt::Display for Subject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "patient {} of {}", self.patient, self.deployment_id)
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    pub subject: Subject,
    /// The last batch written of each category.
    pub last: BTreeMap<String, BatchId>,
    /// Bytes that count of files that are appended to: what is beyond was not finished.
    pub lengths: BTreeMap<String, u64>,
    /// Files fetched from vaults that are whole.
    pub whole: BTreeSet<String>,
    pub counts: Counts,
}

/// What was written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counts {
    pub batches: u64,
    pub verified: u64,
    pub readings: u64,
}

impl State {
    pub fn new(subject: Subject) -> Self {
        Self {
            subject,
            last: BTreeMap::new(),
            lengths: BTreeMap::new(),
            whole: BTreeSet::new(),
            counts: Counts::default(),
        }
    }
}
