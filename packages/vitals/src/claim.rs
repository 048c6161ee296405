//! `vitals claim`: on readings, for rewards, on invoices.

mod find;
mod invoice;
mod list;
mod prepare;

use clap::{Args, Subcommand};
use cosmwasm_std::Uint64;
use vitals_api::claims::ExecuteMsg;

use crate::desk::SendArgs;
use crate::failure::Failure;

#[derive(Subcommand)]
pub enum Command {
    /// Find the readings that meet a policy, prove them, and show what a claim would publish. Sends
    /// it with `--send` only.
    #[command(after_help = prepare::HELP)]
    Prepare(prepare::PrepareArgs),
    /// As prepare: find the days that a policy's reward counts, prove them, and show what would be
    /// published. Sends with `--send` only.
    #[command(after_help = prepare::HELP)]
    Reward(prepare::PrepareArgs),
    /// File an invoice, paying the deposit that the product asks for.
    FileInvoice(invoice::FileArgs),
    /// Award an invoice claim, as the insurer or its assessor.
    Assess(invoice::AssessArgs),
    /// Take an award of less than was claimed to the arbiter.
    Appeal(invoice::AppealArgs),
    /// Have the last word on a claim, as its arbiter.
    Arbitrate(invoice::ArbitrateArgs),
    /// Once a deadline is over: what silence means happens. Anybody may.
    Settle(OneArgs),
    /// A claim as it stands.
    Show(list::ShowArgs),
    /// Claims of a policy or a product.
    List(list::ListArgs),
    /// Take what could not be paid to you when it was due.
    Collect(CollectArgs),
}

/// Names a claim to act on.
#[derive(Args)]
pub struct OneArgs {
    /// The policy's number.
    #[arg(long)]
    policy: u64,
    /// The claim's number within the policy.
    #[arg(long)]
    claim: u16,
    #[command(flatten)]
    send: SendArgs,
}

#[derive(Args)]
pub struct CollectArgs {
    /// The product's number.
    #[arg(long)]
    product: u64,
    /// To another account than your own.
    #[arg(long, value_name = "ADDRESS")]
    to: Option<String>,
    #[command(flatten)]
    send: SendArgs,
}

pub fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Prepare(args) => prepare::claim(&args),
        Command::Reward(args) => prepare::reward(&args),
        Command::FileInvoice(args) => invoice::file(&args),
        Command::Assess(args) => invoice::assess(&args),
        Command::Appeal(args) => invoice::appeal(&args),
        Command::Arbitrate(args) => invoice::arbitrate(&args),
        Command::Settle(args) => args.send.execute(&ExecuteMsg::Settle {
            policy: Uint64::new(args.policy),
            claim: args.claim,
        }),
        Command::Show(args) => list::show(&args),
        Command::List(args) => list::list(&args),
        Command::Collect(args) => args.send.execute(&ExecuteMsg::Collect {
            product: Uint64::new(args.product),
            to: args.to,
        }),
    }
}
