//! What the gateway asks of the chain, typed.

use cosmwasm_std::Uint64;
use vitals_api::{anchor, care, consent, registry};
use vitals_core::device::BatchHead;
use vitals_core::time::Millis;
use vitals_ledger::{query, Account, LedgerError};

use crate::blob::BlobStore;
use crate::troubles::CHAIN;
use crate::{Gateway, GatewayError};

/// How old what is known of patient and devices may be.
const REFRESH_MS: u64 = 60_000;

const UNKNOWN: &str = "the patient's record is not to be had";

impl<L: Account, V: BlobStore> Gateway<L, V> {
    /// Asks for the patient at each tick, for a raise must not be missed; for devices now and then.
    pub(crate) fn refresh(&mut self, now_ms: Millis) -> Result<(), GatewayError> {
        self.refresh_patient(now_ms)?;
        if self.patient.is_none() {
            return Ok(());
        }
        // either way: a clock that was set back must not keep old knowledge for hours
        let fresh = |at: Millis| now_ms.abs_diff(at) < REFRESH_MS;
        if !self.refreshed_ms.is_some_and(fresh) && self.refresh_devices()? {
            self.refreshed_ms = Some(now_ms);
        }
        Ok(())
    }

    /// Forgets what it knew where the chain does not answer: sealing on old knowledge could seal
    /// under keys that somebody lost the right to.
    pub(crate) fn refresh_patient(&mut self, now_ms: Millis) -> Result<(), GatewayError> {
        let asked = consent::QueryMsg::Patient {
            patient: Uint64::new(self.config.patient),
        };
        let answer = query(&self.ledger, &self.config.deployment.consent, &asked);
        let told = answer.and_then(|patient| Ok((patient, self.ledger.block_time_ms()?)));
        match told {
            Ok((patient, block_ms)) => {
                self.patient = Some(patient);
                self.block_ms = Some(block_ms);
                if std::mem::take(&mut self.chain_silent) {
                    tracing::info!("the patient's record is to be had again");
                }
                self.troubles.over(&self.store, CHAIN)
            }
            Err(error) => {
                // asked each second: what lasts is said once, and stands in the status
                match std::mem::replace(&mut self.chain_silent, true) {
                    false => tracing::warn!(code = error.code(), "{UNKNOWN}"),
                    true => tracing::debug!(code = error.code(), "{UNKNOWN}"),
                }
                self.patient = None;
                let reason = error.to_string();
                self.troubles.set(&self.store, CHAIN, &reason, now_ms)
            }
        }
    }

    /// The earlier of our clock and the last block's: what lies before it is past, whatever one of
    /// them says. None while no block was heard of: nothing is known to be past.
    pub(crate) fn trusted_ms(&self, now_ms: Millis) -> Option<Millis> {
        self.block_ms.map(|block_ms| block_ms.min(now_ms))
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
