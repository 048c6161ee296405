//! `vitals product staff`: who does what in an insurer's name.

use clap::{Args, Subcommand};
use vitals_api::claims::{ExecuteMsg, QueryMsg, StaffInfo, StaffPage, StaffPart};
use vitals_insurance::pages;

use crate::ask;
use crate::desk::{AskArgs, SendArgs};
use crate::failure::Failure;
use crate::say;

#[derive(Subcommand)]
pub enum Command {
    /// Give an account its parts, in place of those it had.
    Set(SetArgs),
    /// Who has which parts.
    List(ListArgs),
}

#[derive(Args)]
pub struct SetArgs {
    /// Who works for the insurer, whose account sends this.
    #[arg(long, value_name = "ADDRESS")]
    staff: String,
    #[command(flatten)]
    parts: Parts,
    #[command(flatten)]
    send: SendArgs,
}

#[derive(Args)]
#[group(required = true, multiple = true)]
struct Parts {
    /// underwriter, assessor or treasurer; may be given several times.
    #[arg(long = "part", value_parser = ask::named::<StaffPart>, conflicts_with = "dismiss")]
    parts: Vec<StaffPart>,
    /// Take all parts away.
    #[arg(long)]
    dismiss: bool,
}

#[derive(Args)]
pub struct ListArgs {
    #[arg(long, value_name = "ADDRESS")]
    insurer: String,
    #[command(flatten)]
    ask: AskArgs,
}

pub fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Set(args) => args.send.execute(&ExecuteMsg::SetStaff {
            account: args.staff,
            parts: args.parts.parts,
        }),
        Command::List(args) => list(&args),
    }
}

fn list(args: &ListArgs) -> Result<(), Failure> {
    let counter = args.ask.open()?;
    let staff = pages(|last: Option<&StaffInfo>, limit| {
        let asked = QueryMsg::Staff {
            insurer: args.insurer.clone(),
            start_after: last.map(|staff| staff.account.clone()),
            limit: Some(limit),
        };
        let page: StaffPage = vitals_ledger::query(&counter.node, &counter.at.claims, &asked)?;
        Ok(page.staff)
    })?;
    say::list(&staff, counter.json, |staff| {
        format!("{} {:?}", staff.account, staff.parts)
    })
}
