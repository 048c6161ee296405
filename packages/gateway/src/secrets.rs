//! The gateway's own secrets, each a file that only its account may read.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use vitals_at_rest::open_to_others;
use vitals_core::key::Ed25519Signer;
use zeroize::Zeroizing;

use crate::at_rest::{AtRest, Place};
use crate::passphrase::{self, is_age_file};
use crate::GatewayError;

const DEVICE_KEY: Place<'_> = Place {
    table: "device_key",
    row: &[],
};

const KEY_BYTES: usize = 32;

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
    /// The store's key, out of its file: 32 bytes, or an age file under a passphrase. Where there
    /// is none it is made, of random bytes and under the passphrase if one is given. Mode 0600.
    pub fn unlock(
        path: &Path,
        passphrase: Option<&str>,
    ) -> Result<Zeroizing<[u8; KEY_BYTES]>, GatewayError> {
        if !path.exists() {
            let key = Zeroizing::new(random::<KEY_BYTES>()?);
            write(path, &locked(key.as_slice(), passphrase)?)?;
        }
        let bytes = unlocked(path, passphrase)?;
        let got = bytes.len();
        let key = <[u8; KEY_BYTES]>::try_from(bytes.as_slice()).map_err(|_| {
            let path = path.to_owned();
            GatewayError::KeyFile { path, got }
        })?;
        Ok(Zeroizing::new(key))
    }

    /// A key file without a passphrase.
    pub fn store_key(path: &Path) -> Result<Zeroizing<[u8; KEY_BYTES]>, GatewayError> {
        Self::unlock(path, None)
    }

    /// Puts the same key under another passphrase, or under none. The store is not touched.
    pub fn change_passphrase(
        path: &Path,
        before: Option<&str>,
        after: Option<&str>,
    ) -> Result<(), GatewayError> {
        let bytes = unlocked(path, before)?;
        write(path, &locked(&bytes, after)?)
    }

    /// The key of the gateway as a device, encrypted under the store's. A file of 32 bytes, as
    /// versions before left it, is encrypted where it lies. Made where there is none.
    pub fn device_signer(
        path: &Path,
        store_key: &[u8; KEY_BYTES],
    ) -> Result<Ed25519Signer, GatewayError> {
        let rest = AtRest::new(store_key);
        let seal = |seed: &[u8; KEY_BYTES]| write(path, &rest.seal(DEVICE_KEY, seed)?);
        if !path.exists() {
            let seed = Zeroizing::new(random::<KEY_BYTES>()?);
            seal(&seed)?;
        }
        let bytes = Zeroizing::new(private_file(path)?);
        let seed = match <[u8; KEY_BYTES]>::try_from(bytes.as_slice()) {
            Ok(seed) => {
                let seed = Zeroizing::new(seed);
                seal(&seed)?;
                seed
            }
            Err(_) => opened(&rest, path, &bytes)?,
        };
        Ok(Ed25519Signer::from_seed(&seed))
    }

    /// An age identity file's one secret key; comments and empty lines aside. The file may be an
    /// age file under a passphrase itself, as `age -p` makes it.
    pub fn identity(path: &Path) -> Result<Zeroizing<String>, GatewayError> {
        Self::identity_under(path, None)
    }

    /// The same, where a passphrase may be needed.
    pub fn identity_under(
        path: &Path,
        passphrase: Option<&str>,
    ) -> Result<Zeroizing<String>, GatewayError> {
        let bytes = match is_age_file(&private_file(path)?) {
            true => unlocked(path, passphrase)?,
            false => Zeroizing::new(private_file(path)?),
        };
        let text = std::str::from_utf8(&bytes).map_err(|cause| file(path, cause))?;
        text.lines()
            .map(str::trim)
            .find(|line| !line.is_empty() && !line.starts_with('#'))
            .map(|line| Zeroizing::new(line.to_owned()))
            .ok_or_else(|| file(path, "no identity in it"))
    }
}

fn locked(content: &[u8], passphrase: Option<&str>) -> Result<Zeroizing<Vec<u8>>, GatewayError> {
    match passphrase {
        Some(passphrase) => passphrase::wrap(content, passphrase).map(Zeroizing::new),
        None => Ok(Zeroizing::new(content.to_vec())),
    }
}

