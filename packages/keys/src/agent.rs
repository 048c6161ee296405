//! Keys in a file: written whole or not at all, readable to its owner only, and never over what
//! another program wrote meanwhile.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;
use vitals_keyring::{Keys, Lock};

use crate::state::State;
use crate::KeysError;

/// One patient's keys, and the file they are kept in.
pub struct Agent {
    path: PathBuf,
    lock: Lock,
    pub(crate) keys: Keys,
    /// SHA-256 of the file as it was read or written last.
    stamp: [u8; 32],
}

impl Agent {
    /// Makes keys and their file; fails where the file exists.
    pub fn create(
        path: &Path,
        lock: Lock,
        patient: u64,
        generation: u32,
    ) -> Result<Self, KeysError> {
        Self::keep(path, lock, Keys::create(patient, generation)?)
    }

    /// A file of keys that have none yet.
    pub(crate) fn keep(path: &Path, lock: Lock, keys: Keys) -> Result<Self, KeysError> {
        let mut agent = Self {
            path: path.into(),
            lock,
            keys,
            stamp: [0; 32],
        };
        let wrapped = agent.wrapped()?;
        let file = written(path, &wrapped)?;
        match file.persist_noclobber(path) {
            Ok(_) => synced(path)?,
            Err(error) if error.error.kind() == ErrorKind::AlreadyExists => {
                return Err(KeysError::Exists {
                    path: path.display().to_string(),
                })
            }
            Err(error) => return Err(file_error(path, error.error)),
        }
        agent.stamp = stamp(&wrapped);
        Ok(agent)
    }

    pub fn open(path: &Path, lock: Lock) -> Result<Self, KeysError> {
        let shown = path.display().to_string();
        let wrapped = fs::read(path).map_err(|cause| file_error(path, cause))?;
        let keys = Keys::unlock(&wrapped, &lock, &shown)?;
        Ok(Self {
            path: path.into(),
            lock,
            keys,
            stamp: stamp(&wrapped),
        })
    }

    pub fn keys(&self) -> &Keys {
        &self.keys
    }

    /// Where it keeps what the vaults could not take yet.
    pub fn waiting_dir(&self) -> PathBuf {
        self.beside(".waiting")
    }

    pub(crate) fn state(&self) -> Result<State, KeysError> {
        State::load(self.beside(".state"))
    }

    /// Two programs that each drew the next generation would lose one of the secrets: the later one
    /// finds the file changed, and gives up.
    pub(crate) fn save(&mut self) -> Result<(), KeysError> {
        let guard = self.beside(".lock");
        let guard = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&guard)
            .map_err(|cause| file_error(&guard, cause))?;
        guard
            .lock()
            .map_err(|cause| file_error(&self.path, cause))?;
        let there = fs::read(&self.path).map_err(|cause| file_error(&self.path, cause))?;
        if stamp(&there) != self.stamp {
            return Err(KeysError::Changed {
                path: self.path.display().to_string(),
            });
        }
        self.keys.next_revision();
        let wrapped = self.wrapped()?;
        replace(&self.path, &wrapped)?;
        self.stamp = stamp(&wrapped);
        Ok(())
    }

    fn wrapped(&self) -> Result<Vec<u8>, KeysError> {
        let name = self.path.display().to_string();
        Ok(self.keys.lock(&self.lock, &name)?)
    }

    fn beside(&self, suffix: &str) -> PathBuf {
        let mut name = self.path.clone().into_os_string();
        name.push(suffix);
        name.into()
    }
}

fn stamp(file: &[u8]) -> [u8; 32] {
    Sha256::digest(file).into()
}

/// Puts bytes in a file of mode 0600: on disk under another name first, then moved into place.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<(), KeysError> {
    written(path, bytes)?
        .persist(path)
        .map_err(|cause| file_error(path, cause.error))?;
    synced(path)
}

/// The bytes on disk, under another name in the same directory.
fn written(path: &Path, bytes: &[u8]) -> Result<NamedTempFile, KeysError> {
    let write = || -> std::io::Result<NamedTempFile> {
        let mut file = NamedTempFile::new_in(directory(path))?;
        file.as_file()
            .set_permissions(Permissions::from_mode(0o600))?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        Ok(file)
    };
    write().map_err(|cause| file_error(path, cause))
}

fn synced(path: &Path) -> Result<(), KeysError> {
    File::open(directory(path))
        .and_then(|directory| directory.sync_all())
        .map_err(|cause| file_error(path, cause))
}

fn directory(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    }
}

pub(crate) fn file_error(path: &Path, cause: impl ToString) -> KeysError {
    KeysError::File {
        path: path.display().to_string(),
        cause: cause.to_string(),
    }
}
