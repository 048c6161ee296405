//! Who works for an insurer.

use cosmwasm_std::Storage;
use serde::{Deserialize, Serialize};
use vitals_api::claims::StaffPart;
use vitals_api::index::{Listed, Number};
use vitals_api::store::{Key, Leading};
use vitals_core::set::Set;

use super::keys::{ARBITERS, STAFF, STAFF_COUNT};
use super::money::text;
use super::packed::packed;
use crate::error::ContractError;

/// Bits of a set of parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Parts(u16);

packed! { Parts => "staff parts" }

impl Parts {
    pub fn set(self) -> Result<Set<StaffPart>, ContractError> {
        Set::from_bits(self.0).map_err(|cause| ContractError::Api(cause.into()))
    }
}

/// What an account may do for an insurer.
pub(crate) fn parts(
    storage: &dyn Storage,
    insurer: &str,
    account: &str,
) -> Result<Set<StaffPart>, ContractError> {
    match STAFF.may_load(&storage, &(Leading(insurer), account))? {
        Some(parts) => parts.set(),
        None => Ok(Set::EMPTY),
    }
}

/// Replaces an account's parts; no parts take the account out. Gives how many accounts there are.
pub(crate) fn set_parts(
    storage: &mut dyn Storage,
    insurer: &str,
    account: &str,
    parts: Set<StaffPart>,
) -> Result<u64, ContractError> {
    let key = (Leading(insurer), account);
    let was = STAFF.may_load(&(&*storage), &key)?.is_some();
    let others = count(storage, insurer)?.saturating_sub(u64::from(was));
    if parts.is_empty() {
        STAFF.remove(storage, &key);
    } else {
        STAFF.save(storage, &key, &Parts(parts.bits()))?;
    }
    let now = others.saturating_add(u64::from(!parts.is_empty()));
    STAFF_COUNT.save(storage, &insurer, &Number(now))?;
    Ok(now)
}

fn count(storage: &dyn Storage, insurer: &str) -> Result<u64, ContractError> {
    let count = STAFF_COUNT.may_load(&storage, &insurer)?;
    Ok(count.map_or(0, |count| count.0))
}

/// An arbiter is never to work for the insurer it decides against.
pub(crate) fn note_arbiter(
    storage: &mut dyn Storage,
    insurer: &str,
    arbiter: &str,
) -> Result<(), ContractError> {
    Ok(ARBITERS.save(storage, &(Leading(insurer), arbiter), &Listed)?)
}

pub(crate) fn is_arbiter(
    storage: &dyn Storage,
    insurer: &str,
    account: &str,
) -> Result<bool, ContractError> {
    let found = ARBITERS.may_load(&storage, &(Leading(insurer), account))?;
    Ok(found.is_some())
}

/// Accounts of an insurer after `start_after`, in order.
pub(crate) fn staff(
    storage: &dyn Storage,
    insurer: &str,
    start_after: Option<&str>,
    limit: usize,
) -> Result<Vec<(String, Set<StaffPart>)>, ContractError> {
    let insurer = Leading(insurer);
    let after = start_after.map(|account| (insurer, account).flat());
    let page = STAFF.page(storage, &insurer.flat(), after.as_deref(), limit)?;
    page.into_iter()
        .map(|(key, parts)| Ok((text(&key), parts.set()?)))
        .collect()
}
