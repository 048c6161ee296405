//! Vaults as the gateway sees them: where ciphertext goes, and where its keys come from.

use std::path::{Path, PathBuf};

use cosmwasm_std::Uint64;
use vitals_api::consent::{GrantInfo, QueryMsg};
use vitals_chain_client::{Node, Wallet};
use vitals_core::decision::GroundRef;
use vitals_gateway::{Blob, BlobError, BlobStore};
use vitals_vault_client::{Place, VaultClient};

use super::settings::{Settings, VaultAt};
use super::{package_path, RunArgs};
use crate::failure::Failure;

pub struct VaultStore {
    name: String,
    ground: GroundRef,
    client: VaultClient<Wallet>,
}

impl VaultStore {
    pub fn open(vault: &VaultAt, ground: GroundRef, wallet: Wallet) -> Result<Self, Failure> {
        Ok(Self {
            name: vault.name.clone(),
            ground,
            client: VaultClient::new(&vault.url, &vault.name, wallet)?,
        })
    }
}

impl BlobStore for VaultStore {
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
pub struct Packages {
    node: Node,
    consent: String,
    patient: u64,
    /// Absent where the gateway's account is the patient's, which needs no package of a grant.
    grant: Option<u64>,
    vaults: Vec<VaultStore>,
    path: PathBuf,
    taken: Option<[u8; 32]>,
}

impl Packages {
    pub fn new(args: &RunArgs, settings: &Settings) -> Result<Self, Failure> {
        let vaults = settings
            .vaults
            .iter()
            .map(|vault| VaultStore::open(vault, settings.ground, args.account.wallet()?))
            .collect::<Result<_, Failure>>()?;
        Ok(Self {
            node: args.account.node()?,
            consent: args.deployment.read()?.consent,
            patient: settings.patient.u64(),
            grant: match settings.ground {
                GroundRef::Grant { id } => Some(id),
                _ => None,
            },
            vaults,
            path: package_path(args),
            taken: None,
        })
    }

    /// A chain or vault that does not answer is asked again at the next tick: sealing waits for
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
        let info: GrantInfo = vitals_ledger::query(&self.node, &self.consent, &asked).ok()?;
        let digest: [u8; 32] = info.package?.digest.as_slice().try_into().ok()?;
        (self.taken != Some(digest)).then_some((grant, digest))
    }
}

/// Moved into place whole: the gateway may look at any moment.
fn leave(path: &Path, file: &[u8]) -> std::io::Result<()> {
    let partial = path.with_extension("partial");
    std::fs::write(&partial, file)?;
    std::fs::rename(partial, path)
}
