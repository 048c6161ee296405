//! The gateway as a whole: what it holds, and the order in which a tick does its work.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use vitals_analysis::Monitor;
use vitals_api::consent::PatientInfo;
use vitals_core::link::{GatewayMessage, Refusal};
use vitals_core::signing::DeploymentId;
use vitals_core::time::{Epoch, Millis};
use vitals_ledger::Account;
use zeroize::Zeroizing;

use crate::blob::BlobStore;
use crate::secrets::GatewayDevice;
use crate::store::device::DeviceRow;
use crate::store::quarantine::Quarantined;
use crate::store::Store;
use crate::{Config, GatewayError, Secrets, Status};

/// Readings that came in frames, those refused and those that came twice among them.
pub(crate) const RECEIVED: &str = "received";

/// The edge of one patient, acting on a chain as one account.
pub struct Gateway<L, V> {
    pub(crate) config: Config,
    pub(crate) deployment: DeploymentId,
    pub(crate) ledger: L,
    pub(crate) vaults: Vec<V>,
    pub(crate) store: Store,
    pub(crate) identity: Zeroizing<String>,
    pub(crate) device: Option<GatewayDevice>,
    pub(crate) devices: BTreeMap<u64, DeviceRow>,
    /// Asked for since the last tick and not ours: not asked for again until the next.
    pub(crate) strangers: BTreeSet<u64>,
    pub(crate) monitors: BTreeMap<u64, Monitor>,
    /// The patient's record when the chain last told.
    pub(crate) patient: Option<PatientInfo>,
    pub(crate) refreshed_ms: Option<Millis>,
    pub(crate) asked_epoch: Option<Epoch>,
    pub(crate) rolled_epoch: Option<Epoch>,
    /// Why the key package that lies ready was not taken.
    pub(crate) package_trouble: Option<String>,
}

/// A line for a device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceLine {
    pub device: u64,
    pub line: String,
}

/// What a tick did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Progress {
    pub to_devices: Vec<DeviceLine>,
    /// Batches.
    pub sealed: u32,
    pub parked: u32,
    pub anchored: u32,
    /// Ciphertexts put into a vault, once for each vault.
    pub delivered: u32,
    pub alerts_raised: u32,
}

impl Progress {
    pub(crate) fn tell(&mut self, device: u64, message: GatewayMessage) {
        let line = message.to_line();
        self.to_devices.push(DeviceLine { device, line });
    }
}

impl<L: Account, V: BlobStore> Gateway<L, V> {
    /// Opens or makes the store and goes on where it was. The chain and the vaults need not be
    /// there: what waits for them waits.
    pub fn open(
        config: Config,
        secrets: Secrets,
        store: &Path,
        ledger: L,
        vaults: Vec<V>,
    ) -> Result<Self, GatewayError> {
        config.check()?;
        Monitor::new(config.thresholds.clone())?;
        if vaults.is_empty() {
            return Err(GatewayError::NoVault);
        }
        let deployment = config.deployment.id()?;
        let store = Store::open(store, &secrets.store_key, config.patient, &deployment)?;
        let mut gateway = Self {
            devices: store
                .devices()?
                .into_iter()
                .map(|d| (d.device, d))
                .collect(),
            config,
            deployment,
            ledger,
            vaults,
            store,
            identity: secrets.identity,
            device: secrets.device,
            strangers: BTreeSet::new(),
            monitors: BTreeMap::new(),
            patient: None,
            refreshed_ms: None,
            asked_epoch: None,
            rolled_epoch: None,
            package_trouble: None,
        };
        gateway.refresh_devices()?;
        Ok(gateway)
    }

    /// Takes a line a device sent; the lines to send back to it. None means that nothing of it is
    /// sure: the device sends it again.
    pub fn handle_line(&mut self, line: &str, now_ms: Millis) -> Vec<String> {
        match self.take(line, now_ms) {
            Ok(answers) => answers.iter().map(GatewayMessage::to_line).collect(),
            Err(error) => {
                tracing::error!(
                    code = code_of(&error.to_string()),
                    "a line could not be stored"
                );
                Vec::new()
            }
        }
    }

    /// A link to a device is new: what it may forget, and what it is asked for. Where its batches
    /// stand it learns when it announces them.
    pub fn greet(&mut self, device: u64, now_ms: Millis) -> Result<Vec<String>, GatewayError> {
        let Some(known) = self.known(device)? else {
            let reason = Refusal::Device;
            let sequence = 0;
            return Ok(vec![GatewayMessage::Refused { sequence, reason }.to_line()]);
        };
        let sequence = self.store.last_anchored(device)?.max(known.anchored);
        let mut messages = vec![GatewayMessage::Anchored { sequence }];
        messages.extend(self.opens(&known, now_ms)?);
        Ok(messages.iter().map(GatewayMessage::to_line).collect())
    }

    /// Does what is due. What a chain or a vault refuses or does not answer is no error: it waits,
    /// and [`Self::status`] says why. An error is one of the gateway's own store.
    pub fn tick(&mut self, now_ms: Millis) -> Result<Progress, GatewayError> {
        let mut progress = Progress::default();
        self.strangers.clear();
        self.refresh(now_ms)?;
        self.take_key_package(now_ms)?;
        self.close_due(now_ms, &mut progress)?;
        self.raise_alerts(now_ms, &mut progress)?;
        self.seal_complete(now_ms, &mut progress)?;
        self.deliver(now_ms, &mut progress)?;
        self.anchor(now_ms, &mut progress)?;
        self.roll_keys(now_ms)?;
        Ok(progress)
    }

    /// What waits, since when and why; and what was done so far.
    pub fn status(&self) -> Result<Status, GatewayError> {
        Status::read(self)
    }

    /// What came and was not taken, the newest first.
    pub fn quarantined(&self, limit: u32) -> Result<Vec<Quarantined>, GatewayError> {
        self.store.quarantined(limit)
    }

    pub fn ledger(&self) -> &L {
        &self.ledger
    }
}

/// The stable code of an error's text.
pub(crate) fn code_of(text: &str) -> &str {
    text.split(':').next().unwrap_or(text)
}
