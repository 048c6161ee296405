//! `vitals keeper`: calls what anyone may call when its time comes.

use std::time::Duration;

use clap::{Args, Subcommand};
use serde_json::{json, Value};
use vitals_chain_client::Sender;
use vitals_keeper::{Done, Task, Watch};
use vitals_ledger::Deployment;

use crate::connect::{AccountArgs, DeploymentArgs};
use crate::failure::Failure;

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
        match self.json {
            true => println!("{}", as_json(done)),
            false => println!("{}", as_text(done)),
        }
    }
}

/// What it is about, by name and number.
fn subject(task: Task) -> (&'static str, u64, Option<u16>) {
    match task {
        Task::Escalate { alert } => ("alert", alert, None),
        Task::WithdrawOffer { policy } | Task::Lapse { policy } | Task::Expire { policy } => {
            ("policy", policy, None)
        }
        Task::Settle { policy, claim } => ("policy", policy, Some(claim)),
    }
}

fn as_json(done: &Done) -> Value {
    let (what, number, claim) = subject(done.task);
    let mut told = json!({ what: number.to_string(), "call": done.task.verb() });
    if let Some(claim) = claim {
        told["claim"] = claim.into();
    }
    match &done.outcome {
        Ok(hash) => told["tx"] = hash.as_str().into(),
        Err(error) => told["error"] = error.to_string().into(),
    }
    told
}

fn as_text(done: &Done) -> String {
    let (what, number, claim) = subject(done.task);
    let claim = claim.map_or_else(String::new, |claim| format!(", claim {claim}"));
    let verb = done.task.verb();
    match &done.outcome {
        Ok(hash) => format!("{what} {number}{claim}: {verb}, transaction {hash}"),
        Err(error) => format!("{what} {number}{claim}: not {verb}: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vitals_ledger::LedgerError;

    #[test]
    fn what_was_done_or_refused_is_told_as_a_line_and_as_json() {
        let settled = Done {
            task: Task::Settle {
                policy: 7,
                claim: 2,
            },
            outcome: Ok("AB12".into()),
        };
        assert_eq!(
            as_text(&settled),
            "policy 7, claim 2: settled, transaction AB12"
        );
        assert_eq!(
            as_json(&settled),
            json!({"policy": "7", "claim": 2, "call": "settled", "tx": "AB12"})
        );
        let reason = "care/too_early: wait".to_string();
        let refused = Done {
            task: Task::Escalate { alert: 3 },
            outcome: Err(LedgerError::Refused { reason }),
        };
        assert_eq!(
            as_text(&refused),
            "alert 3: not escalated: care/too_early: wait"
        );
        assert_eq!(
            as_json(&refused),
            json!({"alert": "3", "call": "escalated", "error": "care/too_early: wait"})
        );
    }
}
