//! `vitals vault erase`.

use clap::Args;
use serde_json::json;
use vitals_core::measure::Category;
use vitals_core::time::{Epoch, Window};
use vitals_vault_client::{ErasureReport, Period};

use super::at::{Vault, VaultsArgs};
use crate::ask;
use crate::failure::Failure;

#[derive(Args)]
pub struct EraseArgs {
    #[command(flatten)]
    at: VaultsArgs,
    /// Only ciphertext of this category.
    #[arg(long, value_parser = ask::named::<Category>)]
    category: Option<Category>,
    /// Only ciphertext of this hour of measurement and later: hours since 1970.
    #[arg(long, value_name = "EPOCH")]
    from: Option<Epoch>,
    /// Only ciphertext of hours before this one.
    #[arg(long, value_name = "EPOCH")]
    to: Option<Epoch>,
}

/// Every vault is asked, though one does not answer.
pub fn run(args: &EraseArgs) -> Result<(), Failure> {
    let period = Period {
        category: args.category,
        window: window(args)?,
    };
    let mut failed = None;
    for vault in args.at.vaults()? {
        if let Err(cause) = erase(args, &vault, &period) {
            eprintln!("error: {}: {cause}", vault.vault());
            failed = Some(cause);
        }
    }
    failed.map_or(Ok(()), Err)
}

fn window(args: &EraseArgs) -> Result<Option<Window>, Failure> {
    if args.from.is_none() && args.to.is_none() {
        return Ok(None);
    }
    let window = Window::new(args.from.unwrap_or(0), args.to.unwrap_or(Epoch::MAX));
    window
        .map(Some)
        .map_err(|cause| Failure::new("cli/window", cause))
}

fn erase(args: &EraseArgs, vault: &Vault, period: &Period) -> Result<(), Failure> {
    loop {
        let report = vault.erase(args.at.patient, period)?;
        match args.at.json {
            true => println!("{}", json!({"vault": vault.vault(), "erased": report})),
            false => tell(vault.vault(), &report),
        }
        if !report.more {
            return Ok(());
        }
    }
}

fn tell(vault: &str, report: &ErasureReport) {
    println!(
        "{vault}: erased {} blobs, {} packages, {} shares, {} plans: {} bytes",
        report.blobs, report.packages, report.shares, report.plans, report.bytes
    );
    for digest in &report.digests {
        println!("  {digest}");
    }
}
