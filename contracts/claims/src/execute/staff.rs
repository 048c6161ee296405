//! Who works for an insurer.

use cosmwasm_std::{Addr, DepsMut, Response};
use vitals_api::claims::event::ClaimsEvent;
use vitals_api::claims::{StaffPart, MAX_STAFF};
use vitals_api::parse;
use vitals_core::set::Set;

use crate::error::ContractError;
use crate::state;

pub fn set(
    deps: DepsMut,
    insurer: &Addr,
    account: &str,
    parts: &[StaffPart],
) -> Result<Response, ContractError> {
    let account = parse::address(deps.api, account)?;
    if account == *insurer {
        return Err(ContractError::StaffIsTheInsurer {
            account: account.into(),
        });
    }
    if !parts.is_empty() && state::is_arbiter(deps.storage, insurer.as_str(), account.as_str())? {
        return Err(ContractError::StaffIsAnArbiter {
            account: account.into(),
        });
    }
    let parts = match parts {
        [] => Set::EMPTY,
        parts => parse::set("parts", parts)?,
    };
    let accounts = state::set_parts(deps.storage, insurer.as_str(), account.as_str(), parts)?;
    if accounts > MAX_STAFF.into() {
        return Err(ContractError::TooManyStaff {
            insurer: insurer.to_string(),
            most: MAX_STAFF,
        });
    }
    Ok(Response::new().add_event(ClaimsEvent::StaffSet {
        insurer: insurer.as_str(),
        account: account.as_str(),
    }))
}
