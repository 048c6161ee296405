//! Who keeps shares of a patient's emergency packages, and what the shares open.

use std::collections::BTreeSet;

use cosmwasm_std::{Storage, Uint64};
use vitals_api::consent::emergency::{EmergencyPackageMsg, MAX_CUSTODIANS};
use vitals_api::consent::event::EmergencyEvent;
use vitals_api::consent::read;
use vitals_api::consent::record::{Custodian, Custody, Packages, Patient};
use vitals_api::{parse, ApiError};
use vitals_core::decision::Role;
use vitals_core::time::{Epoch, Window};

use super::{generations, Call, Outcome};
use crate::error::ContractError;
use crate::state;

pub fn set(
    storage: &mut dyn Storage,
    call: &Call,
    number: u64,
    custodians: &[String],
    threshold: u8,
) -> Outcome {
    let named = named(storage, call, custodians)?;
    let most = u64::try_from(named.len()).unwrap_or(u64::MAX);
    super::ensure_within("threshold", threshold.into(), most.min(1), most)?;
    let before = state::custody(storage, number)?;
    let mut patient = state::patient(storage, number)?;
    let mut events = vec![EmergencyEvent::CustodiansSet {
        patient: number,
        custodians: named.len(),
        threshold,
    }
    .into()];
    // the shares put before are void but not gone: whoever keeps one can still give it away
    if before.is_some_and(|before| before.opens_what_comes(&patient, call.now_ms())) {
        events.extend(generations::raise(&mut patient, number, call.now_ms())?);
        state::save_patient(storage, number, &patient)?;
    }
    if named.is_empty() {
        state::remove_custody(storage, number);
        return Ok(events);
    }
    let custodians = named.into_iter().map(|account| Custodian {
        account,
        share: [0; 32],
    });
    let custody = Custody {
        threshold,
        custodians: custodians.collect(),
        packages: None,
    };
    state::save_custody(storage, number, &custody)?;
    Ok(events)
}

fn named(
    storage: &dyn Storage,
    call: &Call,
    custodians: &[String],
) -> Result<BTreeSet<String>, ContractError> {
    parse::length("custodians", custodians.len(), 0, MAX_CUSTODIANS)?;
    let mut named = BTreeSet::new();
    for account in custodians {
        let account_addr = parse::address(call.api, account)?;
        let who = account_addr.as_str();
        if !read::has_role(&storage, who, Role::Custodian, call.now())? {
            return Err(ContractError::NotAHolder {
                account: who.into(),
                role: Role::Custodian,
            });
        }
        if !named.insert(account_addr.into()) {
            return Err(duplicate("custodians", account).into());
        }
    }
    Ok(named)
}

pub fn put_packages(
    storage: &mut dyn Storage,
    call: &Call,
    number: u64,
    window: Window,
    packages: &[EmergencyPackageMsg],
) -> Outcome {
    let window = window.checked().map_err(ApiError::from)?;
    let patient = state::patient(storage, number)?;
    if patient.pending {
        return Err(ContractError::GenerationPending { patient: number });
    }
    let mut custody = state::custody(storage, number)?.ok_or_else(|| ApiError::NotFound {
        what: "custody",
        key: Uint64::new(number).to_string(),
    })?;
    parse::length("packages", packages.len(), 1, MAX_CUSTODIANS)?;
    custody.custodians = shares(call, &custody, number, packages)?;
    custody.packages = Some(Packages {
        window,
        generation: patient.generation,
        reach: reach(&custody, &patient, window),
    });
    state::save_custody(storage, number, &custody)?;
    let put = EmergencyEvent::EmergencyPackagesPut {
        patient: number,
        generation: patient.generation,
    };
    Ok(vec![put.into()])
}

/// Shares of packages replaced stay handed out.
fn reach(custody: &Custody, patient: &Patient, window: Window) -> Epoch {
    match custody.packages {
        Some(before) if before.generation == patient.generation => before.reach.max(window.to),
        _ => window.to,
    }
}

/// Exactly one share for each custodian.
fn shares(
    call: &Call,
    custody: &Custody,
    number: u64,
    packages: &[EmergencyPackageMsg],
) -> Result<Vec<Custodian>, ContractError> {
    let mut shares = Vec::new();
    for package in packages {
        let account: String = parse::address(call.api, &package.custodian)?.into();
        if !custody.holds(&account) {
            return Err(ContractError::NotACustodian {
                account,
                patient: number,
            });
        }
        if shares.iter().any(|c: &Custodian| c.account == account) {
            return Err(duplicate("packages", &account).into());
        }
        shares.push(Custodian {
            account,
            share: parse::bytes("share digest", &package.digest)?,
        });
    }
    let all = custody.custodians.len();
    parse::length("packages", shares.len(), all, all)?;
    Ok(shares)
}

fn duplicate(field: &'static str, account: &str) -> ApiError {
    ApiError::Duplicate {
        field,
        value: account.into(),
    }
}
