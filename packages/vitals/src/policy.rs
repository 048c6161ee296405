//! `vitals policy`: from an offer to the end.

mod list;

use clap::{Args, Subcommand};
use cosmwasm_std::Uint64;
use vitals_api::claims::cw20::ReceiveMsg;
use vitals_api::claims::ExecuteMsg;
use vitals_core::decision::{GroundRef, Seconds};
use vitals_insurance::{payment, Money};

use crate::ask;
use crate::desk::{AskArgs, Desk, SendArgs};
use crate::failure::Failure;
use crate::say;

#[derive(Subcommand)]
pub enum Command {
    /// Offer a patient a policy, paying its first premium. Anybody may.
    Offer(OfferArgs),
    /// End an offer; its premium goes back to who offered it.
    WithdrawOffer(OneArgs),
    /// Take an offer, as the patient or a guardian.
    Accept(GroundArgs),
    /// Take out a policy, paying its first premium, as the patient or a guardian.
    #[command(
        after_help = "Example: vitals policy bind --product 3 --version 1 --patient 421 --payee wasm1… \\\n  \
        --node http://127.0.0.1:26657 --deployment deployment.json --mnemonic-file patient.words"
    )]
    Bind(BindArgs),
    /// Pay the next instalment. Anybody may.
    Pay(OneArgs),
    /// End cover now, as the policyholder; as the patient or a guardian with `--ground`.
    Cancel(CancelArgs),
    /// End a policy whose instalment is overdue. Anybody may.
    Lapse(OneArgs),
    /// End a policy whose cover and time to file are over. Anybody may.
    Expire(OneArgs),
    /// A policy as it stands.
    Show(ShowArgs),
    /// Policies of a patient or a product.
    List(list::ListArgs),
    /// What was done about a policy and its claims, in order.
    History(ShowArgs),
}

#[derive(Args)]
struct SoldArgs {
    /// The product's number.
    #[arg(long)]
    product: u64,
    /// Of the terms that you have read; its premium is what is paid.
    #[arg(long)]
    version: u32,
    /// The patient's number.
    #[arg(long)]
    patient: u64,
    /// Who is paid; fixed for the policy's life.
    #[arg(long, value_name = "ADDRESS")]
    payee: String,
    #[command(flatten)]
    send: SendArgs,
}

#[derive(Args)]
pub struct OfferArgs {
    #[command(flatten)]
    sold: SoldArgs,
    /// Until when it stands, at most 90 days ahead: RFC 3339, or seconds since 1970.
    #[arg(long, value_name = "TIME", value_parser = ask::time)]
    until: Seconds,
}

#[derive(Args)]
pub struct BindArgs {
    #[command(flatten)]
    sold: SoldArgs,
    /// Why you may: patient or guardian.
    #[arg(long, value_parser = ask::ground, default_value = "patient")]
    ground: GroundRef,
}

#[derive(Args)]
pub struct OneArgs {
    /// The policy's number.
    #[arg(long)]
    policy: u64,
    #[command(flatten)]
    send: SendArgs,
}

#[derive(Args)]
pub struct GroundArgs {
    #[command(flatten)]
    one: OneArgs,
    /// Why you may: patient or guardian.
    #[arg(long, value_parser = ask::ground, default_value = "patient")]
    ground: GroundRef,
}

#[derive(Args)]
pub struct CancelArgs {
    #[command(flatten)]
    one: OneArgs,
    /// patient or guardian; not needed by the policyholder.
    #[arg(long, value_parser = ask::ground)]
    ground: Option<GroundRef>,
}

#[derive(Args)]
pub struct ShowArgs {
    /// The policy's number.
    #[arg(long)]
    policy: u64,
    #[command(flatten)]
    ask: AskArgs,
}

pub fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Offer(args) => offer(&args),
        Command::WithdrawOffer(args) => args.execute(|policy| ExecuteMsg::WithdrawOffer { policy }),
        Command::Accept(args) => {
            let ground = args.ground;
            args.one
                .execute(|policy| ExecuteMsg::Accept { policy, ground })
        }
        Command::Bind(args) => bind(&args),
        Command::Pay(args) => pay(&args),
        Command::Cancel(args) => {
            let ground = args.ground;
            args.one
                .execute(|policy| ExecuteMsg::Cancel { policy, ground })
        }
        Command::Lapse(args) => args.execute(|policy| ExecuteMsg::Lapse { policy }),
        Command::Expire(args) => args.execute(|policy| ExecuteMsg::Expire { policy }),
        Command::Show(args) => show(&args),
        Command::List(args) => list::list(&args),
        Command::History(args) => list::history(args.policy, &args.ask),
    }
}

impl OneArgs {
    fn execute(&self, msg: impl FnOnce(Uint64) -> ExecuteMsg) -> Result<(), Failure> {
        self.send.execute(&msg(Uint64::new(self.policy)))
    }
}

impl SoldArgs {
    /// What the first payment is, by the terms that were read.
    fn first_payment(&self, desk: &Desk) -> Result<Money, Failure> {
        let product = desk.counter.product(self.product, Some(self.version))?;
        Ok(Money::new(payment(&product.terms.premium), &product.denom))
    }
}

fn offer(OfferArgs { sold, until }: &OfferArgs) -> Result<(), Failure> {
    let desk = sold.send.open()?;
    let msg = ReceiveMsg::Offer {
        product: Uint64::new(sold.product),
        version: sold.version,
        patient: Uint64::new(sold.patient),
        payee: sold.payee.clone(),
        until: *until,
    };
    desk.pay(&msg, &sold.first_payment(&desk)?)
}

fn bind(BindArgs { sold, ground }: &BindArgs) -> Result<(), Failure> {
    let desk = sold.send.open()?;
    let msg = ReceiveMsg::Bind {
        product: Uint64::new(sold.product),
        version: sold.version,
        patient: Uint64::new(sold.patient),
        ground: *ground,
        payee: sold.payee.clone(),
    };
    desk.pay(&msg, &sold.first_payment(&desk)?)
}

fn pay(args: &OneArgs) -> Result<(), Failure> {
    let desk = args.send.open()?;
    let policy = desk.counter.policy(args.policy)?;
    let due = Money::new(policy.next_amount, &desk.counter.denom_of(&policy)?);
    let msg = ReceiveMsg::PayPremium {
        policy: policy.policy,
    };
    desk.pay(&msg, &due)
}

fn show(args: &ShowArgs) -> Result<(), Failure> {
    let counter = args.ask.open()?;
    let policy = counter.policy(args.policy)?;
    let denom = counter.denom_of(&policy)?;
    say::answer(&policy, Some(&denom), counter.json)
}
