//! Keys in a file: written whole or not at all, readable to its owner only.

use std::fs::{self, File, Permissions};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::{Keys, KeysError, Lock};

/// One patient's keys, and the file they are kept in.
pub struct Agent {
    path: PathBuf,
    lock: Lock,
    pub(crate) keys: Keys,
}

impl Agent {
    /// Makes keys and their file; fails where the file exists.
    pub fn create(
        path: &Path,
        lock: Lock,
        patient: u64,
        generation: u32,
    ) -> Result<Self, KeysError> {
        if path.exists() {
            return Err(KeysError::Exists {
                path: path.display().to_string(),
            });
        }
        let agent = Self {
            path: path.into(),
            lock,
            keys: Keys::create(patient, generation)?,
        };
        agent.save()?;
        Ok(agent)
    }

    pub fn open(path: &Path, lock: Lock) -> Result<Self, KeysError> {
        let shown = path.display().to_string();
        let wrapped = fs::read(path).map_err(|cause| file_error(path, cause))?;
        let plain = lock.unwrap(&shown, &wrapped)?;
        let keys =
            Keys::from_bytes(&plain).map_err(|cause| KeysError::Altered { path: shown, cause })?;
        Ok(Self {
            path: path.into(),
            lock,
            keys,
        })
    }

    pub fn keys(&self) -> &Keys {
        &self.keys
    }

    pub(crate) fn save(&self) -> Result<(), KeysError> {
        let plain = self
            .keys
            .to_bytes()
            .map_err(|cause| file_error(&self.path, cause))?;
        let wrapped = self.lock.wrap(&self.path.display().to_string(), &plain)?;
        replace(&self.path, &wrapped)
    }

    /// Where a rotation keeps how far it is.
    pub(crate) fn progress_path(&self) -> PathBuf {
        let mut name = self.path.clone().into_os_string();
        name.push(".rotation");
        name.into()
    }
}

/// Puts bytes in a file of mode 0600: on disk under another name first, then moved into place.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<(), KeysError> {
    let write = || -> std::io::Result<()> {
        let directory = match path.parent() {
            Some(parent) if parent != Path::new("") => parent,
            _ => Path::new("."),
        };
        let mut file = NamedTempFile::new_in(directory)?;
        file.as_file()
            .set_permissions(Permissions::from_mode(0o600))?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        file.persist(path)?;
        File::open(directory)?.sync_all()
    };
    write().map_err(|cause| file_error(path, cause))
}

pub(crate) fn file_error(path: &Path, cause: impl ToString) -> KeysError {
    KeysError::File {
        path: path.display().to_string(),
        cause: cause.to_string(),
    }
}
