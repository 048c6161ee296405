//! Vaults as the gateway sees them: where ciphertext goes.

use vitals_core::decision::GroundRef;
use vitals_vault_client::{Place, Signer, VaultClient, VaultError};

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
            Err(error) => Err(failure(&error)),
        }
    }
}

fn failure(error: &VaultError) -> BlobError {
    match error.is_of_the_file() {
        true => BlobError::Refused(error.to_string()),
        false => BlobError::Unavailable(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_vault_says_of_one_ciphertext_is_told_from_what_it_says_of_all() {
        let refused = |status| {
            let error = VaultError::Refused {
                status,
                code: "vault/code".into(),
                reason: "why".into(),
            };
            failure(&error) == BlobError::Refused("vault/code: why".into())
        };
        assert_eq!([400, 403, 410, 413].map(refused), [true; 4]);
        let of_all = [401, 404, 408, 409, 429, 500, 503, 507].map(refused);
        assert_eq!(of_all, [false; 8]);
        let away = VaultError::Answer {
            cause: "none".into(),
        };
        let expected = BlobError::Unavailable("vault/answer: none".into());
        assert_eq!(failure(&away), expected);
    }
}
