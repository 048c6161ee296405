//! The emergency package.

use clap::{Args, Subcommand};
use cosmwasm_std::Uint64;
use serde_json::json;
use vitals_api::consent::emergency::CustodiansInfo;
use vitals_api::consent::QueryMsg;

use super::{tell, ActArgs};
use crate::connect::{DeploymentArgs, NodeArgs};
use crate::failure::Failure;

#[derive(Subcommand)]
pub enum Command {
    /// Name custodians, and make a package for them.
    Set(SetArgs),
    /// Make the package anew, where that is due.
    Refresh(ActArgs),
    /// Say what an emergency would open.
    Show(ShowArgs),
}

#[derive(Args)]
pub struct SetArgs {
    /// Account of a custodian, which has a credential and published a recipient; given again for
    /// each.
    #[arg(
        long = "custodian",
        value_name = "ADDRESS",
        required_unless_present = "none"
    )]
    custodians: Vec<String>,
    /// How many of them it takes.
    #[arg(long, required_unless_present = "none")]
    threshold: Option<u8>,
    /// Nobody: an emergency opens nothing.
    #[arg(long, conflicts_with_all = ["custodians", "threshold"])]
    none: bool,
    #[command(flatten)]
    act: ActArgs,
}

#[derive(Args)]
pub struct ShowArgs {
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

pub fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Set(args) => set(&args),
        Command::Refresh(args) => refresh(&args),
        Command::Show(args) => show(&args),
    }
}

/// Where the custodians before could open what comes, the chain has raised the generation: new keys
/// come first.
fn set(args: &SetArgs) -> Result<(), Failure> {
    let mut desk = args.act.open()?;
    let threshold = args.threshold.unwrap_or(0);
    desk.agent
        .set_custodians(&desk.chain, &desk.consent, &args.custodians, threshold)?;
    let rotation = desk
        .agent
        .rotate(&desk.chain, &desk.consent, &desk.vaults)?;
    if let Some(rotation) = rotation.filter(|_| !args.act.json) {
        tell::rotation(&rotation);
    }
    drop(desk);
    refresh(&args.act)
}

fn refresh(args: &ActArgs) -> Result<(), Failure> {
    let desk = args.open()?;
    let custody = desk
        .agent
        .keep_custody(&desk.chain, &desk.consent, &desk.vaults)?;
    match args.json {
        true => println!("{}", tell::custody_json(&Ok(custody))),
        false => tell::custody(&custody),
    }
    Ok(())
}

fn show(args: &ShowArgs) -> Result<(), Failure> {
    let asked = QueryMsg::Custodians {
        patient: Uint64::new(args.patient),
    };
    let consent = args.deployment.read()?.consent;
    let info: CustodiansInfo = vitals_ledger::query(&args.node.connect()?, &consent, &asked)?;
    if args.json {
        println!("{}", json!(info));
        return Ok(());
    }
    if info.custodians.is_empty() {
        println!("no custodians are named: an emergency opens nothing");
        return Ok(());
    }
    println!("any {} of these custodians:", info.threshold);
    info.custodians.iter().for_each(|who| println!("  {who}"));
    match info.packages {
        None => println!("they hold no shares: an emergency opens nothing yet"),
        Some(packages) => println!(
            "open {} in generation {}",
            tell::hours(&packages.window),
            packages.generation
        ),
    }
    Ok(())
}
