//! Nonces of requests that were permitted, until the requests expire: in memory, and on disk before
//! a request is served, so that a restart makes none of them good again.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use crate::refusal::Refusal;

mod journal;

pub use journal::NoncesError;
use journal::{Journal, Spent};

/// Nonces kept of all accounts together: some 50 MB.
const MAX_NONCES: usize = 262_144;

/// Nonces kept of one account, so that one cannot lock the others out: 13 requests a second.
const MAX_PER_ACCOUNT: usize = 4_096;

type Nonce = [u8; 16];

/// Of one vault. In memory alone where it has no file: for tests and what lives no longer than they.
#[derive(Default)]
pub struct Nonces(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    used: Used,
    journal: Option<Journal>,
}

#[derive(Default)]
struct Used {
    by_account: HashMap<String, HashSet<Nonce>>,
    by_expiry: BTreeMap<u64, Vec<(String, Nonce)>>,
    count: usize,
    /// What expired before this second was forgotten, and is not taken by a clock set back.
    forgotten_before: u64,
}

impl Nonces {
    /// Reads the file, or makes it, and keeps what has not expired. A record that was never
    /// finished is dropped: its request was not served.
    pub fn open(path: &Path) -> Result<Self, NoncesError> {
        let (journal, spent, forgotten_before) = Journal::open(path)?;
        let mut used = Used {
            forgotten_before,
            ..Used::default()
        };
        for one in spent {
            used.remember(&one.account, one.nonce, one.expires);
        }
        Ok(Self(Mutex::new(Kept {
            used,
            journal: Some(journal),
        })))
    }

    /// Uses a nonce up, for good once this returns. Fails where it was used, where its request
    /// expired, so that it may have been forgotten, and where there is no room to remember it.
    pub(crate) fn spend(
        &self,
        account: &str,
        nonce: Nonce,
        expires: u64,
        now: u64,
    ) -> Result<(), Refusal> {
        ensure_live(expires, now)?;
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.used.forget_before(now);
        ensure_live(expires, kept.used.forgotten_before)?;
        kept.used.ensure_room(account, &nonce)?;
        kept.write(account, nonce, expires)?;
        kept.used.remember(account, nonce, expires);
        Ok(())
    }
}

impl Kept {
    fn write(&mut self, account: &str, nonce: Nonce, expires: u64) -> Result<(), NoncesError> {
        let Some(journal) = &mut self.journal else {
            return Ok(());
        };
        if journal.is_worth_shortening(self.used.count) {
            journal.rewrite(self.used.all(), self.used.forgotten_before)?;
        }
        journal.append(&Spent {
            account: account.into(),
            nonce,
            expires,
        })
    }
}

impl Used {
    fn all(&self) -> impl Iterator<Item = Spent> + '_ {
        self.by_expiry.iter().flat_map(|(expires, due)| {
            due.iter().map(|(account, nonce)| Spent {
                account: account.clone(),
                nonce: *nonce,
                expires: *expires,
            })
        })
    }

    fn remember(&mut self, account: &str, nonce: Nonce, expires: u64) {
        let own = self.by_account.entry(account.into()).or_default();
        own.insert(nonce);
        self.count += 1;
        let due = self.by_expiry.entry(expires).or_default();
        due.push((account.into(), nonce));
    }

    fn ensure_room(&self, account: &str, nonce: &Nonce) -> Result<(), Refusal> {
        let own = self.by_account.get(account);
        if own.is_some_and(|own| own.contains(nonce)) {
            return Err(Refusal::unauthenticated(
                "vault/replayed",
                "the request was served before",
            ));
        }
        if self.count >= MAX_NONCES || own.map_or(0, HashSet::len) >= MAX_PER_ACCOUNT {
            return Err(Refusal::unavailable(
                "vault/busy",
                "too many requests in the last minutes",
            ));
        }
        Ok(())
    }

    fn forget_before(&mut self, now: u64) {
        self.forgotten_before = self.forgotten_before.max(now);
        let live = self.by_expiry.split_off(&now);
        let over = std::mem::replace(&mut self.by_expiry, live);
        for (account, nonce) in over.into_values().flatten() {
            self.forget(&account, &nonce);
        }
    }

    fn forget(&mut self, account: &str, nonce: &Nonce) {
        self.count = self.count.saturating_sub(1);
        if let Some(own) = self.by_account.get_mut(account) {
            own.remove(nonce);
            if own.is_empty() {
                self.by_account.remove(account);
            }
        }
    }
}

pub(crate) fn ensure_live(expires: u64, now: u64) -> Result<(), Refusal> {
    if now <= expires {
        return Ok(());
    }
    Err(Refusal::unauthenticated(
        "vault/expired",
        format!("held until {expires}, now is {now}"),
    ))
}

#[cfg(test)]
#[path = "nonces_tests.rs"]
mod tests;
