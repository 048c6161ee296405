//! What the agent remembers between runs, beside the key file: which packages are in the vaults and
//! how far a rotation is. Holds digests, no keys. Whoever loses it seals some packages once more.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use vitals_keyring::{EmergencyRoll, Roll};

use crate::agent::{file_error, replace};
use crate::KeysError;

const VERSION: u8 = 2;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct State {
    version: u8,
    /// The generation that is being brought in.
    pub rotating: Option<u32>,
    pub rolls: BTreeMap<u64, Roll>,
    pub emergency: Option<EmergencyRoll>,
    /// The revision of the keys that each backup holds.
    pub backups: BTreeMap<String, u32>,
    #[serde(skip)]
    path: PathBuf,
}

impl State {
    pub fn load(path: PathBuf) -> Result<Self, KeysError> {
        let text = match fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Self::new(path)),
            Err(error) => return Err(file_error(&path, error)),
        };
        let mut state: Self =
            serde_json::from_slice(&text).map_err(|cause| file_error(&path, cause))?;
        if state.version != VERSION {
            return Err(file_error(&path, format!("version {}", state.version)));
        }
        state.path = path;
        Ok(state)
    }

    fn new(path: PathBuf) -> Self {
        Self {
            version: VERSION,
            rotating: None,
            rolls: BTreeMap::new(),
            emergency: None,
            backups: BTreeMap::new(),
            path,
        }
    }

    pub fn save(&self) -> Result<(), KeysError> {
        let text = serde_json::to_vec(self).map_err(|cause| file_error(&self.path, cause))?;
        replace(&self.path, &text)
    }
}
