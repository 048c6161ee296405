#![doc = include_str!("../README.md")]

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod core_rate;
mod day;
mod gas;
mod gateway_rate;
mod number;
mod performance;
mod recording;
mod web;

#[derive(Parser)]
#[command(about = "Measures what messages and readings cost")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Gas of every message on a fresh chain, against the committed figures.
    Gas(Gas),
    /// Readings a second that one core commits to, signs and seals.
    Core(core_rate::Asked),
    /// Readings a second that a gateway takes in over MQTT.
    Gateway(gateway_rate::Asked),
    /// A day of readings, sealed, for the browser to open.
    Day(day::Asked),
    /// Takes what was measured in a browser into the page.
    Web(web::Asked),
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
    let measured = match Arguments::parse().command {
        Command::Gas(asked) => gas::run(&asked),
        Command::Core(asked) => core_rate::run(&asked),
        Command::Gateway(asked) => gateway_rate::run(&asked),
        Command::Day(asked) => day::run(&asked),
        Command::Web(asked) => web::run(&asked),
    };
    match measured {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
