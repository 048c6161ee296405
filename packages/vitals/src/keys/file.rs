//! The key file itself.

use clap::Args;
use cosmwasm_std::Uint64;
use serde_json::json;
use vitals_api::consent::{PatientInfo, QueryMsg};
use vitals_core::decision::Seconds;
use vitals_core::measure::Category;
use vitals_core::time::{epoch_of, Epoch, Window};
use vitals_keys::Agent;

use super::{tell, FileArgs};
use crate::ask;
use crate::connect::{DeploymentArgs, NodeArgs};
use crate::failure::Failure;

#[derive(Args)]
pub struct CreateArgs {
    #[command(flatten)]
    file: FileArgs,
    /// The patient's number.
    #[arg(long)]
    patient: u64,
    #[command(flatten)]
    node: NodeArgs,
    #[command(flatten)]
    deployment: DeploymentArgs,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
pub struct ShowArgs {
    #[command(flatten)]
    file: FileArgs,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
pub struct EraseArgs {
    #[command(flatten)]
    file: FileArgs,
    /// Which keys; given again for each category.
    #[arg(long = "category", value_name = "CATEGORY", required = true, value_parser = ask::named::<Category>)]
    categories: Vec<Category>,
    /// First hour that is forgotten, all of it: RFC 3339, or seconds since 1970.
    #[arg(long, value_name = "TIME", value_parser = ask::time)]
    from: Seconds,
    /// Last hour, all of it.
    #[arg(long, value_name = "TIME", value_parser = ask::time)]
    to: Seconds,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub fn create(args: &CreateArgs) -> Result<(), Failure> {
    let node = args.node.connect()?;
    let asked = QueryMsg::Patient {
        patient: Uint64::new(args.patient),
    };
    let patient: PatientInfo =
        vitals_ledger::query(&node, &args.deployment.read()?.consent, &asked)?;
    let lock = args.file.lock.read()?;
    let agent = Agent::create(&args.file.file, lock, args.patient, patient.generation)?;
    let recipient = agent.keys().recipient();
    if args.json {
        println!(
            "{}",
            json!({"patient": args.patient.to_string(), "generation": patient.generation, "recipient": recipient})
        );
    } else {
        println!(
            "keys of patient {}, generation {}",
            args.patient, patient.generation
        );
        println!("recipient {recipient}");
        println!("Whoever loses this file loses what was measured under it: share a recovery identity among guardians and keep a backup.");
    }
    Ok(())
}

pub fn show(args: &ShowArgs) -> Result<(), Failure> {
    let agent = args.file.open()?;
    let keys = agent.keys();
    let generations: Vec<(u32, bool)> = keys.generations().collect();
    if args.json {
        let generations = generations
            .iter()
            .map(|(number, whole)| json!({"generation": number, "whole": whole}));
        println!(
            "{}",
            json!({
                "patient": keys.patient().to_string(), "recipient": keys.recipient(),
                "generations": generations.collect::<Vec<_>>(), "recovery": keys.recovery(),
            })
        );
        return Ok(());
    }
    println!("patient {}, recipient {}", keys.patient(), keys.recipient());
    for (number, whole) in generations {
        let what = if whole {
            "secret"
        } else {
            "what erasures left of its secret"
        };
        println!("generation {number}: {what}");
    }
    match keys.recovery() {
        None => println!("no recovery: whoever loses this file loses the keys"),
        Some(recovery) => {
            println!(
                "recovery: any {} of {} shares of set {}",
                recovery.threshold, recovery.of, recovery.set
            );
            for path in &recovery.backups {
                println!("backup {}", path.display());
            }
        }
    }
    Ok(())
}

pub fn erase(args: &EraseArgs) -> Result<(), Failure> {
    let window = Window::new(epoch(args.from)?, epoch(args.to)?.saturating_add(1))
        .map_err(|_| Failure::new("cli/period", "--to lies before --from"))?;
    let unreached = args.file.open()?.erase(&args.categories, window)?;
    if args.json {
        println!(
            "{}",
            json!({"from": window.from, "to": window.to, "unreached": tell::unreached_json(&unreached)})
        );
        return Ok(());
    }
    println!("forgotten: hours {}..{} since 1970", window.from, window.to);
    println!(
        "Packages sealed before open them still: roll or package again, and erase at the vaults."
    );
    tell::unreached("still holds the keys", &unreached);
    Ok(())
}

pub(super) fn epoch(seconds: Seconds) -> Result<Epoch, Failure> {
    epoch_of(seconds.saturating_mul(1_000))
        .ok_or_else(|| Failure::new("cli/period", format!("{seconds} s is past the last hour")))
}
