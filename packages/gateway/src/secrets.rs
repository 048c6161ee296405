//! The gateway's own secrets, each a file that only its account may read.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

use vitals_core::key::Ed25519Signer;
use zeroize::Zeroizing;

use crate::GatewayError;

const KEY_BYTES: usize = 32;
const OTHERS: u32 = 0o077;

/// The gateway as a registered device: what signs its alerts.
pub struct GatewayDevice {
    pub device: u64,
    pub signer: Ed25519Signer,
}

pub struct Secrets {
    /// Encrypts readings, seeds and window keys in the store.
    pub store_key: Zeroizing<[u8; KEY_BYTES]>,
    /// Opens key packages: `AGE-SECRET-KEY-1…`.
    pub identity: Zeroizing<String>,
    /// Absent: findings are kept, and wait.
    pub device: Option<GatewayDevice>,
}

impl Secrets {
    /// The key file of 32 random bytes, made with mode 0600 where there is none.
    pub fn store_key(path: &Path) -> Result<Zeroizing<[u8; KEY_BYTES]>, GatewayError> {
        if !path.exists() {
            create(path)?;
        }
        let bytes = Zeroizing::new(private_file(path)?);
        let got = bytes.len();
        let key = <[u8; KEY_BYTES]>::try_from(bytes.as_slice()).map_err(|_| {
            let path = path.to_owned();
            GatewayError::KeyFile { path, got }
        })?;
        Ok(Zeroizing::new(key))
    }

    /// An age identity file's one secret key; comments and empty lines aside.
    pub fn identity(path: &Path) -> Result<Zeroizing<String>, GatewayError> {
        let bytes = Zeroizing::new(private_file(path)?);
        let text = std::str::from_utf8(&bytes).map_err(|cause| file(path, cause))?;
        text.lines()
            .map(str::trim)
            .find(|line| !line.is_empty() && !line.starts_with('#'))
            .map(|line| Zeroizing::new(line.to_owned()))
            .ok_or_else(|| file(path, "no identity in it"))
    }
}

pub(crate) fn file(path: &Path, cause: impl ToString) -> GatewayError {
    GatewayError::File {
        path: path.to_owned(),
        cause: cause.to_string(),
    }
}

/// Written beside and moved into place: a key file is whole or not there.
fn create(path: &Path) -> Result<(), GatewayError> {
    let key = Zeroizing::new(random::<KEY_BYTES>()?);
    let draft = path.with_extension("draft");
    let mut options = OpenOptions::new();
    let made = options
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&draft);
    made.and_then(|mut opened| {
        opened.write_all(key.as_slice())?;
        opened.sync_all()?;
        fs::rename(&draft, path)
    })
    .map_err(|cause| file(path, cause))
}

fn private_file(path: &Path) -> Result<Vec<u8>, GatewayError> {
    let metadata = fs::metadata(path).map_err(|cause| file(path, cause))?;
    let mode = metadata.permissions().mode() & 0o777;
    if mode & OTHERS != 0 {
        let path = path.to_owned();
        return Err(GatewayError::FileMode { path, mode });
    }
    fs::read(path).map_err(|cause| file(path, cause))
}

pub(crate) fn random<const N: usize>() -> Result<[u8; N], GatewayError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| GatewayError::Random)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_file_is_made_once_for_its_owner_alone() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("store.key");
        let key = Secrets::store_key(&path).unwrap();
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
        assert_eq!(Secrets::store_key(&path).unwrap(), key);
    }

    #[test]
    fn a_key_file_others_may_read_or_of_another_length_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("store.key");
        Secrets::store_key(&path).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        let refused = Secrets::store_key(&path).unwrap_err().to_string();
        assert!(refused.starts_with("gateway/file_mode"), "{refused}");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        fs::write(&path, [1; 31]).unwrap();
        let refused = Secrets::store_key(&path).unwrap_err().to_string();
        assert!(refused.starts_with("gateway/key_file"), "{refused}");
    }
}
