//! Where is looked: what the services left on disk, said, and tell whoever asks.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{ensure, Context, Result};
use serde_json::Value;

use super::flight::Flight;
use super::needles::Needles;
use super::peel::peel;
use crate::files::run;

/// Of a file at once, and how much of it twice, so that nothing lies across.
const PIECE: usize = 64 << 20;
const OVERLAP: usize = 4 << 10;

pub struct Place {
    pub name: String,
    holds: Holds,
    /// Is there for certain: what does not find it does not look.
    pub witness: String,
    /// Whether something was planted there.
    pub planted: bool,
}

enum Holds {
    /// A file, or all that are under a directory but for these.
    Files(PathBuf, Vec<PathBuf>),
    Bytes(Vec<u8>),
}

#[derive(Default)]
pub struct Found {
    pub bytes: usize,
    pub pieces: usize,
    pub witnessed: bool,
    hits: Vec<(usize, &'static str, &'static str, String)>,
}

impl Found {
    /// By the number of the needles.
    pub fn of(&self, needles: usize) -> impl Iterator<Item = (&'static str, &'static str, &str)> {
        let own = self.hits.iter().filter(move |hit| hit.0 == needles);
        own.map(|(_, what, form, at)| (*what, *form, at.as_str()))
    }
}

impl Place {
    pub fn look(&self, needles: &[&Needles]) -> Result<Found> {
        let mut found = Found::default();
        match &self.holds {
            Holds::Bytes(bytes) => self.search(bytes, "its answer", needles, &mut found),
            Holds::Files(root, but) => {
                for file in files(root)?.iter().filter(|file| !but.contains(file)) {
                    let bytes =
                        fs::read(file).with_context(|| format!("reading {}", file.display()))?;
                    let shown = file
                        .strip_prefix(root)
                        .unwrap_or(file)
                        .display()
                        .to_string();
                    let with_name = [file.to_string_lossy().as_bytes(), b"\n", &bytes].concat();
                    self.search(&with_name, &shown, needles, &mut found);
                }
            }
        }
        Ok(found)
    }

    fn search(&self, bytes: &[u8], at: &str, needles: &[&Needles], found: &mut Found) {
        found.bytes += bytes.len();
        found.pieces += 1;
        let mut from = 0;
        while from < bytes.len() {
            let piece = &bytes[from..bytes.len().min(from + PIECE + OVERLAP)];
            found.witnessed |= contains(piece, self.witness.as_bytes());
            for (number, needles) in needles.iter().enumerate() {
                let hits = needles.find(piece).into_iter();
                found.hits.extend(hits.map(|(what, form, place)| {
                    (number, what, form, format!("{at}, byte {}", from + place))
                }));
            }
            from += PIECE;
        }
    }
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

fn files(root: &Path) -> Result<Vec<PathBuf>> {
    if !root.is_dir() {
        return Ok(vec![root.to_path_buf()]);
    }
    let mut all = Vec::new();
    for entry in fs::read_dir(root)? {
        all.extend(files(&entry?.path())?);
    }
    Ok(all)
}

/// Stops what runs in between: some places hold everything only then.
pub fn gather(flight: &mut Flight) -> Result<Vec<Place>> {
    let consent = flight.stage.world.at.consent.clone();
    let mut places = asked(flight)?;
    places.push(answers(
        "blocks and events, by RPC",
        blocks(flight)?,
        &consent,
        true,
    ));
    flight.stop()?;
    places.push(answers(
        "state of all contracts, exported",
        exported(flight)?,
        &consent,
        true,
    ));
    let data = flight.stage.world.wasmd_home().join("data");
    places.push(on_disk(
        "the node's directory",
        data,
        vec![],
        "vitals-local-1",
    ));
    for vault in &flight.stage.vaults {
        let dir = flight.stage.world.home(&vault.name);
        places.push(on_disk(
            &format!("{}'s directory", vault.name),
            dir,
            vec![],
            &flight.stage.patient.id.to_string(),
        ));
    }
    let notify = flight.stage.world.home("notify");
    places.push(on_disk(
        "the notifier's directory",
        notify,
        vec![],
        "SQLite format 3",
    ));
    let gateway = flight.stage.world.home("gateway");
    // what the gateway opens its packages with, and signs alerts with, lies where it was put
    let own = vec![gateway.join("identity"), gateway.join("device.key")];
    places.push(on_disk(
        "the gateway's directory",
        gateway,
        own,
        "SQLite format 3",
    ));
    for (service, witness) in flight.logs() {
        places.push(on_disk(
            &format!("{service}'s log"),
            flight.stage.world.log(service),
            vec![],
            witness,
        ));
    }
    Ok(places)
}

fn on_disk(name: &str, root: PathBuf, but: Vec<PathBuf>, witness: &str) -> Place {
    Place {
        name: name.into(),
        holds: Holds::Files(root, but),
        witness: witness.into(),
        planted: true,
    }
}

fn answers(name: &str, bytes: Vec<u8>, witness: &str, planted: bool) -> Place {
    Place {
        name: name.into(),
        holds: Holds::Bytes(bytes),
        witness: witness.into(),
        planted,
    }
}

/// What services tell operators while they run, and what became of notifications.
fn asked(flight: &mut Flight) -> Result<Vec<Place>> {
    let mut places = Vec::new();
    for (name, at) in flight.watched() {
        for page in ["metrics", "healthz"] {
            let text = get(&format!("http://{at}/{page}"))?;
            let witness = if page == "metrics" { "vitals_" } else { "well" };
            places.push(answers(&format!("{name}: {page}"), text, witness, false));
        }
    }
    places.push(answers(
        "vitals status",
        flight.stage.status().into_bytes(),
        "vaults",
        false,
    ));
    places.push(answers(
        "vitals gateway quarantine",
        flight.stage.quarantined()?.into_bytes(),
        "link/",
        false,
    ));
    places.push(answers(
        "notifications",
        flight.notified(),
        "webhook-id",
        false,
    ));
    Ok(places)
}

fn get(url: &str) -> Result<Vec<u8>> {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .build()
        .into();
    let mut answer = agent.get(url).call().with_context(|| url.to_string())?;
    Ok(answer
        .body_mut()
        .with_config()
        .limit(1 << 30)
        .read_to_vec()?)
}

fn rpc(flight: &Flight, path: &str) -> Result<Value> {
    let answer = get(&format!("{}/{path}", flight.stage.world.rpc()))?;
    serde_json::from_slice(&answer).with_context(|| path.to_string())
}

/// Every block with its transactions, and what came of them.
fn blocks(flight: &Flight) -> Result<Vec<u8>> {
    let status = rpc(flight, "status")?;
    let latest = status["result"]["sync_info"]["latest_block_height"].as_str();
    let latest: u64 = latest.context("no height")?.parse()?;
    let mut all = Vec::new();
    for height in 1..=latest {
        for what in ["block", "block_results"] {
            all.extend(peel(&rpc(flight, &format!("{what}?height={height}"))?));
        }
    }
    Ok(all)
}

fn exported(flight: &Flight) -> Result<Vec<u8>> {
    let file = flight.stage.world.home("export.json");
    run(Command::new(&flight.stage.world.paths.wasmd)
        .args(["export", "--output-document"])
        .arg(&file)
        .arg("--home")
        .arg(flight.stage.world.wasmd_home()))?;
    let state: Value = crate::files::read_json(&file)?;
    let contracts = state["app_state"]["wasm"]["contracts"].as_array();
    ensure!(
        contracts.is_some_and(|all| all.len() >= 5),
        "the export has no five contracts"
    );
    Ok(peel(&state))
}
