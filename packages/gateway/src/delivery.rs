//! Ciphertext into every vault, each until it has it. A batch may be anchored once enough of them
//! hold it; its ciphertext stays here until all do.

use vitals_core::time::Millis;
use vitals_ledger::Account;

use crate::blob::BlobStore;
use crate::couriers::{Couriers, Outcome};
use crate::gateway::Progress;
use crate::store::batch::State;
use crate::store::blob::Digest;
use crate::troubles::vault;
use crate::{Gateway, GatewayError};

impl<L: Account, V: BlobStore> Gateway<L, V> {
    pub(crate) fn deliver(
        &mut self,
        now_ms: Millis,
        progress: &mut Progress,
    ) -> Result<(), GatewayError> {
        let deadline = Couriers::deadline();
        self.queue_undelivered(now_ms)?;
        loop {
            self.hand_out(now_ms)?;
            if !self.couriers.each.iter().any(|courier| courier.busy) {
                break;
            }
            let Some(outcome) = self.couriers.next(deadline) else {
                break;
            };
            self.hear(&outcome, now_ms, progress)?;
        }
        self.store.forget_delivered(&self.vault_names())?;
        self.note_delivery(now_ms)
    }

    fn queue_undelivered(&mut self, now_ms: Millis) -> Result<(), GatewayError> {
        let free = self.couriers.each.iter_mut();
        for courier in free.filter(|courier| courier.is_free(now_ms)) {
            let fresh = self.store.undelivered(courier.name(), &courier.put_off())?;
            courier.set_queue(fresh, now_ms);
        }
        Ok(())
    }

    fn hand_out(&mut self, now_ms: Millis) -> Result<(), GatewayError> {
        for courier in &mut self.couriers.each {
            while courier.is_free(now_ms) {
                let Some(digest) = courier.queue.pop_front() else {
                    break;
                };
                match self.store.blob(&digest)? {
                    Some(row) => courier.send(self.config.patient, row),
                    None => courier.forget(&digest),
                }
            }
        }
        Ok(())
    }

    fn hear(
        &mut self,
        outcome: &Outcome,
        now_ms: Millis,
        progress: &mut Progress,
    ) -> Result<(), GatewayError> {
        let Some(courier) = self.couriers.each.get_mut(outcome.vault) else {
            return Ok(());
        };
        courier.heard(outcome, now_ms);
        // a ciphertext that was on its way when the one before came back is queued still
        courier.queue.retain(|digest| *digest != outcome.digest);
        let name = courier.name().to_owned();
        match &outcome.result {
            Ok(()) => {
                self.store.set_delivered(&outcome.digest, &name)?;
                progress.delivered += 1;
                self.troubles.over(&self.store, &vault(&name))
            }
            Err(error) => {
                tracing::warn!(vault = name, "a vault did not take a ciphertext");
                let reason = error.to_string();
                self.troubles
                    .set(&self.store, &vault(&name), &reason, now_ms)
            }
        }
    }

    pub(crate) fn vault_names(&self) -> Vec<String> {
        let names = self.couriers.each.iter();
        names.map(|courier| courier.name().to_owned()).collect()
    }

    /// Whether so many vaults hold it that the chain may point to it.
    pub(crate) fn is_held(&self, digest: &Digest) -> Result<bool, GatewayError> {
        let held = self.store.held_by(digest)?;
        let listed = self.couriers.each.iter();
        let holders = listed.filter(|courier| held.iter().any(|h| h == courier.name()));
        Ok(holders.count() >= self.couriers.enough())
    }

    /// Which vaults a batch waits for, each with what it said.
    fn note_delivery(&self, now_ms: Millis) -> Result<(), GatewayError> {
        let missing = self.vault_names();
        let said = missing.iter().filter_map(|name| {
            let trouble = self.troubles.get(&vault(name))?;
            Some(format!("{name}: {}", trouble.reason))
        });
        let said = said.collect::<Vec<_>>().join("; ");
        for row in self.store.batches(State::Sealed)? {
            let Some(seal) = &row.seal else { continue };
            if !self.is_held(&seal.digest)? {
                self.store.set_waiting(&row, "vault", &said, now_ms)?;
            } else if row.waiting == "vault" {
                self.store.set_waiting(&row, "chain", "", now_ms)?;
            }
        }
        Ok(())
    }
}
