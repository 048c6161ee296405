//! The agent, unattended.

use std::time::Duration;

use clap::{Args, Subcommand};
use vitals_ops::Health;

use super::{tell, ActArgs};
use crate::failure::Failure;
use crate::watched::OpsArgs;

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
    ops: OpsArgs,
    #[command(flatten)]
    act: ActArgs,
}

/// A look that takes longer is one that hangs: a node and several vaults, each at its time-out.
const HANGS: Duration = Duration::from_secs(600);

/// What fails is told and tried again with the next look.
pub fn run(args: &RunArgs) -> Result<(), Failure> {
    // said at once: a wrong passphrase or a missing file does not get better by waiting
    args.act.open()?;
    let health = Health::default();
    let _watched = args.ops.watched(&health)?;
    let every = Duration::from_secs(args.every);
    loop {
        health.alive_within("looks", every.saturating_add(HANGS));
        let looked = once(&args.act);
        health.of("agent", &looked);
        if let Err(failure) = looked {
            eprintln!("error: {failure}");
        }
        std::thread::sleep(every);
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
