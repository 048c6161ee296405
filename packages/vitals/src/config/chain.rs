//! `[chain]`: the node, the contracts, and the account a service acts with.

use std::path::{Path, PathBuf};

use clap::Args;
use serde::Deserialize;
use vitals_chain_client::{check_prefix, prefix_of, GasPrice, Node, Sender, Wallet};
use vitals_ledger::Deployment;

use super::{Fault, Settings, Source};
use crate::connect::read_secret;
use crate::failure::Failure;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chain {
    /// CometBFT RPC endpoint of a node you trust.
    pub node: String,
    /// What `vitals deploy` wrote.
    pub deployment: PathBuf,
    /// The 24 words of the account that signs and pays. A service that only reads needs none.
    pub key_file: Option<PathBuf>,
    #[serde(default = "gas_price")]
    pub gas_price: String,
    #[serde(default = "address_prefix")]
    pub address_prefix: String,
    /// Pays the fees instead: it has granted the account an allowance.
    pub fee_granter: Option<String>,
}

fn gas_price() -> String {
    "0uvital".into()
}

fn address_prefix() -> String {
    "wasm".into()
}

impl Settings for Chain {
    fn check(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if let Err(cause) = Node::new(&self.node) {
            faults.push(Fault::new("node", Failure::from(cause)));
        }
        if let Err(cause) = self.gas_price.parse::<GasPrice>() {
            faults.push(Fault::new("gas_price", Failure::from(cause)));
        }
        if let Err(cause) = check_prefix(&self.address_prefix) {
            faults.push(Fault::new("address_prefix", Failure::from(cause)));
        }
        if let Some(Err(rule)) = self.fee_granter.as_deref().map(|at| self.check_account(at)) {
            faults.push(Fault::new("fee_granter", rule));
        }
        // it may be checked on a machine that has not the files
        if let (true, Err(cause)) = (self.deployment.exists(), self.contracts()) {
            faults.push(Fault::new("deployment", cause));
        }
        faults
    }
}

impl Chain {
    pub fn connect(&self) -> Result<Node, Failure> {
        Ok(Node::new(&self.node)?)
    }

    pub fn sender(&self) -> Result<Sender, Failure> {
        let price: GasPrice = self.gas_price.parse()?;
        let sender = Sender::new(self.connect()?, self.wallet()?, price);
        Ok(match &self.fee_granter {
            Some(granter) => sender.with_fee_granter(granter)?,
            None => sender,
        })
    }

    pub fn wallet(&self) -> Result<Wallet, Failure> {
        let path = self.signing_key();
        let words = read_secret(path.map_err(|rule| Failure::new("config/invalid", rule))?)?;
        Ok(Wallet::from_mnemonic(&words, &self.address_prefix)?)
    }

    /// For a service that signs; else what is wrong.
    pub fn signing_key(&self) -> Result<&Path, String> {
        let missing = "chain.key_file: is missing, and the service signs";
        self.key_file.as_deref().ok_or_else(|| missing.into())
    }

    /// That it is an account of this chain.
    pub fn check_account(&self, address: &str) -> Result<(), String> {
        let prefix = prefix_of("account", address).map_err(|cause| cause.to_string())?;
        match prefix == self.address_prefix {
            true => Ok(()),
            false => Err(format!(
                "{address} is no account of a chain whose address_prefix is {}",
                self.address_prefix
            )),
        }
    }

    /// Fails on contracts of a chain whose addresses begin otherwise.
    pub fn contracts(&self) -> Result<Deployment, Failure> {
        let at = Deployment::read(&self.deployment)?;
        let prefix = at.consent.rsplit_once('1').map(|(prefix, _)| prefix);
        if prefix == Some(&self.address_prefix) {
            return Ok(at);
        }
        let rule = format!(
            "chain.address_prefix: is {}, and contracts are at {}",
            self.address_prefix, at.consent
        );
        Err(Failure::new("config/invalid", rule))
    }
}

/// Options of every service: the file, and what goes over its `[chain]`.
#[derive(Debug, Args)]
pub struct ServiceArgs {
    /// The configuration; `vitals config example` prints one.
    #[arg(long, value_name = "FILE", env = "VITALS_CONFIG")]
    pub config: Option<PathBuf>,
    /// As `node` of [chain]: CometBFT RPC endpoint of a node you trust.
    #[arg(long, value_name = "URL", env = "VITALS_NODE")]
    node: Option<String>,
    /// As `key_file` of [chain]: file with the 24 words of the account that signs and pays.
    #[arg(long, value_name = "FILE")]
    mnemonic_file: Option<PathBuf>,
    /// As `gas_price` of [chain].
    #[arg(long, value_name = "PRICE")]
    gas_price: Option<String>,
    /// As `address_prefix` of [chain].
    #[arg(long, value_name = "PREFIX")]
    address_prefix: Option<String>,
    /// As `fee_granter` of [chain]: the account that pays the fees instead.
    #[arg(long, value_name = "ADDRESS")]
    fee_granter: Option<String>,
    /// As `deployment` of [chain]: the file that `vitals deploy` wrote.
    #[arg(long, value_name = "FILE")]
    deployment: Option<PathBuf>,
}

impl ServiceArgs {
    /// File, environment and these options; a service puts its own over it.
    pub fn source(&self) -> Result<Source, Failure> {
        let mut source = Source::read(self.config.as_deref())?;
        let text = |path: &Option<PathBuf>| path.as_ref().map(|path| path.display().to_string());
        source
            .set("chain", "node", self.node.as_ref())
            .set("chain", "key_file", text(&self.mnemonic_file))
            .set("chain", "gas_price", self.gas_price.as_ref())
            .set("chain", "address_prefix", self.address_prefix.as_ref())
            .set("chain", "fee_granter", self.fee_granter.as_ref())
            .set("chain", "deployment", text(&self.deployment));
        Ok(source)
    }
}
