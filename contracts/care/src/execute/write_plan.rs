//! A clinician writes the next version of a patient's plan.

use cosmwasm_std::{Event, Storage};
use vitals_api::care::{PlanMsg, MAX_PLAN, MIN_PLAN};
use vitals_api::parse;
use vitals_core::decision::{Action, GroundRef};
use vitals_core::measure::Category;
use vitals_core::set::Set;

use super::Call;
use crate::authority::{ensure_permitted_all, Asked};
use crate::error::ContractError;
use crate::plan::{Plan, PlanLife};
use crate::{events, state};

pub fn write_plan(
    storage: &mut dyn Storage,
    call: &Call,
    patient: u64,
    ground: GroundRef,
    replaces: u32,
    plan: &PlanMsg,
) -> Result<Event, ContractError> {
    let plan = parse_plan(call, plan)?;
    ensure_may_write(storage, call, patient, ground, plan.categories)?;
    let newest = state::newest_plan(storage, patient)?;
    if replaces != newest {
        return Err(ContractError::PlanChanged { replaces, newest });
    }
    let version = state::add_plan(storage, patient, &plan)?;
    Ok(events::plan_written(patient, version, call.sender))
}

/// Now, for treatment: the decision asks for a clinician's live credential.
pub fn ensure_may_write(
    storage: &dyn Storage,
    call: &Call,
    patient: u64,
    ground: GroundRef,
    categories: Set<Category>,
) -> Result<(), ContractError> {
    let config = state::config(storage)?;
    let asked = Asked {
        patient,
        who: call.sender,
        action: Action::WritePlan,
        categories,
        at_ms: call.now_ms(),
    };
    ensure_permitted_all(&config.consent(call.querier), &asked, ground, call.now_s())
}

fn parse_plan(call: &Call, msg: &PlanMsg) -> Result<Plan, ContractError> {
    Ok(Plan {
        digest: parse::bytes("digest", &msg.digest)?,
        length: parse_length(msg.length)?,
        categories: parse::set("categories", &msg.categories)?,
        author: call.sender.to_string(),
        written_at: call.now_s(),
        life: PlanLife::Proposed,
    })
}

fn parse_length(got: u32) -> Result<u32, ContractError> {
    if (MIN_PLAN..=MAX_PLAN).contains(&got) {
        return Ok(got);
    }
    Err(ContractError::PlanLength {
        least: MIN_PLAN,
        most: MAX_PLAN,
        got,
    })
}
