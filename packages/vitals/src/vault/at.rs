//! Which vaults are asked, and as whom.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use vitals_chain_client::{Node, Wallet};
use vitals_core::decision::GroundRef;
use vitals_ledger::Deployment;
use vitals_vault_client::VaultClient;

use crate::ask;
use crate::connect::{AccountArgs, DeploymentArgs};
use crate::failure::Failure;

pub type Vault = VaultClient<Arc<Wallet>>;

#[derive(Args)]
pub struct VaultsArgs {
    /// A vault: `<name>=<url>`, the name it goes by; given again for each.
    #[arg(long = "vault", value_name = "NAME=URL", required = true, value_parser = ask::vault)]
    vaults: Vec<(String, String)>,
    /// Certificates (PEM) of who vouches for vaults at https:// that no public authority does.
    #[arg(long, value_name = "FILE")]
    vault_authority: Option<PathBuf>,
    /// The patient's number.
    #[arg(long)]
    pub patient: u64,
    /// Why the account may: patient, guardian or grant:<number>.
    #[arg(long, value_parser = ask::ground, default_value = "patient")]
    pub ground: GroundRef,
    #[command(flatten)]
    account: AccountArgs,
    #[command(flatten)]
    deployment: DeploymentArgs,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

impl VaultsArgs {
    pub fn vaults(&self) -> Result<Vec<Vault>, Failure> {
        let wallet = Arc::new(self.account.wallet()?);
        let authority = self.vault_authority.as_deref().map(ask::read_bytes);
        let authority = authority.transpose()?;
        let open = |(name, url): &(String, String)| {
            let vault = VaultClient::new(url, name, wallet.clone())?;
            Ok(match &authority {
                Some(pem) => vault.trusting(pem)?,
                None => vault,
            })
        };
        self.vaults.iter().map(open).collect()
    }

    pub fn node(&self) -> Result<Node, Failure> {
        self.account.node()
    }

    pub fn contracts(&self) -> Result<Deployment, Failure> {
        self.deployment.read()
    }
}
