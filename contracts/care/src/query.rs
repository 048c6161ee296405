//! Answers.

use cosmwasm_std::{to_json_binary, Binary, Storage};
use serde::Serialize;
use vitals_api::admin;
use vitals_api::care::{AlertInfo, AlertsPage, DeviceAlerts, LadderInfo, QueryMsg};
use vitals_api::page::page_limit;

use crate::alert::Alert;
use crate::error::ContractError;
use crate::state;

pub fn query(storage: &dyn Storage, msg: QueryMsg) -> Result<Binary, ContractError> {
    match msg {
        QueryMsg::Admin {} => answer(&admin::info(storage)?),
        QueryMsg::Config {} => answer(&state::config(storage)?.info()),
        QueryMsg::Alert { alert } => {
            let kept = state::alert(storage, alert.u64())?;
            answer(&alert_info(storage, alert.u64(), kept)?)
        }
        QueryMsg::Alerts {
            patient,
            start_after,
            limit,
        } => {
            let after = start_after.map(|alert| alert.u64());
            answer(&alerts(storage, patient.u64(), after, page_limit(limit))?)
        }
        QueryMsg::Ladder { patient, ladder } => {
            answer(&ladder_info(storage, patient.u64(), ladder)?)
        }
        QueryMsg::Device { device } => answer(&DeviceAlerts {
            number: state::last_notice(storage, device.u64())?.into(),
        }),
    }
}

fn answer(value: &impl Serialize) -> Result<Binary, ContractError> {
    to_json_binary(value).map_err(|cause| ContractError::Encoding {
        what: "answer",
        cause: cause.to_string(),
    })
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

fn alert_info(
    storage: &dyn Storage,
    number: u64,
    alert: Alert,
) -> Result<AlertInfo, ContractError> {
    let ladder = state::ladder(storage, alert.origin.patient, alert.origin.ladder)?;
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
