//! Plans by version, which one is in force, and adherence reports.

use cosmwasm_std::Storage;
use vitals_api::store::Key;
use vitals_api::ApiError;
use vitals_core::bytes::Reader;

use super::{last, narrow, Listed, Number, ADHERENCE, IN_FORCE, LAST_ADHERENCE, LAST_PLAN, PLANS};
use crate::adherence::Adherence;
use crate::error::ContractError;
use crate::plan::Plan;

pub fn plan(storage: &dyn Storage, patient: u64, version: u32) -> Result<Plan, ApiError> {
    PLANS.load(&storage, &(patient, version))
}

pub fn set_plan(
    storage: &mut dyn Storage,
    patient: u64,
    version: u32,
    plan: &Plan,
) -> Result<(), ApiError> {
    PLANS.save(storage, &(patient, version), plan)
}

/// The newest version written, 0 where there is none.
pub fn newest_plan(storage: &dyn Storage, patient: u64) -> Result<u32, ContractError> {
    narrow(last(&LAST_PLAN, storage, &patient)?, "plan version")
}

/// Keeps a plan as the patient's next version.
pub fn add_plan(
    storage: &mut dyn Storage,
    patient: u64,
    plan: &Plan,
) -> Result<u32, ContractError> {
    let next = newest_plan(storage, patient)?;
    let next = next.checked_add(1).ok_or(ContractError::Full {
        what: "plan version",
    })?;
    LAST_PLAN.save(storage, &patient, &Number(next.into()))?;
    set_plan(storage, patient, next, plan)?;
    Ok(next)
}

/// Descending versions ascend.
fn in_force_key(patient: u64, version: u32) -> (u64, u32) {
    (patient, u32::MAX.saturating_sub(version))
}

/// The newest version that was acknowledged and not withdrawn.
pub fn version_in_force(storage: &dyn Storage, patient: u64) -> Result<Option<u32>, ApiError> {
    let first = IN_FORCE.page(storage, &patient.flat(), None, 1)?;
    let Some((tail, _)) = first.into_iter().next() else {
        return Ok(None);
    };
    let descending = Reader::new("plan in force", &tail).u32()?;
    Ok(Some(u32::MAX.saturating_sub(descending)))
}

pub fn enforce(storage: &mut dyn Storage, patient: u64, version: u32) -> Result<(), ApiError> {
    IN_FORCE.save(storage, &in_force_key(patient, version), &Listed)
}

pub fn end_force(storage: &mut dyn Storage, patient: u64, version: u32) {
    IN_FORCE.remove(storage, &in_force_key(patient, version));
}

/// A patient's plans after a version, oldest first.
pub fn plans_of(
    storage: &dyn Storage,
    patient: u64,
    start_after: Option<u32>,
    limit: usize,
) -> Result<Vec<(u32, Plan)>, ApiError> {
    let after = start_after.map(|version| (patient, version).flat());
    PLANS
        .page(storage, &patient.flat(), after.as_deref(), limit)?
        .into_iter()
        .map(|(tail, plan)| Ok((Reader::new("plan version", &tail).u32()?, plan)))
        .collect()
}

/// Keeps a report under the patient's next number.
pub fn add_adherence(
    storage: &mut dyn Storage,
    patient: u64,
    report: &Adherence,
) -> Result<u32, ContractError> {
    let next = last(&LAST_ADHERENCE, storage, &patient)?.saturating_add(1);
    let number = narrow(next, "adherence report")?;
    LAST_ADHERENCE.save(storage, &patient, &Number(next))?;
    ADHERENCE.save(storage, &(patient, number), report)?;
    Ok(number)
}

/// A patient's reports after a number, oldest first.
pub fn adherence_of(
    storage: &dyn Storage,
    patient: u64,
    start_after: Option<u32>,
    limit: usize,
) -> Result<Vec<(u32, Adherence)>, ApiError> {
    let after = start_after.map(|number| (patient, number).flat());
    ADHERENCE
        .page(storage, &patient.flat(), after.as_deref(), limit)?
        .into_iter()
        .map(|(tail, report)| Ok((Reader::new("report number", &tail).u32()?, report)))
        .collect()
}
