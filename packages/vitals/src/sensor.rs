//! `vitals sensor`: sensors that cannot sign, which the gateway signs for.

mod enrol;
mod show;

use clap::{Args, Subcommand, ValueEnum};
use vitals_sensors::signed::SensorBook;
use vitals_sensors::{Clock, ClockUse, Settings};

use crate::failure::Failure;
use crate::gateway::{read, GatewayArgs, Opened};
use enrol::Enrolment;

#[derive(Subcommand)]
pub enum Command {
    /// Make a sensor's key, register it as held by the gateway, pair it with the gateway's patient
    /// and print its device number. An interrupted run is gone on with by the same command.
    Add(AddArgs),
    /// The sensors this gateway signs for.
    List(ListArgs),
    /// One sensor: how its payloads are read, and what the registry says of it.
    Show(ShowArgs),
    /// What sensors sent and was not taken: when, whose, which characteristic, and why. Not the
    /// value: it is the patient's.
    Aside(AsideArgs),
}

#[derive(Debug, Args)]
pub struct AddArgs {
    #[command(flatten)]
    gateway: GatewayArgs,
    /// Its serial number: stays here, the chain gets a salted hash.
    #[arg(long)]
    serial: String,
    /// Its model's number in the registry.
    #[arg(long)]
    model: u32,
    /// What it runs, as major.minor.patch; the model's lowest where it is not said.
    #[arg(long, value_name = "VERSION", value_parser = enrol::firmware)]
    firmware: Option<u32>,
    /// Minutes that its clock is ahead of UTC.
    #[arg(
        long,
        value_name = "MINUTES",
        default_value_t = 0,
        allow_negative_numbers = true
    )]
    utc_offset: i16,
    /// Whose time counts.
    #[arg(long, value_enum, default_value_t = WhoseClock::Sensor)]
    clock: WhoseClock,
    /// The patient's number at a sensor that several people use.
    #[arg(long)]
    user: Option<u8>,
    /// Sign each heartbeat's rate where the sensor sends RR intervals, not its average.
    #[arg(long)]
    beats: bool,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum WhoseClock {
    /// The sensor's where it sends a time, else that of arrival.
    Sensor,
    /// Always that of arrival.
    Arrival,
}

#[derive(Debug, Args)]
pub struct ListArgs {
    #[command(flatten)]
    gateway: GatewayArgs,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
pub struct ShowArgs {
    /// Its device number.
    #[arg(long)]
    device: u64,
    #[command(flatten)]
    list: ListArgs,
}

#[derive(Debug, Args)]
pub struct AsideArgs {
    /// At most so many, the newest first.
    #[arg(long, default_value_t = 50)]
    limit: u32,
    #[command(flatten)]
    list: ListArgs,
}

pub fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Add(args) => add(&args),
        Command::List(args) => show::list(&args),
        Command::Show(args) => show::show(&args),
        Command::Aside(args) => show::aside(&args),
    }
}

fn add(args: &AddArgs) -> Result<(), Failure> {
    let opened = read(&args.gateway)?;
    let secrets = opened.settings.secrets()?;
    let enrolment = Enrolment {
        deployment: &opened.chain.contracts()?,
        patient: opened.settings.patient.u64(),
        serial: &args.serial,
        model: args.model,
        firmware: args.firmware,
        holder: secrets.device.as_ref(),
    };
    let settings = |measures: &[_]| Settings {
        clock: args.clock(),
        user: args.user,
        beats: args.beats,
        ..Settings::of(measures)
    };
    let added = enrolment.run(&opened.chain.sender()?, &book(&opened)?, settings)?;
    show::added(&added, args.json);
    Ok(())
}

impl AddArgs {
    fn clock(&self) -> Clock {
        Clock {
            uses: match self.clock {
                WhoseClock::Sensor => ClockUse::Sensor,
                WhoseClock::Arrival => ClockUse::Arrival,
            },
            utc_offset_min: self.utc_offset,
        }
    }
}

/// The sensors' file in the gateway's directory, under the gateway's store key.
fn book(opened: &Opened) -> Result<SensorBook, Failure> {
    let dir = &opened.settings.dir;
    std::fs::create_dir_all(dir).map_err(|cause| Failure::file(dir, cause))?;
    let key = opened.settings.secrets()?.store_key;
    Ok(SensorBook::open(&opened.settings.sensors(), &key)?)
}

#[cfg(test)]
mod tests;
