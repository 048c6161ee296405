//! Brings the file of the care plan in force to where the gateway looks for it.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use cosmwasm_std::Uint64;
use vitals_api::care::{CurrentPlan, PlanInfo, QueryMsg};
use vitals_core::decision::GroundRef;
use vitals_ledger::Reader;
use vitals_vault_client::{Signer, VaultClient};

use crate::vault::leave;

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
    taken: Option<[u8; 32]>,
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
            asked: None,
        }
    }

    /// To be called every second or so. A chain or vault that does not answer, or refuses, is asked
    /// again half a minute later: the gateway's status says that the plan is missing.
    pub fn fetch(&mut self) {
        if self.asked.is_some_and(|asked| asked.elapsed() < PAUSE) {
            return;
        }
        self.asked = Some(Instant::now());
        let Some((plan, digest)) = self.wanted() else {
            return;
        };
        let found = self.vaults.iter().find_map(|vault| {
            let version = plan.version;
            let read = vault.read_plan(self.patient, version, &digest, &self.ground);
            read.ok()
        });
        if found.is_some_and(|file| leave(&self.path, &file).is_ok()) {
            self.taken = Some(digest);
        }
    }

    fn wanted(&self) -> Option<(PlanInfo, [u8; 32])> {
        let asked = QueryMsg::CurrentPlan {
            patient: Uint64::new(self.patient),
        };
        let current: CurrentPlan = vitals_ledger::query(&self.reader, &self.care, &asked).ok()?;
        let plan = current.plan?;
        let digest: [u8; 32] = plan.digest.as_slice().try_into().ok()?;
        (self.taken != Some(digest)).then_some((plan, digest))
    }
}
