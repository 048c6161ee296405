#![doc = include_str!("../README.md")]

mod ask;
mod claim;
mod connect;
mod deploy;
mod desk;
mod failure;
mod gateway;
mod keeper;
mod keys;
mod policy;
mod product;
mod say;
mod vault;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use failure::Failure;

/// Health monitoring on a Cosmos chain.
#[derive(Parser)]
#[command(version, about)]
struct Cli {
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
    /// One patient's edge: take what devices sign, watch it, seal it, anchor it.
    #[command(subcommand)]
    Gateway(gateway::Command),
    /// Call what anyone may call when its time comes: escalate alerts, end offers, lapse and expire
    /// policies, settle overdue claims.
    #[command(subcommand)]
    Keeper(keeper::Command),
    /// The patient's key agent.
    #[command(subcommand)]
    Keys(keys::Command),
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
        Command::Gateway(command) => gateway::run(command),
        Command::Keeper(command) => keeper::run(command),
        Command::Keys(command) => keys::run(command),
        Command::Product(command) => product::run(*command),
        Command::Policy(command) => policy::run(command),
        Command::Claim(command) => claim::run(*command),
    }
}

fn main() -> ExitCode {
    // What goes on, on stderr; RUST_LOG chooses how much. Never a reading, a name or a key.
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_default_env())
        .with_writer(std::io::stderr)
        .init();
    match run(Cli::parse()) {
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
