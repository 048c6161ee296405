//! A real single-validator wasmd chain on loopback, with `vitals` as its users run it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::Arc;
use std::thread::sleep;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{bail, ensure, Context, Result};
use serde::Deserialize;
use serde_json::json;
use vitals_chain_client::{Coin, Node, Sender, Wallet};
use vitals_ledger::{Deployment, Reader};

use super::{cw20_base, Backend, SharedAccount};
use crate::edge::{Edge, EdgeSetup, VaultAt};
use crate::report::{ChainInfo, Shown};
use crate::scenario::claimant::Errand;
use crate::scenario::PEOPLE;

mod live;
mod programs;
mod sponsored;
pub mod system;

use system::{env, output, read_json, run, said};

const PREFIX: &str = "wasm";
/// The recording's hour is played in a minute.
const SPEED: u32 = 60;

/// Where the pieces are.
pub struct Paths {
    pub wasmd: PathBuf,
    /// Holds the contracts and `checksums.txt`; its parent is the repository.
    pub artifacts: PathBuf,
    pub home: PathBuf,
}

/// What `scripts/chain start` writes.
#[derive(Deserialize)]
struct NodeFile {
    chain_id: String,
    rpc: String,
    denom: String,
    gas_price: String,
}

#[derive(Deserialize)]
struct AccountFile {
    name: String,
    address: String,
    mnemonic: String,
}

pub struct Wasmd {
    paths: Paths,
    node: NodeFile,
    accounts: BTreeMap<String, AccountFile>,
    children: Vec<Child>,
    vault: Option<VaultAt>,
    /// Vaults of custodians, by their names.
    custodians: BTreeMap<String, Child>,
    /// Chain and vault go on when the story ends.
    keep: bool,
}

impl Wasmd {
    /// With accounts for the story's people and for `others`.
    pub fn start(paths: Paths, others: &[&str]) -> Result<Self> {
        let chain_home = paths.home.join("chain");
        run(Command::new(script(&paths, "chain"))
            .args(["start", "--home"])
            .arg(&chain_home)
            .args(["--accounts", &[&PEOPLE, others].concat().join(",")])
            .env("WASMD", &paths.wasmd))?;
        let node = read_json(&chain_home.join("node.json"))?;
        let accounts: Vec<AccountFile> = read_json(&chain_home.join("accounts.json"))?;
        Ok(Self {
            paths,
            node,
            accounts: accounts.into_iter().map(|a| (a.name.clone(), a)).collect(),
            children: Vec::new(),
            vault: None,
            custodians: BTreeMap::new(),
            keep: false,
        })
    }

    fn known(&self, name: &str) -> Result<&AccountFile> {
        self.accounts
            .get(name)
            .with_context(|| format!("the chain has no account {name}"))
    }

    fn sender(&self, name: &str) -> Result<Sender> {
        let wallet = Wallet::from_mnemonic(&self.known(name)?.mnemonic, PREFIX)?;
        ensure!(
            wallet.address() == self.known(name)?.address,
            "the mnemonic of {name} is of another account"
        );
        Ok(Sender::new(
            Node::new(&self.node.rpc)?,
            wallet,
            self.node.gas_price.parse()?,
        ))
    }

    /// The file a command of `vitals` takes an account from.
    fn mnemonic_file(&self, name: &str) -> Result<PathBuf> {
        let path = self.paths.home.join(format!("{name}.mnemonic"));
        fs::write(&path, &self.known(name)?.mnemonic)?;
        Ok(path)
    }

    fn deployment_file(&self) -> PathBuf {
        self.paths.home.join("deployment.json")
    }

    /// Chain and vault go on when this is dropped.
    pub fn keep(&mut self) {
        self.keep = true;
    }

    /// What somebody needs who goes on from here.
    pub fn next_commands(&self) -> Vec<String> {
        let mut lines = vec![
            format!("node          {}", self.node.rpc),
            format!("deployment    {}", self.deployment_file().display()),
        ];
        if let Some(vault) = &self.vault {
            lines.push(format!("vault         {} ({})", vault.url, vault.name));
        }
        for account in self.accounts.values() {
            lines.push(format!("{:<13} {}", account.name, account.address));
        }
        lines.push("mnemonics of all of them:".into());
        lines.push(format!(
            "  {}",
            self.paths.home.join("chain/accounts.json").display()
        ));
        lines.push("what you can do next:".into());
        let deployment = self.deployment_file();
        let deployment = deployment.display();
        let node = &self.node.rpc;
        lines.push(format!(
            "  node clients/app-view/app-view.mjs --node {node} --deployment {deployment} --patient ID --policy 1"
        ));
        lines.push(format!(
            "  target/release/vitals keeper once --node {node} --deployment {deployment} --mnemonic-file FILE"
        ));
        lines
    }

    /// A contract that is not ours, by its file.
    fn peer(&self, wasm: &str, init: &serde_json::Value) -> Result<String> {
        let sender = self.sender("deployer")?;
        let code = fs::read(wasm).with_context(|| format!("reading {wasm}"))?;
        let stored = sender.store_code(&code)?;
        let made = sender.instantiate(stored.code_id, init, "peer", None, &[])?;
        Ok(made.address)
    }

    fn yardstick_gas(
        &self,
        wasm: &str,
        init: &serde_json::Value,
        msg: &serde_json::Value,
    ) -> Result<u64> {
        let at = self.peer(wasm, init)?;
        let sender = self.sender("deployer")?;
        Ok(sender.execute(&at, msg, &Vec::<Coin>::new())?.gas_used)
    }
}

