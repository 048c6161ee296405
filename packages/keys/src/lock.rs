//! What a key file is wrapped under: an age file, which any age program opens too.

use std::str::FromStr;

use age::secrecy::SecretString;
use age::{scrypt, x25519, DecryptError};
use zeroize::Zeroizing;

use crate::KeysError;

/// The most work an altered file can make us do: a minute or so.
const MAX_WORK_FACTOR: u8 = 22;

/// A passphrase, or an age identity kept elsewhere.
pub enum Lock {
    Passphrase {
        passphrase: SecretString,
        /// Base-2 logarithm of scrypt's cost; as much as takes a second where absent.
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

    /// The first `AGE-SECRET-KEY-1…` line of an identity file.
    pub fn identity(text: &str) -> Result<Self, KeysError> {
        let line = text
            .lines()
            .map(str::trim)
            .find(|line| !line.is_empty() && !line.starts_with('#'))
            .ok_or(KeysError::Identity)?;
        x25519::Identity::from_str(line)
            .map(Self::Identity)
            .map_err(|_| KeysError::Identity)
    }

    pub(crate) fn wrap(&self, path: &str, plain: &[u8]) -> Result<Vec<u8>, KeysError> {
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
        wrapped.map_err(|cause| KeysError::File {
            path: path.into(),
            cause: cause.to_string(),
        })
    }

    pub(crate) fn unwrap(&self, path: &str, file: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeysError> {
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
            .map_err(|cause| self.refused(path, &cause))
    }

    fn refused(&self, path: &str, cause: &DecryptError) -> KeysError {
        let path = path.into();
        let closed = matches!(
            cause,
            DecryptError::DecryptionFailed
                | DecryptError::KeyDecryptionFailed
                | DecryptError::NoMatchingKeys
        );
        match self {
            Self::Passphrase { .. } if closed => KeysError::WrongPassphrase { path },
            Self::Identity(_) if closed => KeysError::WrongIdentity { path },
            _ => KeysError::Altered {
                path,
                cause: cause.to_string(),
            },
        }
    }
}
