//! Where key packages and shares are put.

use vitals_vault_client::{Signer, VaultClient, VaultError};

use crate::recovery::Unreached;
use crate::KeysError;

pub trait PackageSink {
    /// Returns once the package can be fetched; putting it again changes nothing.
    fn put_package(&self, patient: u64, file: &[u8]) -> Result<(), KeysError>;

    /// The same, of a custodian's share.
    fn put_share(&self, patient: u64, file: &[u8]) -> Result<(), KeysError>;

    /// Vaults that lack a share which was put: they were away, and get it by
    /// [`PackageSink::send_waiting`].
    fn lacking_share(&self, _patient: u64, _digest: &[u8]) -> Result<Vec<String>, KeysError> {
        Ok(Vec::new())
    }

    /// Sends what could not be sent before; what still cannot is told.
    fn send_waiting(&self) -> Result<Vec<Unreached>, KeysError> {
        Ok(Vec::new())
    }
}

impl<S: Signer> PackageSink for VaultClient<S> {
    fn put_package(&self, patient: u64, file: &[u8]) -> Result<(), KeysError> {
        put(VaultClient::put_package(self, patient, file))
    }

    fn put_share(&self, patient: u64, file: &[u8]) -> Result<(), KeysError> {
        put(VaultClient::put_share(self, patient, file))
    }
}

fn put(done: Result<[u8; 32], VaultError>) -> Result<(), KeysError> {
    done.map(|_| ())
        .map_err(|cause| match cause.is_of_the_file() {
            true => KeysError::VaultRefused(cause.to_string()),
            false => KeysError::Vault(cause.to_string()),
        })
}
