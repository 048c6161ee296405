//! `vitals keeper`: calls what anyone may call when its time comes.

mod watch;

use std::time::Duration;

use clap::{Args, Subcommand};
use serde_json::json;
use vitals_chain_client::Sender;
use vitals_ledger::Deployment;

use crate::connect::{AccountArgs, DeploymentArgs};
use crate::failure::Failure;
use watch::{Done, Watch};

#[derive(Subcommand)]
pub enum Command {
    /// Look once, and call what is due.
    Once(OnceArgs),
    /// Go on looking.
    Run(RunArgs),
}

#[derive(Args)]
pub struct OnceArgs {
    #[command(flatten)]
    account: AccountArgs,
    #[command(flatten)]
    deployment: DeploymentArgs,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
pub struct RunArgs {
    #[command(flatten)]
    once: OnceArgs,
    /// Seconds between looks.
    #[arg(long, value_name = "SECONDS", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..))]
    every: u64,
}

pub fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Once(args) => {
            let (chain, deployment) = args.open()?;
            for done in Watch::default().look(&chain, &deployment)? {
                args.tell(&done);
            }
            Ok(())
        }
        Command::Run(args) => keep_looking(&args),
    }
}

/// A node that is away for a while ends nothing.
fn keep_looking(args: &RunArgs) -> Result<(), Failure> {
    let (chain, deployment) = args.once.open()?;
    let mut watch = Watch::default();
    loop {
        match watch.look(&chain, &deployment) {
            Ok(done) => done.iter().for_each(|done| args.once.tell(done)),
            Err(error) => eprintln!("error: {error}"),
        }
        std::thread::sleep(Duration::from_secs(args.every));
    }
}

impl OnceArgs {
    fn open(&self) -> Result<(Sender, Deployment), Failure> {
        Ok((self.account.connect()?, self.deployment.read()?))
    }

    fn tell(&self, done: &Done) {
        let Done {
            what,
            number,
            outcome,
        } = done;
        match (self.json, outcome) {
            (true, Ok(hash)) => {
                println!("{}", json!({what.as_str(): number.to_string(), "tx": hash}))
            }
            (true, Err(error)) => println!(
                "{}",
                json!({what.as_str(): number.to_string(), "error": error.to_string()})
            ),
            (false, Ok(hash)) => println!(
                "{} {number}: {}, transaction {hash}",
                what.as_str(),
                what.verb()
            ),
            (false, Err(error)) => {
                println!("{} {number}: not {}: {error}", what.as_str(), what.verb())
            }
        }
    }
}
