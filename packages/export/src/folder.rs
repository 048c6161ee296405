//! The directory: its owner's alone, whole files written whole, others appended to and cut back to
//! what counts after an interruption.

use std::collections::BTreeMap;
use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use serde::Serialize;
use tempfile::NamedTempFile;

use crate::state::{State, Subject};
use crate::ExportError;

const STATE: &str = ".export-state.json";
/// What an export makes in its directory.
const OURS: [&str; 11] = [
    STATE,
    "README.md",
    "manifest.json",
    MISSING,
    "chain",
    "devices",
    "batches",
    "readings",
    "alerts",
    "plans",
    "receipts",
];
/// What could not be exported, and why.
pub const MISSING: &str = "missing.jsonl";
/// So many bytes wait in memory at most before they are written.
const ROOM: usize = 4 << 20;

pub struct Folder {
    root: PathBuf,
    pub state: State,
    waiting: BTreeMap<String, Vec<u8>>,
    /// Lines about parts that every start goes through anew.
    missing_now: Vec<u8>,
    /// Held while it is open: one export at a time.
    _lock: File,
}

impl Folder {
    pub fn open(root: &Path, subject: Subject) -> Result<Self, ExportError> {
        make(root)?;
        let lock = File::open(root).map_err(|cause| ExportError::file(root, cause))?;
        lock.try_lock().map_err(|_| ExportError::Busy {
            dir: root.display().to_string(),
        })?;
        let state = state_in(root, subject)?;
        let mode = Permissions::from_mode(0o700);
        fs::set_permissions(root, mode).map_err(|cause| ExportError::file(root, cause))?;
        let folder = Self {
            root: root.into(),
            state,
            waiting: BTreeMap::new(),
            missing_now: Vec::new(),
            _lock: lock,
        };
        folder.cut_back()?;
        folder.save()?;
        Ok(folder)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A file that is there whole or not at all.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<(), ExportError> {
        let path = self.path(name);
        let dir = path.parent().unwrap_or(&self.root);
        make(dir)?;
        let write = || -> std::io::Result<()> {
            // made with mode 0600
            let mut file = NamedTempFile::new_in(dir)?;
            file.write_all(bytes)?;
            file.as_file().sync_all()?;
            file.persist(&path)?;
            File::open(dir)?.sync_all()
        };
        write().map_err(|cause| ExportError::file(&path, cause))
    }

    pub fn write_json(&self, name: &str, value: &impl Serialize) -> Result<(), ExportError> {
        let text = serde_json::to_vec_pretty(value);
        let mut text = text.map_err(|cause| ExportError::file(&self.path(name), cause))?;
        text.push(b'\n');
        self.write(name, &text)
    }

    /// Appends a line; it counts once [`Folder::commit`] returned.
    pub fn append(&mut self, name: &str, line: &str) {
        let waiting = self.waiting.entry(name.into()).or_default();
        waiting.extend_from_slice(line.as_bytes());
        waiting.push(b'\n');
    }

    pub fn append_json(&mut self, name: &str, value: &serde_json::Value) {
        self.append(name, &value.to_string());
    }

    /// Whether a file that is appended to has no line yet.
    pub fn is_new(&self, name: &str) -> bool {
        !self.state.lengths.contains_key(name) && !self.waiting.contains_key(name)
    }

    /// Tells of something that is not in the export, and that this start found out.
    pub fn missing(&mut self, what: &str, reason: &str) {
        self.missing_now
            .extend_from_slice(told(what, reason).as_bytes());
        self.missing_now.push(b'\n');
    }

    /// The same of a batch, of which no later start finds out again.
    pub fn missing_batch(&mut self, what: &str, reason: &str) {
        self.append(MISSING, &told(what, reason));
    }

    /// Commits where much waits.
    pub fn commit_much(&mut self) -> Result<(), ExportError> {
        match self.waiting.values().map(Vec::len).sum::<usize>() < ROOM {
            true => Ok(()),
            false => self.commit(),
        }
    }

    /// What was appended is on disk, and how far the export is.
    pub fn commit(&mut self) -> Result<(), ExportError> {
        for (name, bytes) in std::mem::take(&mut self.waiting) {
            let path = self.path(&name);
            make(path.parent().unwrap_or(&self.root))?;
            append(&path, &bytes).map_err(|cause| ExportError::file(&path, cause))?;
            *self.state.lengths.entry(name).or_default() += bytes.len() as u64;
        }
        self.save()
    }

    /// Commits, and writes what this start missed behind what counts: should another one be needed,
    /// it is cut off and found out anew.
    pub fn close(&mut self) -> Result<(), ExportError> {
        self.commit()?;
        let path = self.path(MISSING);
        match self.missing_now.is_empty() {
            true => Ok(()),
            false => append(&path, &self.missing_now).map_err(|c| ExportError::file(&path, c)),
        }
    }

    /// Nothing is left to do: what tells of the way goes.
    pub fn finish(self) -> Result<(), ExportError> {
        let path = self.path(STATE);
        fs::remove_file(&path).map_err(|cause| ExportError::file(&path, cause))
    }

    fn save(&self) -> Result<(), ExportError> {
        self.write_json(STATE, &self.state)
    }

    /// Lines written after the last commit are written again.
    fn cut_back(&self) -> Result<(), ExportError> {
        for dir in ["batches", "readings"] {
            self.drop_unknown(dir)?;
        }
        if !self.state.lengths.contains_key(MISSING) {
            removed(&self.path(MISSING))?;
        }
        for (name, length) in &self.state.lengths {
            let path = self.path(name);
            let file = OpenOptions::new().write(true).open(&path);
            file.and_then(|file| match file.metadata()?.len() >= *length {
                true => file.set_len(*length),
                false => Err(std::io::Error::other("it was shortened")),
            })
            .map_err(|cause| ExportError::file(&path, cause))?;
        }
        Ok(())
    }

    fn drop_unknown(&self, dir: &str) -> Result<(), ExportError> {
        let path = self.path(dir);
        let entries = match fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(ExportError::file(&path, error)),
        };
        for entry in entries {
            let entry = entry.map_err(|cause| ExportError::file(&path, cause))?;
            let name = format!("{dir}/{}", entry.file_name().to_string_lossy());
            if !self.state.lengths.contains_key(&name) {
                removed(&entry.path())?;
            }
        }
        Ok(())
    }
}

