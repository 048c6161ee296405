//! The programs that act for others unattended, a process each, killed with -9: the patient's key
//! agent, and the sponsor that watches whose fees it pays.

use anyhow::{Context, Result};

use crate::random::Random;
use crate::world::{Paths, World};

mod keys;
mod sponsor;

const ACCOUNTS: [&str; 8] = [
    "board", "maker", "patient", "gateway", "vault", "reader", "leaver", "clinic",
];

/// The key agent is killed so many times, at moments that the seed draws.
pub fn run(paths: Paths, seed: u64, kills: u32) -> Result<()> {
    println!("agents: seed {seed}, {kills} kills");
    acted(paths, seed, kills).with_context(|| format!("agents, seed {seed}"))
}

fn acted(paths: Paths, seed: u64, kills: u32) -> Result<()> {
    let world = World::start(paths, &ACCOUNTS)?;
    world.admit()?;
    keys::run(&world, &mut Random::new(seed), kills)?;
    sponsor::run(&world)
}
