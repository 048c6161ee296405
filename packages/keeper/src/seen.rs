//! What is watched until it is settled: things numbered from 1 without gaps, walked by number, and
//! things that were heard of.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use vitals_ledger::LedgerError;

use crate::Task;

/// What a look at one thing tells.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Look {
    /// Nothing will ever be due of it again.
    Settled,
    /// Nothing is due before this second of the chain.
    Later(u64),
    Due(Vec<Task>),
}

/// Things that were heard of and are not settled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    transparent,
    bound(serialize = "T: Serialize", deserialize = "T: Deserialize<'de>")
)]
pub(crate) struct Listed<T: Ord> {
    open: BTreeSet<T>,
    /// When to ask again; absent where it is to be asked at the next look.
    #[serde(skip, default = "BTreeMap::new")]
    later: BTreeMap<T, u64>,
}

impl<T: Ord> Default for Listed<T> {
    fn default() -> Self {
        Self {
            open: BTreeSet::new(),
            later: BTreeMap::new(),
        }
    }
}

impl<T: Ord + Clone> Listed<T> {
    pub fn insert(&mut self, thing: T) {
        self.open.insert(thing);
    }

    /// Asks for those whose time has come; none of `look` is that there is no such thing.
    pub fn due(
        &mut self,
        now: u64,
        mut look: impl FnMut(&T) -> Result<Option<Look>, LedgerError>,
    ) -> Result<Vec<Task>, LedgerError> {
        let mut due = Vec::new();
        for thing in self.open.clone() {
            if self.later.get(&thing).is_none_or(|at| *at <= now) {
                let found = look(&thing)?;
                self.note(thing, found, &mut due);
            }
        }
        Ok(due)
    }

    fn note(&mut self, thing: T, found: Option<Look>, due: &mut Vec<Task>) {
        self.later.remove(&thing);
        match found {
            Some(Look::Settled) | None => {
                self.open.remove(&thing);
                return;
            }
            Some(Look::Later(at)) => {
                self.later.insert(thing.clone(), at);
            }
            Some(Look::Due(tasks)) => due.extend(tasks),
        }
        self.open.insert(thing);
    }
}

/// How far a walk is, and what of it is not settled.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Seen {
    last: u64,
    open: Listed<u64>,
}

impl Seen {
    /// Asks for what is open and for what is new; none of `look` is that there is no such number.
    pub fn due(
        &mut self,
        now: u64,
        mut look: impl FnMut(u64) -> Result<Option<Look>, LedgerError>,
    ) -> Result<Vec<Task>, LedgerError> {
        let mut due = self.open.due(now, |number| look(*number))?;
        while let Some(found) = look(self.last.saturating_add(1))? {
            self.last += 1;
            self.open.note(self.last, Some(found), &mut due);
        }
        Ok(due)
    }
}
