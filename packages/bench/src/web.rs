//! What `apps/web/bench` measured in a browser, into the page.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result};

use crate::performance::{Machine, Performance, Web};

#[derive(clap::Args)]
pub struct Asked {
    /// The repository's root.
    #[arg(long, value_name = "DIR")]
    root: PathBuf,
    /// What the browser's side wrote.
    #[arg(long, value_name = "FILE")]
    figures: PathBuf,
}

pub fn run(asked: &Asked) -> Result<()> {
    let name = asked.figures.display().to_string();
    let figures = fs::read(&asked.figures).context(name.clone())?;
    let web: Web = serde_json::from_slice(&figures).context(name)?;
    Performance::change(&asked.root, |performance| {
        performance.web = Some((web, Machine::this()));
    })
}
