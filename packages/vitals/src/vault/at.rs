//! Which vaults are asked, and as whom.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use vitals_chain_client::{Node, Wallet};
use vitals_core::decision::GroundRef;
use vitals_ledger::Deployment;
use vitals_vault_client::{Signer, VaultClient};

use crate::ask;
use crate::connect::{AccountArgs, DeploymentArgs};
use crate::failure::Failure;

pub type Vault = VaultClient<Arc<Wallet>>;

/// Who vouches for the vaults that a command calls.
#[derive(Args)]
pub struct AuthorityArgs {
    /// Certificates (PEM) of who vouches for vaults at https:// that no public authority does.
    #[arg(long, value_name = "FILE")]
    vault_authority: Option<PathBuf>,
}

impl AuthorityArgs {
    /// Clients of vaults, each by name and URL.
    pub fn clients<S: Signer + Clone>(
        &self,
        vaults: &[(String, String)],
        signer: &S,
    ) -> Result<Vec<VaultClient<S>>, Failure> {
        let authority = self.vault_authority.as_deref();
        let open = |(name, url): &(String, String)| client(url, name, signer.clone(), authority);
        vaults.iter().map(open).collect()
    }
}

/// A vault's client, which trusts the authorities of this file alone where one is given.
pub fn client<S: Signer>(
    url: &str,
    name: &str,
    signer: S,
    authority: Option<&Path>,
) -> Result<VaultClient<S>, Failure> {
    let vault = VaultClient::new(url, name, signer)?;
    Ok(match authority {
        Some(path) => vault.trusting(&ask::read_bytes(path)?)?,
        None => vault,
    })
}

#[derive(Args)]
pub struct VaultsArgs {
    /// A vault: `<name>=<url>`, the name it goes by; given again for each.
    #[arg(long = "vault", value_name = "NAME=URL", required = true, value_parser = ask::vault)]
    vaults: Vec<(String, String)>,
    #[command(flatten)]
    authority: AuthorityArgs,
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
        self.authority.clients(&self.vaults, &wallet)
    }

    pub fn node(&self) -> Result<Node, Failure> {
        self.account.node()
    }

    pub fn contracts(&self) -> Result<Deployment, Failure> {
        self.deployment.read()
    }
}
