//! What is stored: the records that others read (see `vitals_api::consent::record`), and what only
//! this contract reads.

use cosmwasm_std::{Addr, Empty, Order, StdError, Storage};
use cw_storage_plus::{Bound, Item, Map};
use vitals_api::consent::record::{
    Credential, Denial, Grant, Guardian, Patient, CREDENTIALS, DENIALS, GRANTS, GUARDIANS, PATIENTS,
};
use vitals_api::ApiError;
use vitals_core::decision::Role;
use vitals_core::set::{Member, Set};

use crate::error::ContractError;

/// Draws of patient numbers so far: what makes two draws of one transaction differ.
const DRAWS: Item<u64> = Item::new("draws");
/// An account's age recipient.
const RECIPIENTS: Map<&Addr, String> = Map::new("recipients");
/// Role bits an issuer may attest.
const ISSUERS: Map<&Addr, u16> = Map::new("issuers");
/// Which patients an account controls.
const CONTROLLED: Map<(&Addr, u64), Empty> = Map::new("controlled");
/// The commitment to a generation's secret; generation 1 has none.
const COMMITMENTS: Map<(u64, u32), [u8; 32]> = Map::new("commitments");

fn unreadable(what: &'static str) -> impl Fn(StdError) -> ApiError {
    move |cause| ApiError::Unreadable {
        what,
        contract: "own storage".into(),
        cause: cause.to_string(),
    }
}

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

/// What an issuer may attest; nothing where it is not admitted.
pub fn issuer(storage: &dyn Storage, account: &Addr) -> Result<Set<Role>, ApiError> {
    let bits = ISSUERS
        .may_load(storage, account)
        .map_err(unreadable("issuer"))?;
    Ok(Set::from_bits(bits.unwrap_or_default())?)
}

pub fn save_issuer(
    storage: &mut dyn Storage,
    account: &Addr,
    roles: Set<Role>,
) -> Result<(), ApiError> {
    ISSUERS
        .save(storage, account, &roles.bits())
        .map_err(unreadable("issuer"))
}

pub fn remove_issuer(storage: &mut dyn Storage, account: &Addr) {
    ISSUERS.remove(storage, account);
}

pub fn credential(
    storage: &dyn Storage,
    account: &Addr,
    role: Role,
) -> Result<Option<Credential>, ApiError> {
    CREDENTIALS.may_load(&storage, &(role.bit().into(), account.as_str()))
}

pub fn save_credential(
    storage: &mut dyn Storage,
    account: &Addr,
    role: Role,
    credential: &Credential,
) -> Result<(), ApiError> {
    CREDENTIALS.save(storage, &(role.bit().into(), account.as_str()), credential)
}

pub fn remove_credential(storage: &mut dyn Storage, account: &Addr, role: Role) {
    CREDENTIALS.remove(storage, &(role.bit().into(), account.as_str()));
}

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

pub fn grant(storage: &dyn Storage, patient: u64, grant: u64) -> Result<Grant, ApiError> {
    GRANTS.load(&storage, &(patient, grant))
}

pub fn save_grant(
    storage: &mut dyn Storage,
    patient: u64,
    number: u64,
    grant: &Grant,
) -> Result<(), ApiError> {
    GRANTS.save(storage, &(patient, number), grant)
}

pub fn denial(
    storage: &dyn Storage,
    patient: u64,
    account: &Addr,
) -> Result<Option<Denial>, ApiError> {
    DENIALS.may_load(&storage, &(patient, account.as_str()))
}

pub fn save_denial(
    storage: &mut dyn Storage,
    patient: u64,
    account: &Addr,
    denial: &Denial,
) -> Result<(), ApiError> {
    DENIALS.save(storage, &(patient, account.as_str()), denial)
}

pub fn remove_denial(storage: &mut dyn Storage, patient: u64, account: &Addr) {
    DENIALS.remove(storage, &(patient, account.as_str()));
}

pub fn commitment(
    storage: &dyn Storage,
    patient: u64,
    generation: u32,
) -> Result<Option<[u8; 32]>, ApiError> {
    COMMITMENTS
        .may_load(storage, (patient, generation))
        .map_err(unreadable("commitment"))
}

pub fn save_commitment(
    storage: &mut dyn Storage,
    patient: u64,
    generation: u32,
    commitment: &[u8; 32],
) -> Result<(), ApiError> {
    COMMITMENTS
        .save(storage, (patient, generation), commitment)
        .map_err(unreadable("commitment"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use vitals_api::admin;

    /// What a map's keys begin with: the namespace's length in two bytes, then the namespace.
    fn map_prefix(namespace: &str) -> Vec<u8> {
        let len = u16::try_from(namespace.len()).unwrap();
        [&len.to_be_bytes(), namespace.as_bytes()].concat()
    }

    #[test]
    fn no_storage_key_is_or_begins_with_another() {
        let items = admin::STORAGE_KEYS
            .into_iter()
            .chain(["contract_info", "draws"])
            .map(|key| key.as_bytes().to_vec());
        let records = [
            PATIENTS.namespace(),
            GRANTS.namespace(),
            DENIALS.namespace(),
            CREDENTIALS.namespace(),
            GUARDIANS.namespace(),
        ];
        let own = ["recipients", "issuers", "controlled", "commitments"];
        let keys: Vec<Vec<u8>> = items
            .chain(records.into_iter().chain(own).map(map_prefix))
            .collect();
        for (i, key) in keys.iter().enumerate() {
            for (j, other) in keys.iter().enumerate() {
                assert!(i == j || !key.starts_with(other), "{key:?} and {other:?}");
            }
        }
    }
}
