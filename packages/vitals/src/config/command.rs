//! `vitals config`: whether the configuration is sound, and one to start from.

use clap::{Args, Subcommand};

use super::service::invalid;
use super::{Chain, Fault, Service, ServiceArgs, Settings, Source};
use crate::failure::Failure;

/// Printed by `vitals config example`.
const EXAMPLE: &str = include_str!("example.toml");

/// What looks at a section, and names each fault with its key.
type Look = fn(&Source, &str) -> Vec<String>;

/// Every section there is, and who reads it.
const SECTIONS: [(&str, Look); 6] = [
    ("chain", look::<Chain>),
    ("gateway", with_chain::<crate::gateway::Settings>),
    ("vault", with_chain::<crate::vault::Settings>),
    ("keeper", with_chain::<crate::keeper::Settings>),
    ("notify", with_chain::<crate::notify::Settings>),
    ("web", with_chain::<crate::web::Settings>),
];

/// What tells what is sound in a section and seldom meant.
type Notes = fn(&Source, &str) -> Vec<String>;

/// Sections with a setting whose absence is quiet and matters.
const NOTED: [(&str, Notes); 2] = [
    ("gateway", noted::<crate::gateway::Settings>),
    ("vault", noted::<crate::vault::Settings>),
];

#[derive(Subcommand)]
pub enum Command {
    /// Read every section, with the environment over it, and name all that is wrong.
    Check(CheckArgs),
    /// Print a configuration with every setting and what it means.
    Example,
}

#[derive(Args)]
pub struct CheckArgs {
    #[command(flatten)]
    service: ServiceArgs,
}

pub fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Check(args) => {
            let source = args.service.source()?;
            check(&source)?;
            let sections = source.sections().join(", ");
            println!(
                "sound: {}",
                if sections.is_empty() {
                    "empty"
                } else {
                    &sections
                }
            );
            for note in notes(&source) {
                println!("note: {note}");
            }
        }
        Command::Example => print!("{EXAMPLE}"),
    }
    Ok(())
}

/// Every fault of every section that something is said about.
pub(super) fn check(source: &Source) -> Result<(), Failure> {
    let faults: Vec<_> = source
        .sections()
        .into_iter()
        .flat_map(|name| faults(source, name))
        .collect();
    match faults.is_empty() {
        true => Ok(()),
        false => Err(invalid(&faults)),
    }
}

fn faults(source: &Source, name: &str) -> Vec<String> {
    let Some((_, look)) = SECTIONS.iter().find(|(known, _)| *known == name) else {
        let known = SECTIONS.map(|(known, _)| known).join(", ");
        return vec![format!("{name}: no such section; there are {known}")];
    };
    look(source, name)
}

fn notes(source: &Source) -> Vec<String> {
    let of = |(name, notes): (&str, Notes)| match source.sections().contains(&name) {
        true => notes(source, name),
        false => Vec::new(),
    };
    NOTED.into_iter().flat_map(of).collect()
}

fn noted<T: Service>(source: &Source, name: &str) -> Vec<String> {
    let own = source.look::<T>(name);
    own.map_or_else(|_| Vec::new(), |own| own.notes())
}

fn look<T: Settings>(source: &Source, name: &str) -> Vec<String> {
    told(&source.look::<T>(name).err().unwrap_or_default(), name)
}

fn told(faults: &[Fault], name: &str) -> Vec<String> {
    faults.iter().map(|fault| fault.told(name)).collect()
}

/// The section, and once nothing is wrong with it what it asks of `[chain]`, where that is said.
fn with_chain<T: Service>(source: &Source, name: &str) -> Vec<String> {
    match (source.look::<T>(name), source.look::<Chain>("chain")) {
        (Err(faults), _) => told(&faults, name),
        (Ok(own), Ok(chain)) => own.with_chain(&chain),
        (Ok(_), Err(_)) => Vec::new(),
    }
}
