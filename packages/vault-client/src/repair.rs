//! Bringing back what a vault lost, from one that has it.

use vitals_api::anchor::BatchInfo;
use vitals_core::decision::{GroundRef, Purpose};
use vitals_core::measure::Category;
use vitals_ledger::{Deployment, LedgerError, Reader};

use crate::{Place, Signer, VaultClient, VaultError};

mod items;

/// Something that the chain's records point to.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    Batch(Box<BatchInfo>),
    /// Key package of a grant.
    Package {
        grant: u64,
        digest: [u8; 32],
    },
    /// A custodian's share of the emergency package.
    Share {
        digest: [u8; 32],
    },
    Plan {
        version: u32,
        category: Category,
        digest: [u8; 32],
    },
    /// Detail of an alert.
    Alert {
        alert: u64,
        digest: [u8; 32],
    },
}

/// What became of one item at one vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Copy {
    Whole,
    /// It was missing or damaged, and is whole now.
    Restored {
        from: String,
    },
    /// The patient erased or shredded it there.
    Erased,
    /// It is missing or damaged, and no vault has it or this one does not take it: why.
    Missing(VaultError),
}

/// One item, at each vault in their order.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    pub item: Item,
    /// By the vaults' names.
    pub copies: Vec<(String, Copy)>,
}

/// Why a repair could not go on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RepairError {
    #[error(transparent)]
    Chain(#[from] LedgerError),
    #[error("vault/repair: the chain's record of {0} has no digest of 32 bytes")]
    Record(&'static str),
}

/// Whose data is repaired, and by which power.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    pub deployment: &'a Deployment,
    pub patient: u64,
    /// The patient restores everything. A reader by a grant looks after batches, and restores them
    /// where it may seal as well.
    pub ground: GroundRef,
    pub purpose: Purpose,
}

/// Walks what the chain points to, and tells of each item as it goes.
pub fn repair<S: Signer>(
    vaults: &[VaultClient<S>],
    chain: &(impl Reader + ?Sized),
    scope: &Scope<'_>,
    mut told: impl FnMut(&Found),
) -> Result<(), RepairError> {
    for item in scope.items(chain)? {
        let copies = scope.bring(vaults, &item);
        told(&Found { item, copies });
    }
    Ok(())
}

impl Scope<'_> {
    fn bring<S: Signer>(&self, vaults: &[VaultClient<S>], item: &Item) -> Vec<(String, Copy)> {
        let read: Vec<_> = vaults.iter().map(|vault| self.get(vault, item)).collect();
        let source = vaults
            .iter()
            .zip(&read)
            .find_map(|(vault, got)| got.as_ref().ok().map(|kept| (vault.vault(), kept)));
        vaults
            .iter()
            .zip(&read)
            .map(|(vault, got)| {
                (
                    vault.vault().to_string(),
                    self.copy(vault, item, got, source),
                )
            })
            .collect()
    }

    fn copy<S: Signer>(
        &self,
        vault: &VaultClient<S>,
        item: &Item,
        got: &Result<Kept, VaultError>,
        source: Option<(&str, &Kept)>,
    ) -> Copy {
        let error = match got {
            Ok(_) => return Copy::Whole,
            Err(error) if is_gone(error) => return Copy::Erased,
            Err(error) if !may_be_restored(error) => return Copy::Missing(error.clone()),
            Err(error) => error,
        };
        let Some((from, kept)) = source else {
            return Copy::Missing(error.clone());
        };
        match self.put(vault, item, kept) {
            Ok(_) => Copy::Restored { from: from.into() },
            Err(error) if is_gone(&error) => Copy::Erased,
            Err(error) => Copy::Missing(error),
        }
    }

    fn get<S: Signer>(&self, vault: &VaultClient<S>, item: &Item) -> Result<Kept, VaultError> {
        let (patient, ground) = (self.patient, &self.ground);
        let bytes = match item {
            Item::Batch(batch) => {
                let digest = digest_of("a batch", &batch.digest).map_err(unusable)?;
                vault.read_batch(&batch.id, &digest, self.purpose, ground)?
            }
            Item::Package { grant, digest } => vault.read_own_package(patient, *grant, digest)?,
            Item::Share { digest } => vault.read_share(patient, digest)?,
            Item::Plan {
                version, digest, ..
            } => vault.read_plan(patient, *version, digest, ground)?,
            Item::Alert { alert, digest } => {
                let (bytes, place) = vault.read_alert(patient, *alert, digest, ground)?;
                let place = Some(place);
                return Ok(Kept { bytes, place });
            }
        };
        Ok(Kept { bytes, place: None })
    }

    fn put<S: Signer>(
        &self,
        vault: &VaultClient<S>,
        item: &Item,
        kept: &Kept,
    ) -> Result<[u8; 32], VaultError> {
        let (patient, bytes) = (self.patient, &kept.bytes);
        match (item, kept.place) {
            (Item::Batch(batch), _) => {
                let place = Place {
                    patient,
                    category: batch.id.category,
                    epoch: batch.id.epoch,
                };
                vault.put_blob(place, &self.ground, bytes)
            }
            (Item::Package { .. }, _) => vault.put_package(patient, bytes),
            (Item::Share { .. }, _) => vault.put_share(patient, bytes),
            (Item::Plan { category, .. }, _) => {
                vault.put_plan(patient, *category, &self.ground, bytes)
            }
            (Item::Alert { .. }, Some(place)) => vault.put_blob(place, &self.ground, bytes),
            (Item::Alert { .. }, None) => Err(VaultError::Answer {
                cause: "no vault says where the detail is kept".into(),
            }),
        }
    }
}

/// What a vault gave.
struct Kept {
    bytes: Vec<u8>,
    /// Of an alert's detail.
    place: Option<Place>,
}

fn unusable(cause: RepairError) -> VaultError {
    VaultError::Answer {
        cause: cause.to_string(),
    }
}

fn is_gone(error: &VaultError) -> bool {
    matches!(error.code(), "vault/erased" | "vault/shredded")
}

/// Missing, damaged, or other bytes than asked for.
fn may_be_restored(error: &VaultError) -> bool {
    matches!(
        error.code(),
        "vault/not_found" | "vault/altered" | "vault/digest"
    )
}

fn digest_of(what: &'static str, bytes: &[u8]) -> Result<[u8; 32], RepairError> {
    bytes.try_into().map_err(|_| RepairError::Record(what))
}
