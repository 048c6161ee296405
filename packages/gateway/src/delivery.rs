//! Ciphertext into every vault, each until it has it.

use vitals_core::time::Millis;
use vitals_ledger::Account;

use crate::blob::{Blob, BlobError, BlobStore};
use crate::gateway::Progress;
use crate::store::batch::State;
use crate::store::blob::{BlobRow, Digest};
use crate::{Gateway, GatewayError};

impl<L: Account, V: BlobStore> Gateway<L, V> {
    pub(crate) fn deliver(
        &mut self,
        now_ms: Millis,
        progress: &mut Progress,
    ) -> Result<(), GatewayError> {
        let mut trouble = String::new();
        for vault in &self.vaults {
            match self.deliver_to(vault, progress)? {
                Ok(()) => (),
                Err(error) => trouble = error.to_string(),
            }
        }
        for digest in self.store.alert_blobs()? {
            if self.is_everywhere(&digest)? {
                self.store.forget_blob(&digest)?;
            }
        }
        self.note_delivery(&trouble, now_ms)
    }

    /// A vault that does not take one thing is not asked to take others until the next tick.
    fn deliver_to(
        &self,
        vault: &V,
        progress: &mut Progress,
    ) -> Result<Result<(), BlobError>, GatewayError> {
        for digest in self.store.undelivered(vault.name())? {
            if let Err(error) = self.put(vault, &self.store.blob(&digest)?) {
                tracing::warn!(vault = vault.name(), "a vault did not take a ciphertext");
                return Ok(Err(error));
            }
            self.store.set_delivered(&digest, vault.name())?;
            progress.delivered += 1;
        }
        Ok(Ok(()))
    }

    fn put(&self, vault: &V, row: &BlobRow) -> Result<(), BlobError> {
        vault.put(&Blob {
            patient: self.config.patient,
            category: row.category,
            epoch: row.epoch,
            digest: row.digest,
            bytes: &row.bytes,
        })
    }

    pub(crate) fn is_everywhere(&self, digest: &Digest) -> Result<bool, GatewayError> {
        for vault in &self.vaults {
            if !self.store.is_delivered(digest, vault.name())? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn note_delivery(&self, trouble: &str, now_ms: Millis) -> Result<(), GatewayError> {
        for row in self.store.batches(State::Sealed)? {
            let Some(seal) = &row.seal else { continue };
            if !self.is_everywhere(&seal.digest)? {
                self.store.set_waiting(&row, "vault", trouble, now_ms)?;
            } else if row.waiting == "vault" {
                self.store.set_waiting(&row, "chain", "", now_ms)?;
            }
        }
        Ok(())
    }
}
