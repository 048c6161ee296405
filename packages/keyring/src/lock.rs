//! What a key file is wrapped under: an age file, which any age program opens too.

use std::str::FromStr;

use age::secrecy::SecretString;
use age::{scrypt, x25519, DecryptError};
use zeroize::Zeroizing;

use crate::KeyringError;

/// The most work an altered file can make us do: a minute or so, and 4 GiB of memory; in a browser,
/// which has less of both, 1 GiB.
const MAX_WORK_FACTOR: u8 = if cfg!(target_family = "wasm") { 20 } else { 22 };

/// A passphrase, or an age identity kept elsewhere.
pub enum Lock {
    Passphrase {
        passphrase: SecretString,
        /// Base-2 logarithm of scrypt's cost; as much as takes a second where absent. A browser has
        /// no clock for that, and takes 2^18.
        work_factor: Option<u8>,
    },
    Identity(x25519::Identity),
}

impl Lock {
    pub fn passphrase(text: &str) -> Self {
        Self::Passphrase {
            passphrase: SecretString::from(text.to_string()),
            work_factor: None,
        }
    }

    /// The same with scrypt's cost fixed: 2^`work_factor` kB of memory. An identity has none to fix.
    pub fn with_work_factor(self, work_factor: u8) -> Result<Self, KeyringError> {
        if work_factor == 0 || work_factor > MAX_WORK_FACTOR {
            return Err(KeyringError::WorkFactor {
                got: work_factor,
                most: MAX_WORK_FACTOR,
            });
        }
        Ok(match self {
            Self::Passphrase { passphrase, .. } => Self::Passphrase {
                passphrase,
                work_factor: Some(work_factor),
            },
            identity => identity,
        })
    }

    /// The first `AGE-SECRET-KEY-1…` line of an identity file.
    pub fn identity(text: &str) -> Result<Self, KeyringError> {
        let line = text
            .lines()
            .map(str::trim)
            .find(|line| !line.is_empty() && !line.starts_with('#'))
            .ok_or(KeyringError::Identity)?;
        x25519::Identity::from_str(line)
            .map(Self::Identity)
            .map_err(|_| KeyringError::Identity)
    }

    /// The wrapped bytes; `name` is what errors call the file.
    pub fn wrap(&self, name: &str, plain: &[u8]) -> Result<Vec<u8>, KeyringError> {
        let wrapped = match self {
            Self::Passphrase {
                passphrase,
                work_factor,
            } => {
                let mut recipient = scrypt::Recipient::new(passphrase.clone());
                if let Some(work_factor) = work_factor {
                    recipient.set_work_factor(*work_factor);
                }
                age::encrypt(&recipient, plain)
            }
            Self::Identity(identity) => age::encrypt(&identity.to_public(), plain),
        };
        wrapped.map_err(|cause| KeyringError::Wrap {
            name: name.into(),
            cause: cause.to_string(),
        })
    }

    /// What [`Lock::wrap`] wrapped.
    pub fn unwrap(&self, name: &str, file: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeyringError> {
        let opened = match self {
            Self::Passphrase { passphrase, .. } => {
                let mut identity = scrypt::Identity::new(passphrase.clone());
                identity.set_max_work_factor(MAX_WORK_FACTOR);
                age::decrypt(&identity, file)
            }
            Self::Identity(identity) => age::decrypt(identity, file),
        };
        opened
            .map(Zeroizing::new)
            .map_err(|cause| self.refused(name, &cause))
    }

    fn refused(&self, name: &str, cause: &DecryptError) -> KeyringError {
        let name = name.into();
        let closed = matches!(
            cause,
            DecryptError::DecryptionFailed
                | DecryptError::KeyDecryptionFailed
                | DecryptError::NoMatchingKeys
        );
        match self {
            Self::Passphrase { .. } if closed => KeyringError::WrongPassphrase { name },
            Self::Identity(_) if closed => KeyringError::WrongIdentity { name },
            _ => KeyringError::Altered {
                name,
                cause: cause.to_string(),
            },
        }
    }
}
