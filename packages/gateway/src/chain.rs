//! What the gateway asks of the chain, typed.

use cosmwasm_std::Uint64;
use vitals_api::{anchor, care, consent, registry};
use vitals_core::device::BatchHead;
use vitals_core::time::Millis;
use vitals_ledger::{query, Account, LedgerError};

use crate::blob::BlobStore;
use crate::{Gateway, GatewayError};

/// How old what is known of patient and devices may be.
const REFRESH_MS: u64 = 60_000;

impl<L: Account, V: BlobStore> Gateway<L, V> {
    /// Asks for the patient at each tick, for a raise must not be missed; for devices now and then.
    pub(crate) fn refresh(&mut self, now_ms: Millis) -> Result<(), GatewayError> {
        self.refresh_patient();
        let fresh = |at: Millis| now_ms.saturating_sub(at) < REFRESH_MS;
        if !self.refreshed_ms.is_some_and(fresh) && self.refresh_devices()? {
            self.refreshed_ms = Some(now_ms);
        }
        Ok(())
    }

    /// Forgets what it knew where the chain does not answer: sealing on old knowledge could seal
    /// under keys that somebody lost the right to.
    pub(crate) fn refresh_patient(&mut self) {
        let asked = consent::QueryMsg::Patient {
            patient: Uint64::new(self.config.patient),
        };
        let answer = query(&self.ledger, &self.config.deployment.consent, &asked);
        self.patient = match answer {
            Ok(patient) => Some(patient),
            Err(error) => {
                tracing::warn!(code = error.code(), "the patient's record is not to be had");
                None
            }
        };
    }

    /// The age recipient of the patient's controller.
    pub(crate) fn recipient(&self) -> Result<Option<String>, LedgerError> {
        let Some(patient) = &self.patient else {
            return Ok(None);
        };
        let asked = consent::QueryMsg::Recipient {
            account: patient.controller.clone(),
        };
        let info: consent::RecipientInfo =
            query(&self.ledger, &self.config.deployment.consent, &asked)?;
        Ok(info.recipient)
    }

    pub(crate) fn registered(&self, device: u64) -> Result<registry::DeviceInfo, LedgerError> {
        let device = Uint64::new(device);
        let asked = registry::QueryMsg::Device { device };
        query(
            &self.ledger,
            &self.config.deployment.device_registry,
            &asked,
        )
    }

    /// The chain's number of a device's last batch.
    pub(crate) fn chain_head(&self, device: u64) -> Result<u64, LedgerError> {
        let device = Uint64::new(device);
        let asked = anchor::QueryMsg::Device { device };
        let head: anchor::DeviceHead =
            query(&self.ledger, &self.config.deployment.vitals_anchor, &asked)?;
        Ok(head.sequence.u64())
    }

    pub(crate) fn anchored_batch(
        &self,
        head: &BatchHead,
    ) -> Result<anchor::BatchInfo, LedgerError> {
        let id = anchor::BatchId {
            patient: Uint64::new(self.config.patient),
            category: head.category,
            epoch: head.epoch,
            device: Uint64::new(head.device),
            sequence: Uint64::new(head.sequence),
        };
        let asked = anchor::QueryMsg::Batch { id };
        query(&self.ledger, &self.config.deployment.vitals_anchor, &asked)
    }

    /// The number of the last alert a device signed.
    pub(crate) fn last_alert(&self, device: u64) -> Result<u64, LedgerError> {
        let device = Uint64::new(device);
        let asked = care::QueryMsg::Device { device };
        let answer: care::DeviceAlerts = query(&self.ledger, &self.config.deployment.care, &asked)?;
        Ok(answer.number.u64())
    }
}
