//! Commands to a gateway: to the one that runs, by its control endpoint; else to its store.

use serde::Serialize;
use serde_json::{json, Value};
use vitals_edge::{act, now_ms};
use vitals_ops::{Asked, ControlFile};

use super::open::Opened;
use super::settings::CONTROL_FILE;
use crate::failure::Failure;

/// What it answers.
pub fn ask(opened: &Opened, command: &str, body: &impl Serialize) -> Result<Value, Failure> {
    let body = json!(body).to_string();
    let control = ControlFile::read(&opened.settings.in_dir(CONTROL_FILE))?;
    match control.map(|control| control.ask(command, body.as_bytes())) {
        Some(Asked::Answered(answer)) => answer.map_err(Failure::told),
        // It does not run, or never did.
        Some(Asked::Nobody) | None => {
            let mut gateway = opened.open()?;
            let done = act(&mut gateway, command, body.as_bytes(), now_ms());
            let done = done.unwrap_or_else(|| Err(format!("edge/command: no command {command}")));
            done.map_err(Failure::told)
        }
    }
}
