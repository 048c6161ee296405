//! Denials: an account refused everything, whatever grounds it has.

use cosmwasm_std::{Addr, Storage};
use vitals_api::consent::event::ConsentEvent;
use vitals_api::consent::record::{Denial, Patient};
use vitals_api::consent::MAX_SEARCH;
use vitals_api::{parse, ApiError};

use super::{generations, guardians, Call, Outcome};
use crate::error::ContractError;
use crate::state;

pub fn deny(storage: &mut dyn Storage, call: &Call, number: u64, account: &str) -> Outcome {
    let account_addr = parse::address(call.api, account)?;
    let mut patient = state::patient(storage, number)?;
    super::ensure_other(&patient, number, &account_addr)?;
    if state::denial(storage, number, &account_addr)?.is_some() {
        return Err(ContractError::AlreadyDenied {
            account: account_addr.into(),
            patient: number,
        });
    }
    patient.denials = patient
        .denials
        .checked_add(1)
        .ok_or(ContractError::Exhausted { what: "denial" })?;
    let mut events = vec![ConsentEvent::Denied {
        patient: number,
        account,
    }
    .into()];
    if may_hold_keys(storage, call, &patient, number, &account_addr)? {
        events.extend(generations::raise(&mut patient, number, call.now_ms())?);
    }
    state::save_patient(storage, number, &patient)?;
    let denial = Denial { since: call.now() };
    state::save_denial(storage, number, &account_addr, &denial)?;
    Ok(events)
}

/// Whether an account may hold keys to what is measured from now on. Only the newest grants are
/// looked through; where there are older ones it may, because a generation raised in vain costs
/// new keys and one not raised costs the secret.
fn may_hold_keys(
    storage: &dyn Storage,
    call: &Call,
    patient: &Patient,
    number: u64,
    account: &Addr,
) -> Result<bool, ContractError> {
    if patient.grants > MAX_SEARCH || guardians::may_hold_keys(storage, number, account)? {
        return Ok(true);
    }
    for id in 1..=patient.grants {
        let grant = state::grant(storage, number, id)?;
        if grant.grantee == account.as_str() && generations::opens_what_comes(&grant, call.now_ms())
        {
            return Ok(true);
        }
    }
    Ok(false)
}

pub fn allow(storage: &mut dyn Storage, call: &Call, number: u64, account: &str) -> Outcome {
    let account_addr = parse::address(call.api, account)?;
    let not_denied = || ApiError::NotFound {
        what: "denial",
        key: format!("{number}/{account_addr}"),
    };
    let mut patient = state::patient(storage, number)?;
    state::denial(storage, number, &account_addr)?.ok_or_else(not_denied)?;
    patient.denials = patient.denials.checked_sub(1).ok_or_else(not_denied)?;
    state::save_patient(storage, number, &patient)?;
    state::remove_denial(storage, number, &account_addr);
    Ok(vec![ConsentEvent::Allowed {
        patient: number,
        account,
    }
    .into()])
}
