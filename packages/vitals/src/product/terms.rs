//! Terms from a file to the chain.

use std::path::PathBuf;

use clap::Args;
use vitals_api::claims::{ExecuteMsg, ProductMsg};
use vitals_insurance::{read_product, Kind, Money, Template};

use crate::ask;
use crate::desk::SendArgs;
use crate::failure::Failure;

#[derive(Args)]
pub struct TemplateArgs {
    /// heart-episode, hospital-days or invoice.
    #[arg(long, value_parser = kind)]
    kind: Kind,
    /// Of native coins.
    #[arg(long, default_value = "uvital")]
    denom: String,
    /// Address of whoever decides appeals; for invoices only.
    #[arg(long, value_name = "ADDRESS")]
    arbiter: Option<String>,
}

#[derive(Args)]
struct TermsArgs {
    /// Denomination and terms: JSON where the name ends in .json, else TOML. Amounts in the
    /// smallest unit, times in seconds, thresholds in the fixed point of the measure.
    #[arg(long, value_name = "FILE")]
    terms: PathBuf,
    /// The terms in words: their SHA-256 goes on the chain as terms_digest.
    #[arg(long, value_name = "FILE")]
    words: Option<PathBuf>,
}

#[derive(Args)]
pub struct CreateArgs {
    #[command(flatten)]
    file: TermsArgs,
    /// Whose product it is, where an underwriter creates it.
    #[arg(long, value_name = "ADDRESS")]
    insurer: Option<String>,
    #[command(flatten)]
    send: SendArgs,
}

#[derive(Args)]
pub struct AmendArgs {
    /// The product's number.
    #[arg(long)]
    product: u64,
    #[command(flatten)]
    file: TermsArgs,
    #[command(flatten)]
    send: SendArgs,
}

fn kind(text: &str) -> Result<Kind, String> {
    match text {
        "heart-episode" => Ok(Kind::HeartEpisode),
        "hospital-days" => Ok(Kind::HospitalDays),
        "invoice" => Ok(Kind::Invoice),
        _ => Err("expected heart-episode, hospital-days or invoice".into()),
    }
}

pub fn template(args: &TemplateArgs) -> Result<(), Failure> {
    let template = Template {
        kind: args.kind,
        denom: &args.denom,
        arbiter: args.arbiter.as_deref(),
    };
    print!("{}", template.fill()?);
    Ok(())
}

impl TermsArgs {
    fn read(&self) -> Result<ProductMsg, Failure> {
        let text = std::fs::read_to_string(&self.terms)
            .map_err(|cause| Failure::file(&self.terms, cause))?;
        let words = self.words.as_deref().map(ask::read_bytes).transpose()?;
        Ok(read_product(&self.terms, &text, words.as_deref())?)
    }
}

pub fn create(args: CreateArgs) -> Result<(), Failure> {
    args.send.execute(&ExecuteMsg::CreateProduct {
        product: args.file.read()?,
        insurer: args.insurer,
    })
}

pub fn amend(args: &AmendArgs) -> Result<(), Failure> {
    let ProductMsg { denom, terms } = args.file.read()?;
    let desk = args.send.open()?;
    let product = desk.counter.product(args.product, None)?;
    Money::new(0u128, &denom).of_product(&product.denom)?;
    desk.execute(&ExecuteMsg::AmendProduct {
        product: product.product,
        terms,
    })
}
