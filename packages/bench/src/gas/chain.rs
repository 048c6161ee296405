//! A fresh chain with known accounts, and what of it the client does not tell.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{ensure, Context, Result};
use base64::engine::general_purpose::STANDARD as BASE64;
use base64::Engine;
use serde::de::DeserializeOwned;
use serde::Deserialize;
use serde_json::Value;
use vitals_chain_client::{Node, Sender, Wallet};

const PREFIX: &str = "wasm";
/// One limit for all transactions, so that it takes as many bytes in each; above the dearest.
const GAS_LIMIT: u64 = 50_000_000;
/// Blocks in which a transaction can be included: so many that its last height takes two bytes
/// from the first block to the 16,000th.
const EXPIRY: u32 = 1_000;
const BLOCK_TIME: &str = "200ms";

/// What `scripts/chain start` writes.
#[derive(Deserialize)]
struct NodeFile {
    rpc: String,
    rest: String,
    gas_price: String,
    denom: String,
}

#[derive(Deserialize)]
struct AccountFile {
    name: String,
    mnemonic: String,
}

/// Stopped and removed when dropped.
pub struct Chain {
    script: PathBuf,
    home: tempfile::TempDir,
    node: NodeFile,
    mnemonics: BTreeMap<String, String>,
}

impl Chain {
    pub fn start(root: &Path) -> Result<Self> {
        let home = tempfile::tempdir()?;
        let script = root.join("scripts/chain");
        let keys = root.join("packages/bench/keys.json");
        let started = Command::new(&script)
            .args(["start", "--blocktime", BLOCK_TIME, "--validators", "1"])
            .arg("--home")
            .arg(home.path())
            .arg("--keys")
            .arg(&keys)
            .stdin(Stdio::null())
            .status()
            .context("starting the chain")?;
        ensure!(started.success(), "the chain did not start");
        let accounts: Vec<AccountFile> = read_json(&keys)?;
        Ok(Self {
            node: read_json(&home.path().join("node.json"))?,
            script,
            home,
            mnemonics: accounts.into_iter().map(|a| (a.name, a.mnemonic)).collect(),
        })
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        let validator = |name: &&str| *name != "validator";
        self.mnemonics.keys().map(String::as_str).filter(validator)
    }

    pub fn denom(&self) -> &str {
        &self.node.denom
    }

    pub fn client(&self) -> Result<Node> {
        Ok(Node::new(&self.node.rpc)?)
    }

    pub fn sender(&self, name: &str) -> Result<Sender> {
        let mnemonic = self
            .mnemonics
            .get(name)
            .with_context(|| format!("no account is called {name}"))?;
        let wallet = Wallet::from_mnemonic(mnemonic, PREFIX)?;
        let price = self.node.gas_price.parse()?;
        Ok(Sender::new(self.client()?, wallet, price)
            .with_fixed_gas(GAS_LIMIT)
            .with_expiry(EXPIRY))
    }

    /// Bytes of a transaction as it is in its block.
    pub fn tx_bytes(&self, hash: &str) -> Result<u64> {
        let answer: Value = get(&format!("{}/tx?hash=0x{hash}", self.node.rpc))?;
        let tx = answer["result"]["tx"]
            .as_str()
            .context("the node does not show the transaction")?;
        Ok(u64::try_from(BASE64.decode(tx)?.len())?)
    }

    /// All a contract has stored: values by key.
    pub fn state(&self, contract: &str) -> Result<BTreeMap<Vec<u8>, Vec<u8>>> {
        #[derive(Deserialize)]
        struct Model {
            key: String,
            value: String,
        }
        let answer: Value = get(&format!(
            "{}/cosmwasm/wasm/v1/contract/{contract}/state?pagination.limit=100000",
            self.node.rest
        ))?;
        let models: Vec<Model> = serde_json::from_value(answer["models"].clone())?;
        models
            .into_iter()
            .map(|m| Ok((hex::decode(&m.key)?, BASE64.decode(&m.value)?)))
            .collect()
    }
}

impl Drop for Chain {
    fn drop(&mut self) {
        let stopped = Command::new(&self.script)
            .args(["stop", "--home"])
            .arg(self.home.path())
            .status();
        if !stopped.is_ok_and(|status| status.success()) {
            eprintln!("the chain was not stopped: {}", self.home.path().display());
        }
    }
}

fn get<T: DeserializeOwned>(url: &str) -> Result<T> {
    let mut answer = ureq::get(url).call().with_context(|| url.to_string())?;
    Ok(answer.body_mut().read_json()?)
}

fn read_json<T: DeserializeOwned>(path: &Path) -> Result<T> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    serde_json::from_str(&text).with_context(|| path.display().to_string())
}
