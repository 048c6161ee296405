//! `vitals vault`: a vault before a node, and looking after vaults.

mod at;
mod check;
mod erase;
mod receipts;
mod repair;
mod serve;
mod settings;

use clap::Subcommand;
use vitals_vault::ServeError;

use crate::failure::Failure;

pub use at::{client, AuthorityArgs, Vault, VaultsArgs};
pub use settings::Settings;

#[derive(Subcommand)]
pub enum Command {
    /// Serve until SIGTERM or Ctrl-C.
    Serve(Box<serve::ServeArgs>),
    /// Hold every object of a store against its digest. The vault may run.
    Check(check::CheckArgs),
    /// Bring back what vaults lost or hold damaged, from those that have it: as the patient
    /// everything the chain points to, as a reader the batches it may read and seal.
    Repair(repair::RepairArgs),
    /// Delete a patient's ciphertext, packages, shares and plans at the vaults named: the patient.
    Erase(erase::EraseArgs),
}

pub fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Serve(args) => serve::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Repair(args) => repair::run(&args),
        Command::Erase(args) => erase::run(&args),
    }
}

#[derive(Subcommand)]
pub enum ReceiptsCommand {
    /// List who saw what, when and on which ground, each held against what the vault anchored.
    List(receipts::ListArgs),
}

pub fn receipts(command: ReceiptsCommand) -> Result<(), Failure> {
    let ReceiptsCommand::List(args) = command;
    receipts::list(&args)
}

impl From<ServeError> for Failure {
    fn from(error: ServeError) -> Self {
        match error {
            ServeError::Config(cause) => Self::new("vault/config", cause),
            ServeError::Objects(cause) => cause.into(),
            ServeError::Plain(_) | ServeError::Listen(_) => Self::told(error.to_string()),
        }
    }
}
