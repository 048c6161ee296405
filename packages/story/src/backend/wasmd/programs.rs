//! The programs that run beside the chain: `vitals`, as its users run it, and the clients on Node.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use serde_json::json;
use vitals_core::decision::GroundRef;
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

    pub(super) fn serve_vault(&mut self) -> Result<VaultAt> {
        let name = "demo-vault";
        let mut child = vitals()?
            .args(["vault", "serve", "--listen", "127.0.0.1:0", "--name", name])
            .arg("--dir")
            .arg(self.paths.home.join("vault"))
            .args(["--node", &self.node.rpc])
            .arg("--deployment")
            .arg(self.deployment_file())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .context("starting the vault")?;
        let stdout = child.stdout.take().context("the vault has no stdout")?;
        self.children.push(child);
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line)?;
        let url = line
            .trim()
            .rsplit_once(' ')
            .map(|(_, url)| url.to_string())
            .with_context(|| format!("the vault did not start: {line:?}"))?;
        let vault = VaultAt {
            url,
            name: name.into(),
        };
        self.vault = Some(vault.clone());
        Ok(vault)
    }

    pub(super) fn run_gateway(&self, setup: &EdgeSetup) -> Result<Box<dyn Edge>> {
        let dir = self.paths.home.join("gateway");
        fs::create_dir_all(&dir)?;
        let identity_file = private(&dir.join("identity.txt"), setup.identity.as_bytes())?;
        let key_file = private(&dir.join("device.key"), &setup.own_seed)?;
        let settings = json!({
            "patient": setup.patient.to_string(),
            "ground": GroundRef::Grant { id: setup.sealing },
            "devices": setup.devices,
            "thresholds": setup.thresholds,
            "max_readings": MAX_READINGS,
            "keep_epochs": KEEP_EPOCHS,
            "vaults": [{ "url": setup.vault.url, "name": setup.vault.name }],
            "identity_file": identity_file,
            "device": { "number": setup.own_device, "key_file": key_file },
        });
        let config = dir.join("settings.json");
        fs::write(&config, settings.to_string())?;
        let child = vitals()?
            .args(["gateway", "run", "--stdin"])
            .arg("--config")
            .arg(config)
            .arg("--dir")
            .arg(&dir)
            .args(["--node", &self.node.rpc])
            .args(["--gas-price", &self.node.gas_price])
            .arg("--mnemonic-file")
            .arg(self.mnemonic_file("gateway")?)
            .arg("--deployment")
            .arg(self.deployment_file())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("starting the gateway")?;
        Ok(Box::new(Process::new(child)?))
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
