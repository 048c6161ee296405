//! Plans and adherence reports.

use cosmwasm_std::Storage;
use vitals_api::care::{AdherencePage, CurrentPlan, PlansPage};

use crate::error::ContractError;
use crate::state;

pub fn page(
    storage: &dyn Storage,
    patient: u64,
    start_after: Option<u32>,
    limit: usize,
) -> Result<PlansPage, ContractError> {
    let plans = state::plans_of(storage, patient, start_after, limit)?
        .into_iter()
        .map(|(version, plan)| plan.info(version));
    Ok(PlansPage {
        plans: plans.collect(),
    })
}

pub fn current(storage: &dyn Storage, patient: u64) -> Result<CurrentPlan, ContractError> {
    let plan = match state::version_in_force(storage, patient)? {
        None => None,
        Some(version) => Some(state::plan(storage, patient, version)?.info(version)),
    };
    Ok(CurrentPlan {
        plan,
        newest: state::newest_plan(storage, patient)?,
    })
}

pub fn adherence(
    storage: &dyn Storage,
    patient: u64,
    start_after: Option<u32>,
    limit: usize,
) -> Result<AdherencePage, ContractError> {
    let reports = state::adherence_of(storage, patient, start_after, limit)?
        .into_iter()
        .map(|(number, report)| report.info(number));
    Ok(AdherencePage {
        reports: reports.collect(),
    })
}
