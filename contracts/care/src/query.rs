//! Answers.

use cosmwasm_std::{to_json_binary, Binary, Storage};
use serde::Serialize;
use vitals_api::admin;
use vitals_api::care::{AlertInfo, AlertsPage, DeviceAlerts, LadderInfo, QueryMsg};
use vitals_api::page::page_limit;
use vitals_api::ApiError;

use crate::alert::Alert;
use crate::error::ContractError;
use crate::state;

mod plans;

pub fn query(storage: &dyn Storage, msg: QueryMsg) -> Result<Binary, ContractError> {
    match msg {
        QueryMsg::Admin {} => answer(&admin::info(storage)?),
        QueryMsg::Config {} => answer(&state::config(storage)?.info()),
        QueryMsg::Alert { alert } => answer(&alert_by_number(storage, alert.u64())?),
        QueryMsg::Alerts {
            patient,
            start_after,
            limit,
        } => {
            let after = start_after.map(|alert| alert.u64());
            answer(&alerts(storage, patient.u64(), after, page_limit(limit))?)
        }
        QueryMsg::EmergencyAlert { patient, emergency } => {
            answer(&emergency_alert(storage, patient.u64(), emergency.u64())?)
        }
        QueryMsg::Ladder { patient, ladder } => {
            answer(&ladder_info(storage, patient.u64(), ladder)?)
        }
        QueryMsg::Device { device } => answer(&DeviceAlerts {
            number: state::device_log(storage, device.u64())?.number.into(),
        }),
        QueryMsg::Plan { patient, version } => {
            answer(&state::plan(storage, patient.u64(), version)?.info(version))
        }
        QueryMsg::Plans {
            patient,
            start_after,
            limit,
        } => answer(&plans::page(
            storage,
            patient.u64(),
            start_after,
            page_limit(limit),
        )?),
        QueryMsg::CurrentPlan { patient } => answer(&plans::current(storage, patient.u64())?),
        QueryMsg::Adherence {
            patient,
            start_after,
            limit,
        } => answer(&plans::adherence(
            storage,
            patient.u64(),
            start_after,
            page_limit(limit),
        )?),
    }
}

fn answer(value: &impl Serialize) -> Result<Binary, ContractError> {
    to_json_binary(value).map_err(|cause| ContractError::Encoding {
        what: "answer",
        cause: cause.to_string(),
    })
}

fn alert_by_number(storage: &dyn Storage, number: u64) -> Result<AlertInfo, ContractError> {
    alert_info(storage, number, state::alert(storage, number)?)
}

fn alerts(
    storage: &dyn Storage,
    patient: u64,
    start_after: Option<u64>,
    limit: usize,
) -> Result<AlertsPage, ContractError> {
    let alerts = state::alerts_of(storage, patient, start_after, limit)?
        .into_iter()
        .map(|(number, alert)| alert_info(storage, number, alert))
        .collect::<Result<_, _>>()?;
    Ok(AlertsPage { alerts })
}

fn emergency_alert(
    storage: &dyn Storage,
    patient: u64,
    emergency: u64,
) -> Result<AlertInfo, ContractError> {
    let number = state::emergency_alert(storage, patient, emergency)?;
    let number = number.ok_or_else(|| ApiError::NotFound {
        what: "alert of an emergency",
        key: format!("{patient}/{emergency}"),
    })?;
    alert_by_number(storage, number)
}

fn alert_info(
    storage: &dyn Storage,
    number: u64,
    alert: Alert,
) -> Result<AlertInfo, ContractError> {
    let ladder = state::ladder_of(storage, &alert)?;
    Ok(alert.info(number, &ladder))
}

fn ladder_info(
    storage: &dyn Storage,
    patient: u64,
    ladder: u8,
) -> Result<LadderInfo, ContractError> {
    let newest = state::newest_ladder(storage, patient, ladder)?
        .ok_or(ContractError::UnknownLadder { patient, ladder })?;
    Ok(state::ladder(storage, patient, newest)?.info())
}
