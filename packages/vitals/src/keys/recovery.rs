//! Backups, and the guardians who open them together.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use vitals_api::consent::{QueryMsg, RecipientInfo};
use vitals_core::agefile;
use vitals_core::recovery::{combine, RecoveryShare};
use vitals_keys::{Agent, Lock};
use zeroize::Zeroizing;

use super::{tell, write_private, FileArgs};
use crate::ask;
use crate::connect::{read_identity, read_secret};
use crate::failure::Failure;

/// A share's line, and room for line breaks.
const MAX_LINE: usize = 1 << 10;

#[derive(Subcommand)]
pub enum Command {
    /// Draw a recovery identity and give out its shares, a file each. Shares given out before open
    /// backups made from now on no longer.
    Share(ShareArgs),
    /// A guardian's part: open one's share and seal it to whoever puts them together, or to a file
    /// to print.
    Pass(PassArgs),
    /// Put shares together: the recovery identity, as an age identity file.
    Combine(CombineArgs),
}

#[derive(Args)]
pub struct BackupArgs {
    #[command(flatten)]
    file: FileArgs,
    /// Where it is kept: best on another machine's disk.
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
}

#[derive(Args)]
pub struct RestoreArgs {
    /// The key file that is made.
    #[command(flatten)]
    file: FileArgs,
    #[arg(long, value_name = "FILE")]
    backup: PathBuf,
    /// What `vitals keys recovery combine` wrote.
    #[arg(long, value_name = "FILE")]
    recovery_identity: PathBuf,
}

