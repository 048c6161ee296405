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
    /// When to ask again for what it refused.
    refused_off: BackOff,
    /// What it is to carry next.
    pub queue: VecDeque<Digest>,
    /// What its vault did not take, though it refused none of it: asked again after all that is
    /// fresh, so that one ciphertext holds back no other.
    failed: VecDeque<Digest>,
    /// What its vault refused: asked again after all the rest and ever more seldom.
    refused: VecDeque<Digest>,
}

impl Courier {
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn is_free(&self, now_ms: Millis) -> bool {
        !self.busy && self.back_off.is_due(now_ms)
    }

    /// What it brings in its own order.
    pub(crate) fn put_off(&self) -> HashSet<Digest> {
        self.failed.iter().chain(&self.refused).copied().collect()
    }

    /// Those never tried first; of the others the one tried longest ago.
    pub(crate) fn set_queue(&mut self, fresh: Vec<Digest>, now_ms: Millis) {
        self.queue = fresh.into_iter().chain(self.failed.clone()).collect();
        if self.refused_off.is_due(now_ms) {
            self.queue.extend(&self.refused);
        }
    }

    /// It is needed no longer.
    pub(crate) fn forget(&mut self, digest: &Digest) {
        self.failed.retain(|failed| failed != digest);
        self.refused.retain(|refused| refused != digest);
    }

    pub(crate) fn send(&mut self, patient: u64, row: BlobRow) {
        self.busy = self.jobs.send(Parcel { patient, row }).is_ok();
    }

    /// A vault that refuses one ciphertext is asked for the next at once; one that is away ever more
    /// seldom, and so is one that refuses what it had refused before for that.
    pub(crate) fn heard(&mut self, outcome: &Outcome, now_ms: Millis) {
        self.busy = false;
        let again = self.refused.contains(&outcome.digest);
        self.forget(&outcome.digest);
        match outcome.result {
            Ok(()) => {
                self.back_off.succeeded();
                if again {
                    self.refused_off.succeeded();
                }
            }
            Err(BlobError::Refused(_)) => {
                self.refused.push_back(outcome.digest);
                if again {
                    self.refused_off.failed(now_ms);
                    // only what was refused is behind one that was
                    self.queue.clear();
                }
            }
            Err(_) => {
                self.failed.push_back(outcome.digest);
                self.back_off.failed(now_ms);
            }
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
        refused_off: BackOff::default(),
        queue: VecDeque::new(),
        failed: VecDeque::new(),
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

    fn outcome(digest: u8, result: Result<(), BlobError>) -> Outcome {
        Outcome {
            vault: 0,
            digest: [digest; 32],
            result,
        }
    }

    fn refused() -> Result<(), BlobError> {
        Err(BlobError::Refused("consent/window_not_granted".into()))
    }

    fn away() -> Result<(), BlobError> {
        Err(BlobError::Unavailable("vault/unreachable".into()))
    }

    /// What it would carry now, beside a ciphertext never tried.
    fn queue(courier: &mut Courier, now_ms: Millis) -> Vec<u8> {
        courier.set_queue(vec![[9; 32]], now_ms);
        courier.queue.iter().map(|digest| digest[0]).collect()
    }

    #[test]
    fn what_is_refused_is_asked_ever_more_seldom_and_delays_nothing_else() {
        let (told, _outcomes) = channel();
        let mut courier = courier(0, MemoryBlobs::new("a"), told);
        for digest in [1, 2] {
            courier.heard(&outcome(digest, refused()), 0);
        }
        assert_eq!(queue(&mut courier, 0), [9, 1, 2]);
        courier.heard(&outcome(1, refused()), 0);
        assert!(courier.queue.is_empty(), "one of them is enough");
        assert!(courier.is_free(0));
        assert_eq!(queue(&mut courier, 999), [9]);
        assert_eq!(queue(&mut courier, 1_000), [9, 2, 1]);
        courier.heard(&outcome(2, refused()), 1_000);
        assert_eq!(queue(&mut courier, 2_999), [9]);
        courier.heard(&outcome(9, Ok(())), 2_999);
        assert_eq!(queue(&mut courier, 2_999), [9], "it takes others");
        courier.heard(&outcome(1, Ok(())), 3_000);
        assert_eq!(queue(&mut courier, 3_000), [9, 2], "it takes these too");
        assert_eq!(courier.put_off(), HashSet::from([[2; 32]]));
    }

    #[test]
    fn a_vault_that_is_away_is_asked_ever_more_seldom_and_for_what_is_fresh_first() {
        let (told, _outcomes) = channel();
        let mut courier = courier(0, MemoryBlobs::new("a"), told);
        courier.heard(&outcome(1, away()), 0);
        assert_eq!(
            [0, 999, 1_000].map(|now| courier.is_free(now)),
            [false, false, true]
        );
        assert_eq!(queue(&mut courier, 1_000), [9, 1]);
        courier.heard(&outcome(9, away()), 1_000);
        assert!(!courier.is_free(2_999));
        courier.heard(&outcome(1, Ok(())), 3_000);
        assert!(courier.is_free(3_000));
    }
}
