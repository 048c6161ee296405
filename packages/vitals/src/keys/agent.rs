//! The agent, unattended.

use std::time::Duration;

use clap::{Args, Subcommand};

use super::{tell, ActArgs};
use crate::failure::Failure;

#[derive(Subcommand)]
pub enum Command {
    /// Look again and again. It may be ended at any instant.
    Run(RunArgs),
    /// Look once.
    Once(ActArgs),
}

#[derive(Args)]
pub struct RunArgs {
    /// Seconds between two looks.
    #[arg(long, value_name = "SECONDS", default_value_t = 300, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    every: u64,
    #[command(flatten)]
    act: ActArgs,
}

/// What fails is told and tried again with the next look.
pub fn run(args: &RunArgs) -> Result<(), Failure> {
    // said at once: a wrong passphrase or a missing file does not get better by waiting
    args.act.open()?;
    loop {
        if let Err(failure) = once(&args.act) {
            eprintln!("error: {failure}");
        }
        std::thread::sleep(Duration::from_secs(args.every));
    }
}

/// Opens the key file anew: other commands may have changed it.
pub fn once(args: &ActArgs) -> Result<(), Failure> {
    let mut desk = args.open()?;
    let tended = desk.agent.tend(&desk.chain, &desk.consent, &desk.vaults)?;
    match args.json {
        true => println!("{}", tell::tended_json(&tended)),
        false => tell::tended(&tended),
    }
    Ok(())
}
