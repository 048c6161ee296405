//! `vitals-device-sim`: a device with a directory of its own, from its making to its readings.

mod failure;
mod file;
mod journal;
mod link;
mod papers;
mod player;
mod run;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use serde_json::Value;
use vitals_device_sim::Kind;
use vitals_ledger::Deployment;

use failure::Failure;
use file::{DeviceFile, MakerKey};

/// Devices in software, for local networks, demonstrations and tests.
#[derive(Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Make a device: a key, a serial number, a directory.
    New(New),
    /// Print what the maker of devices of this kind lists as a model.
    Model(Paper),
    /// Print what the registry's owner sends to admit a maker; makes the maker's key where there
    /// is none.
    Maker(Maker),
    /// Print the signed registration, for the account it names.
    Registration(Registration),
    /// Print the signed pairing, for the patient; takes the device's next action number.
    Pairing(Pairing),
    /// Measure and send until stopped; SIGUSR1 begins a minute of readings out of range.
    Run(run::RunArgs),
}

#[derive(Args)]
struct New {
    #[arg(long)]
    dir: PathBuf,
    /// heart-monitor, pulse-oximeter, respiration-monitor, thermometer, blood-pressure-monitor or
    /// medication-dispenser.
    #[arg(long)]
    kind: Kind,
}

#[derive(Args)]
struct Paper {
    #[arg(long)]
    dir: PathBuf,
    /// Write it here instead.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Args)]
struct Maker {
    /// The maker's Ed25519 seed.
    #[arg(long, value_name = "FILE")]
    key_file: PathBuf,
    /// The maker's account.
    #[arg(long, value_name = "ADDRESS")]
    account: String,
    #[arg(long)]
    name: String,
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Args)]
struct Registration {
    #[command(flatten)]
    paper: Paper,
    /// The file that `vitals deploy` wrote.
    #[arg(long, value_name = "FILE")]
    deployment: PathBuf,
    /// The model's number in the registry.
    #[arg(long)]
    model: u32,
    /// Whose account sends it.
    #[arg(long, value_name = "ADDRESS")]
    registrant: String,
    /// The key of a maker that attests the device.
    #[arg(long, value_name = "FILE")]
    maker_key: Option<PathBuf>,
}

#[derive(Args)]
struct Pairing {
    #[command(flatten)]
    paper: Paper,
    /// The device's number in the registry.
    #[arg(long)]
    device: u64,
    #[arg(long)]
    patient: u64,
    /// The action's number, where others than this program used some up: last plus one.
    #[arg(long)]
    action: Option<u64>,
}

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::New(args) => new(&args),
        Command::Model(args) => model(&args),
        Command::Maker(args) => maker(&args),
        Command::Registration(args) => registration(&args),
        Command::Pairing(args) => pairing(&args),
        Command::Run(args) => run::run(&args),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn new(args: &New) -> Result<(), Failure> {
    let device = DeviceFile::make(&args.dir, args.kind)?;
    println!("{} {}", device.kind, device.serial_number);
    Ok(())
}

fn model(args: &Paper) -> Result<(), Failure> {
    let device = DeviceFile::read(&args.dir)?;
    say(&papers::model(&device)?, args.out.as_deref())
}

fn maker(args: &Maker) -> Result<(), Failure> {
    let key = MakerKey::read_or_make(&args.key_file)?;
    let paper = papers::maker(&key, &args.account, &args.name)?;
    say(&paper, args.out.as_deref())
}

fn registration(args: &Registration) -> Result<(), Failure> {
    let _held = hold(&args.paper.dir)?;
    let mut device = DeviceFile::read(&args.paper.dir)?;
    let maker = args.maker_key.as_deref().map(MakerKey::read).transpose()?;
    device.deployment = Some(Deployment::read(&args.deployment)?.deployment_id);
    let paper = papers::registration(&device, args.model, &args.registrant, maker.as_ref())?;
    device.write(&args.paper.dir)?;
    say(&paper, args.paper.out.as_deref())
}

fn pairing(args: &Pairing) -> Result<(), Failure> {
    let _held = hold(&args.paper.dir)?;
    let mut device = DeviceFile::read(&args.paper.dir)?;
    device.number = Some(args.device);
    device.action = args.action.unwrap_or(device.action.saturating_add(1));
    let paper = papers::pairing(&device, args.patient)?;
    device.write(&args.paper.dir)?;
    say(&paper, args.paper.out.as_deref())
}

/// One program at a time works on a directory, for as long as this is held.
fn hold(dir: &Path) -> Result<File, Failure> {
    let path = dir.join("lock");
    let failed = |cause: &dyn std::fmt::Display| Failure::file(&path, cause);
    let file = File::create(&path).map_err(|cause| failed(&cause))?;
    file.try_lock().map_err(|_| {
        let message = format!("{}: another program works on this device", dir.display());
        Failure::new("device_sim/busy", message)
    })?;
    Ok(file)
}

fn say(paper: &Value, out: Option<&Path>) -> Result<(), Failure> {
    let text = format!("{paper:#}\n");
    match out {
        None => print!("{text}"),
        Some(path) => std::fs::write(path, text).map_err(|cause| Failure::file(path, cause))?,
    }
    Ok(())
}
