#![doc = include_str!("../README.md")]

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod gas;

#[derive(Parser)]
#[command(about = "Measures what the contracts' messages cost")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Gas of every message on a fresh chain, against the committed figures.
    Gas(Gas),
}

#[derive(clap::Args)]
struct Gas {
    /// The repository's root.
    #[arg(long, value_name = "DIR")]
    root: PathBuf,
    /// The wasm of cw20-base.
    #[arg(long, value_name = "FILE")]
    cw20: PathBuf,
    /// The wasm of hackatom, an escrow.
    #[arg(long, value_name = "FILE")]
    escrow: PathBuf,
    /// Take the figures as the new snapshot even where they rose.
    #[arg(long)]
    update: bool,
}

fn main() -> ExitCode {
    let Command::Gas(asked) = Arguments::parse().command;
    match gas::run(&asked) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
