//! The gateway, as the story's devices reach it: link lines there, link lines back.

use std::collections::VecDeque;
use std::sync::Arc;

use anyhow::Result;
use serde_json::Value;
use vitals_analysis::Threshold;
use vitals_chain_client::Wallet;
use vitals_gateway::{BlobStore, CarePlans, Gateway};
use vitals_ledger::{Deployment, Reader};

use crate::backend::SharedAccount;

pub mod process;

pub use process::Process;

/// What a gateway is set up with.
pub struct EdgeSetup {
    pub deployment: Deployment,
    /// The gateway's own; a gateway in a process of its own makes one from its mnemonic.
    pub account: SharedAccount,
    pub patient: u64,
    /// The gateway's grant to seal.
    pub sealing: u64,
    pub devices: Vec<u64>,
    pub thresholds: Vec<Threshold>,
    /// The gateway as a registered device, and the seed of its key.
    pub own_device: u64,
    pub own_seed: [u8; 32],
    /// `AGE-SECRET-KEY-1…`: opens the gateway's key packages.
    pub identity: String,
    pub vault: VaultAt,
}

/// A batch closes once it holds this many readings.
pub const MAX_READINGS: u16 = 4_096;
/// Hours for which the gateway keeps keys after they passed.
pub const KEEP_EPOCHS: u32 = 24;

/// A vault's origin and name.
#[derive(Clone)]
pub struct VaultAt {
    pub url: String,
    pub name: String,
}

pub trait Edge {
    /// A line of a device.
    fn send(&mut self, device: u64, line: &str) -> Result<()>;

    /// Lines for devices that came since.
    fn answers(&mut self) -> Result<Vec<(u64, String)>>;

    /// Asks devices to close what is open, though the hour is not over.
    fn close_all(&mut self) -> Result<()>;

    /// The gateway's status.
    fn status(&mut self) -> Result<Value>;
}

/// What brings the gateway the care plan in force.
pub type Plans = CarePlans<SharedAccount, Arc<Wallet>>;

/// In this process.
pub struct InProcess<V> {
    gateway: Gateway<SharedAccount, V>,
    plans: Plans,
    chain: SharedAccount,
    answers: VecDeque<(u64, String)>,
}

impl<V: BlobStore> InProcess<V> {
    pub fn new(
        mut gateway: Gateway<SharedAccount, V>,
        plans: Plans,
        chain: SharedAccount,
        devices: &[u64],
    ) -> Result<Self> {
        let mut answers = VecDeque::new();
        for device in devices {
            let lines = gateway.greet(*device, chain.block_time_ms()?)?;
            answers.extend(lines.into_iter().map(|line| (*device, line)));
        }
        Ok(Self {
            gateway,
            plans,
            chain,
            answers,
        })
    }
}

impl<V: BlobStore> Edge for InProcess<V> {
    fn send(&mut self, device: u64, line: &str) -> Result<()> {
        let now = self.chain.block_time_ms()?;
        let lines = self.gateway.handle_line(line, now);
        self.answers
            .extend(lines.into_iter().map(|line| (device, line)));
        Ok(())
    }

    fn answers(&mut self) -> Result<Vec<(u64, String)>> {
        let progress = self.gateway.tick(self.chain.block_time_ms()?)?;
        let told = progress.to_devices.into_iter().map(|l| (l.device, l.line));
        self.answers.extend(told);
        Ok(self.answers.drain(..).collect())
    }

    fn close_all(&mut self) -> Result<()> {
        Ok(self.gateway.close_all()?)
    }

    fn status(&mut self) -> Result<Value> {
        self.plans.fetch();
        self.gateway.tick(self.chain.block_time_ms()?)?;
        Ok(serde_json::to_value(self.gateway.status()?)?)
    }
}
