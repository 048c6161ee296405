//! `vitals backup` and `vitals restore`: of a gateway.

use std::path::PathBuf;

use clap::Args;
use vitals_gateway::{BackupKey, BackupSources};
use zeroize::Zeroizing;

use crate::connect::first_line;
use crate::failure::Failure;
use crate::gateway::{read, GatewayArgs, Settings};

#[derive(Args)]
pub struct BackupArgs {
    #[command(flatten)]
    gateway: GatewayArgs,
    /// The file to write; it must not be there.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    #[command(flatten)]
    key: SealArgs,
}

#[derive(Args)]
#[group(required = true, multiple = false)]
struct SealArgs {
    /// Who may open it: `age1…`.
    #[arg(long, value_name = "RECIPIENT")]
    recipient: Option<String>,
    /// File whose first line is the passphrase it is under.
    #[arg(long, value_name = "FILE")]
    backup_passphrase_file: Option<PathBuf>,
}

#[derive(Args)]
pub struct RestoreArgs {
    /// What `vitals backup` wrote.
    #[arg(long, value_name = "FILE")]
    from: PathBuf,
    /// The directory to make; it must be empty or not there.
    #[arg(long, value_name = "DIR")]
    dir: PathBuf,
    #[command(flatten)]
    key: OpenArgs,
}

#[derive(Args)]
#[group(required = true, multiple = false)]
struct OpenArgs {
    /// age identity file that opens it.
    #[arg(long, value_name = "FILE")]
    backup_identity_file: Option<PathBuf>,
    /// File whose first line is the passphrase it is under.
    #[arg(long, value_name = "FILE")]
    backup_passphrase_file: Option<PathBuf>,
}

pub fn back_up(args: &BackupArgs) -> Result<(), Failure> {
    let settings = read(&args.gateway)?.settings;
    let passphrase = args
        .key
        .backup_passphrase_file
        .as_deref()
        .map(first_line)
        .transpose()?;
    let key = match (&args.key.recipient, &passphrase) {
        (Some(recipient), _) => BackupKey::Age(recipient),
        (None, passphrase) => BackupKey::Passphrase(text(passphrase)),
    };
    vitals_gateway::back_up(&sources(&settings), key, &args.out)?;
    println!("backed up to {}", args.out.display());
    Ok(())
}

pub fn restore(args: &RestoreArgs) -> Result<(), Failure> {
    let passphrase = args
        .key
        .backup_passphrase_file
        .as_deref()
        .map(first_line)
        .transpose()?;
    let identity = match &args.key.backup_identity_file {
        Some(path) => Some(vitals_gateway::Secrets::identity(path)?),
        None => None,
    };
    let key = match &identity {
        Some(identity) => BackupKey::Age(identity),
        None => BackupKey::Passphrase(text(&passphrase)),
    };
    for path in vitals_gateway::restore(&args.from, key, &args.dir)? {
        println!("{}", path.display());
    }
    Ok(())
}

/// Everything that is not in the configuration itself. What was never made is left out.
fn sources(settings: &Settings) -> BackupSources {
    let there = |paths: Vec<PathBuf>| paths.into_iter().filter(|path| path.exists()).collect();
    BackupSources {
        databases: there(vec![settings.store(), settings.sensors()]),
        files: there(settings.key_files()),
    }
}

fn text(passphrase: &Option<Zeroizing<String>>) -> &str {
    passphrase.as_ref().map_or("", |text| text.as_str())
}
