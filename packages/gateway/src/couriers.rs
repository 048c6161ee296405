//! A thread for each vault, which carries one ciphertext at a time: a vault that is slow, full or
//! down keeps no other waiting, and no tick waits longer than [`PATIENCE`] for any of them.

use std::collections::{HashSet, VecDeque};
use std::sync::mpsc::{channel, Receiver, Sender};
use std::thread;
use std::time::{Duration, Instant};

use vitals_core::time::Millis;

use crate::back_off::BackOff;
use crate::blob::{Blob, BlobError, BlobStore};
use crate::store::blob::{BlobRow, Digest};

/// How long a tick waits for vaults that are at work. What takes longer is heard of in a later one.
const PATIENCE: Duration = Duration::from_secs(2);

/// What became of one ciphertext.
pub(crate) struct Outcome {
    pub vault: usize,
    pub digest: Digest,
    pub result: Result<(), BlobError>,
}

struct Parcel {
    patient: u64,
    row: BlobRow,
}

pub(crate) struct Courier {
    name: String,
    jobs: Sender<Parcel>,
    pub busy: bool,
    pub back_off: BackOff,
    /// What it is to carry next.
    pub queue: VecDeque<Digest>,
    /// What its vault did not take: asked again after all the rest, so that one ciphertext that
    /// is refused holds back no other.
    refused: VecDeque<Digest>,
}

impl Courier {
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn is_free(&self, now_ms: Millis) -> bool {
        !self.busy && self.back_off.is_due(now_ms)
    }

    pub(crate) fn refused(&self) -> HashSet<Digest> {
        self.refused.iter().copied().collect()
    }

    /// Those never refused first, then the one refused longest ago.
    pub(crate) fn set_queue(&mut self, fresh: Vec<Digest>) {
        self.queue = fresh.into_iter().chain(self.refused.clone()).collect();
    }

    /// It is needed no longer.
    pub(crate) fn forget(&mut self, digest: &Digest) {
        self.refused.retain(|refused| refused != digest);
    }

    pub(crate) fn send(&mut self, patient: u64, row: BlobRow) {
        self.busy = self.jobs.send(Parcel { patient, row }).is_ok();
    }

    /// A vault that refuses one ciphertext is asked for the next at once; one that is away, or
    /// refuses what it had refused before, ever more seldom.
    pub(crate) fn heard(&mut self, outcome: &Outcome, now_ms: Millis) {
        self.busy = false;
        let again = self.refused.contains(&outcome.digest);
        self.forget(&outcome.digest);
        if outcome.result.is_err() {
            self.refused.push_back(outcome.digest);
        }
        match outcome.result {
            Ok(()) => self.back_off.succeeded(),
            Err(BlobError::Refused(_)) if !again => {}
            Err(_) => self.back_off.failed(now_ms),
        }
    }
}

pub(crate) struct Couriers {
    pub each: Vec<Courier>,
    outcomes: Receiver<Outcome>,
}

impl Couriers {
    /// The threads end with what they carry once this is dropped: what was put and not heard of is
    /// put again by whoever opens the store next, which changes nothing in a vault.
    pub(crate) fn start<V: BlobStore>(vaults: Vec<V>) -> Self {
        let (told, outcomes) = channel();
        let courier = |(at, vault): (usize, V)| courier(at, vault, told.clone());
        let each = vaults.into_iter().enumerate().map(courier).collect();
        Self { each, outcomes }
    }

    /// The next outcome, if there is one before the time is over.
    pub(crate) fn next(&self, deadline: Instant) -> Option<Outcome> {
        let left = deadline.saturating_duration_since(Instant::now());
        self.outcomes.recv_timeout(left).ok()
    }

    pub(crate) fn deadline() -> Instant {
        Instant::now() + PATIENCE
    }

    /// How many vaults must hold a ciphertext before it is anchored: two, or the one there is.
    pub(crate) fn enough(&self) -> usize {
        self.each.len().min(2)
    }
}

fn courier<V: BlobStore>(at: usize, vault: V, told: Sender<Outcome>) -> Courier {
    let (jobs, parcels) = channel::<Parcel>();
    let name = vault.name().to_owned();
    thread::spawn(move || {
        for Parcel { patient, row } in parcels {
            let outcome = Outcome {
                vault: at,
                digest: row.digest,
                result: put(&vault, patient, &row),
            };
            if told.send(outcome).is_err() {
                return;
            }
        }
    });
    Courier {
        name,
        jobs,
        busy: false,
        back_off: BackOff::default(),
        queue: VecDeque::new(),
        refused: VecDeque::new(),
    }
}

fn put(vault: &impl BlobStore, patient: u64, row: &BlobRow) -> Result<(), BlobError> {
    vault.put(&Blob {
        patient,
        category: row.category,
        epoch: row.epoch,
        digest: row.digest,
        bytes: &row.bytes,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blob::MemoryBlobs;

    #[test]
    fn what_is_refused_costs_no_wait_at_first_and_ever_more_when_asked_again() {
        let (told, _outcomes) = channel();
        let mut courier = courier(0, MemoryBlobs::new("a"), told);
        let mut hear = |digest: u8, result: Result<(), BlobError>| {
            let digest = [digest; 32];
            let vault = 0;
            let outcome = Outcome {
                vault,
                digest,
                result,
            };
            courier.heard(&outcome, 0);
            let waits = [0, 999, 1_999].map(|now_ms| !courier.is_free(now_ms));
            (courier.refused().len(), waits)
        };
        let refused = || Err(BlobError::Refused("consent/window_not_granted".into()));
        let away = Err(BlobError::Unavailable("vault/unreachable".into()));
        assert_eq!(hear(1, refused()), (1, [false; 3]));
        assert_eq!(hear(2, refused()), (2, [false; 3]));
        assert_eq!(hear(1, refused()), (2, [true, true, false]));
        assert_eq!(hear(2, refused()), (2, [true; 3]));
        assert_eq!(hear(2, Ok(())), (1, [false; 3]));
        assert_eq!(hear(3, away), (2, [true, true, false]));
    }
}
