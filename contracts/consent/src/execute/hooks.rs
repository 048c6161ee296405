//! Subscribers: contracts that are told of emergencies, and cannot hold one up.

use cosmwasm_std::{Addr, Storage, SubMsg, Uint64, WasmMsg};
use vitals_api::consent::event::EmergencyEvent;
use vitals_api::consent::hook::{ConsentHookMsg, MAX_HOOKS};
use vitals_api::{parse, ApiError};

use super::{Call, Outcome};
use crate::error::ContractError;
use crate::state;

/// The only reply this contract asks for: a subscriber failed.
pub const HOOK_FAILED: u64 = 1;

/// What a subscriber may use up. Calling a contract costs some 60,000, and raising an alert reads
/// and writes a dozen small records, some 100,000; this leaves as much again for a subscriber with
/// more to do, while four that burn all of it cost a responder no more than 1,600,000.
pub const HOOK_GAS: u64 = 400_000;

pub fn add(storage: &mut dyn Storage, call: &Call, contract: &str) -> Outcome {
    let contract_addr = parse::address(call.api, contract)?;
    let mut contracts = state::hooks(storage)?;
    if contracts.contains(&contract_addr) {
        return Err(ContractError::HookKnown {
            contract: contract_addr.into(),
        });
    }
    if contracts.len() >= MAX_HOOKS {
        return Err(ContractError::TooManyHooks { most: MAX_HOOKS });
    }
    contracts.push(contract_addr);
    state::save_hooks(storage, &contracts)?;
    Ok(vec![EmergencyEvent::HookAdded { contract }.into()])
}

pub fn remove(storage: &mut dyn Storage, call: &Call, contract: &str) -> Outcome {
    let contract_addr = parse::address(call.api, contract)?;
    let mut contracts = state::hooks(storage)?;
    let before = contracts.len();
    contracts.retain(|known| known != contract_addr);
    if contracts.len() == before {
        return Err(ApiError::NotFound {
            what: "hook",
            key: contract_addr.into(),
        }
        .into());
    }
    state::save_hooks(storage, &contracts)?;
    Ok(vec![EmergencyEvent::HookRemoved { contract }.into()])
}

/// Tells every subscriber of the emergency that the sender just opened for a patient.
pub fn of_opened(
    storage: &dyn Storage,
    call: &Call,
    patient: u64,
) -> Result<Vec<SubMsg>, ContractError> {
    let contracts = state::hooks(storage)?;
    let (false, Some(id)) = (
        contracts.is_empty(),
        state::last_emergency(storage, patient, call.sender)?,
    ) else {
        return Ok(Vec::new());
    };
    let opened = ConsentHookMsg::EmergencyOpened {
        patient: Uint64::new(patient),
        emergency: Uint64::new(id),
        responder: call.sender.to_string(),
        until: state::emergency(storage, patient, id)?.until,
    };
    contracts
        .iter()
        .map(|contract| told(contract, opened.clone()))
        .collect()
}

fn told(contract: &Addr, what: ConsentHookMsg) -> Result<SubMsg, ContractError> {
    let msg = what.into_binary().map_err(|cause| ApiError::Unreadable {
        what: "hook message",
        contract: "own storage".into(),
        cause: cause.to_string(),
    })?;
    let tell = WasmMsg::Execute {
        contract_addr: contract.to_string(),
        msg,
        funds: Vec::new(),
    };
    Ok(SubMsg::reply_on_error(tell, HOOK_FAILED)
        .with_gas_limit(HOOK_GAS)
        .with_payload(contract.as_bytes()))
}
