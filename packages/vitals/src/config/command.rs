//! `vitals config`: whether the configuration is sound, and one to start from.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{Chain, Fault, Settings, Source};
use crate::failure::Failure;

/// Printed by `vitals config example`.
const EXAMPLE: &str = include_str!("example.toml");

/// What looks at a section.
type Look = fn(&Source, &str) -> Vec<Fault>;

/// Every section there is, and who reads it.
const SECTIONS: [(&str, Look); 6] = [
    ("chain", look::<Chain>),
    ("gateway", look::<crate::gateway::Settings>),
    ("vault", look::<crate::vault::Settings>),
    ("keeper", look::<crate::keeper::Settings>),
    ("notify", look::<crate::notify::Settings>),
    ("web", look::<crate::web::Settings>),
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
    /// The configuration.
    #[arg(long, value_name = "FILE", env = "VITALS_CONFIG")]
    config: Option<PathBuf>,
}

pub fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Check(args) => {
            let source = Source::read(args.config.as_deref())?;
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
        false => Err(Failure::new("config/invalid", faults.join("\n  "))),
    }
}

fn faults(source: &Source, name: &str) -> Vec<String> {
    let Some((_, look)) = SECTIONS.iter().find(|(known, _)| *known == name) else {
        let known = SECTIONS.map(|(known, _)| known).join(", ");
        return vec![format!("{name}: no such section; there are {known}")];
    };
    let faults = look(source, name);
    faults.iter().map(|fault| fault.told(name)).collect()
}

fn look<T: Settings>(source: &Source, name: &str) -> Vec<Fault> {
    source.look::<T>(name).err().unwrap_or_default()
}
