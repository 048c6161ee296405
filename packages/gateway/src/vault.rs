//! Vaults as the gateway sees them: where ciphertext goes, and where its key packages come from.

use std::path::{Path, PathBuf};

use cosmwasm_std::Uint64;
use vitals_api::consent::{GrantInfo, QueryMsg};
use vitals_core::decision::GroundRef;
use vitals_ledger::Reader;
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

/// The gateway's own key package, fetched whenever its grant has another one.
pub struct KeyPackages<R, S> {
    reader: R,
    consent: String,
    patient: u64,
    /// Absent where the gateway's account is the patient's, which needs no package of a grant.
    grant: Option<u64>,
    vaults: Vec<GrantedVault<S>>,
    path: PathBuf,
    taken: Option<[u8; 32]>,
}

impl<R: Reader, S: Signer> KeyPackages<R, S> {
    /// `path` is where [`crate::Config::key_package`] looks.
    pub fn new(
        reader: R,
        consent: &str,
        patient: u64,
        ground: GroundRef,
        vaults: Vec<GrantedVault<S>>,
        path: PathBuf,
    ) -> Self {
        Self {
            reader,
            consent: consent.into(),
            patient,
            grant: match ground {
                GroundRef::Grant { id } => Some(id),
                _ => None,
            },
            vaults,
            path,
            taken: None,
        }
    }

    /// A chain or vault that does not answer is asked again at the next call: sealing waits for
    /// keys, and the gateway's status says so.
    pub fn fetch(&mut self) {
        let Some((grant, digest)) = self.wanted() else {
            return;
        };
        let found = self
            .vaults
            .iter()
            .find_map(|vault| vault.client.read_package(self.patient, grant, &digest).ok());
        if found.is_some_and(|file| leave(&self.path, &file).is_ok()) {
            self.taken = Some(digest);
        }
    }

    fn wanted(&self) -> Option<(u64, [u8; 32])> {
        let grant = self.grant?;
        let asked = QueryMsg::Grant {
            patient: Uint64::new(self.patient),
            grant: Uint64::new(grant),
        };
        let info: GrantInfo = vitals_ledger::query(&self.reader, &self.consent, &asked).ok()?;
        let digest: [u8; 32] = info.package?.digest.as_slice().try_into().ok()?;
        (self.taken != Some(digest)).then_some((grant, digest))
    }
}

/// Moved into place whole: the gateway may look at any moment.
pub(crate) fn leave(path: &Path, file: &[u8]) -> std::io::Result<()> {
    let partial = path.with_extension("partial");
    std::fs::write(&partial, file)?;
    std::fs::rename(partial, path)
}
