//! What a keeper remembers between starts: how far it walked, what is not settled, what it heard of.
//! Public numbers and accounts alone. Whoever loses it walks from 1 again, and hears what the node
//! still has.

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;
use vitals_ledger::Deployment;

use crate::review::Told;
use crate::seen::{Listed, Seen};

const VERSION: u8 = 1;

#[derive(Debug, thiserror::Error)]
pub enum MemoryError {
    #[error("keeper/state: {path}: {cause}")]
    File { path: String, cause: String },
    #[error("keeper/other_deployment: {path} is of deployment {found}, this one is {expected}")]
    OtherDeployment {
        path: String,
        found: String,
        expected: String,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Emergency {
    pub patient: u64,
    pub emergency: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Owed {
    pub product: u64,
    pub account: String,
}

/// How far a keeper is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Memory {
    version: u8,
    deployment_id: String,
    pub(crate) alerts: Seen,
    pub(crate) policies: Seen,
    pub(crate) emergencies: Listed<Emergency>,
    /// Patients of whom a recovery was decided.
    pub(crate) recoveries: Listed<u64>,
    pub(crate) owed: Listed<Owed>,
    /// Events were read up to this height.
    pub(crate) heard: u64,
    /// Reviews that were told of.
    pub(crate) told: Vec<Told>,
}

impl Memory {
    /// Of a keeper that knows nothing yet.
    pub fn new(at: &Deployment) -> Self {
        Self {
            version: VERSION,
            deployment_id: at.deployment_id.clone(),
            ..Self::default()
        }
    }

    /// Fails on a file of another deployment: its numbers mean other things.
    pub fn read(path: &Path, at: &Deployment) -> Result<Self, MemoryError> {
        let bytes = match fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Self::new(at)),
            Err(error) => return Err(file_error(path, error)),
        };
        let memory: Self = serde_json::from_slice(&bytes).map_err(|e| file_error(path, e))?;
        if memory.version != VERSION {
            return Err(file_error(path, format!("version {}", memory.version)));
        }
        if memory.deployment_id != at.deployment_id {
            return Err(MemoryError::OtherDeployment {
                path: path.display().to_string(),
                found: memory.deployment_id,
                expected: at.deployment_id.clone(),
            });
        }
        Ok(memory)
    }

    /// Whole or not at all: on disk under another name first, then moved into place.
    pub fn write(&self, path: &Path) -> Result<(), MemoryError> {
        let dir = match path.parent() {
            Some(parent) if parent != Path::new("") => parent,
            _ => Path::new("."),
        };
        let write = || -> std::io::Result<()> {
            let mut file = NamedTempFile::new_in(dir)?;
            serde_json::to_writer(&mut file, self)?;
            file.flush()?;
            file.as_file().sync_all()?;
            file.persist(path)?;
            File::open(dir)?.sync_all()
        };
        write().map_err(|cause| file_error(path, cause))
    }
}

fn file_error(path: &Path, cause: impl ToString) -> MemoryError {
    MemoryError::File {
        path: path.display().to_string(),
        cause: cause.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::deployment;

    #[test]
    fn a_state_file_comes_back_as_it_was_written() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("state.json");
        let mut memory = Memory::read(&path, &deployment()).unwrap();
        assert_eq!(memory, Memory::new(&deployment()), "there is none yet");
        memory.recoveries.insert(u64::MAX);
        memory.heard = 9;
        memory.write(&path).unwrap();
        memory.write(&path).unwrap();
        assert_eq!(Memory::read(&path, &deployment()).unwrap(), memory);
        let names = fs::read_dir(dir.path()).unwrap().count();
        assert_eq!(names, 1, "nothing else is left beside it");
    }

    #[test]
    fn a_state_file_of_another_deployment_or_torn_is_refused_by_name() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("state.json");
        Memory::new(&deployment()).write(&path).unwrap();
        let mut other = deployment();
        other.deployment_id = "11".repeat(32);
        let error = Memory::read(&path, &other).unwrap_err().to_string();
        assert!(error.starts_with("keeper/other_deployment: "), "{error}");
        fs::write(&path, b"{\"version\":1,").unwrap();
        let error = Memory::read(&path, &deployment()).unwrap_err().to_string();
        assert!(error.starts_with("keeper/state: "), "{error}");
        assert!(error.contains("state.json"), "{error}");
    }

    #[test]
    fn a_full_or_missing_disk_is_said_and_keeps_the_file_that_was_there() {
        let gone = Path::new("/proc/none/state.json");
        let error = Memory::new(&deployment()).write(gone).unwrap_err();
        assert!(error.to_string().starts_with("keeper/state: "), "{error}");
    }
}
