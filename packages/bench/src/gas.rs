//! `bench gas`: one run on a chain of its own, from the yardsticks to the last message.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{bail, Context, Result};

use crate::Gas;

mod admin;
mod anchor;
mod care;
mod chain;
mod claims;
mod consent;
mod contract;
mod cost;
mod coverage;
mod decide;
mod deploy;
mod devices;
mod emergency;
mod guardians;
mod lifecycle;
mod page;
mod plans;
mod registry;
mod snapshot;
mod stage;
mod teams;
mod yardsticks;

use chain::Chain;
use cost::Cost;
use stage::Stage;

/// Figures by name.
pub type Costs = BTreeMap<String, Cost>;

pub fn run(asked: &Gas) -> Result<()> {
    let wasm_bytes = sizes(&asked.root)?;
    let costs = measure(asked)?;
    let gas: BTreeMap<String, u64> = costs.iter().map(|(n, c)| (n.clone(), c.gas)).collect();
    let file = asked.root.join("docs/gas.json");
    let risen = snapshot::risen(&snapshot::read(&file)?, &gas);
    for line in &risen {
        eprintln!("{line}");
    }
    if !risen.is_empty() && !asked.update {
        bail!(
            "{} figures rose by more than 1 % or are gone: bring them down, or take them with --update",
            risen.len()
        );
    }
    let page = page::render(&costs, &wasm_bytes)?;
    let json = serde_json::to_string_pretty(&gas)? + "\n";
    fs::write(&file, json).with_context(|| file.display().to_string())?;
    fs::write(asked.root.join("docs/gas.md"), page).context("docs/gas.md")?;
    println!("{} figures in docs/gas.json and docs/gas.md", gas.len());
    Ok(())
}

fn measure(asked: &Gas) -> Result<Costs> {
    let chain = Chain::start(&asked.root)?;
    let mut stage = Stage::set(&chain)?;
    yardsticks::measure(&mut stage, asked)?;
    stage.deploy(&asked.root.join("artifacts"))?;
    let people = consent::people(&mut stage)?;
    let mut devices = registry::makers_and_devices(&mut stage, &people)?;
    let sold = claims::sell(&mut stage, &people, asked)?;
    let batches = anchor::measure(&mut stage, &people, &mut devices)?;
    care::measure(&mut stage, &people, &mut devices)?;
    decide::measure(&mut stage, &people)?;
    admin::measure(&mut stage)?;
    claims::claim(&mut stage, &people, &sold, &batches)?;
    plans::measure(&mut stage, &people)?;
    anchor::shred(&mut stage, &people)?;
    lifecycle::measure(&mut stage, &people, &mut devices)?;
    claims::rest(&mut stage, &people, &sold)?;
    consent::rest(&mut stage, &people)?;
    coverage::check(stage.measured())?;
    Ok(stage.into_costs())
}

/// Bytes of each contract by its name.
fn sizes(root: &Path) -> Result<BTreeMap<String, u64>> {
    let mut found = BTreeMap::new();
    for contract in contract::Contract::ALL {
        let file = root
            .join("artifacts")
            .join(format!("{}.wasm", contract.file()));
        let size = fs::metadata(&file)
            .with_context(|| file.display().to_string())?
            .len();
        found.insert(contract.name().to_string(), size);
    }
    Ok(found)
}
