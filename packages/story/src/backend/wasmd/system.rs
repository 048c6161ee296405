//! Files and programs of this machine.

use std::fs;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{ensure, Context, Result};
use serde::Deserialize;

/// The `vitals` that was built beside this program.
pub fn vitals() -> Result<Command> {
    beside("vitals")
}

/// A program that was built beside this one.
pub fn beside(name: &str) -> Result<Command> {
    let here = std::env::current_exe()?;
    let beside = here.with_file_name(name);
    ensure!(beside.exists(), "{} is not built", beside.display());
    Ok(Command::new(beside))
}

/// A file that only its owner may read.
pub fn private(path: &Path, bytes: &[u8]) -> Result<PathBuf> {
    let mut options = fs::OpenOptions::new();
    let mut file = options
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(bytes)?;
    Ok(path.to_path_buf())
}

pub fn env(name: &str) -> Result<String> {
    std::env::var(name).with_context(|| format!("{name} is not set; scripts/demo sets it"))
}

pub fn read_json<T: for<'a> Deserialize<'a>>(path: &Path) -> Result<T> {
    let text = fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("parsing {}", path.display()))
}

/// Runs a command to its end; what it printed is shown where it failed.
pub fn output(command: &mut Command) -> Result<String> {
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
    // wasmd prints its version to stderr
    let (stdout, stderr) = (text(&done.stdout), text(&done.stderr));
    Ok(if stdout.is_empty() { stderr } else { stdout })
}

pub fn run(command: &mut Command) -> Result<()> {
    output(command).map(|_| ())
}

/// What a command printed, or what it said went wrong.
pub fn said(command: &mut Command) -> Result<Result<String, String>> {
    let ran = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("running {command:?}"))?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_string();
    Ok(match ran.status.success() {
        true => Ok(text(&ran.stdout)),
        false => Err(text(&ran.stderr)),
    })
}
