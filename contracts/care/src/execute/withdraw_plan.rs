//! The patient, or who wrote it, ends a plan for ever.

use cosmwasm_std::{Event, Storage};

use super::Call;
use crate::authority::{ensure_not_denied, ensure_patient};
use crate::error::ContractError;
use crate::plan::{Plan, PlanAct, Signed};
use crate::{events, state};

pub fn withdraw_plan(
    storage: &mut dyn Storage,
    call: &Call,
    patient: u64,
    version: u32,
) -> Result<Event, ContractError> {
    let plan = state::plan(storage, patient, version)?;
    ensure_theirs(storage, call, patient, &plan)?;
    let by = Signed {
        by: call.sender.to_string(),
        at: call.now_s(),
    };
    let plan = plan.after(PlanAct::Withdraw(by))?;
    state::set_plan(storage, patient, version, &plan)?;
    state::end_force(storage, patient, version);
    Ok(events::plan_withdrawn(patient, version, call.sender))
}

/// An author whose grant ended can still take a mistake back; one the patient denies cannot.
fn ensure_theirs(
    storage: &dyn Storage,
    call: &Call,
    patient: u64,
    plan: &Plan,
) -> Result<(), ContractError> {
    let config = state::config(storage)?;
    let consent = config.consent(call.querier);
    if plan.author == call.sender.as_str() {
        return ensure_not_denied(&consent, patient, call.sender, call.now_s());
    }
    ensure_patient(&consent, patient, call.sender)
}
