//! How much is stored, for each patient and in all: whoever enrols may seal, and a disk is finite.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::http::StatusCode;

use crate::patients::Patients;
use crate::refusal::Refusal;

/// What a file takes of a disk at least, so that many small objects count as what they cost.
const BLOCK: u64 = 4_096;

pub(crate) struct Quota {
    limits: Limits,
    stored: Mutex<Stored>,
}

/// Of bytes.
#[derive(Debug, Clone)]
pub(crate) struct Limits {
    pub of_patient: u64,
    pub in_all: u64,
    /// Of a patient whom the operator has not listed, and of all those together.
    pub of_unlisted: u64,
    pub of_all_unlisted: u64,
    /// Nobody is listed where there is no list.
    pub listed: Option<Patients>,
}

#[derive(Default)]
struct Stored {
    by_patient: HashMap<u64, u64>,
    total: u64,
}

impl Quota {
    /// With nothing stored.
    pub fn new(limits: Limits) -> Self {
        Self {
            limits,
            stored: Mutex::default(),
        }
    }

    /// Counts an object that is stored, over the quota or not.
    pub fn count(&self, patient: u64, bytes: u64) {
        self.lock().add(patient, on_disk(bytes));
    }

    /// Counts an object that is to be stored. Fails where there is no room for it.
    pub fn take(&self, patient: u64, bytes: u64) -> Result<(), Refusal> {
        let bytes = on_disk(bytes);
        let mut stored = self.lock();
        self.limits.ensure(&stored, patient, bytes)?;
        stored.add(patient, bytes);
        Ok(())
    }

    /// Takes an object that was not stored off the count.
    pub fn give_back(&self, patient: u64, bytes: u64) {
        let bytes = on_disk(bytes);
        let mut stored = self.lock();
        stored.total = stored.total.saturating_sub(bytes);
        if let Some(own) = stored.by_patient.get_mut(&patient) {
            *own = own.saturating_sub(bytes);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Stored> {
        self.stored.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Limits {
    fn ensure(&self, stored: &Stored, patient: u64, bytes: u64) -> Result<(), Refusal> {
        let own = stored.of(patient);
        let listed = self.listed.as_ref().map(Patients::borrow);
        if listed.iter().any(|listed| listed.contains(&patient)) {
            ensure(&format!("patient {patient}"), own, bytes, self.of_patient)?;
        } else {
            let most = self.of_unlisted.min(self.of_patient);
            let whose = format!("patient {patient}, whom the operator has not listed,");
            ensure(&whose, own, bytes, most)?;
            let listed = listed.iter().flat_map(|listed| listed.iter());
            let of_listed: u64 = listed.map(|patient| stored.of(*patient)).sum();
            let others = stored.total.saturating_sub(of_listed);
            ensure(
                "all whom the operator has not listed",
                others,
                bytes,
                self.of_all_unlisted,
            )?;
        }
        ensure("all patients", stored.total, bytes, self.in_all)
    }
}

impl Stored {
    fn of(&self, patient: u64) -> u64 {
        self.by_patient.get(&patient).copied().unwrap_or_default()
    }

    fn add(&mut self, patient: u64, bytes: u64) {
        self.total = self.total.saturating_add(bytes);
        let own = self.by_patient.entry(patient).or_default();
        *own = own.saturating_add(bytes);
    }
}

fn on_disk(bytes: u64) -> u64 {
    bytes.max(1).div_ceil(BLOCK).saturating_mul(BLOCK)
}

fn ensure(whose: &str, stored: u64, more: u64, most: u64) -> Result<(), Refusal> {
    if stored.saturating_add(more) <= most {
        return Ok(());
    }
    Err(Refusal::new(
        StatusCode::INSUFFICIENT_STORAGE,
        "vault/quota",
        format!("{more} bytes more than the {stored} stored for {whose} would exceed {most}"),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use tokio::sync::watch;

    /// Of blocks.
    fn limits(of_patient: u64, in_all: u64) -> Limits {
        Limits {
            of_patient: of_patient * BLOCK,
            in_all: in_all * BLOCK,
            of_unlisted: of_patient * BLOCK,
            of_all_unlisted: in_all * BLOCK,
            listed: None,
        }
    }

    fn why(taken: Result<(), Refusal>) -> String {
        taken.unwrap_err().reason
    }

    #[test]
    fn a_patient_and_all_together_store_no_more_than_their_quotas() {
        let quota = Quota::new(limits(2, 3));
        quota.take(1, 1).unwrap();
        quota.take(1, BLOCK).unwrap();
        let full = quota.take(1, 1).unwrap_err();
        assert_eq!(
            (full.status.as_u16(), full.code.as_str()),
            (507, "vault/quota")
        );
        quota.take(2, BLOCK).unwrap();
        assert!(why(quota.take(2, 1)).contains("all whom the operator has not listed"));
        quota.give_back(1, 1);
        quota.take(2, 1).unwrap();
    }

    #[test]
    fn what_was_found_counts_even_over_the_quota() {
        let quota = Quota::new(limits(1, 4));
        quota.count(1, 3 * BLOCK);
        quota.take(1, 1).unwrap_err();
        quota.take(2, 1).unwrap();
        quota.take(3, 1).unwrap_err();
    }
    #[test]
    fn strangers_leave_room_for_those_who_are_listed() {
        let (list, listed) = watch::channel(BTreeSet::from([1, 2]));
        let quota = Quota::new(Limits {
            of_unlisted: BLOCK,
            of_all_unlisted: 2 * BLOCK,
            listed: Some(listed),
            ..limits(3, 6)
        });
        quota.take(1, BLOCK).unwrap();
        quota.take(70, 1).unwrap();
        assert!(why(quota.take(70, 1)).contains("patient 70, whom the operator has not listed,"));
        quota.take(71, 1).unwrap();
        assert!(why(quota.take(72, 1)).contains("all whom the operator has not listed"));
        quota.take(2, 2 * BLOCK).unwrap();
        quota.take(1, BLOCK).unwrap();
        assert!(why(quota.take(1, 1)).contains("all patients"));
        quota.give_back(2, 2 * BLOCK);
        list.send_replace(BTreeSet::from([1, 70]));
        quota.take(70, BLOCK).unwrap();
        assert!(why(quota.take(2, 2 * BLOCK)).contains("patient 2, whom"));
        quota.take(2, 1).unwrap();
    }
}