fn state_in(root: &Path, subject: Subject) -> Result<State, ExportError> {
    let dir = || root.display().to_string();
    let entries = fs::read_dir(root).map_err(|cause| ExportError::file(root, cause))?;
    let names: Vec<String> = entries
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect::<std::io::Result<_>>()
        .map_err(|cause| ExportError::file(root, cause))?;
    let begun = names.iter().any(|name| name == STATE);
    // a temporary file is what a crash left
    let foreign =
        |name: &&String| !begun || !(OURS.contains(&name.as_str()) || name.starts_with(".tmp"));
    if let Some(found) = names.iter().find(foreign) {
        return Err(ExportError::NotEmpty {
            dir: dir(),
            found: found.clone(),
        });
    }
    if !begun {
        return Ok(State::new(subject));
    }
    for left in names.iter().filter(|name| name.starts_with(".tmp")) {
        removed(&root.join(left))?;
    }
    let path = root.join(STATE);
    let bytes = fs::read(&path).map_err(|cause| ExportError::file(&path, cause))?;
    let state: State =
        serde_json::from_slice(&bytes).map_err(|cause| ExportError::file(&path, cause))?;
    match state.subject == subject {
        true => Ok(state),
        false => Err(ExportError::Other {
            dir: dir(),
            found: state.subject.to_string(),
            expected: subject.to_string(),
        }),
    }
}

fn told(what: &str, reason: &str) -> String {
    serde_json::json!({ "what": what, "reason": reason }).to_string()
}

fn make(dir: &Path) -> Result<(), ExportError> {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(dir)
        .map_err(|cause| ExportError::file(dir, cause))
}

fn append(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = OpenOptions::new()
        .create(true)
        .append(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn removed(path: &Path) -> Result<(), ExportError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(ExportError::file(path, error)),
        _ => Ok(()),
    }
}

#[cfg(test)]
#[path = "folder_tests.rs"]
mod tests;
