//! `vitals deploy`: uploads, wires, records and verifies. Every step is recorded when it is done,
//! so a rerun goes on where the last one stopped; a complete deployment is only verified.

mod chain;
mod checksums;
mod plan;
mod progress;
mod run;
mod verify;

use std::path::PathBuf;

use serde::Deserialize;
use serde_json::json;
use vitals_ledger::{Account, Deployment, Reader};

use crate::connect::AccountArgs;
use crate::failure::Failure;
use run::{complete, Job};
use verify::{verify, Powers};

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
    /// Settings as JSON: owner, cooldown_s, min_tier_s.
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

/// What the contracts are set up with.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Admits makers, issuers and denominations; the account that deploys where absent.
    pub owner: Option<String>,
    /// Seconds after an alert in which the same device and rule only count on it.
    pub cooldown_s: u32,
    /// The least seconds a ladder's tier may wait.
    pub min_tier_s: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            owner: None,
            cooldown_s: 300,
            min_tier_s: 30,
        }
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
    let powers = verify(&chain, &job, &deployment)?;
    if args.json {
        println!("{}", json!({"deployment": deployment, "powers": powers}));
    } else {
        tell(&deployment, &powers);
    }
    Ok(())
}

fn settings(args: &Args) -> Result<Settings, Failure> {
    let Some(path) = &args.config else {
        return Ok(Settings::default());
    };
    let text = std::fs::read_to_string(path).map_err(|cause| Failure::file(path, cause))?;
    serde_json::from_str(&text).map_err(|cause| Failure::file(path, cause))
}

fn tell(deployment: &Deployment, powers: &[Powers]) {
    println!(
        "chain {}, deployment {}",
        deployment.chain_id, deployment.deployment_id
    );
    for power in powers {
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
}
