//! A gateway as its configuration says.

use std::path::PathBuf;
use std::sync::Arc;

use vitals_chain_client::{Node, Sender, Wallet};
use vitals_gateway::{CarePlans, Config, Gateway, GrantedVault, KeyPackages, Secrets};

use super::settings::{Settings, VaultAt};
use super::GatewayArgs;
use crate::config::Chain;
use crate::failure::Failure;
use crate::vault::{self, Vault};

pub type Edge = Gateway<Sender, GrantedVault<Arc<Wallet>>>;
pub type Packages = KeyPackages<Node, Arc<Wallet>>;
pub type Plans = CarePlans<Node, Arc<Wallet>>;

/// Its settings, and those of the chain.
pub struct Opened {
    pub chain: Chain,
    pub settings: Settings,
}

pub fn read(args: &GatewayArgs) -> Result<Opened, Failure> {
    let mut source = args.service.source()?;
    let dir = args.dir.as_ref().map(|dir| dir.display().to_string());
    source.set("gateway", "dir", dir);
    Ok(Opened {
        chain: source.section("chain")?,
        settings: source.section("gateway")?,
    })
}

impl Opened {
    /// Fails where another gateway runs on the store.
    pub fn open(&self) -> Result<Edge, Failure> {
        self.open_with(self.secrets()?)
    }

    /// Opens the key files, and makes those that are not there yet.
    pub fn secrets(&self) -> Result<Secrets, Failure> {
        let dir = &self.settings.dir;
        std::fs::create_dir_all(dir).map_err(|cause| Failure::file(dir, cause))?;
        self.settings.secrets()
    }

    pub fn open_with(&self, secrets: Secrets) -> Result<Edge, Failure> {
        let settings = &self.settings;
        let config = Config {
            deployment: self.chain.contracts()?,
            patient: settings.patient.u64(),
            ground: settings.ground,
            devices: settings.devices.iter().copied().collect(),
            thresholds: settings.thresholds.clone(),
            conditions: settings.conditions(),
            max_readings: settings.max_readings,
            keep_epochs: settings.keep_epochs,
            key_package: Some(self.package_path()),
            care_plan: Some(self.plan_path()),
        };
        let mut gateway = Gateway::open(
            config,
            secrets,
            &settings.store(),
            self.chain.sender()?,
            self.vaults()?,
        )?;
        gateway.set_witnesses(settings.witnesses()?);
        Ok(gateway)
    }

    /// What fetches the gateway's own key package.
    pub fn packages(&self, vaults: Vec<Vault>) -> Result<Packages, Failure> {
        Ok(KeyPackages::new(
            self.chain.connect()?,
            &self.chain.contracts()?.consent,
            self.settings.patient.u64(),
            self.settings.ground,
            vaults,
            self.package_path(),
        ))
    }

    /// What fetches the care plan in force.
    pub fn plans(&self, vaults: Vec<Vault>) -> Result<Plans, Failure> {
        Ok(CarePlans::new(
            self.chain.connect()?,
            &self.chain.contracts()?.care,
            self.settings.patient.u64(),
            self.settings.plan_ground(),
            vaults,
            self.plan_path(),
        ))
    }

    pub fn clients(&self) -> Result<Vec<Vault>, Failure> {
        let vaults = self.settings.vaults.iter();
        vaults.map(|at| self.client(at)).collect()
    }

    fn vaults(&self) -> Result<Vec<GrantedVault<Arc<Wallet>>>, Failure> {
        let granted = |(at, client): (&VaultAt, Vault)| {
            GrantedVault::new(&at.name, self.settings.ground, client)
        };
        let clients = self.clients()?;
        Ok(self
            .settings
            .vaults
            .iter()
            .zip(clients)
            .map(granted)
            .collect())
    }

    fn client(&self, at: &VaultAt) -> Result<Vault, Failure> {
        let authority = at.authority_file.as_deref();
        let wallet = Arc::new(self.chain.wallet()?);
        vault::client(&at.url, &at.name, wallet, authority)
    }

    /// Where a fetched key package waits for the gateway, which removes it.
    fn package_path(&self) -> PathBuf {
        self.settings.in_dir("package.age")
    }

    /// Where a fetched care plan waits for it, likewise.
    fn plan_path(&self) -> PathBuf {
        self.settings.in_dir("plan.age")
    }
}
