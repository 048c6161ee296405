//! How far a rotation is: which packages are in the vault. Holds digests, no keys.

use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::agent::{file_error, replace};
use crate::KeysError;

const VERSION: u8 = 1;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sealed {
    pub grant: u64,
    /// Hex, as `recipient_hash`.
    pub digest: String,
    pub recipient_hash: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Progress {
    version: u8,
    /// The generation that is being brought in.
    pub generation: u32,
    pub sealed: Vec<Sealed>,
    #[serde(skip)]
    path: PathBuf,
}

impl Progress {
    /// What an earlier run left behind, if anything.
    pub fn load(path: PathBuf) -> Result<Option<Self>, KeysError> {
        let text = match fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(file_error(&path, error)),
        };
        let mut progress: Self =
            serde_json::from_slice(&text).map_err(|cause| file_error(&path, cause))?;
        if progress.version != VERSION {
            return Err(file_error(&path, format!("version {}", progress.version)));
        }
        progress.path = path;
        Ok(Some(progress))
    }

    /// A rotation that begins, recorded before it does anything.
    pub fn begin(path: PathBuf, generation: u32) -> Result<Self, KeysError> {
        let progress = Self {
            version: VERSION,
            generation,
            sealed: Vec::new(),
            path,
        };
        progress.save()?;
        Ok(progress)
    }

    pub fn record(&mut self, sealed: Sealed) -> Result<(), KeysError> {
        self.sealed.push(sealed);
        self.save()
    }

    pub fn end(self) -> Result<(), KeysError> {
        fs::remove_file(&self.path).map_err(|cause| file_error(&self.path, cause))
    }

    fn save(&self) -> Result<(), KeysError> {
        let text = serde_json::to_vec(self).map_err(|cause| file_error(&self.path, cause))?;
        replace(&self.path, &text)
    }
}
