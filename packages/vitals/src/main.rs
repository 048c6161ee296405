#![doc = include_str!("../README.md")]

mod ask;
mod backup;
mod claim;
mod config;
mod connect;
mod deploy;
mod desk;
mod emergency;
mod export;
mod failure;
mod follow;
mod gateway;
mod keeper;
mod keys;
mod notify;
mod policy;
mod product;
mod say;
mod sensor;
mod sponsor;
mod status;
mod stop;
mod vault;
mod watched;
mod web;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use failure::Failure;
use vitals_ops::logs::Format;

/// Health monitoring on a Cosmos chain.
#[derive(Parser)]
#[command(version, about)]
struct Cli {
    /// How lines on stderr look: text or json. RUST_LOG says how much is told.
    #[arg(
        long,
        global = true,
        value_name = "FORMAT",
        default_value = "text",
        env = "VITALS_LOG_FORMAT"
    )]
    log_format: Format,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Upload, wire and verify the contracts; a rerun goes on where the last one stopped.
    Deploy(deploy::Args),
    /// Store ciphertext and key packages, and release them as consent allows.
    #[command(subcommand)]
    Vault(vault::Command),
    /// What vaults gave out of a patient's data.
    #[command(subcommand)]
    Receipts(vault::ReceiptsCommand),
    /// One patient's edge: take what devices sign, watch it, seal it, anchor it.
    #[command(subcommand)]
    Gateway(gateway::Command),
    /// Call what anyone may call when its time comes: escalate alerts, end emergencies and offers,
    /// complete recoveries, lapse and expire policies, settle overdue claims.
    #[command(subcommand)]
    Keeper(keeper::Command),
    /// Pay the fees of patients who have no coins.
    #[command(subcommand)]
    Sponsor(sponsor::Command),
    /// Tell people of alerts, emergencies and claims: that and how urgent, never what.
    #[command(subcommand)]
    Notify(Box<notify::Command>),
    /// What a gateway waits for, since when and why; from the one that runs, else from its store.
    Status(status::StatusArgs),
    /// Write one encrypted file with everything a gateway needs to go on elsewhere. It may run.
    Backup(backup::BackupArgs),
    /// Make a gateway's directory out of a backup.
    Restore(backup::RestoreArgs),
    /// Sensors that cannot sign, which the gateway signs for.
    #[command(subcommand)]
    Sensor(Box<sensor::Command>),
    /// The patient's key agent.
    #[command(subcommand)]
    Keys(keys::Command),
    /// Write all data, consents and receipts of a patient into open files.
    Export(Box<export::ExportArgs>),
    /// A responder's access in an emergency, and its review.
    #[command(subcommand)]
    Emergency(emergency::Command),
    /// Serve the web app with what it may know of its network and reach, or write it as files.
    Web(Box<web::WebArgs>),
    /// The configuration of the services.
    #[command(subcommand)]
    Config(config::Command),
    /// Insurance products: terms, pool, staff, statement.
    #[command(subcommand)]
    Product(Box<product::Command>),
    /// Insurance policies: from an offer to their end.
    #[command(subcommand)]
    Policy(policy::Command),
    /// Claims: on readings, for rewards, on invoices.
    #[command(subcommand)]
    Claim(Box<claim::Command>),
}

fn run(cli: Cli) -> Result<(), Failure> {
    match cli.command {
        Command::Deploy(args) => deploy::run(&args),
        Command::Vault(command) => vault::run(command),
        Command::Receipts(command) => vault::receipts(command),
        Command::Gateway(command) => gateway::run(command),
        Command::Keeper(command) => keeper::run(command),
        Command::Sponsor(command) => sponsor::run(command),
        Command::Notify(command) => notify::run(*command),
        Command::Status(args) => status::run(&args),
        Command::Backup(args) => backup::back_up(&args),
        Command::Restore(args) => backup::restore(&args),
        Command::Sensor(command) => sensor::run(*command),
        Command::Keys(command) => keys::run(command),
        Command::Export(args) => export::run(&args),
        Command::Emergency(command) => emergency::run(command),
        Command::Web(args) => web::run(&args),
        Command::Config(command) => config::run(command),
        Command::Product(command) => product::run(*command),
        Command::Policy(command) => policy::run(command),
        Command::Claim(command) => claim::run(*command),
    }
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    // Never a reading, a name or a key.
    vitals_ops::logs::start(cli.log_format);
    match run(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
#[path = "main_tests.rs"]
mod tests;

#[cfg(test)]
mod unit_tests;
