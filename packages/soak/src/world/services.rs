//! Vaults and gateways before the chain, as their operators run them.

use std::ffi::OsStr;
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;

use anyhow::Result;
use serde_json::json;
use vitals_chain_client::Wallet;
use vitals_vault_client::VaultClient;

use super::{log, Patient, World};
use crate::files::{private, run};
use crate::service::{Ready, Service};

/// What a log says at its most talkative.
const ALL: &str = "trace";

/// A vault's origin and name.
#[derive(Clone)]
pub struct VaultAt {
    pub url: String,
    pub name: String,
    /// `/metrics`.
    pub ops: SocketAddr,
}

pub struct GatewaySetup<'a> {
    pub patient: &'a Patient,
    pub devices: Vec<u64>,
    pub thresholds: serde_json::Value,
    pub vaults: &'a [VaultAt],
    /// `[gateway.mqtt]`.
    pub mqtt: serde_json::Value,
    pub ops: SocketAddr,
    pub max_readings: u16,
}

/// On which nothing listens now, below those that the system hands out for outgoing connections:
/// a service that was killed must find its own free.
pub fn free_port() -> Result<SocketAddr> {
    let free = |port: u16| TcpListener::bind(("127.0.0.1", port)).is_ok();
    let begin = 10_000 + u16::try_from(std::process::id() % 20_000)?;
    let mut taken = TAKEN
        .lock()
        .map_err(|_| anyhow::anyhow!("a thread panicked"))?;
    let from = taken.map_or(begin, |last| last + 1);
    let port = (from..32_000).find(|port| free(*port));
    let port = port.ok_or_else(|| anyhow::anyhow!("no port is free"))?;
    *taken = Some(port);
    Ok(SocketAddr::from(([127, 0, 0, 1], port)))
}

/// The port given out last.
static TAKEN: std::sync::Mutex<Option<u16>> = std::sync::Mutex::new(None);

impl World {
    /// `vitals vault serve` with an account of its own, not started. Rates are out of the way: what
    /// asks here is one address.
    pub fn vault(
        &self,
        name: &str,
        account: Option<&str>,
        more: &[&OsStr],
    ) -> Result<(Service, VaultAt)> {
        let (listen, ops) = (free_port()?, free_port()?);
        let mut command = Command::new(&self.paths.vitals);
        command
            .args(["vault", "serve", "--name", name, "--anchor-every", "5"])
            .args(["--listen", &listen.to_string()])
            .args(["--ops-listen", &ops.to_string()])
            .arg("--dir")
            .arg(self.home(name))
            .args(["--node", self.rpc(), "--deployment"])
            .arg(self.deployment_file())
            .args(more)
            .env("RUST_LOG", ALL)
            .env("VITALS_VAULT__ADDRESS_PER_S", "100000")
            .env("VITALS_VAULT__ADDRESS_BURST", "100000")
            .env("VITALS_VAULT__ACCOUNT_PER_S", "100000")
            .env("VITALS_VAULT__ACCOUNT_BURST", "100000");
        if let Some(account) = account {
            command
                .arg("--mnemonic-file")
                .arg(self.mnemonic_file(account)?);
        }
        let vault = VaultAt {
            url: format!("http://{listen}"),
            name: name.into(),
            ops,
        };
        let service = Service::new(
            name,
            command,
            log(&self.paths, name),
            Ready::Listens(listen),
        );
        Ok((service, vault))
    }

    pub fn client(&self, who: &str, at: &VaultAt) -> Result<VaultClient<Arc<Wallet>>> {
        Ok(VaultClient::new(&at.url, &at.name, self.wallet(who)?)?)
    }

    /// `vitals gateway run`, not started, and its configuration.
    pub fn gateway(&self, setup: &GatewaySetup) -> Result<(Service, PathBuf)> {
        let dir = self.home("gateway");
        std::fs::create_dir_all(&dir)?;
        let vaults: Vec<_> = setup
            .vaults
            .iter()
            .map(|v| json!({ "url": v.url, "name": v.name }))
            .collect();
        let patient = setup.patient;
        let settings = json!({
            "chain": {
                "node": self.rpc(),
                "deployment": self.deployment_file(),
                "key_file": self.mnemonic_file("gateway")?,
                "gas_price": self.node.gas_price,
            },
            "gateway": {
                "patient": patient.id.to_string(),
                "ground": format!("grant:{}", patient.sealing),
                "dir": dir,
                "devices": setup.devices,
                "thresholds": setup.thresholds,
                "max_readings": setup.max_readings,
                "vaults": vaults,
                "identity_file": private(&dir.join("identity"), patient.gateway.secret.as_bytes())?,
                "device": { "number": patient.own_device.device, "key_file": private(&dir.join("device.key"), &[patient.own_seed; 32])? },
                "ops_listen": setup.ops,
                "mqtt": setup.mqtt,
            },
        });
        let config = dir.join("vitals.toml");
        std::fs::write(&config, toml::to_string(&settings)?)?;
        let mut command = Command::new(&self.paths.vitals);
        command
            .args(["gateway", "run", "--config"])
            .arg(&config)
            .env("RUST_LOG", ALL);
        let ready = Ready::Listens(setup.ops);
        let service = Service::new("gateway", command, log(&self.paths, "gateway"), ready);
        Ok((service, config))
    }

    /// `vitals gateway <command>`: what it prints.
    pub fn gateway_command(&self, config: &std::path::Path, command: &[&str]) -> Result<String> {
        let mut program = Command::new(&self.paths.vitals);
        run(program
            .arg("gateway")
            .args(command)
            .arg("--config")
            .arg(config))
    }
}
