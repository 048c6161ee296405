//! Claims on invoices: filed, assessed, appealed, decided.

use std::path::PathBuf;

use clap::Args;
use cosmwasm_std::{Binary, Uint128, Uint64};
use vitals_api::claims::cw20::ReceiveMsg;
use vitals_api::claims::{EvidenceTermsMsg, ExecuteMsg, InvoiceMsg, ProductInfo};
use vitals_core::decision::{GroundRef, Seconds};
use vitals_insurance::Money;

use super::OneArgs;
use crate::ask;
use crate::desk::{Counter, SendArgs};
use crate::failure::Failure;

#[derive(Args)]
#[command(
    after_help = "The chain sees the digest, the sum and the period only. Keep the document: the assessor \
    asks for it.\nExample: vitals claim file-invoice --policy 7 --document bill.pdf --amount 250000uvital \\\n  \
    --served-from 2026-11-02T08:00:00Z --served-until 2026-11-03T18:00:00Z …"
)]
pub struct FileArgs {
    /// The policy's number.
    #[arg(long)]
    policy: u64,
    #[command(flatten)]
    bill: Bill,
    /// What is asked for: 250000uvital.
    #[arg(long, value_name = "AMOUNT")]
    amount: Money,
    /// When the care was given: RFC 3339, or seconds since 1970.
    #[arg(long, value_name = "TIME", value_parser = ask::time)]
    served_from: Seconds,
    /// First second after the care.
    #[arg(long, value_name = "TIME", value_parser = ask::time)]
    served_until: Seconds,
    /// Why you may: patient, guardian or grant:<number>.
    #[arg(long, value_parser = ask::ground, default_value = "patient")]
    ground: GroundRef,
    #[command(flatten)]
    send: SendArgs,
}

#[derive(Args)]
#[group(required = true, multiple = false)]
struct Bill {
    /// The bill; its SHA-256 goes on the chain.
    #[arg(long, value_name = "FILE")]
    document: Option<PathBuf>,
    /// The bill's SHA-256 as hex.
    #[arg(long, value_name = "HEX", value_parser = ask::digest)]
    digest: Option<Binary>,
}

#[derive(Args)]
pub struct AssessArgs {
    #[command(flatten)]
    one: OneArgs,
    /// What is paid at once: 0uvital refuses the claim.
    #[arg(long, value_name = "AMOUNT")]
    award: Money,
    /// The reason in words, which an award of less than was claimed takes; its SHA-256 goes on
    /// the chain.
    #[arg(long, value_name = "FILE")]
    reason: Option<PathBuf>,
}

#[derive(Args)]
pub struct AppealArgs {
    #[command(flatten)]
    one: OneArgs,
    /// The reason in words; its SHA-256 goes on the chain.
    #[arg(long, value_name = "FILE")]
    reason: PathBuf,
    /// Why you may: patient, guardian or grant:<number>.
    #[arg(long, value_parser = ask::ground, default_value = "patient")]
    ground: GroundRef,
}

#[derive(Args)]
pub struct ArbitrateArgs {
    #[command(flatten)]
    one: OneArgs,
    /// The sum awarded in all, not less than was awarded before.
    #[arg(long, value_name = "AMOUNT")]
    award: Money,
    /// The reason in words; its SHA-256 goes on the chain.
    #[arg(long, value_name = "FILE")]
    reason: PathBuf,
}

pub fn file(args: &FileArgs) -> Result<(), Failure> {
    let desk = args.send.open()?;
    let product = product_of(&desk.counter, args.policy)?;
    let invoice = InvoiceMsg {
        digest: args.bill.digest()?,
        amount: Uint128::new(args.amount.of_product(&product.denom)?),
        served_from: args.served_from,
        served_until: args.served_until,
    };
    let msg = ReceiveMsg::FileInvoice {
        policy: Uint64::new(args.policy),
        ground: args.ground,
        invoice,
    };
    desk.pay(&msg, &deposit(&product)?)
}

impl Bill {
    fn digest(&self) -> Result<Binary, Failure> {
        match (&self.document, &self.digest) {
            (Some(path), _) => ask::digest_of(path),
            (None, digest) => Ok(digest.clone().unwrap_or_default()),
        }
    }
}

/// In the version of the policy.
fn product_of(counter: &Counter, policy: u64) -> Result<ProductInfo, Failure> {
    let policy = counter.policy(policy)?;
    counter.product(policy.product.u64(), Some(policy.version))
}

fn deposit(product: &ProductInfo) -> Result<Money, Failure> {
    match &product.terms.evidence {
        EvidenceTermsMsg::Invoice(terms) => Ok(Money::new(terms.fee, &product.denom)),
        _ => Err(Failure::new(
            "cli/not_of_invoices",
            format!(
                "product {} is paid for readings: use `vitals claim prepare`",
                product.product
            ),
        )),
    }
}

pub fn assess(args: &AssessArgs) -> Result<(), Failure> {
    let desk = args.one.send.open()?;
    let denom = product_of(&desk.counter, args.one.policy)?.denom;
    desk.execute(&ExecuteMsg::Assess {
        policy: Uint64::new(args.one.policy),
        claim: args.one.claim,
        award: Uint128::new(args.award.of_product(&denom)?),
        reason: args.reason.as_deref().map(ask::digest_of).transpose()?,
    })
}

pub fn appeal(args: &AppealArgs) -> Result<(), Failure> {
    args.one.send.execute(&ExecuteMsg::Appeal {
        policy: Uint64::new(args.one.policy),
        claim: args.one.claim,
        ground: args.ground,
        reason: ask::digest_of(&args.reason)?,
    })
}

pub fn arbitrate(args: &ArbitrateArgs) -> Result<(), Failure> {
    let desk = args.one.send.open()?;
    let denom = product_of(&desk.counter, args.one.policy)?.denom;
    desk.execute(&ExecuteMsg::Arbitrate {
        policy: Uint64::new(args.one.policy),
        claim: args.one.claim,
        award: Uint128::new(args.award.of_product(&denom)?),
        reason: ask::digest_of(&args.reason)?,
    })
}
