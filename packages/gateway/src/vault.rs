//! Vaults as the gateway sees them: where ciphertext goes.

use vitals_core::decision::GroundRef;
use vitals_vault_client::{Place, Signer, VaultClient};

use crate::blob::{Blob, BlobError, BlobStore};

/// A vault, asked under the ground that lets the gateway seal.
pub struct GrantedVault<S> {
    name: String,
    ground: GroundRef,
    client: VaultClient<S>,
}

impl<S: Signer> GrantedVault<S> {
    pub fn new(name: &str, ground: GroundRef, client: VaultClient<S>) -> Self {
        Self {
            name: name.into(),
            ground,
            client,
        }
    }
}

impl<S: Signer + Send + 'static> BlobStore for GrantedVault<S> {
    fn name(&self) -> &str {
        &self.name
    }

    fn put(&self, blob: &Blob<'_>) -> Result<(), BlobError> {
        let place = Place {
            patient: blob.patient,
            category: blob.category,
            epoch: blob.epoch,
        };
        match self.client.put_blob(place, &self.ground, blob.bytes) {
            Ok(_) => Ok(()),
            Err(error) => Err(BlobError(error.to_string())),
        }
    }
}
