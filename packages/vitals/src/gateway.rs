//! `vitals gateway`: one patient's edge, fed with link lines on stdin.

mod lines;
mod settings;

use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use clap::{Args, Subcommand};
use vitals_chain_client::{Node, Sender, Wallet};
use vitals_gateway::{Config, Gateway, GrantedVault, KeyPackages};
use vitals_vault_client::VaultClient;

use crate::connect::{AccountArgs, DeploymentArgs};
use crate::failure::Failure;
use lines::{before, lines_of};
use settings::{Settings, VaultAt};

const TICK: Duration = Duration::from_secs(1);

#[derive(Subcommand)]
pub enum Command {
    /// Take lines from stdin, answer on stdout, seal and anchor until stopped. What is stored goes
    /// on where it was after any end.
    Run(RunArgs),
}

#[derive(Args)]
pub struct RunArgs {
    /// Link lines come on stdin: `<device number>\t<line>`, or plain lines of the one device; and
    /// `close`, which closes what is open though the hour is not over.
    #[arg(long, required = true)]
    stdin: bool,
    /// Settings as JSON; see the README.
    #[arg(long, value_name = "FILE")]
    config: PathBuf,
    /// The gateway's store and key files; made where there is none.
    #[arg(long, value_name = "DIR")]
    dir: PathBuf,
    #[command(flatten)]
    account: AccountArgs,
    #[command(flatten)]
    deployment: DeploymentArgs,
}

type Edge = Gateway<Sender, GrantedVault<Wallet>>;
type Packages = KeyPackages<Node, Wallet>;

/// On stdin: close what is open, though the hour is not over.
const CLOSE: &str = "close";

pub fn run(command: Command) -> Result<(), Failure> {
    let Command::Run(args) = command;
    let settings = Settings::read(&args.config)?;
    let mut edge = open(&args, &settings)?;
    let mut packages = packages(&args, &settings)?;
    greet(&mut edge, &settings.devices)?;
    let lines = lines_of(std::io::stdin());
    loop {
        packages.fetch();
        let progress = edge.tick(now_ms())?;
        for line in progress.to_devices {
            say(&settings.devices, Some(line.device), &line.line)?;
        }
        take_lines(&mut edge, &settings.devices, &lines)?;
    }
}

fn open(args: &RunArgs, settings: &Settings) -> Result<Edge, Failure> {
    std::fs::create_dir_all(&args.dir).map_err(|cause| Failure::file(&args.dir, cause))?;
    let config = Config {
        deployment: args.deployment.read()?,
        patient: settings.patient.u64(),
        ground: settings.ground,
        devices: settings.devices.iter().copied().collect(),
        thresholds: settings.thresholds.clone(),
        max_readings: settings.max_readings,
        keep_epochs: settings.keep_epochs,
        key_package: Some(package_path(args)),
    };
    let vaults = vaults(args, settings)?;
    let store = args.dir.join("gateway.db");
    let secrets = settings.secrets(&args.dir)?;
    Ok(Gateway::open(
        config,
        secrets,
        &store,
        args.account.connect()?,
        vaults,
    )?)
}

fn packages(args: &RunArgs, settings: &Settings) -> Result<Packages, Failure> {
    Ok(KeyPackages::new(
        args.account.node()?,
        &args.deployment.read()?.consent,
        settings.patient.u64(),
        settings.ground,
        vaults(args, settings)?,
        package_path(args),
    ))
}

fn vaults(args: &RunArgs, settings: &Settings) -> Result<Vec<GrantedVault<Wallet>>, Failure> {
    let open = |at: &VaultAt| {
        let client = VaultClient::new(&at.url, &at.name, args.account.wallet()?)?;
        Ok(GrantedVault::new(&at.name, settings.ground, client))
    };
    settings.vaults.iter().map(open).collect()
}

/// Where a fetched key package waits for the gateway, which removes it.
fn package_path(args: &RunArgs) -> PathBuf {
    args.dir.join("package.age")
}

fn greet(edge: &mut Edge, devices: &BTreeSet<u64>) -> Result<(), Failure> {
    for device in devices {
        for line in edge.greet(*device, now_ms())? {
            say(devices, Some(*device), &line)?;
        }
    }
    Ok(())
}

/// Takes lines as they come, until the next tick is due. Where no more will come, what was taken is
/// still sealed and anchored.
fn take_lines(
    edge: &mut Edge,
    devices: &BTreeSet<u64>,
    lines: &Receiver<String>,
) -> Result<(), Failure> {
    let due = Instant::now() + TICK;
    while let Some(line) = before(due, lines) {
        answer(edge, devices, &line)?;
    }
    Ok(())
}

fn answer(edge: &mut Edge, devices: &BTreeSet<u64>, line: &str) -> Result<(), Failure> {
    if line == CLOSE {
        return Ok(edge.close_all()?);
    }
    let (device, line) = source(line);
    for answer in edge.handle_line(line, now_ms()) {
        say(devices, device, &answer)?;
    }
    Ok(())
}

/// The device a line names before a tab, if it does.
fn source(line: &str) -> (Option<u64>, &str) {
    match line.split_once('\t') {
        Some((device, rest)) => (device.parse().ok(), rest),
        None => (None, line),
    }
}

/// Lines are plain where there is one device to talk to, and name it where there are more.
fn say(devices: &BTreeSet<u64>, device: Option<u64>, line: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    let written = match device.filter(|_| devices.len() > 1) {
        Some(device) => writeln!(out, "{device}\t{line}"),
        None => writeln!(out, "{line}"),
    };
    written
        .and_then(|()| out.flush())
        .map_err(|cause| Failure::new("cli/stdout", cause))
}

fn now_ms() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .ok()
        .and_then(|since| u64::try_from(since.as_millis()).ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::source;

    #[test]
    fn a_line_may_name_its_device_before_a_tab() {
        assert_eq!(source("7\tAQE"), (Some(7), "AQE"));
        assert_eq!(source("AQE"), (None, "AQE"));
        assert_eq!(source("x\tAQE"), (None, "AQE"));
    }
}
