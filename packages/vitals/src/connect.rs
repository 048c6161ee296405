//! Options that reach a chain.

use std::path::{Path, PathBuf};

use clap::Args;
use vitals_chain_client::{GasPrice, Node, Sender, Wallet};
use vitals_ledger::Deployment;
use zeroize::Zeroizing;

use crate::failure::Failure;

#[derive(Debug, Args)]
pub struct NodeArgs {
    /// CometBFT RPC endpoint of a node you trust.
    #[arg(long, value_name = "URL", env = "VITALS_NODE")]
    node: String,
}

impl NodeArgs {
    pub fn connect(&self) -> Result<Node, Failure> {
        Ok(Node::new(&self.node)?)
    }
}

#[derive(Debug, Args)]
pub struct AccountArgs {
    #[command(flatten)]
    node: NodeArgs,
    /// File with the 24 words of the account that signs and pays.
    #[arg(long, value_name = "FILE")]
    mnemonic_file: PathBuf,
    /// What the account pays for a unit of gas.
    #[arg(long, value_name = "PRICE", default_value = "0uvital")]
    gas_price: String,
    /// Of the chain's addresses.
    #[arg(long, value_name = "PREFIX", default_value = "wasm")]
    address_prefix: String,
    /// The account that pays the fees instead; it has granted this one an allowance.
    #[arg(long, value_name = "ADDRESS")]
    fee_granter: Option<String>,
}

impl AccountArgs {
    pub fn connect(&self) -> Result<Sender, Failure> {
        let price: GasPrice = self.gas_price.parse()?;
        let sender = Sender::new(self.node.connect()?, self.wallet()?, price);
        Ok(match &self.fee_granter {
            Some(granter) => sender.with_fee_granter(granter)?,
            None => sender,
        })
    }

    pub fn node(&self) -> Result<Node, Failure> {
        self.node.connect()
    }

    pub fn wallet(&self) -> Result<Wallet, Failure> {
        let words = read_secret(&self.mnemonic_file)?;
        Ok(Wallet::from_mnemonic(&words, &self.address_prefix)?)
    }
}

#[derive(Debug, Args)]
pub struct DeploymentArgs {
    /// The file that `vitals deploy` wrote.
    #[arg(long = "deployment", value_name = "FILE")]
    path: PathBuf,
}

impl DeploymentArgs {
    pub fn read(&self) -> Result<Deployment, Failure> {
        Ok(Deployment::read(&self.path)?)
    }
}

/// A file's text, wiped from memory when it is dropped.
pub fn read_secret(path: &Path) -> Result<Zeroizing<String>, Failure> {
    std::fs::read_to_string(path)
        .map(Zeroizing::new)
        .map_err(|cause| Failure::file(path, cause))
}

/// The secret key of an age identity file, as `age-keygen` writes it: behind comments.
pub fn read_identity(path: &Path) -> Result<Zeroizing<String>, Failure> {
    let text = read_secret(path)?;
    let mut lines = text.lines().map(str::trim);
    let line = lines.find(|line| !line.is_empty() && !line.starts_with('#'));
    Ok(Zeroizing::new(line.unwrap_or_default().to_owned()))
}

/// A file's first line: a passphrase, or a password.
pub fn first_line(path: &Path) -> Result<Zeroizing<String>, Failure> {
    let text = read_secret(path)?;
    let line = text.lines().next().unwrap_or_default();
    Ok(Zeroizing::new(line.to_owned()))
}
