//! Brings the file of the care plan in force to where the gateway looks for it.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use cosmwasm_std::Uint64;
use vitals_api::care::{CurrentPlan, QueryMsg};
use vitals_core::decision::GroundRef;
use vitals_ledger::{LedgerError, Reader};
use vitals_vault_client::{Signer, VaultClient};

use crate::fetching::{bring, digest_of, said, Fetched};

/// Between two questions, where there may be nothing new or no vault that gives it.
const PAUSE: Duration = Duration::from_secs(30);

/// The care plan's file, fetched whenever another is in force.
pub struct CarePlans<R, S> {
    reader: R,
    care: String,
    patient: u64,
    ground: GroundRef,
    vaults: Vec<VaultClient<S>>,
    path: PathBuf,
    /// Version and digest: what was withdrawn may be written again as it was.
    taken: Option<(u32, [u8; 32])>,
    pause: Duration,
    asked: Option<Instant>,
}

impl<R: Reader, S: Signer> CarePlans<R, S> {
    /// `ground` is one that permits reading all categories that plans are about, for treatment;
    /// `path` is where [`crate::Config::care_plan`] looks.
    pub fn new(
        reader: R,
        care: &str,
        patient: u64,
        ground: GroundRef,
        vaults: Vec<VaultClient<S>>,
        path: PathBuf,
    ) -> Self {
        Self {
            reader,
            care: care.into(),
            patient,
            ground,
            vaults,
            path,
            taken: None,
            pause: PAUSE,
            asked: None,
        }
    }

    /// Leaves so long between two questions, in place of half a minute.
    pub fn asking_every(self, pause: Duration) -> Self {
        Self { pause, ..self }
    }

    /// To be called every second or so; none where it is not time yet. A chain or vault that does not
    /// answer, or refuses, is asked again half a minute later.
    pub fn fetch(&mut self) -> Option<Fetched> {
        if self.asked.is_some_and(|asked| asked.elapsed() < self.pause) {
            return None;
        }
        self.asked = Some(Instant::now());
        said(self.look())
    }

    fn look(&mut self) -> Result<Fetched, LedgerError> {
        let asked = QueryMsg::CurrentPlan {
            patient: Uint64::new(self.patient),
        };
        let current: CurrentPlan = vitals_ledger::query(&self.reader, &self.care, &asked)?;
        let Some(plan) = current.plan else {
            self.taken = None;
            return Ok(Fetched::Nothing);
        };
        let digest = match digest_of(&plan.digest) {
            Ok(digest) => digest,
            Err(failed) => return Ok(failed),
        };
        let wanted = (plan.version, digest);
        if self.taken == Some(wanted) {
            return Ok(Fetched::Here);
        }
        let came = bring(&self.vaults, &self.path, |vault| {
            vault.read_plan(self.patient, plan.version, &digest, &self.ground)
        });
        self.taken = (came == Fetched::Here).then_some(wanted);
        Ok(came)
    }
}
