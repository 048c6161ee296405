//! Where key packages are put.

use vitals_vault_client::{Signer, VaultClient};

use crate::KeysError;

pub trait PackageSink {
    /// Returns once the package can be fetched; putting it again changes nothing.
    fn put_package(&self, patient: u64, file: &[u8]) -> Result<(), KeysError>;
}

impl<S: Signer> PackageSink for VaultClient<S> {
    fn put_package(&self, patient: u64, file: &[u8]) -> Result<(), KeysError> {
        VaultClient::put_package(self, patient, file)
            .map(|_| ())
            .map_err(|cause| KeysError::Vault(cause.to_string()))
    }
}

/// All of several.
impl<P: PackageSink> PackageSink for [P] {
    fn put_package(&self, patient: u64, file: &[u8]) -> Result<(), KeysError> {
        self.iter()
            .try_for_each(|sink| sink.put_package(patient, file))
    }
}
