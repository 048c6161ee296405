//! Patients, and the recipients accounts publish.

use cosmwasm_std::{Addr, Empty, Order, Storage};
use cw_storage_plus::{Bound, Item, Map};
use vitals_api::consent::record::{Patient, PATIENTS};
use vitals_api::ApiError;

use super::unreadable;
use crate::error::ContractError;

/// Draws of patient numbers so far: what makes two draws of one transaction differ.
const DRAWS: Item<u64> = Item::new("draws");
/// An account's age recipient.
const RECIPIENTS: Map<&Addr, String> = Map::new("recipients");
/// Which patients an account controls.
const CONTROLLED: Map<(&Addr, u64), Empty> = Map::new("controlled");

/// The number of a draw that was never made before.
pub fn next_draw(storage: &mut dyn Storage) -> Result<u64, ContractError> {
    let broken = unreadable("count of draws");
    let draw = DRAWS
        .may_load(storage)
        .map_err(&broken)?
        .unwrap_or_default()
        .checked_add(1)
        .ok_or(ContractError::Exhausted {
            what: "patient number",
        })?;
    DRAWS.save(storage, &draw).map_err(broken)?;
    Ok(draw)
}

pub fn patient(storage: &dyn Storage, patient: u64) -> Result<Patient, ApiError> {
    PATIENTS.load(&storage, &patient)
}

pub fn is_patient(storage: &dyn Storage, patient: u64) -> Result<bool, ApiError> {
    Ok(PATIENTS.may_load(&storage, &patient)?.is_some())
}

pub fn save_patient(
    storage: &mut dyn Storage,
    number: u64,
    patient: &Patient,
) -> Result<(), ApiError> {
    PATIENTS.save(storage, &number, patient)
}

pub fn add_controlled(
    storage: &mut dyn Storage,
    account: &Addr,
    patient: u64,
) -> Result<(), ApiError> {
    CONTROLLED
        .save(storage, (account, patient), &Empty {})
        .map_err(unreadable("patients of an account"))
}

pub fn remove_controlled(storage: &mut dyn Storage, account: &Addr, patient: u64) {
    CONTROLLED.remove(storage, (account, patient));
}

pub fn controlled(
    storage: &dyn Storage,
    account: &Addr,
    start_after: Option<u64>,
    limit: usize,
) -> Result<Vec<u64>, ApiError> {
    CONTROLLED
        .prefix(account)
        .keys(
            storage,
            start_after.map(Bound::exclusive),
            None,
            Order::Ascending,
        )
        .take(limit)
        .collect::<Result<_, _>>()
        .map_err(unreadable("patients of an account"))
}

pub fn recipient(storage: &dyn Storage, account: &Addr) -> Result<Option<String>, ApiError> {
    RECIPIENTS
        .may_load(storage, account)
        .map_err(unreadable("recipient"))
}

pub fn save_recipient(
    storage: &mut dyn Storage,
    account: &Addr,
    recipient: &str,
) -> Result<(), ApiError> {
    RECIPIENTS
        .save(storage, account, &recipient.into())
        .map_err(unreadable("recipient"))
}
