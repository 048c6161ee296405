//! What the gateway asks of the chain, typed.

use cosmwasm_std::Uint64;
use vitals_api::{anchor, care, consent, registry};
use vitals_core::decision::GroundRef;
use vitals_core::device::BatchHead;
use vitals_core::time::{Epoch, Millis};
use vitals_keyring::recipient_of;
use vitals_ledger::{block_age_s, query, Account, LedgerError};

use crate::blob::BlobStore;
use crate::intake::code_of;
use crate::troubles::CHAIN;
use crate::{Gateway, GatewayError};

/// A node whose latest block is older has not heard of what was revoked since: what it says counts
/// as no answer.
const STALE_AFTER_S: u64 = 60;
const STALE: &str = "gateway/stale_node: the node's latest block is more than 60 s behind this \
                     machine's clock";

/// How old what is known of patient and devices may be.
const REFRESH_MS: u64 = 60_000;

/// The most the registry puts on a page.
const KEYS_AT_ONCE: u32 = 30;

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
        if self.refreshed_ms.is_some_and(fresh) {
            return Ok(());
        }
        let all = self.refresh_sealed_from(now_ms)? & self.refresh_devices()?;
        if all {
            self.refreshed_ms = Some(now_ms);
        }
        Ok(())
    }

    /// Hours are sealed that the gateway's grant reaches and whose keys are kept still. Whether the
    /// chain answered.
    fn refresh_sealed_from(&mut self, now_ms: Millis) -> Result<bool, GatewayError> {
        let Some(kept) = self.first_kept(now_ms) else {
            return Ok(false);
        };
        let granted = match self.granted_from() {
            Ok(granted) => granted,
            Err(LedgerError::Refused { .. }) => 0,
            Err(error) => {
                tracing::warn!(code = error.code(), "the gateway's grant is not to be had");
                return Ok(false);
            }
        };
        self.store.set_sealed_from(kept.max(granted))?;
        Ok(true)
    }

    fn granted_from(&self) -> Result<Epoch, LedgerError> {
        let GroundRef::Grant { id } = self.config.ground else {
            return Ok(0);
        };
        let asked = consent::QueryMsg::Grant {
            patient: Uint64::new(self.config.patient),
            grant: Uint64::new(id),
        };
        let grant: consent::GrantInfo =
            query(&self.ledger, &self.config.deployment.consent, &asked)?;
        Ok(grant.window.from)
    }

    /// Forgets what it knew where the chain does not answer, or a node does that is behind: sealing
    /// on old knowledge could seal under keys that somebody lost the right to.
    pub(crate) fn refresh_patient(&mut self, now_ms: Millis) -> Result<(), GatewayError> {
        let asked = consent::QueryMsg::Patient {
            patient: Uint64::new(self.config.patient),
        };
        let answer = query(&self.ledger, &self.config.deployment.consent, &asked);
        let told = answer.and_then(|patient| Ok((patient, self.ledger.block_time_ms()?)));
        match told {
            Ok((patient, block_ms)) => {
                self.block_ms = Some(block_ms);
                if block_age_s(block_ms, now_ms) > STALE_AFTER_S {
                    return self.note_silence(STALE, now_ms);
                }
                self.patient = Some(patient);
                if std::mem::take(&mut self.chain_silent) {
                    tracing::info!("the patient's record is to be had again");
                }
                self.troubles.over(&self.store, CHAIN)
            }
            Err(error) => self.note_silence(&error.to_string(), now_ms),
        }
    }

    fn note_silence(&mut self, reason: &str, now_ms: Millis) -> Result<(), GatewayError> {
        let code = code_of(reason);
        // asked each second: what lasts is said once, and stands in the status
        match std::mem::replace(&mut self.chain_silent, true) {
            false => tracing::warn!(code, "{UNKNOWN}"),
            true => tracing::debug!(code, "{UNKNOWN}"),
        }
        self.patient = None;
        self.troubles.set(&self.store, CHAIN, reason, now_ms)
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
        recipient_of(
            &self.ledger,
            &self.config.deployment.consent,
            &patient.controller,
        )
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

    /// When a pairing ended that is over.
    pub(crate) fn pairing_end(&self, device: u64, pairing: u32) -> Result<Millis, LedgerError> {
        let device = Uint64::new(device);
        let asked = registry::QueryMsg::Pairing { device, pairing };
        let info: registry::PairingInfo = query(
            &self.ledger,
            &self.config.deployment.device_registry,
            &asked,
        )?;
        info.to_ms.ok_or_else(|| LedgerError::Answer {
            what: "end of a pairing".into(),
            cause: "by its device it is over, by itself it lasts".into(),
        })
    }

    /// All keys of a device, the oldest first.
    pub(crate) fn key_history(&self, device: u64) -> Result<Vec<registry::KeyInfo>, LedgerError> {
        let registry = &self.config.deployment.device_registry;
        let mut keys: Vec<registry::KeyInfo> = Vec::new();
        // a node that never comes to an end is not asked for ever
        for _ in 0..=registry::MAX_ROTATIONS / KEYS_AT_ONCE {
            let asked = registry::QueryMsg::KeyHistory {
                device: Uint64::new(device),
                start_after: keys.last().map(|last| last.number),
                limit: Some(KEYS_AT_ONCE),
            };
            let page: registry::KeysPage = query(&self.ledger, registry, &asked)?;
            let is_last = page.keys.len() < KEYS_AT_ONCE as usize;
            keys.extend(page.keys);
            if is_last {
                break;
            }
        }
        Ok(keys)
    }

    /// Where the chain stands with a device's batches.
    pub(crate) fn device_head(&self, device: u64) -> Result<anchor::DeviceHead, LedgerError> {
        let device = Uint64::new(device);
        let asked = anchor::QueryMsg::Device { device };
        query(&self.ledger, &self.config.deployment.vitals_anchor, &asked)
    }

    /// The chain's number of a device's last batch.
    pub(crate) fn chain_head(&self, device: u64) -> Result<u64, LedgerError> {
        Ok(self.device_head(device)?.sequence.u64())
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
