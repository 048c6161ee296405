//! The care plan that the chain says is in force. The gateway watches by it once it could open the
//! file; until then, and where the file is none it can watch by, the plan before it goes on.

use cosmwasm_std::Uint64;
use vitals_analysis::Plan;
use vitals_api::care::{CurrentPlan, PlanInfo, QueryMsg, MAX_PLAN};
use vitals_core::time::Millis;
use vitals_core::{agefile, package};
use vitals_ledger::{query, Account};

use crate::blob::BlobStore;
use crate::intake::{code_of, effective};
use crate::secrets::file;
use crate::store::watched::CarePlan;
use crate::{Gateway, GatewayError};

/// How old what is known of the plan may be: so long one that was withdrawn is still watched by.
const REFRESH_MS: u64 = 60_000;

/// What the gateway knows of the plan in force.
#[derive(Default)]
pub(crate) struct Followed {
    asked_ms: Option<Millis>,
    /// As the chain has it, while the gateway does not watch by it.
    missing: Option<PlanInfo>,
    /// Why not.
    pub trouble: Option<String>,
}

impl Followed {
    /// What lasts is said once.
    fn refuse(&mut self, trouble: String) {
        if self.trouble.as_ref() != Some(&trouble) {
            tracing::warn!(code = code_of(&trouble), "a care plan was not taken");
        }
        self.trouble = Some(trouble);
    }
}

impl<L: Account, V: BlobStore> Gateway<L, V> {
    pub(crate) fn follow_plan(&mut self, now_ms: Millis) -> Result<(), GatewayError> {
        if self.patient.is_none() {
            return Ok(());
        }
        let fresh = |at: Millis| now_ms.abs_diff(at) < REFRESH_MS;
        if !self.followed.asked_ms.is_some_and(fresh) {
            self.ask_for_plan(now_ms)?;
        }
        self.take_plan()
    }

    fn ask_for_plan(&mut self, now_ms: Millis) -> Result<(), GatewayError> {
        let asked = QueryMsg::CurrentPlan {
            patient: Uint64::new(self.config.patient),
        };
        let answer = query(&self.ledger, &self.config.deployment.care, &asked);
        let answer: CurrentPlan = match answer {
            Ok(answer) => answer,
            Err(error) => {
                tracing::debug!(code = error.code(), "the plan in force is not to be had");
                return Ok(());
            }
        };
        self.followed.asked_ms = Some(now_ms);
        let known = self.store.care_plan_known()?;
        let is_known = |plan: &PlanInfo| {
            let is = |(version, digest)| version == plan.version && plan.digest == digest;
            known.is_some_and(is)
        };
        match answer.plan {
            None => self.followed = asked_at(now_ms),
            Some(plan) if is_known(&plan) => {
                self.followed = asked_at(now_ms);
                return Ok(());
            }
            // the refusal of this very one stands
            Some(plan) if self.followed.missing.as_ref() == Some(&plan) => return Ok(()),
            Some(plan) => {
                let version = plan.version;
                self.followed.trouble = Some(GatewayError::PlanMissing { version }.to_string());
                self.followed.missing = Some(plan);
                return Ok(());
            }
        }
        if known.is_some() {
            self.store.forget_care_plan()?;
            tracing::info!("no care plan is in force any more");
        }
        Ok(())
    }

    /// The file of the plan, where it was left. One that cannot be watched by is removed, and the
    /// status says why. One of another plan may be of the next, which is not heard of yet.
    fn take_plan(&mut self) -> Result<(), GatewayError> {
        let path = self.config.care_plan.clone().filter(|path| path.exists());
        let (Some(path), Some(wanted)) = (path, self.followed.missing.clone()) else {
            return Ok(());
        };
        let opened = std::fs::read(&path)
            .map_err(|cause| file(&path, cause))
            .and_then(|bytes| self.open_plan(&wanted, &bytes));
        let is_other = matches!(opened, Err(GatewayError::PlanOther { .. }));
        match opened {
            Ok(plan) => {
                self.store.put_care_plan(&plan)?;
                self.followed.missing = None;
                self.followed.trouble = None;
                tracing::info!(version = wanted.version, "a care plan is watched by");
            }
            Err(error) => self.followed.refuse(error.to_string()),
        }
        if is_other {
            return Ok(());
        }
        if let Err(cause) = std::fs::remove_file(&path) {
            self.followed.trouble = Some(file(&path, cause).to_string());
        }
        Ok(())
    }

    fn open_plan(&self, wanted: &PlanInfo, bytes: &[u8]) -> Result<CarePlan, GatewayError> {
        let version = wanted.version;
        let digest = package::digest(bytes);
        if wanted.digest.as_slice() != digest {
            return Err(GatewayError::PlanOther { version });
        }
        let document = agefile::open(bytes, &self.identity, MAX_PLAN as usize);
        let document = document.map_err(|_| GatewayError::PlanSealed { version })?;
        // what serde says may repeat what is in it
        let plan: Plan = serde_json::from_slice(&document).map_err(|cause| {
            let (line, column) = (cause.line(), cause.column());
            GatewayError::PlanForm {
                version,
                line,
                column,
            }
        })?;
        effective(&self.config.thresholds, Some(plan.clone()))?;
        Ok(CarePlan {
            version,
            digest,
            plan: without_words(plan),
        })
    }
}

/// What is for people alone is not kept here.
fn without_words(mut plan: Plan) -> Plan {
    plan.goals.clear();
    for medication in &mut plan.medication {
        medication.name.clear();
    }
    plan
}

fn asked_at(now_ms: Millis) -> Followed {
    Followed {
        asked_ms: Some(now_ms),
        ..Followed::default()
    }
}
