//! Anchoring, exactly once. Before a batch is sent the store says so; while the outcome is
//! unknown the chain is asked, and only what is not there is sent again.

use cosmwasm_std::Binary;
use vitals_api::anchor::{ExecuteMsg, CLOCK_AHEAD_MS, MAX_BATCHES};
use vitals_core::link::GatewayMessage;
use vitals_core::measured::SealedBatch;
use vitals_core::time::Millis;
use vitals_ledger::{Account, Call, LedgerError};

use crate::blob::BlobStore;
use crate::gateway::Progress;
use crate::sealing::Plan;
use crate::store::batch::{BatchRow, State};
use crate::{Gateway, GatewayError};

/// What the chain says of a batch that was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Settled {
    Anchored,
    NotThere,
    Unknown,
}

impl<L: Account, V: BlobStore> Gateway<L, V> {
    pub(crate) fn anchor(
        &mut self,
        now_ms: Millis,
        progress: &mut Progress,
    ) -> Result<(), GatewayError> {
        for row in self.store.batches(State::Sealed)? {
            if row.sent {
                self.settle(&row, now_ms, progress)?;
            }
        }
        let ready = self.ready(now_ms)?;
        if ready.is_empty() {
            return Ok(());
        }
        match self.send(&ready)? {
            Err(LedgerError::Refused { .. }) if ready.len() > 1 => {
                self.find_refused(&ready, now_ms, progress)
            }
            outcome => self.conclude(&ready, outcome, now_ms, progress),
        }
    }

    /// What the chain can take now: delivered, and for each device without a hole before it.
    fn ready(&self, now_ms: Millis) -> Result<Vec<BatchRow>, GatewayError> {
        let Some(latest) = self.latest_allowed() else {
            return Ok(Vec::new());
        };
        let mut ready = Vec::new();
        let mut blocked = None;
        for row in self.store.unfinished()? {
            if blocked == Some(row.head.device) {
                if row.state == State::Sealed {
                    self.store.set_waiting(&row, "earlier_batch", "", now_ms)?;
                }
                continue;
            }
            match self.is_ready(&row, latest, now_ms)? && ready.len() < MAX_BATCHES {
                true => ready.push(row),
                false => blocked = Some(row.head.device),
            }
        }
        Ok(ready)
    }

    /// The last time of measurement that the chain takes: its own clock decides.
    fn latest_allowed(&self) -> Option<Millis> {
        match self.ledger.block_time_ms() {
            Ok(block) => Some(block.saturating_add(CLOCK_AHEAD_MS)),
            Err(error) => {
                tracing::warn!(code = error.code(), "the chain's time is not to be had");
                None
            }
        }
    }

    fn is_ready(
        &self,
        row: &BatchRow,
        latest: Millis,
        now_ms: Millis,
    ) -> Result<bool, GatewayError> {
        let Some(seal) = row
            .seal
            .as_ref()
            .filter(|_| row.state == State::Sealed && !row.sent)
        else {
            return Ok(false);
        };
        let measured = row.complete()?.0;
        if measured.last_at() > latest {
            self.store.set_waiting(row, "chain_clock", "", now_ms)?;
            return Ok(false);
        }
        Ok(
            self.is_everywhere(&seal.digest)?
                && self.plan(measured)? == Plan::Seal(seal.generation),
        )
    }

    fn send(&self, batches: &[BatchRow]) -> Result<Result<(), LedgerError>, GatewayError> {
        let mut messages = Vec::new();
        let tx = self.store.begin()?;
        for row in batches {
            messages.push(Binary::new(sealed_batch(row)?.to_bytes()));
            self.store.set_sent(&row.head, true)?;
        }
        tx.commit()?;
        let msg = ExecuteMsg::Anchor {
            ground: self.config.ground,
            batches: messages,
        };
        let call = Call::new(&self.config.deployment.vitals_anchor, &msg);
        Ok(call.and_then(|call| self.ledger.execute(&[call]).map(|_| ())))
    }

    /// All or none of a transaction happen: alone, those that can be anchored are.
    fn find_refused(
        &mut self,
        batches: &[BatchRow],
        now_ms: Millis,
        progress: &mut Progress,
    ) -> Result<(), GatewayError> {
        for row in batches {
            self.store.set_sent(&row.head, false)?;
        }
        let mut blocked = None;
        for row in batches {
            if blocked == Some(row.head.device) {
                continue;
            }
            let alone = std::slice::from_ref(row);
            let outcome = self.send(alone)?;
            if outcome.is_err() {
                blocked = Some(row.head.device);
            }
            self.conclude(alone, outcome, now_ms, progress)?;
        }
        Ok(())
    }

