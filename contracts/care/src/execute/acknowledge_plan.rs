//! The patient, or a guardian, accepts a plan: it is in force from now.

use cosmwasm_std::{Event, Storage};

use super::Call;
use crate::error::ContractError;
use crate::plan::{PlanAct, Signed};
use crate::{events, state};

pub fn acknowledge_plan(
    storage: &mut dyn Storage,
    call: &Call,
    patient: u64,
    version: u32,
) -> Result<Event, ContractError> {
    let plan = state::plan(storage, patient, version)?;
    let by = Signed {
        by: call.sender.to_string(),
        at: call.now_s(),
    };
    let plan = plan.after(PlanAct::Acknowledge(by))?;
    ensure_newer(storage, patient, version)?;
    state::set_plan(storage, patient, version, &plan)?;
    state::enforce(storage, patient, version)?;
    Ok(events::plan_acknowledged(patient, version, call.sender))
}

/// Accepting a plan older than the one in force would change nothing, and look as if it did.
fn ensure_newer(storage: &dyn Storage, patient: u64, version: u32) -> Result<(), ContractError> {
    match state::version_in_force(storage, patient)? {
        Some(in_force) if in_force > version => {
            Err(ContractError::PlanOutdated { version, in_force })
        }
        _ => Ok(()),
    }
}
