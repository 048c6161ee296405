//! Grants and denials, as they stand now.

use cosmwasm_std::{Api, Binary, Storage, Uint64};
use vitals_api::consent::record::{Grant, Package};
use vitals_api::consent::{DenialInfo, GrantInfo, GrantsPage, PackageRef, Party};
use vitals_api::page::page_limit;
use vitals_api::ApiError;
use vitals_core::FormatError;

use crate::{party, state};

pub fn one(storage: &dyn Storage, number: u64, id: u64) -> Result<GrantInfo, ApiError> {
    let patient = state::patient(storage, number)?;
    let grant = state::grant(storage, number, &patient, id)?;
    Ok(grant_info(id, &grant))
}

pub fn page(
    storage: &dyn Storage,
    number: u64,
    start_after: Option<Uint64>,
    limit: Option<u32>,
) -> Result<GrantsPage, ApiError> {
    let patient = state::patient(storage, number)?;
    let after = start_after.map(|id| id.u64());
    let grants = state::grants(storage, number, after, page_limit(limit))?
        .into_iter()
        .map(|(tail, grant)| {
            let id = grant_number(&tail)?;
            Ok(grant_info(id, &grant.held_by(&patient, id)))
        })
        .collect::<Result<_, FormatError>>()?;
    Ok(GrantsPage { grants })
}

pub fn denial(
    storage: &dyn Storage,
    api: &dyn Api,
    number: u64,
    whom: &Party,
) -> Result<DenialInfo, ApiError> {
    state::patient(storage, number)?;
    let whom = party::existing(storage, api, whom)?;
    let denial = state::denial(storage, number, &whom)?;
    Ok(DenialInfo {
        since: denial.map(|denial| denial.since),
    })
}

fn grant_number(tail: &[u8]) -> Result<u64, FormatError> {
    let mut r = vitals_core::bytes::Reader::new("grant key", tail);
    let number = r.u64()?;
    r.end()?;
    Ok(number)
}

fn grant_info(id: u64, grant: &Grant) -> GrantInfo {
    let terms = &grant.terms;
    GrantInfo {
        grant: Uint64::new(id),
        grantee: grant.grantee.clone(),
        by: grant.by.first().cloned(),
        purposes: terms.purposes.members(),
        categories: terms.categories.members(),
        actions: terms.actions.members(),
        window: terms.window,
        valid_from: terms.valid_from,
        valid_until: terms.valid_until,
        revoked: terms.revoked,
        package: grant.package.as_ref().map(package_ref),
    }
}

fn package_ref(package: &Package) -> PackageRef {
    PackageRef {
        digest: Binary::new(package.digest.to_vec()),
        recipient_hash: Binary::new(package.recipient_hash.to_vec()),
    }
}
