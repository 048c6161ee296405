//! How much is stored, for each patient and in all: whoever enrols may seal, and a disk is finite.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::http::StatusCode;

use crate::refusal::Refusal;

/// What a file takes of a disk at least, so that many small objects count as what they cost.
const BLOCK: u64 = 4_096;

pub(crate) struct Quota {
    per_patient: u64,
    total: u64,
    stored: Mutex<Stored>,
}

#[derive(Default)]
struct Stored {
    by_patient: HashMap<u64, u64>,
    total: u64,
}

impl Quota {
    /// Of bytes, with nothing stored.
    pub fn new(per_patient: u64, total: u64) -> Self {
        Self {
            per_patient,
            total,
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
        let own = stored.by_patient.get(&patient).copied().unwrap_or_default();
        ensure(&format!("patient {patient}"), own, bytes, self.per_patient)?;
        ensure("all patients", stored.total, bytes, self.total)?;
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

impl Stored {
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

    #[test]
    fn a_patient_and_all_together_store_no_more_than_their_quotas() {
        let quota = Quota::new(2 * BLOCK, 3 * BLOCK);
        quota.take(1, 1).unwrap();
        quota.take(1, BLOCK).unwrap();
        let full = quota.take(1, 1).unwrap_err();
        assert_eq!(
            (full.status.as_u16(), full.code.as_str()),
            (507, "vault/quota")
        );
        quota.take(2, BLOCK).unwrap();
        assert!(quota
            .take(2, 1)
            .unwrap_err()
            .reason
            .contains("all patients"));
        quota.give_back(1, 1);
        quota.take(2, 1).unwrap();
    }

    #[test]
    fn what_was_found_counts_even_over_the_quota() {
        let quota = Quota::new(BLOCK, 4 * BLOCK);
        quota.count(1, 3 * BLOCK);
        quota.take(1, 1).unwrap_err();
        quota.take(2, 1).unwrap();
        quota.take(3, 1).unwrap_err();
    }
}
