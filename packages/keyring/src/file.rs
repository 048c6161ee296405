//! What a key file holds, before it is wrapped: JSON, the same for every program.

use age::x25519::Identity;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::generation::{Generation, PlainGeneration};
use crate::keys::Keys;
use crate::{KeyringError, Lock, Recovery};

/// Version 1 knew neither what is left after an erasure nor a recovery identity.
const VERSION: u8 = 2;

/// A key file's plain content.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Plain {
    version: u8,
    patient: u64,
    identity: Zeroizing<String>,
    generations: Vec<PlainGeneration>,
    #[serde(default)]
    erasures: u32,
    #[serde(default)]
    revision: u32,
    #[serde(default)]
    recovery: Option<Recovery>,
}

impl Plain {
    /// A version that knows what is in it.
    fn check(&self) -> Result<(), String> {
        let first = self.generations.iter().all(PlainGeneration::is_whole)
            && self.recovery.is_none()
            && (self.erasures, self.revision) == (0, 0);
        match self.version {
            VERSION => Ok(()),
            1 if first => Ok(()),
            other => Err(format!("version {other}")),
        }
    }
}

impl Keys {
    /// The key file, wrapped; `name` is what errors call it.
    pub fn lock(&self, lock: &Lock, name: &str) -> Result<Vec<u8>, KeyringError> {
        lock.wrap(name, &self.to_bytes(name)?)
    }

    /// Opens a key file of any version so far, or a backup.
    pub fn unlock(file: &[u8], lock: &Lock, name: &str) -> Result<Self, KeyringError> {
        let plain = lock.unwrap(name, file)?;
        Self::from_bytes(&plain).map_err(|cause| KeyringError::Altered {
            name: name.into(),
            cause,
        })
    }

    pub(crate) fn to_bytes(&self, name: &str) -> Result<Zeroizing<Vec<u8>>, KeyringError> {
        let plain = Plain {
            version: VERSION,
            patient: self.patient,
            identity: self.identity.clone(),
            generations: self.generations.iter().map(Into::into).collect(),
            erasures: self.erasures,
            revision: self.revision,
            recovery: self.recovery.clone(),
        };
        // Room for all of it at once, so that no grown-out-of buffer keeps a copy of secrets.
        let room = plain.generations.iter().map(PlainGeneration::len);
        let recovery = self.recovery.as_ref().map_or(0, Recovery::len);
        let room = 512 + recovery + room.sum::<usize>();
        let mut out = Zeroizing::new(Vec::with_capacity(room));
        serde_json::to_writer(&mut *out, &plain).map_err(|cause| KeyringError::Wrap {
            name: name.into(),
            cause: cause.to_string(),
        })?;
        Ok(out)
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, String> {
        let plain: Plain = serde_json::from_slice(bytes).map_err(told)?;
        plain.check()?;
        let identity: Identity = plain.identity.parse().map_err(str::to_string)?;
        let generations: Vec<Generation> = plain
            .generations
            .into_iter()
            .map(|generation| generation.read(plain.patient))
            .collect::<Result<_, _>>()?;
        let in_order = generations
            .windows(2)
            .all(|pair| pair[0].number.checked_add(1) == Some(pair[1].number));
        if generations.is_empty() || !in_order {
            return Err("generations are not one after the other".into());
        }
        Ok(Self {
            patient: plain.patient,
            recipient: identity.to_public().to_string(),
            identity: plain.identity,
            generations,
            erasures: plain.erasures,
            revision: plain.revision,
            recovery: plain.recovery,
        })
    }
}

/// Where it is wrong, and not what stands there: that may be a secret.
fn told(cause: serde_json::Error) -> String {
    let (line, column) = (cause.line(), cause.column());
    format!(
        "{:?} error at line {line}, column {column}",
        cause.classify()
    )
}