    fn conclude(
        &mut self,
        batches: &[BatchRow],
        outcome: Result<(), LedgerError>,
        now_ms: Millis,
        progress: &mut Progress,
    ) -> Result<(), GatewayError> {
        for row in batches {
            match &outcome {
                Ok(()) => self.anchored(row, now_ms, progress)?,
                Err(LedgerError::Refused { reason }) => {
                    self.refused(row, reason, now_ms, progress)?;
                }
                Err(error) => self.unknown(row, error, now_ms)?,
            }
        }
        Ok(())
    }

    fn unknown(
        &self,
        row: &BatchRow,
        error: &LedgerError,
        now_ms: Millis,
    ) -> Result<(), GatewayError> {
        tracing::warn!(
            code = error.code(),
            "whether batches were anchored is not known"
        );
        self.store
            .set_waiting(row, "chain", &error.to_string(), now_ms)
    }

    /// An earlier sending may have got there. If not, and only its seal is out of date, it is
    /// sealed again; else it is reported, and waits for somebody.
    fn refused(
        &mut self,
        row: &BatchRow,
        reason: &str,
        now_ms: Millis,
        progress: &mut Progress,
    ) -> Result<(), GatewayError> {
        if self.settle(row, now_ms, progress)? != Settled::NotThere {
            return Ok(());
        }
        self.refresh_patient();
        let sealed = row.seal.as_ref().map(|seal| Plan::Seal(seal.generation));
        if Some(self.plan(row.complete()?.0)?) != sealed {
            let head = &row.head;
            return self.store.set_state(head, State::Closed, "to_seal", now_ms);
        }
        let (device, sequence) = (row.head.device, row.head.sequence);
        let code = crate::gateway::code_of(reason);
        tracing::error!(device, sequence, code, "the chain refused a batch");
        self.store
            .set_state(&row.head, State::Refused, "refused", now_ms)?;
        self.store.set_waiting(row, "refused", reason, now_ms)
    }

    /// Asks the chain for a batch whose outcome is unknown: whether it is there.
    fn settle(
        &self,
        row: &BatchRow,
        now_ms: Millis,
        progress: &mut Progress,
    ) -> Result<Settled, GatewayError> {
        match self.is_anchored(row) {
            Ok(true) => {
                self.anchored(row, now_ms, progress)?;
                Ok(Settled::Anchored)
            }
            Ok(false) => {
                self.store.set_sent(&row.head, false)?;
                Ok(Settled::NotThere)
            }
            Err(error) => {
                self.unknown(row, &error, now_ms)?;
                Ok(Settled::Unknown)
            }
        }
    }

    fn is_anchored(&self, row: &BatchRow) -> Result<bool, LedgerError> {
        if self.chain_head(row.head.device)? < row.head.sequence {
            return Ok(false);
        }
        let there = self.anchored_batch(&row.head)?;
        let root = row.measured.as_ref().map(|measured| measured.root);
        // what was shredded since shows no root, and its number is used
        Ok(there.shredded.is_some() || root.is_some_and(|root| there.root.as_slice() == root))
    }

    fn anchored(
        &self,
        row: &BatchRow,
        now_ms: Millis,
        progress: &mut Progress,
    ) -> Result<(), GatewayError> {
        let tx = self.store.begin()?;
        self.store.finish(&row.head, now_ms)?;
        tx.commit()?;
        let (device, sequence) = (row.head.device, row.head.sequence);
        tracing::info!(device, sequence, "a batch was anchored");
        progress.tell(device, GatewayMessage::Anchored { sequence });
        progress.anchored += 1;
        Ok(())
    }

    /// Tries again what the chain refused, batches and alerts, once somebody removed the cause.
    pub fn retry_refused(&mut self, now_ms: Millis) -> Result<(), GatewayError> {
        for row in self.store.batches(State::Refused)? {
            let head = &row.head;
            self.store
                .set_state(head, State::Closed, "to_seal", now_ms)?;
        }
        self.retry_refused_alerts()
    }
}

fn sealed_batch(row: &BatchRow) -> Result<SealedBatch, GatewayError> {
    let (measured, signature) = row.complete()?;
    let seal = row.seal.clone();
    Ok(SealedBatch {
        measured: measured.clone(),
        signature: *signature,
        seal: seal.ok_or_else(|| GatewayError::damaged("batch", "sealed without a seal"))?,
    })
}
