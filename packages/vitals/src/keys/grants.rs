//! Packages of grants.

use clap::{Args, Subcommand};
use serde_json::json;
use vitals_core::decision::Seconds;

use super::file::epoch;
use super::{tell, ActArgs, Desk};
use crate::ask;
use crate::failure::Failure;

#[derive(Subcommand)]
pub enum TeamsCommand {
    /// Seal anew what reaches too little far ahead or no longer fits its readers.
    Roll(ActArgs),
}

#[derive(Args)]
pub struct PackageArgs {
    /// The grant's number.
    #[arg(long)]
    grant: u64,
    /// Of a grant to seal: reach back to this hour, for what waits at the gateway for keys of it. For
    /// two days, and no further than the grant's window. RFC 3339, or seconds since 1970.
    #[arg(long, value_name = "TIME", value_parser = ask::time)]
    since: Option<Seconds>,
    #[command(flatten)]
    act: ActArgs,
}

pub fn package(args: &PackageArgs) -> Result<(), Failure> {
    let since = args.since.map(epoch).transpose()?;
    let Desk {
        agent,
        chain,
        vaults,
        consent,
    } = args.act.open()?;
    let package = agent.issue_since(&chain, &consent, &vaults, args.grant, since)?;
    let digest = hex::encode(&package.digest);
    match args.act.json {
        true => println!(
            "{}",
            json!({"grant": args.grant.to_string(), "digest": digest})
        ),
        false => println!("grant {} has key package {digest}", args.grant),
    }
    Ok(())
}

pub fn rotate(args: &ActArgs) -> Result<(), Failure> {
    let mut desk = args.open()?;
    let rotation = desk
        .agent
        .rotate(&desk.chain, &desk.consent, &desk.vaults)?;
    match (args.json, &rotation) {
        (true, rotation) => println!("{}", tell::rotation_json(rotation.as_ref())),
        (false, None) => println!("no generation is pending"),
        (false, Some(rotation)) => tell::rotation(rotation),
    }
    Ok(())
}

pub fn roll(args: &ActArgs) -> Result<(), Failure> {
    let desk = args.open()?;
    let rolled = desk.agent.roll(&desk.chain, &desk.consent, &desk.vaults)?;
    match args.json {
        true => println!("{}", tell::rolled_json(&rolled)),
        false if rolled.grants.is_empty() && rolled.skipped.is_empty() => {
            println!("every package reaches far enough");
        }
        false => tell::rolled(&rolled),
    }
    Ok(())
}
