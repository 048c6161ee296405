//! Care plans.

use anyhow::Result;
use cosmwasm_std::{Binary, Uint64};
use vitals_api::care::{ExecuteMsg, PlanMsg};
use vitals_core::decision::{Action, GroundRef};
use vitals_core::measure::Category;

use super::consent::{grant, People};
use super::contract::Contract;
use super::stage::{number, Stage};

pub fn measure(stage: &mut Stage<'_>, people: &People) -> Result<()> {
    let patient = Uint64::new(people.patient);
    let writing = grant(stage, people, "clinician", Action::WritePlan, None)?;
    let granted = stage.act("patient", Contract::Consent, &writing)?;
    let write = ExecuteMsg::WritePlan {
        patient,
        ground: GroundRef::Grant {
            id: number(&granted, "granted", "grant")?,
        },
        replaces: 0,
        plan: PlanMsg {
            digest: Binary::new(vec![3; 32]),
            length: 4_096,
            categories: vec![Category::Cardiac, Category::Respiratory],
        },
    };
    stage.measure("clinician", Contract::Care, &write)?;
    let version = 1;
    let acknowledge = ExecuteMsg::AcknowledgePlan { patient, version };
    stage.measure("patient", Contract::Care, &acknowledge)?;
    let withdraw = ExecuteMsg::WithdrawPlan { patient, version };
    stage.measure("patient", Contract::Care, &withdraw)?;
    Ok(())
}
