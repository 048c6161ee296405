//! Sealing what is complete, under the generation the chain admits for it.

use vitals_api::consent::record::Patient;
use vitals_api::consent::PatientInfo;
use vitals_core::measured::{Measured, Seal};
use vitals_core::payload;
use vitals_core::time::Millis;
use vitals_ledger::Account;

use crate::blob::BlobStore;
use crate::gateway::Progress;
use crate::secrets::random;
use crate::store::batch::{BatchRow, State};
use crate::store::blob::BlobRow;
use crate::{Gateway, GatewayError};

/// What can be done with a complete batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Plan {
    Seal(u32),
    /// The next generation is pending: nobody but the patient may read it now.
    Park,
    /// The patient's key agent has not given keys for it.
    NoKeys,
    /// The chain does not say which generation is open.
    Unknown,
}

impl<L: Account, V: BlobStore> Gateway<L, V> {
    pub(crate) fn seal_complete(
        &mut self,
        now_ms: Millis,
        progress: &mut Progress,
    ) -> Result<(), GatewayError> {
        self.unpark(now_ms, progress)?;
        for row in self.store.batches(State::Closed)? {
            self.seal_or_wait(&row, now_ms, progress)?;
        }
        for row in self.store.batches(State::Sealed)? {
            let sealed = row.seal.as_ref().map(|seal| Plan::Seal(seal.generation));
            let plan = self.plan(row.complete()?.0)?;
            // A seal whose sending has no outcome yet may be on the chain already.
            if !row.sent && plan != Plan::Unknown && Some(plan) != sealed {
                self.seal_or_wait(&row, now_ms, progress)?;
            }
        }
        Ok(())
    }

    /// What of a batch cannot be read stops that batch, and no other.
    fn seal_or_wait(
        &mut self,
        row: &BatchRow,
        now_ms: Millis,
        progress: &mut Progress,
    ) -> Result<(), GatewayError> {
        match self.try_to_seal(row, now_ms, progress) {
            Err(error) if error.is_of_batch() => self.set_damaged(row, &error, now_ms),
            tried => tried,
        }
    }

    fn try_to_seal(
        &mut self,
        row: &BatchRow,
        now_ms: Millis,
        progress: &mut Progress,
    ) -> Result<(), GatewayError> {
        match self.plan(row.complete()?.0)? {
            Plan::Seal(generation) => {
                self.seal(row, generation, now_ms)?;
                progress.sealed += 1;
                Ok(())
            }
            Plan::Park => self.park(row, "new_keys", now_ms, progress),
            Plan::NoKeys if self.is_late(row, now_ms) => self.park(row, "keys", now_ms, progress),
            Plan::NoKeys => self.store.set_waiting(row, "keys", "", now_ms),
            Plan::Unknown => self.store.set_waiting(row, "chain", "", now_ms),
        }
    }

    /// Whether keys that come in the usual way will not reach its hour any more: it is kept for the
    /// patient, who may give some that do.
    fn is_late(&self, row: &BatchRow, now_ms: Millis) -> bool {
        let first = self.first_kept(now_ms);
        first.is_some_and(|first| row.head.epoch < first)
    }

    pub(crate) fn plan(&self, measured: &Measured) -> Result<Plan, GatewayError> {
        let Some(info) = &self.patient else {
            return Ok(Plan::Unknown);
        };
        let patient = record(info);
        let before = info.generation.checked_sub(1);
        let mut admitted = [Some(info.generation), before]
            .into_iter()
            .flatten()
            .filter(|generation| patient.admits(*generation, measured.last_at()))
            .peekable();
        if admitted.peek().is_none() {
            return Ok(Plan::Park);
        }
        for generation in admitted {
            let key = self.epoch_key(generation, measured.category, measured.epoch)?;
            if key.is_some() {
                return Ok(Plan::Seal(generation));
            }
        }
        Ok(Plan::NoKeys)
    }

    fn seal(&self, row: &BatchRow, generation: u32, now_ms: Millis) -> Result<(), GatewayError> {
        let (measured, _) = row.complete()?;
        let key = self.epoch_key(generation, measured.category, measured.epoch)?;
        let key = key.ok_or_else(|| GatewayError::damaged("cover", "the hour's key is gone"))?;
        let context = payload::Context {
            device: measured.device,
            sequence: measured.sequence,
            root: &measured.root,
            generation,
            measured: &measured.to_bytes(),
        };
        let (seed, readings) = (self.store.seed(&row.head)?, self.store.readings(&row.head)?);
        let bytes = payload::seal(&key, &context, &seed, &readings, &random()?);
        let bytes = bytes.map_err(|cause| GatewayError::damaged("frame", cause))?;
        let seal = Seal {
            generation,
            digest: payload::digest(&bytes),
            length: u32::try_from(bytes.len()).unwrap_or(u32::MAX),
        };
        self.store_seal(row, &seal, bytes, now_ms)
    }

    fn store_seal(
        &self,
        row: &BatchRow,
        seal: &Seal,
        bytes: Vec<u8>,
        now_ms: Millis,
    ) -> Result<(), GatewayError> {
        let blob = BlobRow {
            digest: seal.digest,
            category: row.head.category,
            epoch: row.head.epoch,
            bytes,
        };
        let tx = self.store.begin()?;
        self.store.forget_blobs(&row.head)?;
        self.store.put_blob(&blob, Some(&row.head))?;
        self.store.set_seal(&row.head, seal, now_ms)?;
        tx.commit()?;
        let (device, sequence) = (row.head.device, row.head.sequence);
        tracing::info!(
            device,
            sequence,
            generation = seal.generation,
            "a batch was sealed"
        );
        Ok(())
    }
}

/// The record whose rule decides, on the chain and here.
fn record(info: &PatientInfo) -> Patient {
    Patient {
        controller: info.controller.clone(),
        generation: info.generation,
        pending: info.pending,
        raised_at_ms: info.raised_at_ms,
        denials: 0,
        grants: 0,
        recovered_through: 0,
    }
}
