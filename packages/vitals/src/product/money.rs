//! The pool behind a product.

use clap::Args;
use cosmwasm_std::{HexBinary, Uint128, Uint64};
use vitals_api::claims::cw20::ReceiveMsg;
use vitals_api::claims::{ClaimId, ExecuteMsg, ExposureInfo, QueryMsg, WaitingInfo, WaitingPage};
use vitals_insurance::{pages, show_time, Money};

use crate::desk::{AskArgs, SendArgs};
use crate::failure::Failure;
use crate::say;

#[derive(Args)]
pub struct OneArgs {
    /// The product's number.
    #[arg(long)]
    product: u64,
    #[command(flatten)]
    ask: AskArgs,
}

#[derive(Args)]
pub struct LimitArgs {
    /// The product's number.
    #[arg(long)]
    product: u64,
    #[command(flatten)]
    limit: Limit,
    #[command(flatten)]
    send: SendArgs,
}

#[derive(Args)]
#[group(required = true, multiple = false)]
struct Limit {
    /// With its denomination: 100000uvital.
    #[arg(long, value_name = "AMOUNT")]
    above: Option<Money>,
    /// One person is always enough.
    #[arg(long)]
    none: bool,
}

#[derive(Args)]
pub struct MoneyArgs {
    /// The product's number.
    #[arg(long)]
    product: u64,
    /// In the product's denomination: 100uvital, or 100cw20:<address of the token's contract>.
    #[arg(long, value_name = "AMOUNT")]
    amount: Money,
    #[command(flatten)]
    send: SendArgs,
}

pub fn limit(args: &LimitArgs) -> Result<(), Failure> {
    let desk = args.send.open()?;
    let denom = desk.counter.product(args.product, None)?.denom;
    let above = args.limit.above.as_ref();
    let amount = above.map(|money| money.of_product(&denom)).transpose()?;
    desk.execute(&ExecuteMsg::SetTwoPeopleAbove {
        product: Uint64::new(args.product),
        amount: amount.map(Uint128::new),
    })
}

pub fn deposit(args: &MoneyArgs) -> Result<(), Failure> {
    let desk = args.send.open()?;
    args.amount
        .of_product(&desk.counter.product(args.product, None)?.denom)?;
    let msg = ReceiveMsg::Deposit {
        product: Uint64::new(args.product),
    };
    desk.pay(&msg, &args.amount)
}

pub fn withdraw(args: &MoneyArgs) -> Result<(), Failure> {
    let desk = args.send.open()?;
    let denom = desk.counter.product(args.product, None)?.denom;
    desk.execute(&ExecuteMsg::Withdraw {
        product: Uint64::new(args.product),
        amount: Uint128::new(args.amount.of_product(&denom)?),
    })
}

pub fn exposure(args: &OneArgs) -> Result<(), Failure> {
    let counter = args.ask.open()?;
    let exposure: ExposureInfo = counter.ask(&QueryMsg::Exposure {
        product: Uint64::new(args.product),
    })?;
    say::answer(&exposure, Some(&exposure.denom), counter.json)
}

pub fn waiting(args: &OneArgs) -> Result<(), Failure> {
    let counter = args.ask.open()?;
    let denom = counter.product(args.product, None)?.denom;
    let waiting = pages(|last: Option<&WaitingInfo>, limit| {
        let asked = QueryMsg::Waiting {
            product: Uint64::new(args.product),
            start_after: last.map(after),
            limit: Some(limit),
        };
        let page: WaitingPage = vitals_ledger::query(&counter.node, &counter.at.claims, &asked)?;
        Ok(page.waiting)
    })?;
    say::list(&waiting, counter.json, |item| {
        let of = match (&item.claim, &item.terms) {
            (Some(ClaimId { policy, claim }), _) => {
                format!("an award, policy {policy}, claim {claim}")
            }
            (None, Some(terms)) => format!("terms {}", HexBinary::from(terms.clone())),
            (None, None) => "a withdrawal".into(),
        };
        let amount = Money::new(item.amount, &denom);
        format!(
            "{of}: {amount}, asked for by {} at {}",
            item.by,
            show_time(item.at)
        )
    })
}

/// The withdrawal stands first and terms after it, before all awards: none is of policy 0.
fn after(item: &WaitingInfo) -> ClaimId {
    item.claim.clone().unwrap_or(ClaimId {
        policy: Uint64::zero(),
        claim: item.terms.is_some().into(),
    })
}