impl Backend for Wasmd {
    fn chain(&self) -> Result<ChainInfo> {
        Ok(ChainInfo {
            engine: "wasmd".into(),
            version: output(Command::new(&self.paths.wasmd).arg("version"))?,
            chain_id: self.node.chain_id.clone(),
        })
    }

    fn deploy(&mut self) -> Result<Deployment> {
        self.run_deploy()
    }

    fn account(&self, name: &str) -> Result<SharedAccount> {
        Ok(Arc::new(self.sender(name)?))
    }

    fn wallet(&self, name: &str) -> Result<Arc<Wallet>> {
        let wallet = Wallet::from_mnemonic(&self.known(name)?.mnemonic, PREFIX)?;
        Ok(Arc::new(wallet))
    }

    fn wait_past(&self, at_ms: u64) -> Result<()> {
        let reader = self.sender("stranger")?;
        for _ in 0..600 {
            let now = reader.block_time_ms()?;
            if now > at_ms {
                return next_block(&reader);
            }
            sleep(Duration::from_millis((at_ms - now).clamp(100, 2_000)));
        }
        bail!("the chain did not reach {at_ms} ms");
    }

    fn pace(&self, at_ms: u64) -> Result<()> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH)?;
        if let Some(ahead) = Duration::from_millis(at_ms).checked_sub(now) {
            sleep(ahead);
        }
        Ok(())
    }

    fn sets_clock(&self) -> bool {
        false
    }

    fn speed(&self) -> u32 {
        SPEED
    }

    fn recording_start(&self, now_ms: u64) -> u64 {
        now_ms.saturating_add(2_000)
    }

    fn play_step_ms(&self) -> u64 {
        250
    }

    fn start_vault(&mut self, _: &Deployment) -> Result<VaultAt> {
        let vault = self.serve_vault("demo-vault", &[])?;
        self.vault = Some(vault.clone());
        Ok(vault)
    }

    fn start_custodian(&mut self, _: &Deployment, who: &str, identity: &str) -> Result<VaultAt> {
        self.serve_custodian(who, identity)
    }

    fn stop_custodian(&mut self, vault: &VaultAt) -> Result<()> {
        let child = self.custodians.remove(&vault.name);
        let mut child = child.context("no such vault is served")?;
        child.kill()?;
        child.wait()?;
        Ok(())
    }

    fn start_edge(&mut self, setup: EdgeSetup) -> Result<Box<dyn Edge>> {
        self.run_gateway(&setup)
    }

    fn denom(&self) -> &str {
        &self.node.denom
    }

    fn home(&self) -> PathBuf {
        self.paths.home.clone()
    }

    fn gas_anchors(&self) -> Result<Vec<(String, u64)>> {
        let deployer = self.known("deployer")?.address.clone();
        let other = self.known("stranger")?.address.clone();
        let cw20 = cw20_base(&[deployer, other.clone()]);
        let transfer = json!({ "transfer": { "recipient": other, "amount": "1" } });
        let noop = json!({ "noop": {} });
        Ok(vec![
            (
                "noop".into(),
                self.yardstick_gas(&env("NOOP_WASM")?, &json!({}), &noop)?,
            ),
            (
                "cw20_transfer".into(),
                self.yardstick_gas(&env("CW20_BASE_WASM")?, &cw20, &transfer)?,
            ),
        ])
    }

    fn token(&mut self, holders: &[String]) -> Result<String> {
        self.peer(&env("CW20_BASE_WASM")?, &cw20_base(holders))
    }

    fn keeper(&self, _: &Deployment) -> Result<()> {
        self.run_keeper()
    }

    fn claimant(
        &self,
        _: &Deployment,
        who: &str,
        errand: &Errand,
        evidence: &Path,
    ) -> Result<Option<Result<String, String>>> {
        let mut program = self.errand(errand, evidence);
        program
            .args(["--json", "--node", &self.node.rpc])
            .args(["--gas-price", &self.node.gas_price])
            .arg("--mnemonic-file")
            .arg(self.mnemonic_file(who)?)
            .arg("--deployment")
            .arg(self.deployment_file());
        said(&mut program).map(Some)
    }

    fn sponsored(&self, at: &Deployment) -> Result<Option<Shown>> {
        self.show_sponsored(at).map(Some)
    }

    fn app_view(&self, _: &Deployment, patient: u64, policy: u64) -> Result<Option<String>> {
        self.run_app_view(patient, policy).map(Some)
    }
}

impl Drop for Wasmd {
    fn drop(&mut self) {
        if self.keep {
            return;
        }
        for child in self.children.iter_mut().chain(self.custodians.values_mut()) {
            let _ = child.kill();
            let _ = child.wait();
        }
        let stopped = run(Command::new(script(&self.paths, "chain"))
            .args(["stop", "--home"])
            .arg(self.paths.home.join("chain")));
        if let Err(error) = stopped {
            eprintln!("the chain was not stopped: {error:#}");
        }
    }
}

/// A node tells of a block before its application has it, and with it the time: once there is
/// another, it has.
fn next_block(reader: &impl Reader) -> Result<()> {
    let height = reader.height()?;
    for _ in 0..600 {
        if reader.height()? > height {
            return Ok(());
        }
        sleep(Duration::from_millis(50));
    }
    bail!("no block came after {height}");
}

fn repository(paths: &Paths) -> PathBuf {
    paths
        .artifacts
        .canonicalize()
        .ok()
        .and_then(|a| a.parent().map(Path::to_path_buf))
        .unwrap_or_else(|| PathBuf::from("."))
}

fn script(paths: &Paths, name: &str) -> PathBuf {
    repository(paths).join("scripts").join(name)
}
