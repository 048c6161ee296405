//! Nonces of requests that were permitted, until the requests expire.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Mutex, PoisonError};

use crate::refusal::Refusal;

/// Nonces kept of all accounts together: some 50 MB.
const MAX_NONCES: usize = 262_144;

/// Nonces kept of one account, so that one cannot lock the others out: 13 requests a second.
const MAX_PER_ACCOUNT: usize = 4_096;

type Nonce = [u8; 16];

#[derive(Default)]
pub(crate) struct Nonces(Mutex<Used>);

#[derive(Default)]
struct Used {
    by_account: HashMap<String, HashSet<Nonce>>,
    by_expiry: BTreeMap<u64, Vec<(String, Nonce)>>,
    count: usize,
}

impl Nonces {
    /// Uses a nonce up. Fails where it was used, where its request expired, so that it may have been
    /// forgotten, and where there is no room to remember it.
    pub fn spend(
        &self,
        account: &str,
        nonce: Nonce,
        expires: u64,
        now: u64,
    ) -> Result<(), Refusal> {
        ensure_live(expires, now)?;
        let mut used = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        used.forget_before(now);
        used.spend(account, nonce, expires)
    }
}

impl Used {
    fn spend(&mut self, account: &str, nonce: Nonce, expires: u64) -> Result<(), Refusal> {
        self.ensure_room(account, &nonce)?;
        let own = self.by_account.entry(account.into()).or_default();
        own.insert(nonce);
        self.count += 1;
        let due = self.by_expiry.entry(expires).or_default();
        due.push((account.into(), nonce));
        Ok(())
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
mod tests {
    use super::*;

    #[test]
    fn a_nonce_works_once_for_an_account_until_it_expires() {
        let nonces = Nonces::default();
        nonces.spend("a", [1; 16], 10, 5).unwrap();
        let again = nonces.spend("a", [1; 16], 10, 9).unwrap_err();
        assert_eq!(again.code, "vault/replayed");
        nonces.spend("b", [1; 16], 10, 9).unwrap();
        let last = nonces.spend("a", [1; 16], 10, 10).unwrap_err();
        assert_eq!(last.code, "vault/replayed", "kept through its last second");
        nonces.spend("a", [1; 16], 20, 11).unwrap();
    }

    #[test]
    fn a_request_that_expired_while_it_was_decided_is_not_served() {
        let nonces = Nonces::default();
        nonces.spend("a", [1; 16], 10, 10).unwrap();
        let replayed = nonces.spend("a", [1; 16], 10, 11).unwrap_err();
        assert_eq!(replayed.code, "vault/expired");
    }

    #[test]
    fn an_account_that_finds_no_room_leaves_nothing_behind() {
        let nonces = Nonces::default();
        for number in 0..MAX_NONCES as u128 {
            let account = (number / MAX_PER_ACCOUNT as u128).to_string();
            nonces.spend(&account, number.to_be_bytes(), 10, 5).unwrap();
        }
        let full = nonces.spend("late", [0xff; 16], 10, 5).unwrap_err();
        assert_eq!(full.code, "vault/busy");
        let used = nonces.0.lock().unwrap();
        assert_eq!(used.count, MAX_NONCES);
        assert!(!used.by_account.contains_key("late"));
    }

    #[test]
    fn memory_is_bounded_for_an_account_and_freed_by_time() {
        let nonces = Nonces::default();
        for number in 0..MAX_PER_ACCOUNT as u128 {
            nonces.spend("a", number.to_be_bytes(), 10, 5).unwrap();
        }
        let full = nonces.spend("a", [0xff; 16], 10, 5).unwrap_err();
        assert_eq!(full.code, "vault/busy");
        nonces.spend("b", [0xff; 16], 10, 5).unwrap();
        nonces.spend("a", [0xff; 16], 20, 11).unwrap();
        let used = nonces.0.lock().unwrap();
        assert_eq!((used.count, used.by_account.len()), (1, 1));
    }
}
