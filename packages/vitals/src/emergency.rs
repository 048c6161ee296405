//! `vitals emergency`: a responder's access, and its review.

mod read;

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use cosmwasm_std::Uint64;
use serde_json::json;
use vitals_api::consent::emergency::{EmergencyInfo, MAX_HOURS_BACK};
use vitals_api::consent::{ExecuteMsg, QueryMsg, RecipientInfo};
use vitals_core::agefile::recipient_of;
use vitals_insurance::show_time;
use vitals_ledger::{Account, Call};

use crate::ask;
use crate::connect::{read_identity, AccountArgs, DeploymentArgs, NodeArgs};
use crate::failure::Failure;

#[derive(Subcommand)]
pub enum Command {
    /// Open an emergency: reading for a time, with a written reason. Patient and guardians are told,
    /// and somebody reviews it.
    Open(OpenArgs),
    /// Ask custodians for their shares, open the emergency package, and write out readings.
    Read(read::ReadArgs),
    /// End an emergency before its time.
    End(OneArgs),
    /// Say as patient or guardian whether it was right.
    Review(ReviewArgs),
    /// Say what is known of an emergency.
    Show(ShowArgs),
}

#[derive(Args)]
struct SendArgs {
    #[command(flatten)]
    account: AccountArgs,
    #[command(flatten)]
    deployment: DeploymentArgs,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
pub struct OpenArgs {
    /// The patient's number.
    #[arg(long)]
    patient: u64,
    /// The written reason. Its digest goes to the chain; keep the file for the review.
    #[arg(long, value_name = "FILE")]
    reason_file: PathBuf,
    /// How far back to read.
    #[arg(long, value_name = "HOURS", default_value_t = 24, value_parser = clap::value_parser!(u32).range(..=i64::from(MAX_HOURS_BACK)))]
    hours_back: u32,
    /// For how long.
    #[arg(long = "for", value_name = "SECONDS", default_value_t = 3_600)]
    for_s: u64,
    /// age identity file that shares will be opened with. Its recipient is published in the same
    /// transaction where the account published none.
    #[arg(long, value_name = "FILE")]
    identity_file: PathBuf,
    #[command(flatten)]
    send: SendArgs,
}

#[derive(Args)]
pub struct OneArgs {
    /// The patient's number.
    #[arg(long)]
    patient: u64,
    /// The emergency's number.
    #[arg(long)]
    emergency: u64,
    #[command(flatten)]
    send: SendArgs,
}

#[derive(Args)]
pub struct ReviewArgs {
    #[command(flatten)]
    one: OneArgs,
    #[command(flatten)]
    verdict: VerdictArgs,
}

#[derive(Args)]
#[group(required = true, multiple = false)]
struct VerdictArgs {
    /// It was right.
    #[arg(long)]
    uphold: bool,
    /// It was not: the responder opens no other until reinstated.
    #[arg(long)]
    reject: bool,
}

#[derive(Args)]
pub struct ShowArgs {
    /// The patient's number.
    #[arg(long)]
    patient: u64,
    /// The emergency's number.
    #[arg(long)]
    emergency: u64,
    #[command(flatten)]
    node: NodeArgs,
    #[command(flatten)]
    deployment: DeploymentArgs,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Open(args) => open(&args),
        Command::Read(args) => read::run(&args),
        Command::End(args) => end(&args),
        Command::Review(args) => review(&args),
        Command::Show(args) => show(&args),
    }
}

fn open(args: &OpenArgs) -> Result<(), Failure> {
    let consent = args.send.deployment.read()?.consent;
    let chain = args.send.account.connect()?;
    let mut calls = publish(&chain, &consent, &args.identity_file)?;
    let msg = ExecuteMsg::OpenEmergency {
        patient: Uint64::new(args.patient),
        reason: ask::digest_of(&args.reason_file)?,
        hours_back: args.hours_back,
        for_s: args.for_s,
    };
    calls.push(Call::new(&consent, &msg)?);
    let done = Account::execute(&chain, &calls)?;
    let number = done
        .attribute(&consent, "emergency_opened", "emergency")
        .and_then(|number| number.parse().ok())
        .ok_or_else(|| Failure::new("cli/event", "the chain told no emergency's number"))?;
    tell(&of(&chain, &consent, args.patient, number)?, args.send.json);
    if !args.send.json {
        println!("Patient and guardians have been told. Keep the written reason: the review asks for it.");
    }
    Ok(())
}

/// The message that publishes the identity's recipient, where none is published. Another one is not
/// replaced: packages sealed to it would no longer be expected.
fn publish(chain: &dyn Account, consent: &str, identity_file: &Path) -> Result<Vec<Call>, Failure> {
    let own = recipient_of(&read_identity(identity_file)?)?;
    let asked = QueryMsg::Recipient {
        account: chain.address().into(),
    };
    let info: RecipientInfo = vitals_ledger::query(chain, consent, &asked)?;
    match info.recipient {
        Some(published) if published == own => Ok(Vec::new()),
        Some(published) => Err(Failure::new(
            "cli/recipient",
            format!("this account published {published}, which the identity file does not open"),
        )),
        None => {
            let msg = ExecuteMsg::SetRecipient { recipient: own };
            Ok(vec![Call::new(consent, &msg)?])
        }
    }
}

fn end(args: &OneArgs) -> Result<(), Failure> {
    let msg = ExecuteMsg::EndEmergency {
        patient: Uint64::new(args.patient),
        emergency: Uint64::new(args.emergency),
    };
    args.act(&msg)
}

fn review(args: &ReviewArgs) -> Result<(), Failure> {
    let msg = ExecuteMsg::ReviewEmergency {
        patient: Uint64::new(args.one.patient),
        emergency: Uint64::new(args.one.emergency),
        upheld: args.verdict.uphold && !args.verdict.reject,
    };
    args.one.act(&msg)
}

impl OneArgs {
    /// Sends a message about the emergency, then says how it stands.
    fn act(&self, msg: &ExecuteMsg) -> Result<(), Failure> {
        let consent = self.send.deployment.read()?.consent;
        let chain = self.send.account.connect()?;
        Account::execute(&chain, &[Call::new(&consent, msg)?])?;
        tell(
            &of(&chain, &consent, self.patient, self.emergency)?,
            self.send.json,
        );
        Ok(())
    }
}

fn show(args: &ShowArgs) -> Result<(), Failure> {
    let consent = args.deployment.read()?.consent;
    let node = args.node.connect()?;
    tell(
        &of(&node, &consent, args.patient, args.emergency)?,
        args.json,
    );
    Ok(())
}

fn of(
    chain: &impl vitals_ledger::Reader,
    consent: &str,
    patient: u64,
    emergency: u64,
) -> Result<EmergencyInfo, Failure> {
    let asked = QueryMsg::Emergency {
        patient: Uint64::new(patient),
        emergency: Uint64::new(emergency),
    };
    Ok(vitals_ledger::query(chain, consent, &asked)?)
}

fn tell(info: &EmergencyInfo, json: bool) {
    if json {
        println!("{}", json!(info));
        return;
    }
    println!("emergency {} of {}", info.emergency, info.responder);
    println!("opened {}", show_time(info.opened_at));
    match info.ended_at {
        Some(at) => println!("ended {}", show_time(at)),
        None => println!("until {}", show_time(info.until)),
    }
    println!("reason {}", hex::encode(&info.reason));
    match &info.review {
        Some(review) if review.upheld => println!("reviewed {}: right", show_time(review.at)),
        Some(review) => println!("reviewed {}: not right", show_time(review.at)),
        None => println!("to be reviewed by {}", show_time(info.review_by)),
    }
}
