//! `vitals keys`: the patient's key agent.

mod agent;
mod custody;
mod file;
mod grants;
mod recovery;
mod tell;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, Subcommand};
use vitals_chain_client::{Sender, Wallet};
use vitals_keys::{Agent, Lock, Named, Vaults};
use vitals_vault_client::VaultClient;

use crate::ask;
use crate::connect::{first_line, read_secret, AccountArgs, DeploymentArgs};
use crate::failure::Failure;
use crate::vault::AuthorityArgs;

#[derive(Subcommand)]
pub enum Command {
    /// Make a patient's keys.
    Create(file::CreateArgs),
    /// Say what a key file holds. No secret is shown.
    Show(file::ShowArgs),
    /// Keep a backup in a file, sealed to the identity that guardians have shares of, and written
    /// anew with every change of the keys.
    Backup(recovery::BackupArgs),
    /// Make a key file from a backup.
    Restore(recovery::RestoreArgs),
    /// Seal a new package for a grant: to the vaults, and its digest to the chain.
    Package(grants::PackageArgs),
    /// Bring in new keys after a revocation, or finish an interrupted rotation.
    Rotate(ActArgs),
    /// Packages of teams, and of whoever else has them for a while only.
    #[command(subcommand)]
    Teams(grants::TeamsCommand),
    /// Do unattended what is due: new generations, rolling packages, the emergency package, backups.
    #[command(subcommand)]
    Agent(agent::Command),
    /// Shares of the identity that opens the backups, for guardians.
    #[command(subcommand)]
    Recovery(recovery::Command),
    /// The emergency package, whose shares custodians keep.
    #[command(subcommand)]
    Emergency(custody::Command),
    /// Forget the keys of what was shredded, for good.
    Erase(file::EraseArgs),
}

#[derive(Args)]
pub struct FileArgs {
    /// The key file.
    #[arg(long, value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    lock: LockArgs,
}

#[derive(Args)]
#[group(required = true, multiple = false)]
pub struct LockArgs {
    /// File whose first line is the passphrase of the key file.
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
    /// age identity file that opens the key file.
    #[arg(long, value_name = "FILE")]
    identity_file: Option<PathBuf>,
}

#[derive(Args)]
pub struct ActArgs {
    #[command(flatten)]
    file: FileArgs,
    #[command(flatten)]
    account: AccountArgs,
    #[command(flatten)]
    deployment: DeploymentArgs,
    /// Where packages go: `<name>=<url>`, the name the vault goes by; given again for each vault. One
    /// that is away gets them later.
    #[arg(long = "vault", value_name = "NAME=URL", required = true, value_parser = ask::vault)]
    vaults: Vec<(String, String)>,
    #[command(flatten)]
    authority: AuthorityArgs,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Key file, chain and vaults, opened.
struct Desk {
    agent: Agent,
    chain: Sender,
    vaults: Vaults<VaultClient<Arc<Wallet>>>,
    consent: String,
}

pub fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Create(args) => file::create(&args),
        Command::Show(args) => file::show(&args),
        Command::Backup(args) => recovery::backup(&args),
        Command::Restore(args) => recovery::restore(&args),
        Command::Package(args) => grants::package(&args),
        Command::Rotate(args) => grants::rotate(&args),
        Command::Teams(grants::TeamsCommand::Roll(args)) => grants::roll(&args),
        Command::Agent(agent::Command::Run(args)) => agent::run(&args),
        Command::Agent(agent::Command::Once(args)) => agent::once(&args),
        Command::Recovery(command) => recovery::run(command),
        Command::Emergency(command) => custody::run(command),
        Command::Erase(args) => file::erase(&args),
    }
}

impl ActArgs {
    fn open(&self) -> Result<Desk, Failure> {
        let agent = self.file.open()?;
        let wallet = Arc::new(self.account.wallet()?);
        let named = |vault: VaultClient<_>| Named {
            name: vault.vault().into(),
            vault,
        };
        let vaults = self.authority.clients(&self.vaults, &wallet)?;
        Ok(Desk {
            vaults: Vaults::new(vaults.into_iter().map(named).collect(), agent.waiting_dir()),
            consent: self.deployment.read()?.consent,
            chain: self.account.connect()?,
            agent,
        })
    }
}

impl FileArgs {
    pub fn open(&self) -> Result<Agent, Failure> {
        Ok(Agent::open(&self.file, self.lock.read()?)?)
    }
}

impl LockArgs {
    fn read(&self) -> Result<Lock, Failure> {
        read_lock(
            self.passphrase_file.as_deref(),
            self.identity_file.as_deref(),
        )
    }
}

/// What opens a key file: an age identity, else the first line of a file.
pub fn read_lock(passphrase: Option<&Path>, identity: Option<&Path>) -> Result<Lock, Failure> {
    if let Some(path) = identity {
        return Ok(Lock::identity(&read_secret(path)?)?);
    }
    let path = passphrase
        .ok_or_else(|| Failure::new("cli/lock", "name a passphrase file or an identity file"))?;
    let line = first_line(path)?;
    match line.is_empty() {
        false => Ok(Lock::passphrase(&line)),
        true => Err(Failure::file(path, "its first line is empty")),
    }
}

/// Writes a new file that its owner alone reads.
fn write_private(path: &Path, text: &[u8]) -> Result<(), Failure> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    let written = std::fs::OpenOptions::new()
        .create_new(true)
        .write(true)
        .mode(0o600)
        .open(path)
        .and_then(|mut file| {
            file.write_all(text)?;
            file.sync_all()
        });
    written.map_err(|cause| Failure::file(path, cause))
}
