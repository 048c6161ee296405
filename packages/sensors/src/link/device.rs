//! The device as a whole: its key, its numbers, what it measured and where each reading is.

use std::collections::{BTreeMap, BTreeSet};

use vitals_core::device::BatchHead;
use vitals_core::key::{Ed25519Signer, PublicKey, Signer};
use vitals_core::link::{GatewayMessage, Refusal};
use vitals_core::measure::{Category, Measure};
use vitals_core::salt::Seed;
use vitals_core::signing::DeploymentId;
use vitals_core::time::{Epoch, Millis};

use super::batch::Batch;
use super::framing::{Framing, LinkStateError};
use crate::Sample;

/// What the registry says the device is, and where its numbers stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identity {
    pub device: u64,
    pub pairing: u32,
    pub deployment: DeploymentId,
    /// Number of the next batch: the last anchored plus one.
    pub next_sequence: u64,
}

/// What the device must not forget, in the order it happened.
#[derive(Clone, PartialEq, Eq)]
pub enum Change {
    /// A number was spent and a seed drawn.
    Opened { head: BatchHead, seed: Seed },
    /// The reading of this number is the batch's at this place.
    Placed {
        id: u64,
        sequence: u64,
        place: u16,
        measure: Measure,
        at_ms: Millis,
    },
    /// The batch takes no more readings.
    Closed { sequence: u64 },
    /// Batches up to this one are on the chain.
    Forgotten { sequence: u64 },
    /// The chain is at this number, which was never spent here: what is here is older than what was
    /// anchored. No batch is left, and of the readings these, which wait; a category's last reading
    /// in a batch is the chain's.
    Overtaken {
        sequence: u64,
        waiting: Vec<u64>,
        placed: BTreeMap<Category, Millis>,
    },
}

pub struct DeviceLink {
    pub(super) signer: Ed25519Signer,
    pub(super) identity: Identity,
    pub(super) framing: Framing,
    /// Measured, and in no batch yet: by category, then by time and by number.
    pub(super) waiting: BTreeMap<Category, BTreeMap<(Millis, u64), Sample>>,
    /// The latest epoch the gateway asked a batch of.
    pub(super) asked: BTreeMap<Category, Epoch>,
    pub(super) batches: BTreeMap<u64, Batch>,
    /// Time of the last reading that is in a batch, in one that is anchored too.
    pub(super) placed: BTreeMap<Category, Millis>,
    /// Time of a category's last reading on the chain, where that was told.
    pub(super) anchored: Option<BTreeMap<Category, Millis>>,
    pub(super) changes: Vec<Change>,
}

impl DeviceLink {
    pub fn new(signer: Ed25519Signer, identity: Identity, framing: Framing) -> Self {
        Self {
            signer,
            identity,
            framing,
            waiting: BTreeMap::new(),
            asked: BTreeMap::new(),
            batches: BTreeMap::new(),
            placed: BTreeMap::new(),
            anchored: None,
            changes: Vec::new(),
        }
    }

    pub fn public_key(&self) -> PublicKey {
        self.signer.public_key()
    }

    pub fn identity(&self) -> &Identity {
        &self.identity
    }

    /// Batches it keeps because it has not heard that they are anchored.
    pub fn kept_batches(&self) -> usize {
        self.batches.len()
    }

    /// Readings it keeps: those in no batch yet, and those of batches not anchored.
    pub fn kept_readings(&self) -> usize {
        let waiting: usize = self.waiting.values().map(BTreeMap::len).sum();
        waiting + self.batches.values().map(Batch::count).sum::<usize>()
    }

    /// Nothing is left to send or to keep.
    pub fn is_done(&self) -> bool {
        self.batches.is_empty() && self.waiting.values().all(BTreeMap::is_empty)
    }

    /// Batches that a refusal stopped: only time, people or a new link move them on.
    pub fn halted(&self) -> BTreeSet<u64> {
        let halted = self.batches.iter().filter(|(_, batch)| batch.is_halted());
        halted.map(|(sequence, _)| *sequence).collect()
    }

    /// When the last reading of a category that is in a batch was measured. One from before it has
    /// no place any more: batches are in order of time.
    pub fn placed_until(&self, category: Category) -> Option<Millis> {
        self.placed.get(&category).copied()
    }

    /// Whether a reading of this time can still be put into a batch: after all that are in one, or
    /// beside the last in a batch that is open.
    pub fn has_place(&self, category: Category, at_ms: Millis) -> bool {
        let beside = |batch: &Batch| {
            batch.is_open() && batch.head().category == category && batch.last_ms() == Some(at_ms)
        };
        match self.placed_until(category) {
            Some(last_ms) if last_ms == at_ms => self.batches.values().any(beside),
            last_ms => last_ms < Some(at_ms),
        }
    }

    /// What happened since the last call and must be kept.
    pub fn take_changes(&mut self) -> Vec<Change> {
        std::mem::take(&mut self.changes)
    }

    /// Takes a message of the gateway.
    pub fn on_message(&mut self, message: GatewayMessage) -> Result<(), LinkStateError> {
        match message {
            GatewayMessage::Open { category, epoch } => {
                let asked = self.asked.entry(category).or_insert(epoch);
                *asked = (*asked).max(epoch);
            }
            GatewayMessage::Stored { sequence, count } => self.with(sequence, |b| b.stored(count)),
            GatewayMessage::Close { sequence } => {
                self.close(sequence)?;
                self.with(sequence, Batch::ask_close);
            }
            GatewayMessage::Anchored { sequence } if sequence >= self.identity.next_sequence => {
                self.catch_up(sequence);
            }
            GatewayMessage::Anchored { sequence } => self.forget(sequence),
            GatewayMessage::Refused { sequence, reason } => self.refused(sequence, reason),
        }
        self.work()
    }

    /// The link is new, or an answer is overdue: every batch it keeps is announced again.
    pub fn resend(&mut self) {
        self.batches.values_mut().for_each(Batch::resend);
    }

    /// The lines to send now. What [`Self::take_changes`] told must be kept before they go.
    pub fn lines(&mut self) -> Result<Vec<String>, LinkStateError> {
        let mut lines = Vec::new();
        for batch in self.batches.values_mut() {
            let deployment = &self.identity.deployment;
            if let Some(message) = batch.next(&self.signer, deployment, &self.framing)? {
                lines.push(message.to_line()?);
            }
        }
        Ok(lines)
    }

    pub(super) fn close(&mut self, sequence: u64) -> Result<(), LinkStateError> {
        let Some(batch) = self.batches.get_mut(&sequence) else {
            return Ok(());
        };
        if batch.close(&self.signer, &self.identity.deployment)? {
            self.changes.push(Change::Closed { sequence });
        }
        Ok(())
    }

    fn with(&mut self, sequence: u64, change: impl FnOnce(&mut Batch)) {
        if let Some(batch) = self.batches.get_mut(&sequence) {
            change(batch);
        }
    }

    fn forget(&mut self, sequence: u64) {
        let before = self.batches.len();
        self.batches
            .retain(|kept, batch| *kept > sequence || batch.is_open());
        if self.batches.len() < before {
            self.changes.push(Change::Forgotten { sequence });
        }
    }

    fn refused(&mut self, sequence: u64, reason: Refusal) {
        match reason {
            // A `Stored` follows and says where to go on.
            Refusal::Order => (),
            Refusal::Batch => self.with(sequence, Batch::unknown),
            // A line is garbled on the way at times; `resend` tries it again.
            Refusal::Malformed | Refusal::Signature | Refusal::Device | Refusal::Root => {
                self.with(sequence, Batch::halt);
            }
        }
    }
}
