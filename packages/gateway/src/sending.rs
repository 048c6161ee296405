//! Batches into transactions: as many as there are, and where one is refused, in ever smaller
//! parts until it stands alone and the others are through.

use std::collections::BTreeSet;

use cosmwasm_std::Binary;
use vitals_api::anchor::ExecuteMsg;
use vitals_core::link::GatewayMessage;
use vitals_core::measured::SealedBatch;
use vitals_core::time::Millis;
use vitals_ledger::{Account, Call, LedgerError};

use crate::blob::BlobStore;
use crate::gateway::Progress;
use crate::store::batch::BatchRow;
use crate::verdict::Verdict;
use crate::{Gateway, GatewayError};

/// One round of sending.
pub(crate) struct Sending<'a> {
    now_ms: Millis,
    progress: &'a mut Progress,
    /// Devices with a batch that was not taken: their later ones would leave a hole.
    blocked: BTreeSet<u64>,
    /// The chain or the account is in the way: nothing more goes in this round.
    over: bool,
}

impl<'a> Sending<'a> {
    pub(crate) fn new(now_ms: Millis, progress: &'a mut Progress) -> Self {
        Self {
            now_ms,
            progress,
            blocked: BTreeSet::new(),
            over: false,
        }
    }
}

impl<L: Account, V: BlobStore> Gateway<L, V> {
    /// All or none of a transaction happen, and the error does not say which batch it is about:
    /// of n batches one bad one is found in 2 log2(n) simulations. 64 batches are 18 kB and
    /// 750,000 gas, below what any chain sets for a transaction; where one sets less, that too
    /// ends in halves.
    pub(crate) fn send_parts(
        &mut self,
        batches: &[BatchRow],
        sending: &mut Sending<'_>,
    ) -> Result<(), GatewayError> {
        let open = |row: &&BatchRow| !sending.blocked.contains(&row.head.device);
        let part: Vec<BatchRow> = batches.iter().filter(open).cloned().collect();
        if part.is_empty() || sending.over {
            return Ok(());
        }
        let verdict = Verdict::of(&self.send(&part)?);
        self.note_verdict(&verdict, sending.now_ms)?;
        match verdict {
            Verdict::Refused(_) | Verdict::TooMuch(_) if part.len() > 1 => {
                self.unsend(&part)?;
                let (first, second) = part.split_at(part.len() / 2);
                self.send_parts(first, sending)?;
                self.send_parts(second, sending)
            }
            verdict => self.conclude(&part, &verdict, sending),
        }
    }

    /// The store knows that they are under way before anybody else does.
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

    fn unsend(&self, batches: &[BatchRow]) -> Result<(), GatewayError> {
        let tx = self.store.begin()?;
        for row in batches {
            self.store.set_sent(&row.head, false)?;
        }
        Ok(tx.commit()?)
    }

    fn conclude(
        &mut self,
        batches: &[BatchRow],
        verdict: &Verdict,
        sending: &mut Sending<'_>,
    ) -> Result<(), GatewayError> {
        let now_ms = sending.now_ms;
        match verdict {
            Verdict::Done => {
                for row in batches {
                    self.anchored(row, now_ms, sending.progress)?;
                }
            }
            Verdict::Refused(reason) | Verdict::TooMuch(reason) => {
                for row in batches {
                    sending.blocked.insert(row.head.device);
                    self.refused(row, reason, now_ms, sending.progress)?;
                }
            }
            Verdict::Later(hindrance, reason) => {
                sending.over = true;
                self.unsend(batches)?;
                self.all_wait(batches, hindrance.waiting(), reason, now_ms)?;
            }
            Verdict::Unknown(reason) => {
                tracing::warn!("whether batches were anchored is not known");
                sending.over = true;
                self.all_wait(batches, "chain", reason, now_ms)?;
            }
        }
        Ok(())
    }

    fn all_wait(
        &self,
        batches: &[BatchRow],
        reason: &str,
        detail: &str,
        now_ms: Millis,
    ) -> Result<(), GatewayError> {
        let tx = self.store.begin()?;
        for row in batches {
            self.store.set_waiting(row, reason, detail, now_ms)?;
        }
        Ok(tx.commit()?)
    }

    /// The ciphertext stays as long as a listed vault lacks it.
    pub(crate) fn anchored(
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
