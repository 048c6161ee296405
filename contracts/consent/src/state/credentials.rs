//! Issuers, and what they attest.

use cosmwasm_std::{Addr, Storage};
use cw_storage_plus::Map;
use vitals_api::consent::record::{Credential, CREDENTIALS};
use vitals_api::ApiError;
use vitals_core::decision::Role;
use vitals_core::set::{Member, Set};

use super::unreadable;

/// Role bits an issuer may attest.
const ISSUERS: Map<&Addr, u16> = Map::new("issuers");

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

/// The same, where there must be one.
pub fn attested(storage: &dyn Storage, account: &Addr, role: Role) -> Result<Credential, ApiError> {
    credential(storage, account, role)?.ok_or_else(|| ApiError::NotFound {
        what: "credential",
        key: format!("{role:?} of {account}"),
    })
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
