//! `vitals deploy`: uploads, wires, records and verifies. Every step is recorded when it is done,
//! so a rerun goes on where the last one stopped; a complete deployment is only verified.

mod chain;
mod checksums;
mod plan;
mod progress;
mod run;
mod settings;
mod verify;

use std::path::PathBuf;

use serde_json::json;
use vitals_ledger::{Account, Deployment, Reader};

use crate::connect::AccountArgs;
use crate::failure::Failure;
use run::{add_hook, complete, Job};
use settings::Settings;
use verify::{verify, Powers, Times, Verified};

#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    account: AccountArgs,
    /// The contracts' wasm and checksums.txt.
    #[arg(long, value_name = "DIR")]
    artifacts: PathBuf,
    /// Where the addresses are written; a state file is kept beside it until all is done.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Who may migrate the contracts past every promise: `none`, or the address of a multisig or
    /// of governance. Never an insurer.
    #[arg(long, value_name = "none|ADDRESS", value_parser = parse_admin)]
    admin: Admin,
    /// Settings as JSON: owner; times in seconds that bound the patient's recovery and emergencies
    /// (recovery_delay_s, override_delay_s, review_within_s, max_emergency_s) and care's alerts
    /// (cooldown_s, min_tier_s, reopens_after_s); and the least that products' deadlines are
    /// (least_deadline_s). Those left out keep their defaults, which are printed with the result.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Admin(pub Option<String>);

fn parse_admin(text: &str) -> Result<Admin, String> {
    match text {
        "" => Err("expected none or an address".into()),
        "none" => Ok(Admin(None)),
        address => Ok(Admin(Some(address.into()))),
    }
}

pub fn run(args: &Args) -> Result<(), Failure> {
    let chain = args.account.connect()?;
    let settings = settings(args)?;
    let job = Job {
        artifacts: checksums::read(&args.artifacts)?,
        chain_id: chain.chain_id()?,
        owner: settings
            .owner
            .clone()
            .unwrap_or_else(|| chain.address().into()),
        admin: args.admin.0.clone(),
        settings,
        out: args.out.clone(),
    };
    let deployment = complete(&chain, &job)?;
    let found = verify(&chain, &job, &deployment)?;
    if args.json {
        let Verified {
            powers,
            times,
            care_is_told,
        } = &found;
        println!(
            "{}",
            json!({
                "deployment": deployment, "powers": powers,
                "times": times, "care_is_told": care_is_told,
            })
        );
    } else {
        tell(&deployment, &found);
    }
    ensure_told(&job, &deployment, &found)
}

fn settings(args: &Args) -> Result<Settings, Failure> {
    match &args.config {
        Some(path) => Settings::read(path),
        None => Ok(Settings::default()),
    }
}

/// An emergency that care is not told of raises no alert.
fn ensure_told(job: &Job, at: &Deployment, found: &Verified) -> Result<(), Failure> {
    if found.care_is_told {
        return Ok(());
    }
    Err(Failure::new(
        "deploy/hook_missing",
        format!(
            "consent does not tell care of emergencies yet: its owner {} sends {} to {}",
            job.owner,
            add_hook(at),
            at.consent
        ),
    ))
}

fn tell(deployment: &Deployment, found: &Verified) {
    println!(
        "chain {}, deployment {}",
        deployment.chain_id, deployment.deployment_id
    );
    found.powers.iter().for_each(tell_powers);
    tell_times(&found.times);
    if found.care_is_told {
        println!("emergencies: consent tells care, which raises an alert");
    }
}

fn tell_powers(power: &Powers) {
    println!(
        "{}  {} (code {})",
        power.contract, power.address, power.code_id
    );
    match &power.admin {
        None => println!("    code: nobody can change it"),
        Some(admin) => println!("    code: {admin} can replace it, past every promise"),
    }
    println!("    owner: {}", power.owner);
}

fn tell_times(times: &Times) {
    let consent = &times.consent;
    println!(
        "recovery: {} s to veto it, {} s once all guardians overrode a veto",
        consent.recovery_delay_s, consent.override_delay_s
    );
    println!(
        "emergencies: at most {} s, reviewed within {} s of their end",
        consent.max_emergency_s, consent.review_within_s
    );
    println!(
        "alerts: a tier waits at least {} s; the same again counts on one for {} s after its end, \
         and raises a new one {} s after it was acknowledged",
        times.min_tier_s, times.cooldown_s, times.reopens_after_s
    );
    println!(
        "invoices: an assessor, a claimant and an arbiter have at least {} s each",
        times.least_deadline_s
    );
}
