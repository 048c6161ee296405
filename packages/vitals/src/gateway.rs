//! `vitals gateway`: one patient's edge.

mod ask;
mod mqtt;
mod open;
mod parked;
mod password;
mod quarantine;
mod run;
mod settings;

use clap::{Args, Subcommand};

use crate::config::ServiceArgs;
use crate::failure::Failure;

pub use ask::ask;
pub use open::{read, Opened};
pub use settings::Settings;

#[derive(Subcommand)]
pub enum Command {
    /// Take what devices send, over MQTT or stdin, seal and anchor it until stopped. What is stored
    /// goes on where it was after any end.
    Run(run::RunArgs),
    /// Ask devices to close what is open now, though the hour is not over.
    Close(GatewayArgs),
    /// Try again what the chain refused, once its cause is removed.
    Retry(GatewayArgs),
    /// What came and was not taken, and why.
    #[command(subcommand)]
    Quarantine(quarantine::Command),
    /// Batches kept for the patient alone, until there are keys to seal them under.
    #[command(subcommand)]
    Parked(parked::Command),
    /// Give a device the password by which it connects over MQTT, and print it.
    DevicePassword(password::PasswordArgs),
}

/// Names a gateway, running or not.
#[derive(Debug, Args)]
pub struct GatewayArgs {
    /// As `dir` of [gateway]: its store and key files; made where there is none.
    #[arg(long, value_name = "DIR")]
    dir: Option<std::path::PathBuf>,
    #[command(flatten)]
    service: ServiceArgs,
}

pub fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Run(args) => run::run(&args),
        Command::Close(args) => simply(&args, "close", "what is open is asked to be closed"),
        Command::Retry(args) => simply(&args, "retry", "what was refused is tried again"),
        Command::Quarantine(command) => quarantine::run(command),
        Command::Parked(command) => parked::run(command),
        Command::DevicePassword(args) => password::run(&args),
    }
}

fn simply(args: &GatewayArgs, command: &str, done: &str) -> Result<(), Failure> {
    ask(&read(args)?, command, &())?;
    println!("{done}");
    Ok(())
}
