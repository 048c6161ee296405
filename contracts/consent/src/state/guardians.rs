//! Guardians.

use cosmwasm_std::{Addr, Storage};
use vitals_api::consent::record::{Guardian, Proposal, Quorums, GUARDIANS, PROPOSALS, QUORUMS};
use vitals_api::consent::MAX_OPEN_PROPOSALS;
use vitals_api::store::Key;
use vitals_api::ApiError;

use super::{number, text};

pub fn guardian(
    storage: &dyn Storage,
    patient: u64,
    account: &Addr,
) -> Result<Option<Guardian>, ApiError> {
    GUARDIANS.may_load(&storage, &(patient, account.as_str()))
}

pub fn save_guardian(
    storage: &mut dyn Storage,
    patient: u64,
    account: &Addr,
    guardian: &Guardian,
) -> Result<(), ApiError> {
    GUARDIANS.save(storage, &(patient, account.as_str()), guardian)
}

pub fn remove_guardian(storage: &mut dyn Storage, patient: u64, account: &Addr) {
    GUARDIANS.remove(storage, &(patient, account.as_str()));
}

/// A patient's guardians, expired ones included, in order of their addresses.
pub fn guardians(
    storage: &dyn Storage,
    patient: u64,
    limit: usize,
) -> Result<Vec<(String, Guardian)>, ApiError> {
    guardians_after(storage, patient, None, limit)
}

/// The same, after an account.
pub fn guardians_after(
    storage: &dyn Storage,
    patient: u64,
    after: Option<&Addr>,
    limit: usize,
) -> Result<Vec<(String, Guardian)>, ApiError> {
    let after = after.map(|account| (patient, account.as_str()).flat());
    GUARDIANS
        .page(storage, &patient.flat(), after.as_deref(), limit)?
        .into_iter()
        .map(|(account, guardian)| Ok((text(account)?, guardian)))
        .collect()
}

pub fn quorums(storage: &dyn Storage, patient: u64) -> Result<Quorums, ApiError> {
    Ok(QUORUMS.may_load(&storage, &patient)?.unwrap_or_default())
}

pub fn save_quorums(
    storage: &mut dyn Storage,
    patient: u64,
    quorums: &Quorums,
) -> Result<(), ApiError> {
    QUORUMS.save(storage, &patient, quorums)
}

pub fn proposal(storage: &dyn Storage, patient: u64, id: u64) -> Result<Proposal, ApiError> {
    PROPOSALS.load(&storage, &(patient, id))
}

pub fn save_proposal(
    storage: &mut dyn Storage,
    patient: u64,
    id: u64,
    proposal: &Proposal,
) -> Result<(), ApiError> {
    PROPOSALS.save(storage, &(patient, id), proposal)
}

pub fn remove_proposal(storage: &mut dyn Storage, patient: u64, id: u64) {
    PROPOSALS.remove(storage, &(patient, id));
}

/// All on record, expired ones included: never more than may be open.
pub fn proposals(storage: &dyn Storage, patient: u64) -> Result<Vec<(u64, Proposal)>, ApiError> {
    PROPOSALS
        .page(storage, &patient.flat(), None, MAX_OPEN_PROPOSALS)?
        .into_iter()
        .map(|(id, proposal)| Ok((number(&id)?, proposal)))
        .collect()
}
