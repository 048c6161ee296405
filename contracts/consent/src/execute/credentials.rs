//! Issuers and what they attest.

use cosmwasm_std::{Addr, Storage};
use vitals_api::consent::event::ConsentEvent;
use vitals_api::consent::record::Credential;
use vitals_api::consent::MAX_CREDENTIAL_S;
use vitals_api::{parse, ApiError};
use vitals_core::decision::{Role, Seconds};

use super::{Call, Outcome};
use crate::error::ContractError;
use crate::state;

pub fn admit_issuer(
    storage: &mut dyn Storage,
    call: &Call,
    issuer: &str,
    roles: &[Role],
) -> Outcome {
    let issuer_addr = parse::address(call.api, issuer)?;
    let roles = parse::set("roles", roles)?;
    state::save_issuer(storage, &issuer_addr, roles)?;
    Ok(vec![ConsentEvent::IssuerAdmitted { issuer }.into()])
}

pub fn remove_issuer(storage: &mut dyn Storage, call: &Call, issuer: &str) -> Outcome {
    let issuer_addr = parse::address(call.api, issuer)?;
    if state::issuer(storage, &issuer_addr)?.is_empty() {
        return Err(ApiError::NotFound {
            what: "issuer",
            key: issuer_addr.into(),
        }
        .into());
    }
    state::remove_issuer(storage, &issuer_addr);
    Ok(vec![ConsentEvent::IssuerRemoved { issuer }.into()])
}

pub fn issue(
    storage: &mut dyn Storage,
    call: &Call,
    account: &str,
    role: Role,
    until: Seconds,
) -> Outcome {
    let account_addr = parse::address(call.api, account)?;
    let until = until_of(until, call.now())?;
    ensure_unattested(storage, call, &account_addr, role)?;
    let credential = Credential {
        until,
        issuer: call.sender.into(),
    };
    state::save_credential(storage, &account_addr, role, &credential)?;
    let issued = ConsentEvent::CredentialIssued {
        account,
        role,
        until,
    };
    Ok(vec![issued.into()])
}

fn until_of(until: Seconds, now: Seconds) -> Result<Seconds, ContractError> {
    let until = parse::date("until", until, now)?;
    let latest = now.saturating_add(MAX_CREDENTIAL_S);
    if until > latest {
        return Err(ContractError::CredentialTooLong { until, latest });
    }
    Ok(until)
}

/// No issuer shortens what another attested.
fn ensure_unattested(
    storage: &dyn Storage,
    call: &Call,
    account: &Addr,
    role: Role,
) -> Result<(), ContractError> {
    match state::credential(storage, account, role)? {
        Some(held) if held.is_live(call.now()) && held.issuer != call.sender.as_str() => {
            Err(ContractError::OtherIssuer {
                account: account.into(),
                role,
                issuer: held.issuer,
            })
        }
        _ => Ok(()),
    }
}

pub fn withdraw(storage: &mut dyn Storage, call: &Call, account: &str, role: Role) -> Outcome {
    let account_addr = parse::address(call.api, account)?;
    state::attested(storage, &account_addr, role)?;
    state::remove_credential(storage, &account_addr, role);
    Ok(vec![
        ConsentEvent::CredentialWithdrawn { account, role }.into()
    ])
}
