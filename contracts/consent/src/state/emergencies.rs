//! Emergencies, their custodians, and what their responders owe.

use cosmwasm_std::{Addr, Empty, Order, Storage};
use cw_storage_plus::Map;
use vitals_api::consent::record::{Custody, Emergency, CUSTODIES, EMERGENCIES};
use vitals_api::store::Key;
use vitals_api::ApiError;
use vitals_core::decision::Seconds;

use super::{number, unreadable};
use crate::error::ContractError;

/// Number of a patient's last emergency.
const LAST_EMERGENCY: Map<u64, u64> = Map::new("last_emergency");
/// Number of the last emergency an account opened for a patient.
const OPENED: Map<(u64, &Addr), u64> = Map::new("opened");
/// What a responder has yet to have reviewed, by deadline, patient and number: the first tells
/// whether one is overdue.
const DUE: Map<(&Addr, (Seconds, u64, u64)), Empty> = Map::new("due");
/// How many of a responder's emergencies wait for their review, and how many were rejected.
const STANDING: Map<&Addr, (u32, u32)> = Map::new("standing");

/// An emergency that waits for its review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    pub review_by: Seconds,
    pub patient: u64,
    pub id: u64,
}

/// A responder's record.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Account {
    pub unreviewed: u32,
    pub rejected: u32,
}

pub fn next_emergency(storage: &mut dyn Storage, patient: u64) -> Result<u64, ContractError> {
    let broken = unreadable("number of the last emergency");
    let last = LAST_EMERGENCY.may_load(storage, patient).map_err(&broken)?;
    let next = last
        .unwrap_or_default()
        .checked_add(1)
        .ok_or(ContractError::Exhausted {
            what: "emergency number",
        })?;
    LAST_EMERGENCY
        .save(storage, patient, &next)
        .map_err(broken)?;
    Ok(next)
}

pub fn emergency(storage: &dyn Storage, patient: u64, id: u64) -> Result<Emergency, ApiError> {
    EMERGENCIES.load(&storage, &(patient, id))
}

pub fn save_emergency(
    storage: &mut dyn Storage,
    patient: u64,
    id: u64,
    emergency: &Emergency,
) -> Result<(), ApiError> {
    EMERGENCIES.save(storage, &(patient, id), emergency)
}

pub fn emergencies(
    storage: &dyn Storage,
    patient: u64,
    after: Option<u64>,
    limit: usize,
) -> Result<Vec<(u64, Emergency)>, ApiError> {
    let after = after.map(|id| (patient, id).flat());
    EMERGENCIES
        .page(storage, &patient.flat(), after.as_deref(), limit)?
        .into_iter()
        .map(|(id, emergency)| Ok((number(&id)?, emergency)))
        .collect()
}

/// The newest emergency an account opened for a patient.
pub fn last_emergency(
    storage: &dyn Storage,
    patient: u64,
    responder: &Addr,
) -> Result<Option<u64>, ApiError> {
    OPENED
        .may_load(storage, (patient, responder))
        .map_err(unreadable("emergency of an account"))
}

pub fn save_last_emergency(
    storage: &mut dyn Storage,
    patient: u64,
    responder: &Addr,
    id: u64,
) -> Result<(), ApiError> {
    OPENED
        .save(storage, (patient, responder), &id)
        .map_err(unreadable("emergency of an account"))
}

/// The emergency of a responder whose review comes due first.
pub fn first_due(storage: &dyn Storage, responder: &Addr) -> Result<Option<Due>, ApiError> {
    let first = DUE
        .prefix(responder)
        .keys(storage, None, None, Order::Ascending)
        .next()
        .transpose()
        .map_err(unreadable("reviews to come"))?;
    Ok(first.map(|(review_by, patient, id)| Due {
        review_by,
        patient,
        id,
    }))
}

pub fn is_due(storage: &dyn Storage, responder: &Addr, due: Due) -> bool {
    DUE.has(storage, (responder, (due.review_by, due.patient, due.id)))
}

pub fn add_due(storage: &mut dyn Storage, responder: &Addr, due: Due) -> Result<(), ApiError> {
    DUE.save(
        storage,
        (responder, (due.review_by, due.patient, due.id)),
        &Empty {},
    )
    .map_err(unreadable("reviews to come"))
}

pub fn remove_due(storage: &mut dyn Storage, responder: &Addr, due: Due) {
    DUE.remove(storage, (responder, (due.review_by, due.patient, due.id)));
}

pub fn standing(storage: &dyn Storage, responder: &Addr) -> Result<Account, ApiError> {
    let kept = STANDING
        .may_load(storage, responder)
        .map_err(unreadable("standing of a responder"))?;
    let (unreviewed, rejected) = kept.unwrap_or_default();
    Ok(Account {
        unreviewed,
        rejected,
    })
}

pub fn save_standing(
    storage: &mut dyn Storage,
    responder: &Addr,
    account: Account,
) -> Result<(), ApiError> {
    STANDING
        .save(storage, responder, &(account.unreviewed, account.rejected))
        .map_err(unreadable("standing of a responder"))
}

pub fn custody(storage: &dyn Storage, patient: u64) -> Result<Option<Custody>, ApiError> {
    CUSTODIES.may_load(&storage, &patient)
}

pub fn save_custody(
    storage: &mut dyn Storage,
    patient: u64,
    custody: &Custody,
) -> Result<(), ApiError> {
    CUSTODIES.save(storage, &patient, custody)
}

pub fn remove_custody(storage: &mut dyn Storage, patient: u64) {
    CUSTODIES.remove(storage, &patient);
}
