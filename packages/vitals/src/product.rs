//! `vitals product`: what an insurer sells, and the money behind it.

mod money;
mod staff;
mod statement;
mod terms;

use clap::{Args, Subcommand};
use cosmwasm_std::Uint64;
use vitals_api::claims::{ExecuteMsg, ProductInfo, ProductsPage, QueryMsg};
use vitals_insurance::{pages, payment, Money};

use crate::desk::{AskArgs, SendArgs};
use crate::failure::Failure;
use crate::say;

#[derive(Subcommand)]
pub enum Command {
    /// Print terms to start from, as TOML: `vitals product template --kind heart-episode >
    /// terms.toml`.
    Template(terms::TemplateArgs),
    /// Create a product from a file of terms. Its number is in what is printed.
    #[command(
        after_help = "Example: vitals product create --terms terms.toml --words terms.pdf \\\n  \
        --node http://127.0.0.1:26657 --deployment deployment.json --mnemonic-file insurer.words"
    )]
    Create(terms::CreateArgs),
    /// Give a product the next version of its terms, for policies bound from then on. The
    /// denomination in the file must be the product's.
    Amend(terms::AmendArgs),
    /// A product with one version of its terms.
    Show(ShowArgs),
    /// Products, in order of their numbers.
    List(ListArgs),
    /// Whether a product is sold. Policies sold go on.
    Sale(SaleArgs),
    /// Who works for an insurer: underwriters, assessors, treasurers.
    #[command(subcommand)]
    Staff(staff::Command),
    /// The amount above which withdrawals and awards take two people.
    Limit(money::LimitArgs),
    /// Add to a product's pool. Anybody may.
    Deposit(money::MoneyArgs),
    /// Take what is free out of a product's pool, to the insurer's account.
    Withdraw(money::MoneyArgs),
    /// Withdrawals and awards that one person asked for and a second one has to.
    Waiting(money::OneArgs),
    /// What a product may still have to pay, and what it has.
    Exposure(money::OneArgs),
    /// Every movement of a product's money as CSV, reconciled with its pool to the last coin. Fails
    /// where a movement is missing or a sum differs.
    Statement(statement::StatementArgs),
}

#[derive(Args)]
pub struct ShowArgs {
    /// The product's number.
    #[arg(long)]
    product: u64,
    /// Of the terms; the latest where not given.
    #[arg(long)]
    version: Option<u32>,
    #[command(flatten)]
    ask: AskArgs,
}

#[derive(Args)]
pub struct ListArgs {
    /// Of one insurer only.
    #[arg(long, value_name = "ADDRESS")]
    insurer: Option<String>,
    #[command(flatten)]
    ask: AskArgs,
}

#[derive(Args)]
pub struct SaleArgs {
    /// The product's number.
    #[arg(long)]
    product: u64,
    #[command(flatten)]
    way: SaleWay,
    #[command(flatten)]
    send: SendArgs,
}

#[derive(Args)]
#[group(required = true, multiple = false)]
struct SaleWay {
    /// Sell it.
    #[arg(long)]
    open: bool,
    /// Sell it no more.
    #[arg(long)]
    close: bool,
}

pub fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Template(args) => terms::template(&args),
        Command::Create(args) => terms::create(args),
        Command::Amend(args) => terms::amend(&args),
        Command::Show(args) => show(&args),
        Command::List(args) => list(&args),
        Command::Sale(args) => args.send.execute(&ExecuteMsg::SetOnSale {
            product: Uint64::new(args.product),
            on_sale: args.way.open,
        }),
        Command::Staff(command) => staff::run(command),
        Command::Limit(args) => money::limit(&args),
        Command::Deposit(args) => money::deposit(&args),
        Command::Withdraw(args) => money::withdraw(&args),
        Command::Waiting(args) => money::waiting(&args),
        Command::Exposure(args) => money::exposure(&args),
        Command::Statement(args) => statement::run(&args),
    }
}

fn show(args: &ShowArgs) -> Result<(), Failure> {
    let counter = args.ask.open()?;
    let product = counter.product(args.product, args.version)?;
    say::answer(&product, Some(&product.denom), counter.json)
}

fn list(args: &ListArgs) -> Result<(), Failure> {
    let counter = args.ask.open()?;
    let products = pages(|last: Option<&ProductInfo>, limit| {
        let asked = QueryMsg::Products {
            insurer: args.insurer.clone(),
            start_after: last.map(|product| product.product),
            limit: Some(limit),
        };
        let page: ProductsPage = vitals_ledger::query(&counter.node, &counter.at.claims, &asked)?;
        Ok(page.products)
    })?;
    say::list(&products, counter.json, |product| {
        let sale = if product.on_sale {
            "on sale"
        } else {
            "not on sale"
        };
        let premium = payment(&product.terms.premium);
        format!(
            "product {}, version {}, {sale}, of {}, premium {}",
            product.product,
            product.latest,
            product.insurer,
            Money::new(premium, &product.denom)
        )
    })
}
