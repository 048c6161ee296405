//! `vitals keys`: the patient's key agent.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use cosmwasm_std::Uint64;
use serde_json::json;
use vitals_api::consent::{PatientInfo, QueryMsg};
use vitals_chain_client::{Sender, Wallet};
use vitals_keys::{Agent, Lock, Rotation};
use vitals_vault_client::VaultClient;

use crate::connect::{read_secret, AccountArgs, DeploymentArgs, NodeArgs};
use crate::failure::Failure;

#[derive(Subcommand)]
pub enum Command {
    /// Make a patient's keys.
    Create(CreateArgs),
    /// Seal a new package for a grant: to the vault, and its digest to the chain.
    Package(PackageArgs),
    /// Bring in new keys after a revocation, or finish an interrupted rotation.
    Rotate(ActArgs),
}

#[derive(Args)]
struct FileArgs {
    /// The key file.
    #[arg(long, value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    lock: LockArgs,
}

#[derive(Args)]
#[group(required = true, multiple = false)]
struct LockArgs {
    /// File whose first line is the passphrase of the key file.
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
    /// age identity file that opens the key file.
    #[arg(long, value_name = "FILE")]
    identity_file: Option<PathBuf>,
}

#[derive(Args)]
pub struct CreateArgs {
    #[command(flatten)]
    file: FileArgs,
    /// The patient's number.
    #[arg(long)]
    patient: u64,
    #[command(flatten)]
    node: NodeArgs,
    #[command(flatten)]
    deployment: DeploymentArgs,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
pub struct ActArgs {
    #[command(flatten)]
    file: FileArgs,
    #[command(flatten)]
    account: AccountArgs,
    #[command(flatten)]
    deployment: DeploymentArgs,
    /// Where the vault is.
    #[arg(long, value_name = "URL")]
    vault: String,
    /// What the vault goes by.
    #[arg(long, value_name = "NAME")]
    vault_name: String,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
pub struct PackageArgs {
    /// The grant's number.
    #[arg(long)]
    grant: u64,
    #[command(flatten)]
    act: ActArgs,
}

pub fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Create(args) => create(&args),
        Command::Package(args) => package(&args),
        Command::Rotate(args) => rotate(&args),
    }
}

fn create(args: &CreateArgs) -> Result<(), Failure> {
    let node = args.node.connect()?;
    let asked = QueryMsg::Patient {
        patient: Uint64::new(args.patient),
    };
    let patient: PatientInfo =
        vitals_ledger::query(&node, &args.deployment.read()?.consent, &asked)?;
    let lock = args.file.lock.read()?;
    let agent = Agent::create(&args.file.file, lock, args.patient, patient.generation)?;
    let recipient = agent.keys().recipient();
    if args.json {
        println!(
            "{}",
            json!({"patient": args.patient.to_string(), "generation": patient.generation, "recipient": recipient})
        );
    } else {
        println!(
            "keys of patient {}, generation {}",
            args.patient, patient.generation
        );
        println!("recipient {recipient}");
        println!("Whoever loses this file loses what was measured under it: keep a copy.");
    }
    Ok(())
}

fn package(args: &PackageArgs) -> Result<(), Failure> {
    let (agent, chain, vault, consent) = args.act.open()?;
    let package = agent.issue(&chain, &consent, &vault, args.grant)?;
    let digest = package
        .digest
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect::<String>();
    if args.act.json {
        println!(
            "{}",
            json!({"grant": args.grant.to_string(), "digest": digest})
        );
    } else {
        println!("grant {} has key package {digest}", args.grant);
    }
    Ok(())
}

fn rotate(args: &ActArgs) -> Result<(), Failure> {
    let (mut agent, chain, vault, consent) = args.open()?;
    let rotation = agent.rotate(&chain, &consent, &vault)?;
    if args.json {
        println!("{}", as_json(rotation.as_ref()));
        return Ok(());
    }
    let Some(rotation) = rotation else {
        println!("no generation is pending");
        return Ok(());
    };
    println!("generation {} is open", rotation.generation);
    for grant in &rotation.packaged {
        println!("grant {grant}: new key package");
    }
    for skipped in &rotation.skipped {
        println!("grant {}: none, {}", skipped.grant, skipped.reason);
    }
    Ok(())
}

fn as_json(rotation: Option<&Rotation>) -> serde_json::Value {
    let Some(rotation) = rotation else {
        return json!({"rotated": false});
    };
    let skipped = rotation
        .skipped
        .iter()
        .map(|s| json!({"grant": s.grant.to_string(), "reason": s.reason}));
    json!({
        "rotated": true,
        "generation": rotation.generation,
        "packaged": rotation.packaged.iter().map(u64::to_string).collect::<Vec<_>>(),
        "skipped": skipped.collect::<Vec<_>>(),
    })
}

impl ActArgs {
    fn open(&self) -> Result<(Agent, Sender, VaultClient<Wallet>, String), Failure> {
        let agent = Agent::open(&self.file.file, self.file.lock.read()?)?;
        let vault = VaultClient::new(&self.vault, &self.vault_name, self.account.wallet()?)?;
        let consent = self.deployment.read()?.consent;
        Ok((agent, self.account.connect()?, vault, consent))
    }
}

impl LockArgs {
    fn read(&self) -> Result<Lock, Failure> {
        read_lock(
            self.passphrase_file.as_deref(),
            self.identity_file.as_deref(),
        )
    }
}

/// What opens a key file: an age identity, else the first line of a file.
pub fn read_lock(passphrase: Option<&Path>, identity: Option<&Path>) -> Result<Lock, Failure> {
    if let Some(path) = identity {
        return Ok(Lock::identity(&read_secret(path)?)?);
    }
    let path = passphrase
        .ok_or_else(|| Failure::new("cli/lock", "name a passphrase file or an identity file"))?;
    match read_secret(path)?.lines().next() {
        Some(line) if !line.is_empty() => Ok(Lock::passphrase(line)),
        _ => Err(Failure::file(path, "its first line is empty")),
    }
}
