//! Grants: given, given new keys, taken back.

use cosmwasm_std::{Event, Storage};
use vitals_api::consent::event::ConsentEvent;
use vitals_api::consent::record::{Grant, Package, Patient};
use vitals_api::consent::{GrantMsg, PackageMsg, PackageRef, Party, MAX_PACKAGES};
use vitals_api::{parse, ApiError};
use vitals_core::decision::{guardians_power, GrantTerms, Power, Refusal, Seconds};

use super::{generations, Call, Outcome};
use crate::error::ContractError;
use crate::{party, state};

pub fn grant(storage: &mut dyn Storage, call: &Call, number: u64, msg: &GrantMsg) -> Outcome {
    let grantee = party::existing(storage, call.api, &msg.grantee)?;
    let terms = terms(msg, call.now())?;
    let package = msg.package.as_ref().map(package).transpose()?;
    let mut patient = state::patient(storage, number)?;
    if package.is_some() {
        ensure_none_pending(&patient, number)?;
    }
    let by = givers(&patient, call);
    if !by.is_empty() {
        ensure_within_guardian(storage, call, number, &grantee, &terms)?;
    }
    let id = patient
        .grants
        .checked_add(1)
        .ok_or(ContractError::Exhausted {
            what: "grant number",
        })?;
    let grant = Grant {
        grantee,
        by,
        terms,
        package,
    };
    patient.grants = id;
    state::save_patient(storage, number, &patient)?;
    state::save_grant(storage, number, id, &grant)?;
    let granted = ConsentEvent::Granted {
        patient: number,
        grant: id,
        grantee: &grant.grantee,
    };
    Ok(vec![granted.into()])
}

/// The guardians who grant, the sender first, or nobody where it is the patient.
fn givers(patient: &Patient, call: &Call) -> Vec<String> {
    if call.sender.as_str() == patient.controller {
        return Vec::new();
    }
    let sender = [call.sender.to_string()].into_iter();
    sender.chain(call.with.iter().cloned()).collect()
}

fn terms(msg: &GrantMsg, now: Seconds) -> Result<GrantTerms, ContractError> {
    // any second before the end, which has a ceiling
    let valid_from = msg.valid_from.unwrap_or(now);
    let valid_until = parse::date("valid_until", msg.valid_until, now.max(valid_from))?;
    Ok(GrantTerms {
        purposes: parse::set("purposes", &msg.purposes)?,
        categories: parse::set("categories", &msg.categories)?,
        actions: parse::set("actions", &msg.actions)?,
        window: msg.window.checked().map_err(ApiError::from)?,
        valid_from,
        valid_until,
        revoked: false,
    })
}

fn package(msg: &PackageRef) -> Result<Package, ContractError> {
    Ok(Package {
        digest: parse::bytes("package digest", &msg.digest)?,
        recipient_hash: parse::bytes("recipient hash", &msg.recipient_hash)?,
    })
}

/// That the sender, a guardian, may grant this: what is checked of each who approves a proposal.
pub fn ensure_guardian_may(
    storage: &dyn Storage,
    call: &Call,
    number: u64,
    msg: &GrantMsg,
) -> Result<(), ContractError> {
    let grantee = party::existing(storage, call.api, &msg.grantee)?;
    let terms = terms(msg, call.now())?;
    ensure_within_guardian(storage, call, number, &grantee, &terms)
}

/// A guardian hands on no more than it has itself.
fn ensure_within_guardian(
    storage: &dyn Storage,
    call: &Call,
    patient: u64,
    grantee: &Party,
    terms: &GrantTerms,
) -> Result<(), ContractError> {
    if grantee.is_account(call.sender.as_str()) {
        return Err(ContractError::GrantToItself {
            guardian: call.sender.into(),
        });
    }
    let guardian =
        state::guardian(storage, patient, call.sender)?.ok_or_else(|| Refusal::NotTheGuardian {
            who: call.sender.into(),
        })?;
    guardian.ensure_live(call.sender.as_str(), Power::Read, call.now())?;
    for action in terms.actions.members() {
        let power = guardians_power(action)?;
        guardian.ensure_live(call.sender.as_str(), power, call.now())?;
    }
    if terms.valid_until > guardian.until {
        return Err(ContractError::BeyondGuardian {
            asked: terms.valid_until,
            until: guardian.until,
        });
    }
    Ok(())
}

pub fn put_packages(
    storage: &mut dyn Storage,
    call: &Call,
    patient: u64,
    packages: &[PackageMsg],
) -> Outcome {
    parse::length("packages", packages.len(), 1, MAX_PACKAGES)?;
    ensure_distinct(packages)?;
    let held = state::patient(storage, patient)?;
    ensure_none_pending(&held, patient)?;
    packages
        .iter()
        .map(|msg| put_package(storage, call, patient, &held, msg))
        .collect()
}

/// Keys of a generation that is not open yet are given to nobody: a revocation before it opens
/// would not raise another.
fn ensure_none_pending(patient: &Patient, number: u64) -> Result<(), ContractError> {
    if patient.pending {
        return Err(ContractError::GenerationPending { patient: number });
    }
    Ok(())
}

fn ensure_distinct(packages: &[PackageMsg]) -> Result<(), ApiError> {
    let mut ids: Vec<u64> = packages.iter().map(|p| p.grant.u64()).collect();
    ids.sort_unstable();
    for pair in ids.windows(2) {
        if let [id, next] = pair {
            if id == next {
                return Err(ApiError::Duplicate {
                    field: "packages",
                    value: format!("grant {id}"),
                });
            }
        }
    }
    Ok(())
}

fn put_package(
    storage: &mut dyn Storage,
    call: &Call,
    patient: u64,
    held: &Patient,
    msg: &PackageMsg,
) -> Result<Event, ContractError> {
    let id = msg.grant.u64();
    let package = package(&msg.package)?;
    let mut grant = state::grant(storage, patient, held, id)?;
    ensure_live(&grant.terms, id, call.now())?;
    let digest = package.digest;
    grant.package = Some(package);
    state::save_grant(storage, patient, id, &grant)?;
    let put = ConsentEvent::PackagePut {
        patient,
        grant: id,
        digest,
    };
    Ok(put.into())
}

fn ensure_live(terms: &GrantTerms, id: u64, now: Seconds) -> Result<(), Refusal> {
    if terms.revoked {
        return Err(Refusal::GrantRevoked { id });
    }
    if now >= terms.valid_until {
        return Err(Refusal::GrantExpired {
            id,
            until: terms.valid_until,
            now,
        });
    }
    Ok(())
}

pub fn revoke(storage: &mut dyn Storage, call: &Call, number: u64, id: u64) -> Outcome {
    let mut patient = state::patient(storage, number)?;
    let mut grant = state::grant(storage, number, &patient, id)?;
    if grant.terms.revoked {
        return Err(Refusal::GrantRevoked { id }.into());
    }
    let raises = generations::opens_what_comes(&grant, call.now_ms());
    grant.terms.revoked = true;
    state::save_grant(storage, number, id, &grant)?;
    let mut events = vec![ConsentEvent::Revoked {
        patient: number,
        grant: id,
    }
    .into()];
    if raises {
        events.extend(generations::raise(&mut patient, number, call.now_ms())?);
        state::save_patient(storage, number, &patient)?;
    }
    Ok(events)
}
