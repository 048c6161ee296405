//! Brings the gateway's own key package to where the gateway looks for it.

use std::path::PathBuf;
use std::time::Instant;

use cosmwasm_std::Uint64;
use vitals_api::consent::{GrantInfo, QueryMsg};
use vitals_core::decision::GroundRef;
use vitals_core::time::Millis;
use vitals_ledger::{LedgerError, Reader};
use vitals_vault_client::{Signer, VaultClient};

use crate::back_off::BackOff;
use crate::fetching::{bring, digest_of, said, Fetched};

/// The gateway's own key package, fetched whenever its grant has another one.
pub struct KeyPackages<R, S> {
    reader: R,
    consent: String,
    patient: u64,
    /// Absent where the gateway's account is the patient's, which needs no package of a grant.
    grant: Option<u64>,
    vaults: Vec<VaultClient<S>>,
    path: PathBuf,
    taken: Option<[u8; 32]>,
    began: Instant,
    back_off: BackOff,
}

impl<R: Reader, S: Signer> KeyPackages<R, S> {
    /// `path` is where [`crate::Config::key_package`] looks.
    pub fn new(
        reader: R,
        consent: &str,
        patient: u64,
        ground: GroundRef,
        vaults: Vec<VaultClient<S>>,
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
            began: Instant::now(),
            back_off: BackOff::default(),
        }
    }

    /// To be called every second or so; none where it is not time yet, or none is needed. Who
    /// refuses or does not answer is asked again after a second, then after twice as long each time,
    /// at most a minute.
    pub fn fetch(&mut self) -> Option<Fetched> {
        let grant = self.grant?;
        if !self.back_off.is_due(self.now_ms()) {
            return None;
        }
        let came = said(self.look(grant));
        match came {
            Some(Fetched::Failed(_)) => self.back_off.failed(self.now_ms()),
            _ => self.back_off.succeeded(),
        }
        came
    }

    fn look(&mut self, grant: u64) -> Result<Fetched, LedgerError> {
        let asked = QueryMsg::Grant {
            patient: Uint64::new(self.patient),
            grant: Uint64::new(grant),
        };
        let info: GrantInfo = vitals_ledger::query(&self.reader, &self.consent, &asked)?;
        let Some(package) = info.package else {
            return Ok(Fetched::Nothing);
        };
        let digest = match digest_of(&package.digest) {
            Ok(digest) => digest,
            Err(failed) => return Ok(failed),
        };
        if self.taken == Some(digest) {
            return Ok(Fetched::Here);
        }
        let came = bring(&self.vaults, &self.path, |vault| {
            vault.read_package(self.patient, grant, &digest)
        });
        self.taken = (came == Fetched::Here).then_some(digest);
        Ok(came)
    }

    /// Of this process: it is compared with itself alone.
    fn now_ms(&self) -> Millis {
        Millis::try_from(self.began.elapsed().as_millis()).unwrap_or(Millis::MAX)
    }
}
