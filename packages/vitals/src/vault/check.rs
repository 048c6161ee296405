//! `vitals vault check`.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;
use vitals_vault::{Bucket, Objects, Scrub};

use crate::failure::Failure;

#[derive(Args)]
pub struct CheckArgs {
    /// The vault's directory.
    #[arg(long, value_name = "DIR", required_unless_present = "store")]
    dir: Option<PathBuf>,
    /// The bucket, where the vault keeps its objects in one: s3://bucket/prefix.
    #[arg(long, value_name = "URL", conflicts_with = "dir")]
    store: Option<String>,
    /// Of another S3 server than Amazon's.
    #[arg(long, value_name = "URL", requires = "store")]
    endpoint: Option<String>,
    /// Of the bucket.
    #[arg(long, value_name = "REGION", requires = "store")]
    region: Option<String>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub fn run(args: &CheckArgs) -> Result<(), Failure> {
    let objects = open(args)?;
    let failed = |cause: std::io::Error| Failure::new("vault/check", cause);
    let runtime = tokio::runtime::Runtime::new().map_err(failed)?;
    let seen = runtime.block_on(objects.scrub())?;
    match args.json {
        true => println!("{}", as_json(&seen)),
        false => tell(&seen),
    }
    if seen.altered.is_empty() {
        return Ok(());
    }
    let count = seen.altered.len();
    let rule = "repair the vault from another: vitals vault repair";
    Err(Failure::new(
        "vault/altered",
        format!("{count} objects; {rule}"),
    ))
}

fn open(args: &CheckArgs) -> Result<Objects, Failure> {
    if let Some(url) = &args.store {
        return Ok(Objects::in_bucket(&Bucket {
            url: url.clone(),
            endpoint: args.endpoint.clone(),
            region: args.region.clone(),
        })?);
    }
    let dir = args.dir.clone().unwrap_or_default().join("objects");
    // a directory that is not there would be made, and found to be in order
    match dir.is_dir() {
        true => Ok(Objects::in_directory(&dir)?),
        false => Err(Failure::file(&dir, "there is no vault's store")),
    }
}

fn tell(seen: &Scrub) {
    println!("{} objects of {} bytes", seen.objects, seen.bytes);
    for path in &seen.altered {
        println!("damaged: {path}");
    }
    if seen.leftovers > 0 {
        println!(
            "{} files of writes under way, or interrupted: the next start removes the latter",
            seen.leftovers
        );
    }
}

fn as_json(seen: &Scrub) -> serde_json::Value {
    json!({
        "objects": seen.objects,
        "bytes": seen.bytes.to_string(),
        "damaged": seen.altered,
        "leftovers": seen.leftovers,
    })
}
