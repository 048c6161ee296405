#![doc = include_str!("../README.md")]

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};

mod agents;
mod canary;
mod crash;
mod files;
mod matrix;
mod random;
mod service;
mod world;

use world::Paths;

/// Services under kill, question and search, on a real chain. `scripts/soak` runs it.
#[derive(Parser)]
struct Soak {
    /// wasmd, as scripts/chain uses it.
    #[arg(long, env = "WASMD", global = true, default_value = "wasmd")]
    wasmd: PathBuf,
    /// The program whose services run; the one beside this where not given.
    #[arg(long, env = "VITALS", global = true)]
    vitals: Option<PathBuf>,
    /// The repository.
    #[arg(long, global = true, default_value = ".")]
    root: PathBuf,
    /// An empty directory for all that runs.
    #[arg(long, global = true, default_value = "soak")]
    home: PathBuf,
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Asks a vault everything as everybody, and holds the answers against the golden file.
    Matrix {
        /// Writes the golden file instead.
        #[arg(long)]
        write: bool,
    },
    /// Looks for a name, a value, a note and keys wherever services keep or say anything.
    Canary,
    /// Runs the patient's key agent and a clinic's sponsor, and kills them with -9.
    Agents {
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Of the key agent, each after a revocation.
        #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(..=50))]
        kills: u32,
    },
    /// Kills services with -9 while devices measure; afterwards every reading is anchored once.
    Crash {
        #[arg(long, default_value_t = 1)]
        seed: u64,
        #[arg(long, default_value_t = 50)]
        kills: u32,
        /// Devices reach the gateway through the mosquitto in this directory, which is killed too.
        #[arg(long, value_name = "DIR")]
        mosquitto: Option<PathBuf>,
    },
}

fn main() -> Result<()> {
    let soak = Soak::parse();
    let paths = paths(&soak)?;
    match soak.what {
        What::Matrix { write } => {
            let golden = paths.root.join("packages/soak/golden/vault-access.txt");
            matrix::run(paths, &golden, write)
        }
        What::Canary => canary::run(paths),
        What::Agents { seed, kills } => agents::run(paths, seed, kills),
        What::Crash {
            seed,
            kills,
            mosquitto,
        } => {
            let plan = crash::Plan {
                seed,
                kills,
                mosquitto,
                sensor: true,
            };
            crash::run(paths, &plan)
        }
    }
}

fn paths(soak: &Soak) -> Result<Paths> {
    std::fs::create_dir_all(&soak.home)?;
    let vitals = match &soak.vitals {
        Some(path) => path.clone(),
        None => std::env::current_exe()?.with_file_name("vitals"),
    };
    let here = |path: &PathBuf| {
        path.canonicalize()
            .with_context(|| format!("there is no {}", path.display()))
    };
    Ok(Paths {
        wasmd: here(&soak.wasmd)?,
        vitals: here(&vitals)?,
        root: here(&soak.root)?,
        home: here(&soak.home)?,
    })
}
