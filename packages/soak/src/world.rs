//! A real chain of one validator on loopback, with the contracts on it and accounts that have coins.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{bail, Context, Result};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use vitals_chain_client::{Node, Sender, Wallet};
use vitals_core::signing::DeploymentId;
use vitals_ledger::{query, Account, Call, Deployment, Reader, TxOutcome};

use crate::files::{private, read_json, run};
use crate::service::{Ready, Service};

mod patient;
mod services;

pub use patient::{grant, Identity, Patient, PASSPHRASE};
pub use services::{free_port, GatewaySetup, VaultAt};

/// Of the chain's addresses.
pub const PREFIX: &str = "wasm";
const DAY_S: u64 = 86_400;
/// How long a node may be away.
const PATIENCE: Duration = Duration::from_secs(60);

/// Where the pieces are.
pub struct Paths {
    pub wasmd: PathBuf,
    pub vitals: PathBuf,
    /// The repository: scripts and artifacts.
    pub root: PathBuf,
    pub home: PathBuf,
}

/// What `scripts/chain start` writes.
#[derive(Clone, Deserialize)]
struct NodeFile {
    rpc: String,
    gas_price: String,
}

#[derive(Deserialize)]
struct AccountFile {
    name: String,
    mnemonic: String,
}

pub struct World {
    pub paths: Paths,
    node: NodeFile,
    mnemonics: BTreeMap<String, String>,
    /// Deriving a key takes a while.
    wallets: BTreeMap<String, Arc<Wallet>>,
    pub at: Deployment,
    pub deployment: DeploymentId,
    /// The node, until somebody else minds it.
    chain: Option<Service>,
}

impl World {
    /// A chain with these accounts, besides `deployer`; all logs say all they have to say.
    pub fn start(paths: Paths, names: &[&str]) -> Result<Self> {
        let dir = paths.home.join("chain");
        let script = paths.root.join("scripts/chain");
        let names = [&["deployer"], names].concat().join(",");
        run(Command::new(&script)
            .args(["start", "--accounts", &names, "--home"])
            .arg(&dir)
            .env("WASMD", &paths.wasmd))?;
        // from now on it is a process of this one, which may kill it
        run(Command::new(&script).args(["stop", "--home"]).arg(&dir))?;
        let node: NodeFile = read_json(&dir.join("node.json"))?;
        let accounts: Vec<AccountFile> = read_json(&dir.join("accounts.json"))?;
        let mut chain = node_service(&paths, &node)?;
        let mut world = Self {
            wallets: wallets(&accounts)?,
            mnemonics: accounts.into_iter().map(|a| (a.name, a.mnemonic)).collect(),
            paths,
            node,
            at: nowhere(),
            deployment: [0; 32],
            chain: None,
        };
        chain.start()?;
        world.chain = Some(chain);
        world.at = world.deploy()?;
        world.deployment = world.at.id()?;
        Ok(world)
    }

