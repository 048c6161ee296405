//! The gateway as a whole: what it holds, and the order in which a tick does its work.

use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::path::Path;

use vitals_api::consent::PatientInfo;
use vitals_core::link::GatewayMessage;
use vitals_core::signing::DeploymentId;
use vitals_core::time::{Epoch, Millis};
use vitals_ledger::Account;
use zeroize::Zeroizing;

use crate::back_off::BackOff;
use crate::blob::BlobStore;
use crate::care_plan::Followed;
use crate::conditions::Standing;
use crate::couriers::Couriers;
use crate::fetching::Fetched;
use crate::intake::code_of;
use crate::readers::Witness;
use crate::secrets::GatewayDevice;
use crate::steady::Steady;
use crate::store::device::DeviceRow;
use crate::store::quarantine::Quarantined;
use crate::store::Store;
use crate::troubles::Troubles;
use crate::{Answer, Config, GatewayError, Inbound, Intake, Secrets, Status};

/// The edge of one patient, acting on a chain as one account.
pub struct Gateway<L, V> {
    pub(crate) config: Config,
    pub(crate) deployment: DeploymentId,
    pub(crate) ledger: L,
    pub(crate) couriers: Couriers,
    vaults: PhantomData<V>,
    pub(crate) store: Store,
    /// Until it is given to a thread of its own.
    pub(crate) intake: Option<Intake>,
    pub(crate) identity: Zeroizing<String>,
    pub(crate) device: Option<GatewayDevice>,
    pub(crate) devices: BTreeMap<u64, DeviceRow>,
    /// The patient's record when the chain last told.
    pub(crate) patient: Option<PatientInfo>,
    /// It did not answer when last asked, and the log says so.
    pub(crate) chain_silent: bool,
    pub(crate) refreshed_ms: Option<Millis>,
    pub(crate) asked_epoch: Option<Epoch>,
    pub(crate) rolled_epoch: Option<Epoch>,
    /// Why the key package that lies ready was not taken.
    pub(crate) package_trouble: Option<String>,
    /// Time of the chain's last block that was heard of.
    pub(crate) block_ms: Option<Millis>,
    /// Something was erased, and may lie in the store's log still.
    pub(crate) to_flush: bool,
    /// Since the chain last did not take a transaction of this account.
    pub(crate) account_back_off: BackOff,
    pub(crate) troubles: Troubles,
    /// What came of looking for files in the vaults, where it was no trouble.
    pub(crate) fetched: BTreeMap<&'static str, Fetched>,
    pub(crate) standings: BTreeMap<u64, Standing>,
    pub(crate) steady: Steady,
    pub(crate) followed: Followed,
    /// Nodes that have to confirm who the readers of an alert are.
    pub(crate) witnesses: Vec<Witness>,
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
        if vaults.is_empty() {
            return Err(GatewayError::NoVault);
        }
        let deployment = config.deployment.id()?;
        let store = Store::open(store, &secrets.store_key, config.patient, &deployment)?;
        let mut gateway = Self {
            intake: Some(Intake::new(&config, store.beside()?)?),
            devices: store
                .devices()?
                .into_iter()
                .map(|d| (d.device, d))
                .collect(),
            config,
            deployment,
            ledger,
            couriers: Couriers::start(vaults),
            vaults: PhantomData,
            troubles: Troubles::load(&store)?,
            store,
            identity: secrets.identity,
            device: secrets.device,
            patient: None,
            chain_silent: false,
            refreshed_ms: None,
            asked_epoch: None,
            rolled_epoch: None,
            package_trouble: None,
            block_ms: None,
            to_flush: false,
            account_back_off: BackOff::default(),
            fetched: BTreeMap::new(),
            standings: BTreeMap::new(),
            steady: Steady::default(),
            followed: Followed::default(),
            witnesses: Vec::new(),
        };
        gateway.refresh_devices()?;
        Ok(gateway)
    }

    /// The taking-in side, for a thread of its own. From then on [`Self::handle_line`] and
    /// [`Self::greet`] have nothing to answer.
    pub fn take_intake(&mut self) -> Option<Intake> {
        self.intake.take()
    }

    /// Takes a line a device sent, where there is one thread for everything; the lines to send back
    /// to it. None means that nothing of it is sure: the device sends it again.
    pub fn handle_line(&mut self, line: &str, now_ms: Millis) -> Vec<String> {
        let inbound = [Inbound {
            from: None,
            line: line.to_owned(),
        }];
        match self.take_line(&inbound, now_ms) {
            Ok(answers) => answers.into_iter().flat_map(|a| a.lines).collect(),
            Err(error) => {
                tracing::error!(
                    code = code_of(&error.to_string()),
                    "a line could not be stored"
                );
                Vec::new()
            }
        }
    }

    fn take_line(
        &mut self,
        inbound: &[Inbound],
        now_ms: Millis,
    ) -> Result<Vec<Answer>, GatewayError> {
        let answers = self.with_intake(|intake| intake.take(inbound, now_ms))?;
        if !answers.is_empty() {
            return Ok(answers);
        }
        self.ask_for_wanted(now_ms)?;
        self.with_intake(|intake| intake.take(inbound, now_ms))
    }

    /// See [`Intake::greet`]; the registry is asked at once.
    pub fn greet(&mut self, device: u64, now_ms: Millis) -> Result<Vec<String>, GatewayError> {
        let lines = self.with_intake(|intake| intake.greet(device, now_ms))?;
        if !lines.is_empty() {
            return Ok(lines);
        }
        self.ask_for_wanted(now_ms)?;
        self.with_intake(|intake| intake.greet(device, now_ms))
    }

    fn with_intake<T: Default>(
        &mut self,
        work: impl FnOnce(&mut Intake) -> Result<T, GatewayError>,
    ) -> Result<T, GatewayError> {
        self.intake.as_mut().map_or(Ok(T::default()), work)
    }

    /// Does what is due. What a chain or a vault refuses or does not answer is no error: it waits,
    /// and [`Self::status`] says why. An error is one of the gateway's own store.
    pub fn tick(&mut self, now_ms: Millis) -> Result<Progress, GatewayError> {
        let mut progress = Progress::default();
        self.set_unreadable_aside(now_ms)?;
        self.refresh(now_ms)?;
        self.ask_for_wanted(now_ms)?;
        self.take_key_package(now_ms)?;
        self.close_due(now_ms, &mut progress)?;
        self.keep_given_up(now_ms)?;
        self.follow_plan(now_ms)?;
        self.with_intake(|intake| intake.tick(now_ms))?;
        self.watch_conditions(now_ms)?;
        self.raise_alerts(now_ms, &mut progress)?;
        self.seal_complete(now_ms, &mut progress)?;
        self.deliver(now_ms, &mut progress)?;
        self.anchor(now_ms, &mut progress)?;
        self.roll_keys(now_ms)?;
        self.flush_erased()?;
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
