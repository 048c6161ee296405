//! The programs that run beside the chain: `vitals`, as its users run it, and the clients on Node.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result};
use serde_json::json;
use vitals_ledger::Deployment;

use super::system::{output, private, run, vitals};
use super::{repository, Wasmd};
use crate::edge::{Edge, EdgeSetup, Process, VaultAt, KEEP_EPOCHS, MAX_READINGS};
use crate::scenario::claimant::Errand;

impl Wasmd {
    pub(super) fn run_deploy(&self) -> Result<Deployment> {
        let out = self.deployment_file();
        let settings = self.paths.home.join("deploy.json");
        // terms in seconds that suit a recording played in a minute
        fs::write(
            &settings,
            json!({ "cooldown_s": 60, "min_tier_s": 1, "least_deadline_s": 1 }).to_string(),
        )?;
        run(vitals()?
            .arg("deploy")
            .args(["--node", &self.node.rpc])
            .args(["--gas-price", &self.node.gas_price])
            .arg("--mnemonic-file")
            .arg(self.mnemonic_file("deployer")?)
            .arg("--artifacts")
            .arg(&self.paths.artifacts)
            .arg("--out")
            .arg(&out)
            .arg("--config")
            .arg(&settings)
            .args(["--admin", "none"]))?;
        Ok(Deployment::read(&out)?)
    }

    pub(super) fn serve_vault(&mut self, name: &str, more: &[&OsStr]) -> Result<VaultAt> {
        let (child, vault) = self.vault_process(name, more)?;
        self.children.push(child);
        Ok(vault)
    }

    /// `vitals vault serve` as a custodian runs it.
    pub(super) fn serve_custodian(&mut self, who: &str, identity: &str) -> Result<VaultAt> {
        let name = format!("custodian-{who}");
        let file = self.paths.home.join(format!("{name}.identity"));
        let identity_file = private(&file, identity.as_bytes())?;
        let account = &self.known(who)?.address;
        let more = [
            OsStr::new("--custodian-identity"),
            identity_file.as_os_str(),
            OsStr::new("--custodian-account"),
            OsStr::new(account),
        ];
        let (child, vault) = self.vault_process(&name, &more)?;
        self.custodians.insert(name, child);
        Ok(vault)
    }

    fn vault_process(&self, name: &str, more: &[&OsStr]) -> Result<(Child, VaultAt)> {
        let mut child = vitals()?
            .args(["vault", "serve", "--listen", "127.0.0.1:0", "--name", name])
            .arg("--dir")
            .arg(self.paths.home.join(name))
            .args(["--node", &self.node.rpc])
            .arg("--deployment")
            .arg(self.deployment_file())
            .args(more)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .context("starting a vault")?;
        let line = said_first(&mut child)?;
        let url = line
            .trim()
            .rsplit_once(' ')
            .map(|(_, url)| url.to_string())
            .with_context(|| format!("the vault did not start: {line:?}"))?;
        let name = name.into();
        Ok((child, VaultAt { url, name }))
    }

    pub(super) fn run_gateway(&self, setup: &EdgeSetup) -> Result<Box<dyn Edge>> {
        let dir = self.paths.home.join("gateway");
        fs::create_dir_all(&dir)?;
        let config = self.gateway_config(setup, "gateway", &dir)?;
        let gateway = |command: &str| -> Result<Command> {
            let mut program = vitals()?;
            program.args(["gateway", command, "--config"]).arg(&config);
            Ok(program)
        };
        let mut passwords = BTreeMap::new();
        for device in &setup.devices {
            let number = device.to_string();
            let made = output(gateway("device-password")?.args(["--device", &number]))?;
            passwords.insert(*device, made);
        }
        let mut status = vitals()?;
        status.args(["status", "--json", "--config"]).arg(&config);
        let commands = [gateway("close")?, status];
        let mut child = gateway("run")?
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .context("starting the gateway")?;
        let said = said_first(&mut child).and_then(|line| {
            let address = line
                .rsplit_once("mqtt://")
                .map(|(_, address)| address.parse());
            Ok(address.with_context(|| format!("the gateway did not start: {line:?}"))??)
        });
        match said {
            Ok(address) => Ok(Box::new(Process::new(
                child, address, &passwords, commands,
            )?)),
            Err(error) => {
                let _ = child.kill();
                let _ = child.wait();
                Err(error)
            }
        }
    }

    /// The file a clinic would write; `who` is whose account the gateway's is.
    pub(super) fn gateway_config(
        &self,
        setup: &EdgeSetup,
        who: &str,
        dir: &Path,
    ) -> Result<PathBuf> {
        let identity_file = private(&dir.join("identity.txt"), setup.identity.as_bytes())?;
        let key_file = private(&dir.join("device.key"), &setup.own_seed)?;
        let settings = json!({
            "chain": {
                "node": self.node.rpc,
                "deployment": self.deployment_file(),
                "key_file": self.mnemonic_file(who)?,
                "gas_price": self.node.gas_price,
            },
            "gateway": {
                "patient": setup.patient.to_string(),
                "ground": format!("grant:{}", setup.sealing),
                "dir": dir,
                "devices": setup.devices,
                "thresholds": setup.thresholds,
                "max_readings": MAX_READINGS,
                "keep_epochs": KEEP_EPOCHS,
                "vaults": [{ "url": setup.vault.url, "name": setup.vault.name }],
                "identity_file": identity_file,
                "device": { "number": setup.own_device, "key_file": key_file },
                "ops_listen": "127.0.0.1:0",
                "mqtt": { "listen": "127.0.0.1:0" },
            },
        });
        let config = dir.join("vitals.toml");
        fs::write(&config, toml::to_string(&settings)?)?;
        Ok(config)
    }

    pub(super) fn run_keeper(&self) -> Result<()> {
        run(vitals()?
            .args(["keeper", "once"])
            .args(["--node", &self.node.rpc])
            .args(["--gas-price", &self.node.gas_price])
            .arg("--mnemonic-file")
            .arg(self.mnemonic_file("keeper")?)
            .arg("--deployment")
            .arg(self.deployment_file()))
    }

    /// The claimant's program, with what it is to do.
    pub(super) fn errand(&self, errand: &Errand, evidence: &Path) -> Command {
        let mut program = Command::new("node");
        program.arg(repository(&self.paths).join("clients/claimant/claimant.mjs"));
        match errand {
            Errand::Bind {
                product, patient, ..
            } => program
                .args(["bind", "--product", &product.to_string()])
                .args(["--patient", &patient.to_string()]),
            Errand::Claim { policy, .. } => program
                .args(["claim", "--policy", &policy.to_string()])
                .arg("--evidence")
                .arg(evidence),
        };
        program
    }

    pub(super) fn run_app_view(&self, patient: u64, policy: u64) -> Result<String> {
        let program = repository(&self.paths).join("clients/app-view/app-view.mjs");
        output(
            Command::new("node")
                .arg(program)
                .args(["--node", &self.node.rpc])
                .arg("--deployment")
                .arg(self.deployment_file())
                .args(["--patient", &patient.to_string()])
                .args(["--policy", &policy.to_string()]),
        )
    }
}

/// The line in which a service says that it listens.
fn said_first(child: &mut Child) -> Result<String> {
    let stdout = child.stdout.take().context("a service has no stdout")?;
    let mut line = String::new();
    BufReader::new(stdout).read_line(&mut line)?;
    Ok(line.trim().to_string())
}
