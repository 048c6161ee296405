//! What became of a batch: the chain is asked where the store does not know.

use std::collections::BTreeMap;

use vitals_core::time::Millis;
use vitals_ledger::{Account, LedgerError};

use crate::blob::BlobStore;
use crate::gateway::Progress;
use crate::store::batch::{BatchRow, State};
use crate::{Gateway, GatewayError};

/// What the chain says of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Settled {
    Anchored,
    /// With another ciphertext than the one that lies here: sent before this store's backup was
    /// restored, or before it was sealed anew. The vaults have that one.
    AnchoredOtherwise,
    NotThere,
    /// Its number is used, by another batch or by a gap.
    NumberUsed,
    Unknown,
}

impl<L: Account, V: BlobStore> Gateway<L, V> {
    pub(crate) fn settle_sent(
        &self,
        now_ms: Millis,
        progress: &mut Progress,
    ) -> Result<(), GatewayError> {
        for row in self.store.batches(State::Sealed)? {
            if row.sent {
                self.settle(&row, now_ms, progress)?;
            }
        }
        Ok(())
    }

    /// Numbers that the chain has and this store does not know as anchored: sent without an
    /// answer, or anchored after the backup this store was restored from.
    pub(crate) fn settle_passed(
        &self,
        now_ms: Millis,
        progress: &mut Progress,
    ) -> Result<(), GatewayError> {
        let heads = self.store.devices()?.into_iter();
        let heads: BTreeMap<_, _> = heads.map(|d| (d.device, d.anchored)).collect();
        for row in self.store.unfinished()? {
            let head = heads.get(&row.head.device).copied().unwrap_or_default();
            if row.head.sequence > head || row.state == State::Refused {
                continue;
            }
            if self.settle(&row, now_ms, progress)? == Settled::NumberUsed {
                self.set_number_used(&row, now_ms)?;
            }
        }
        Ok(())
    }

    fn set_number_used(&self, row: &BatchRow, now_ms: Millis) -> Result<(), GatewayError> {
        let reason = "gateway/number_used: the chain has something else of this number";
        match row.state {
            // a gap, most likely, that was noted after the backup this store was restored from
            State::Open => self.store.give_up(row, now_ms),
            // the patient has it
            State::Parked => Ok(()),
            _ => self.set_refused(row, reason, now_ms),
        }
    }

    /// Asks the chain for a batch whose outcome is unknown: whether it is there.
    pub(crate) fn settle(
        &self,
        row: &BatchRow,
        now_ms: Millis,
        progress: &mut Progress,
    ) -> Result<Settled, GatewayError> {
        let settled = match self.there(row) {
            Ok(settled) => settled,
            Err(error) => {
                let detail = error.to_string();
                self.store.set_waiting(row, "chain", &detail, now_ms)?;
                return Ok(Settled::Unknown);
            }
        };
        match settled {
            Settled::Anchored => self.anchored(row, now_ms, progress)?,
            Settled::AnchoredOtherwise => {
                self.store.forget_blobs(&row.head)?;
                self.anchored(row, now_ms, progress)?;
            }
            _ => self.store.set_sent(&row.head, false)?,
        }
        Ok(settled)
    }

    fn there(&self, row: &BatchRow) -> Result<Settled, LedgerError> {
        if self.chain_head(row.head.device)? < row.head.sequence {
            return Ok(Settled::NotThere);
        }
        let there = match self.anchored_batch(&row.head) {
            Ok(there) => there,
            Err(error) if error.code() == "state/not_found" => return Ok(Settled::NumberUsed),
            Err(error) => return Err(error),
        };
        // What was shredded since shows no root, and its number is used; of a batch that was open
        // when this store was backed up, the root is not known.
        let root = row.measured.as_ref().map(|measured| measured.root);
        let same = root.is_none_or(|root| there.root.as_slice() == root);
        let digest = row.seal.as_ref().map(|seal| seal.digest);
        let ours = digest.is_some_and(|digest| there.digest.as_slice() == digest);
        Ok(match there.shredded.is_some() || same {
            true if ours => Settled::Anchored,
            true => Settled::AnchoredOtherwise,
            false => Settled::NumberUsed,
        })
    }
}