fn unlocked(path: &Path, passphrase: Option<&str>) -> Result<Zeroizing<Vec<u8>>, GatewayError> {
    let bytes = Zeroizing::new(private_file(path)?);
    let refused = |rule| Err(GatewayError::Passphrase { rule });
    match (is_age_file(&bytes), passphrase) {
        (true, Some(passphrase)) => passphrase::unwrap(&bytes, passphrase),
        (true, None) => refused("the key file is under one, and none is given"),
        (false, None) => Ok(bytes),
        (false, Some(_)) => refused("the key file is under none, and one is given"),
    }
}

fn opened(
    rest: &AtRest,
    path: &Path,
    sealed: &[u8],
) -> Result<Zeroizing<[u8; KEY_BYTES]>, GatewayError> {
    let seed = rest.open(DEVICE_KEY, sealed)?;
    let got = seed.len();
    let seed = <[u8; KEY_BYTES]>::try_from(seed.as_slice()).map_err(|_| {
        let path = path.to_owned();
        GatewayError::KeyFile { path, got }
    })?;
    Ok(Zeroizing::new(seed))
}

pub(crate) fn file(path: &Path, cause: impl ToString) -> GatewayError {
    GatewayError::File {
        path: path.to_owned(),
        cause: cause.to_string(),
    }
}

/// Written beside and moved into place: a key file is whole, or as it was.
pub(crate) fn write(path: &Path, content: &[u8]) -> Result<(), GatewayError> {
    let draft = path.with_extension("draft");
    let mut options = OpenOptions::new();
    let made = options
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&draft);
    made.and_then(|mut opened| {
        opened.write_all(content)?;
        opened.sync_all()?;
        fs::rename(&draft, path)
    })
    .map_err(|cause| file(path, cause))
}

fn private_file(path: &Path) -> Result<Vec<u8>, GatewayError> {
    if let Some(mode) = open_to_others(path).map_err(|cause| file(path, cause))? {
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
    use std::os::unix::fs::PermissionsExt;

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

    #[test]
    fn a_key_under_a_passphrase_opens_with_that_one_only_and_can_be_put_under_another() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("store.key");
        let key = Secrets::unlock(&path, Some("old")).unwrap();
        let file = fs::read(&path).unwrap();
        assert!(is_age_file(&file) && !file.windows(32).any(|w| w == key.as_slice()));
        for wrong in [None, Some("other"), Some("")] {
            let refused = Secrets::unlock(&path, wrong).unwrap_err().to_string();
            assert!(refused.starts_with("gateway/passphrase"), "{refused}");
            let refused = Secrets::change_passphrase(&path, wrong, None).unwrap_err();
            assert!(refused.to_string().starts_with("gateway/passphrase"));
        }
        assert_eq!(fs::read(&path).unwrap(), file, "a refusal changes nothing");
        Secrets::change_passphrase(&path, Some("old"), Some("new")).unwrap();
        assert!(Secrets::unlock(&path, Some("old")).is_err());
        assert_eq!(Secrets::unlock(&path, Some("new")).unwrap(), key);
        Secrets::change_passphrase(&path, Some("new"), None).unwrap();
        assert_eq!(Secrets::store_key(&path).unwrap(), key);
        let refused = Secrets::unlock(&path, Some("new")).unwrap_err().to_string();
        assert!(refused.starts_with("gateway/passphrase"), "{refused}");
    }

    #[test]
    fn a_device_key_in_the_clear_is_encrypted_where_it_lies_and_stays_the_same_key() {
        use vitals_core::key::Signer;
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("device.key");
        write(&path, &[7; 32]).unwrap();
        for _ in 0..2 {
            let signer = Secrets::device_signer(&path, &[1; 32]).unwrap();
            let expected = Ed25519Signer::from_seed(&[7; 32]).public_key();
            assert_eq!(signer.public_key(), expected);
            let file = fs::read(&path).unwrap();
            assert!(!file.windows(32).any(|w| w == [7; 32]));
        }
        let refused = Secrets::device_signer(&path, &[2; 32]).err().unwrap();
        assert!(refused.to_string().starts_with("gateway/store_key"));
    }
}
