//! Files and programs of this machine.

use std::fs;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{ensure, Context, Result};
use serde::de::DeserializeOwned;

/// A file that only its owner may read.
pub fn private(path: &Path, bytes: &[u8]) -> Result<PathBuf> {
    let mut options = fs::OpenOptions::new();
    let options = options.write(true).create(true).truncate(true).mode(0o600);
    let mut file = options
        .open(path)
        .with_context(|| format!("writing {}", path.display()))?;
    file.write_all(bytes)?;
    Ok(path.to_path_buf())
}

pub fn read_json<T: DeserializeOwned>(path: &Path) -> Result<T> {
    let text = fs::read(path).with_context(|| format!("reading {}", path.display()))?;
    serde_json::from_slice(&text).with_context(|| format!("parsing {}", path.display()))
}

/// Runs a program to its end; what it printed. Fails where it failed, with what it said.
pub fn run(command: &mut Command) -> Result<String> {
    let done = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("running {command:?}"))?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_string();
    ensure!(
        done.status.success(),
        "{command:?} failed:\n{}\n{}",
        text(&done.stdout),
        text(&done.stderr)
    );
    Ok(text(&done.stdout))
}
