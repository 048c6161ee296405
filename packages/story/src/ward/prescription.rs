//! Care plans of the ward: written by the clinician once everybody has keys, so that the gateway
//! and whoever may read can open them, and accepted by the patient.

use anyhow::{Context, Result};
use cosmwasm_std::{Binary, Uint64};
use vitals_analysis::Plan;
use vitals_api::care::{self, CurrentPlan, PlanMsg};
use vitals_core::decision::GroundRef;
use vitals_core::measure::Category;
use vitals_core::time::epoch_of;
use vitals_keyring::Document;
use vitals_ledger::query;
use vitals_vault_client::digest;

use super::admission::{Admission, Patient};
use crate::scenario::plan::Sealed;
use crate::scenario::recording::thresholds;

impl Admission<'_> {
    /// `caring`: the clinician's grant to write plans.
    pub fn prescribe(&self, patient: &Patient<'_>, caring: u64) -> Result<()> {
        let plan = Plan {
            thresholds: thresholds(),
            ..Plan::default()
        };
        let now = epoch_of(self.now_ms()?).context("no such time")?;
        let document = Document::plan(patient.id, &Category::ALL, now);
        let clinician = self.told.backend.account("clinician")?;
        let (consent, care) = (&self.told.at.consent, &self.told.at.care);
        let own = patient.agent().keys().recipient();
        let file = Sealed::plan(&*clinician, consent, &document, own, &plan)?.file;
        let ground = GroundRef::Grant { id: caring };
        let first = Category::ALL[0];
        self.vault_as("clinician")?
            .put_plan(patient.id, first, &ground, &file)?;
        let number = Uint64::new(patient.id);
        let asked = care::QueryMsg::CurrentPlan { patient: number };
        let current: CurrentPlan = query(&*clinician, care, &asked)?;
        let write = care::ExecuteMsg::WritePlan {
            patient: number,
            ground,
            replaces: current.newest,
            plan: PlanMsg {
                digest: Binary::new(digest(&file).to_vec()),
                length: u32::try_from(file.len())?,
                categories: Category::ALL.to_vec(),
            },
        };
        self.call("clinician", care, &write)?;
        let acknowledge = care::ExecuteMsg::AcknowledgePlan {
            patient: number,
            version: current.newest + 1,
        };
        self.call(patient.who, care, &acknowledge)?;
        Ok(())
    }
}
