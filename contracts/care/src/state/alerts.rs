//! Alerts, and what notices count on.

use cosmwasm_std::Storage;
use vitals_api::store::Key;
use vitals_api::ApiError;
use vitals_core::bytes::Reader;

use super::{
    last, Listed, Number, ALERTS, BY_PATIENT, DEVICE_LOGS, EMERGENCIES, LAST_ALERT, LATEST,
};
use crate::alert::{Alert, Cause, Found};
use crate::device_log::DeviceLog;
use crate::error::ContractError;

pub fn alert(storage: &dyn Storage, number: u64) -> Result<Alert, ApiError> {
    ALERTS.load(&storage, &number)
}

pub fn set_alert(storage: &mut dyn Storage, number: u64, alert: &Alert) -> Result<(), ApiError> {
    ALERTS.save(storage, &number, alert)
}

/// Keeps a new alert under the next number, in its patient's list, and as the one of its cause.
pub fn add_alert(storage: &mut dyn Storage, alert: &Alert) -> Result<u64, ContractError> {
    let number = last(&LAST_ALERT, storage, &())?
        .checked_add(1)
        .ok_or(ContractError::Full { what: "alert" })?;
    LAST_ALERT.save(storage, &(), &Number(number))?;
    ALERTS.save(storage, &number, alert)?;
    let patient = alert.origin.patient;
    BY_PATIENT.save(storage, &(patient, number), &Listed)?;
    match &alert.cause {
        Cause::Device(found) => LATEST.save(storage, &latest_key(found), &Number(number))?,
        Cause::Emergency {
            number: emergency, ..
        } => EMERGENCIES.save(storage, &(patient, *emergency), &Number(number))?,
    }
    Ok(number)
}

/// The latest alert of a finding's device, pairing and rule, with its number.
pub fn latest_alert(
    storage: &dyn Storage,
    found: &Found,
) -> Result<Option<(u64, Alert)>, ApiError> {
    let Some(latest) = LATEST.may_load(&storage, &latest_key(found))? else {
        return Ok(None);
    };
    Ok(Some((latest.0, alert(storage, latest.0)?)))
}

/// Only what comes with its pairing is looked up or kept: what a notice found.
fn latest_key(found: &Found) -> (u64, (u32, u32)) {
    let pairing = found.pairing.unwrap_or_default();
    (found.device, (pairing, found.rule.into()))
}

/// The number of the alert that tells of an emergency.
pub fn emergency_alert(
    storage: &dyn Storage,
    patient: u64,
    emergency: u64,
) -> Result<Option<u64>, ApiError> {
    let kept = EMERGENCIES.may_load(&storage, &(patient, emergency))?;
    Ok(kept.map(|number| number.0))
}

/// A patient's alerts after a number, oldest first.
pub fn alerts_of(
    storage: &dyn Storage,
    patient: u64,
    start_after: Option<u64>,
    limit: usize,
) -> Result<Vec<(u64, Alert)>, ApiError> {
    let after = start_after.map(|number| (patient, number).flat());
    BY_PATIENT
        .page(storage, &patient.flat(), after.as_deref(), limit)?
        .into_iter()
        .map(|(tail, _)| {
            let number = Reader::new("alert number", &tail).u64()?;
            Ok((number, alert(storage, number)?))
        })
        .collect()
}

/// Empty where the device was not heard of.
pub fn device_log(storage: &dyn Storage, device: u64) -> Result<DeviceLog, ApiError> {
    Ok(DEVICE_LOGS.may_load(&storage, &device)?.unwrap_or_default())
}

pub fn set_device_log(
    storage: &mut dyn Storage,
    device: u64,
    log: &DeviceLog,
) -> Result<(), ApiError> {
    DEVICE_LOGS.save(storage, &device, log)
}