#[derive(Args)]
pub struct ShareArgs {
    #[command(flatten)]
    file: FileArgs,
    /// How many shares open the backups.
    #[arg(long)]
    threshold: u8,
    /// Account of a guardian, whose published recipient its share is sealed to; given again for
    /// each.
    #[arg(long = "guardian", value_name = "ADDRESS", requires_all = ["node", "deployment"])]
    guardians: Vec<String>,
    /// A guardian's recipient (age1…), where it has no account.
    #[arg(long = "recipient", value_name = "RECIPIENT")]
    recipients: Vec<String>,
    /// So many shares as text that is not sealed, to print and hand over.
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    printed: u8,
    /// CometBFT RPC endpoint of a node you trust, for guardians' recipients.
    #[arg(long, value_name = "URL", env = "VITALS_NODE")]
    node: Option<String>,
    /// The file that `vitals deploy` wrote.
    #[arg(long, value_name = "FILE")]
    deployment: Option<PathBuf>,
    /// Directory that the shares' files are written to; they are yours to hand out and remove.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

#[derive(Args)]
pub struct PassArgs {
    /// The share's file, sealed or not.
    #[arg(long, value_name = "FILE")]
    share: PathBuf,
    /// age identity file that opens it.
    #[arg(long, value_name = "FILE")]
    identity_file: Option<PathBuf>,
    /// Recipient (age1…) of the one who puts shares together; text to print where absent.
    #[arg(long, value_name = "RECIPIENT")]
    to: Option<String>,
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

#[derive(Args)]
pub struct CombineArgs {
    /// A share's file, sealed or not; given again for each.
    #[arg(long = "share", value_name = "FILE", required = true)]
    shares: Vec<PathBuf>,
    /// age identity file that opens those that are sealed.
    #[arg(long, value_name = "FILE")]
    identity_file: Option<PathBuf>,
    /// The recovery identity's file.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

pub fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Share(args) => share(&args),
        Command::Pass(args) => pass(&args),
        Command::Combine(args) => put_together(&args),
    }
}

pub fn backup(args: &BackupArgs) -> Result<(), Failure> {
    let behind = args.file.open()?.add_backup(&args.to)?;
    println!("backup in {}, kept current", args.to.display());
    tell::unreached("is behind", &behind);
    Ok(())
}

pub fn restore(args: &RestoreArgs) -> Result<(), Failure> {
    let recovery = Lock::identity(&read_secret(&args.recovery_identity)?)?;
    let lock = args.file.lock.read()?;
    let agent = Agent::restore(&args.backup, recovery, &args.file.file, lock)?;
    println!(
        "keys of patient {}, up to generation {}",
        agent.keys().patient(),
        agent.keys().latest()
    );
    println!("Share a new recovery identity: this one has been put together.");
    Ok(())
}

/// Where each share goes: its recipient, or none where it is printed.
fn share(args: &ShareArgs) -> Result<(), Failure> {
    let mut to: Vec<Option<String>> = published(args)?.into_iter().map(Some).collect();
    to.extend(args.recipients.iter().cloned().map(Some));
    to.extend((0..args.printed).map(|_| None));
    let of = u8::try_from(to.len()).unwrap_or(u8::MAX);
    for recipient in to.iter().flatten() {
        vitals_core::recipient::check_recipient(recipient)
            .map_err(|cause| Failure::new("cli/recipient", format!("{recipient}: {cause}")))?;
    }
    let mut agent = args.file.open()?;
    std::fs::create_dir_all(&args.out).map_err(|cause| Failure::file(&args.out, cause))?;
    let shares = agent.share_recovery(args.threshold, of)?;
    for (share, recipient) in shares.iter().zip(&to) {
        let name = format!("share-{}-{}", share.share.set_name(), share.share.index());
        write_share(share, recipient.as_deref(), &args.out.join(name))?;
    }
    println!("any {} of {of} shares open the backups", args.threshold);
    tell::unreached("is behind", &agent.back_up()?);
    Ok(())
}

fn published(args: &ShareArgs) -> Result<Vec<String>, Failure> {
    let (Some(node), Some(deployment)) = (&args.node, &args.deployment) else {
        return Ok(Vec::new());
    };
    let node = vitals_chain_client::Node::new(node)?;
    let consent = vitals_ledger::Deployment::read(deployment)?.consent;
    args.guardians
        .iter()
        .map(|account| {
            let asked = QueryMsg::Recipient {
                account: account.clone(),
            };
            let info: RecipientInfo = vitals_ledger::query(&node, &consent, &asked)?;
            info.recipient.ok_or_else(|| {
                Failure::new("keys/no_recipient", format!("{account} published none"))
            })
        })
        .collect()
}

fn write_share(share: &RecoveryShare, recipient: Option<&str>, path: &Path) -> Result<(), Failure> {
    let text = share.to_text()?;
    match recipient {
        Some(recipient) => {
            let path = path.with_extension("age");
            write_private(&path, &agefile::seal(text.as_bytes(), &[recipient])?)?;
            println!("{}: sealed to {recipient}", path.display());
        }
        None => {
            let path = path.with_extension("txt");
            write_private(&path, format!("{}\n", *text).as_bytes())?;
            println!("{}: NOT sealed: print it and remove it", path.display());
        }
    }
    Ok(())
}

fn pass(args: &PassArgs) -> Result<(), Failure> {
    let share = read_share(&args.share, args.identity_file.as_deref())?;
    println!(
        "share {} of set {}, of patient {}",
        share.share.index(),
        share.share.set_name(),
        share.patient
    );
    let text = share.to_text()?;
    match &args.to {
        Some(recipient) => write_private(&args.out, &agefile::seal(text.as_bytes(), &[recipient])?),
        None => write_private(&args.out, format!("{}\n", *text).as_bytes()),
    }
}

fn put_together(args: &CombineArgs) -> Result<(), Failure> {
    let shares = args
        .shares
        .iter()
        .map(|path| read_share(path, args.identity_file.as_deref()))
        .collect::<Result<Vec<_>, _>>()?;
    let secret = combine(&shares)?;
    let identity = secret.identity()?;
    let text = Zeroizing::new(format!("{}\n", *identity));
    write_private(&args.out, text.as_bytes())?;
    println!(
        "{} opens backups sealed to {}",
        args.out.display(),
        secret.recipient()?
    );
    Ok(())
}

/// Sealed files are age's; others are the line itself.
fn read_share(path: &Path, identity: Option<&Path>) -> Result<RecoveryShare, Failure> {
    let bytes = Zeroizing::new(ask::read_bytes(path)?);
    let line = match bytes.starts_with(b"age-encryption.org/") {
        false => bytes,
        true => {
            let identity = identity.ok_or_else(|| {
                Failure::file(path, "it is sealed: name the identity file that opens it")
            })?;
            agefile::open(&bytes, &read_identity(identity)?, MAX_LINE)?
        }
    };
    let text = std::str::from_utf8(&line).map_err(|cause| Failure::file(path, cause))?;
    RecoveryShare::from_text(text).map_err(|cause| Failure::file(path, cause))
}
