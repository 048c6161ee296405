//! Every request a vault takes, from everybody who might ask, over real HTTP, with the decision
//! made by the contract on a real chain.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{ensure, Result};

use crate::world::World;

mod actors;
mod ask;
mod golden;
mod grants;
mod requests;
mod scene;
mod setup;

use actors::ACTORS;
use ask::Answer;
use requests::{Request, AFTER_ERASURE, REQUESTS};
use scene::Scene;

/// Answers by request, then by actor.
type Table = Vec<(&'static str, Vec<(&'static str, Answer)>)>;

/// Accounts that nobody acts as here.
const HELPERS: [&str; 6] = ["board", "maker", "admin", "gateway", "vault", "custodian-2"];

/// Asks everything and holds it against the golden file, or writes that.
pub fn run(paths: crate::world::Paths, golden: &Path, write: bool) -> Result<()> {
    let mut names: Vec<&str> = ACTORS.iter().map(|actor| actor.account).collect();
    names.extend(HELPERS);
    names.sort_unstable();
    names.dedup();
    let world = World::start(paths, &names)?;
    let scene = setup::set(world)?;
    let table = ask_all(&scene, &REQUESTS)?;
    let cells: usize = table.iter().map(|(_, row)| row.len()).sum();
    let released = receipts_match(&scene, &table)?;
    let erased = scene.erase()?;
    let after = ask_all(&scene, &AFTER_ERASURE)?;
    println!("{cells} requests asked, {released} released and receipted, {erased} objects erased, {} asked again", after.iter().map(|(_, row)| row.len()).sum::<usize>());
    let table = [table, after].concat();
    golden::hold(golden, &table, write)?;
    only_who_may(&table)
}

fn ask_all(scene: &Scene, requests: &'static [Request]) -> Result<Table> {
    let row = |request: &'static Request| {
        let answers = ACTORS
            .iter()
            .map(|actor| Ok((actor.name, scene.ask(request, actor)?)));
        Ok((request.name, answers.collect::<Result<Vec<_>>>()?))
    };
    requests.iter().map(row).collect()
}

/// Held against who may by the README of the vault, whatever the golden file says.
fn only_who_may(table: &Table) -> Result<()> {
    let may: BTreeMap<_, _> = REQUESTS
        .iter()
        .chain(&AFTER_ERASURE)
        .map(|request| (request.name, request.may))
        .collect();
    let mut wrong = Vec::new();
    for (request, row) in table {
        for (actor, answer) in row {
            if answer.served() != may[request].contains(actor) {
                wrong.push(format!("{request}: {actor}: {answer}"));
            }
        }
    }
    ensure!(
        wrong.is_empty(),
        "not as the README of the vault says:\n{}",
        wrong.join("\n")
    );
    Ok(())
}

/// What was released has one receipt each, and what was refused none.
fn receipts_match(scene: &Scene, table: &Table) -> Result<usize> {
    let releases: Vec<_> = REQUESTS
        .iter()
        .filter(|request| request.releases)
        .map(|r| r.name)
        .collect();
    let rows = table
        .iter()
        .filter(|(request, _)| releases.contains(request));
    let served = rows.map(|(_, row)| row.iter().filter(|(_, answer)| answer.served()).count());
    let served: usize = served.sum();
    let receipts = scene.receipts()?;
    ensure!(served == receipts, "{served} releases, {receipts} receipts");
    Ok(served)
}