    fn deploy(&self) -> Result<Deployment> {
        let settings = self.paths.home.join("deploy.json");
        std::fs::write(&settings, r#"{"cooldown_s":60,"min_tier_s":1}"#)?;
        let out = self.deployment_file();
        run(Command::new(&self.paths.vitals)
            .args(["deploy", "--admin", "none", "--node", &self.node.rpc])
            .args(["--gas-price", &self.node.gas_price, "--mnemonic-file"])
            .arg(self.mnemonic_file("deployer")?)
            .arg("--artifacts")
            .arg(self.paths.root.join("artifacts"))
            .arg("--out")
            .arg(&out)
            .arg("--config")
            .arg(&settings))?;
        Ok(Deployment::read(&out)?)
    }

    pub fn deployment_file(&self) -> PathBuf {
        self.paths.home.join("deployment.json")
    }

    pub fn rpc(&self) -> &str {
        &self.node.rpc
    }

    /// What the node asks for a unit of gas.
    pub fn gas_price(&self) -> &str {
        &self.node.gas_price
    }

    pub fn home(&self, name: &str) -> PathBuf {
        self.paths.home.join(name)
    }

    /// The file a command of `vitals` takes an account from.
    pub fn mnemonic_file(&self, name: &str) -> Result<PathBuf> {
        private(
            &self.home(&format!("{name}.words")),
            self.words(name)?.as_bytes(),
        )
    }

    pub fn words(&self, name: &str) -> Result<&str> {
        let words = self.mnemonics.get(name);
        Ok(words.with_context(|| format!("the chain has no account {name}"))?)
    }

    pub fn wallet(&self, name: &str) -> Result<Arc<Wallet>> {
        let wallet = self.wallets.get(name).cloned();
        wallet.with_context(|| format!("the chain has no account {name}"))
    }

    pub fn address(&self, name: &str) -> Result<String> {
        Ok(self.wallet(name)?.address().to_string())
    }

    pub fn account(&self, name: &str) -> Result<Sender> {
        let node = Node::new(&self.node.rpc)?;
        let wallet = Wallet::from_mnemonic(self.words(name)?, PREFIX)?;
        Ok(Sender::new(node, wallet, self.node.gas_price.parse()?))
    }

    /// One transaction that must succeed.
    pub fn act(&self, who: &str, calls: &[Call]) -> Result<TxOutcome> {
        let done = Account::execute(&self.account(who)?, calls);
        done.with_context(|| format!("a transaction of {who}"))
    }

    pub fn act_one(&self, who: &str, contract: &str, msg: &impl Serialize) -> Result<TxOutcome> {
        self.act(who, &[Call::new(contract, msg)?])
    }

    pub fn ask<T: DeserializeOwned>(&self, contract: &str, msg: &impl Serialize) -> Result<T> {
        Ok(query(&Node::new(&self.node.rpc)?, contract, msg)?)
    }

    pub fn now_ms(&self) -> Result<u64> {
        Ok(Node::new(&self.node.rpc)?.block_time_ms()?)
    }

    pub fn now_s(&self) -> Result<u64> {
        Ok(self.now_ms()? / 1_000)
    }

    pub fn in_a_day(&self) -> Result<u64> {
        Ok(self.now_s()? + DAY_S)
    }

    /// Returns once block time is past an instant (seconds).
    pub fn wait_past(&self, at_s: u64) -> Result<()> {
        let begun = Instant::now();
        while self.now_s()? <= at_s {
            if begun.elapsed() > PATIENCE {
                bail!("block time did not pass {at_s} s");
            }
            sleep(Duration::from_millis(200));
        }
        Ok(())
    }
}

fn wallets(accounts: &[AccountFile]) -> Result<BTreeMap<String, Arc<Wallet>>> {
    let wallet = |account: &AccountFile| {
        let wallet = Wallet::from_mnemonic(&account.mnemonic, PREFIX)?;
        Ok((account.name.clone(), Arc::new(wallet)))
    };
    accounts.iter().map(wallet).collect()
}

/// Of a chain that has no contracts yet.
fn nowhere() -> Deployment {
    let none = String::new;
    Deployment {
        chain_id: none(),
        consent: none(),
        device_registry: none(),
        vitals_anchor: none(),
        care: none(),
        claims: none(),
        deployment_id: none(),
    }
}

/// The node that `scripts/chain` set up, on the ports that it took.
fn node_service(paths: &Paths, node: &NodeFile) -> Result<Service> {
    let home = paths.home.join("chain/wasmd");
    let mut command = Command::new(&paths.wasmd);
    command.arg("start").arg("--home").arg(home);
    command.args(["--log_no_color", "--log_level", "debug"]);
    let ready = Ready::Block(node.rpc.clone());
    Ok(Service::new("node", command, log(paths, "node"), ready))
}

fn log(paths: &Paths, name: &str) -> PathBuf {
    paths.home.join(format!("{name}.log"))
}

/// The numbers that an event told, in their order.
pub fn numbers(done: &TxOutcome, contract: &str, event: &str, key: &str) -> Result<Vec<u64>> {
    done.events
        .iter()
        .filter(|e| e.ty.strip_prefix("wasm-") == Some(event))
        .filter(|e| e.attribute("_contract_address") == Some(contract))
        .filter_map(|e| e.attribute(key))
        .map(|text| Ok(text.parse()?))
        .collect()
}

pub fn number(done: &TxOutcome, contract: &str, event: &str, key: &str) -> Result<u64> {
    let told = numbers(done, contract, event, key)?;
    told.first()
        .copied()
        .with_context(|| format!("no {key} in an event {event}"))
}

impl World {
    /// The node as a service that the caller minds from now on.
    pub fn take_chain(&mut self) -> Result<Service> {
        self.chain.take().context("the node is minded already")
    }

    pub fn log(&self, name: &str) -> PathBuf {
        log(&self.paths, name)
    }

    pub fn wasmd_home(&self) -> PathBuf {
        self.home("chain/wasmd")
    }
}
