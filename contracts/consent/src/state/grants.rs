//! Grants and denials.

use cosmwasm_std::Storage;
use vitals_api::consent::record::{Denial, Grant, Patient, DENIALS, GRANTS, TEAM_DENIALS};
use vitals_api::consent::{read, Party};
use vitals_api::store::Key;
use vitals_api::ApiError;

/// As it stands for the patient now, recoveries included.
pub fn grant(
    storage: &dyn Storage,
    number: u64,
    patient: &Patient,
    id: u64,
) -> Result<Grant, ApiError> {
    read::grant(&storage, number, patient, id)
}

/// The same for many, oldest first; each with what follows the patient's number in its key.
pub fn grants(
    storage: &dyn Storage,
    number: u64,
    start_after: Option<u64>,
    limit: usize,
) -> Result<Vec<(Vec<u8>, Grant)>, ApiError> {
    let after = start_after.map(|id| (number, id).flat());
    GRANTS.page(storage, &number.flat(), after.as_deref(), limit)
}

pub fn save_grant(
    storage: &mut dyn Storage,
    number: u64,
    id: u64,
    grant: &Grant,
) -> Result<(), ApiError> {
    GRANTS.save(storage, &(number, id), grant)
}

pub fn denial(
    storage: &dyn Storage,
    number: u64,
    whom: &Party,
) -> Result<Option<Denial>, ApiError> {
    match whom {
        Party::Account(account) => DENIALS.may_load(&storage, &(number, account)),
        Party::Team(team) => TEAM_DENIALS.may_load(&storage, &(number, team.u64())),
    }
}

pub fn save_denial(
    storage: &mut dyn Storage,
    number: u64,
    whom: &Party,
    denial: &Denial,
) -> Result<(), ApiError> {
    match whom {
        Party::Account(account) => DENIALS.save(storage, &(number, account), denial),
        Party::Team(team) => TEAM_DENIALS.save(storage, &(number, team.u64()), denial),
    }
}

pub fn remove_denial(storage: &mut dyn Storage, number: u64, whom: &Party) {
    match whom {
        Party::Account(account) => DENIALS.remove(storage, &(number, account)),
        Party::Team(team) => TEAM_DENIALS.remove(storage, &(number, team.u64())),
    }
}
