//! Denials: an account refused everything, a team's members all but an emergency.

use cosmwasm_std::Storage;
use vitals_api::consent::event::ConsentEvent;
use vitals_api::consent::record::{Denial, Patient};
use vitals_api::consent::Party;
use vitals_api::ApiError;

use super::reach::Reach;
use super::{generations, Call, Outcome};
use crate::error::ContractError;
use crate::{party, state};

pub fn deny(storage: &mut dyn Storage, call: &Call, number: u64, whom: &Party) -> Outcome {
    let whom = party::existing(storage, call.api, whom)?;
    let mut patient = state::patient(storage, number)?;
    ensure_other(&patient, number, &whom)?;
    if state::denial(storage, number, &whom)?.is_some() {
        return Err(ContractError::AlreadyDenied {
            whom: whom.to_string(),
            patient: number,
        });
    }
    patient.denials = patient
        .denials
        .checked_add(1)
        .ok_or(ContractError::Exhausted { what: "denial" })?;
    let mut events = vec![ConsentEvent::Denied {
        patient: number,
        whom: &whom,
    }
    .into()];
    if Reach::new(storage, call, number, &patient).may_hold_keys(&whom)? {
        events.extend(generations::raise(&mut patient, number, call.now_ms())?);
    }
    state::save_patient(storage, number, &patient)?;
    let denial = Denial { since: call.now() };
    state::save_denial(storage, number, &whom, &denial)?;
    Ok(events)
}

fn ensure_other(patient: &Patient, number: u64, whom: &Party) -> Result<(), ContractError> {
    match whom {
        Party::Account(account) => super::ensure_other(patient, number, account),
        Party::Team(_) => Ok(()),
    }
}

pub fn allow(storage: &mut dyn Storage, call: &Call, number: u64, whom: &Party) -> Outcome {
    let whom = party::existing(storage, call.api, whom)?;
    let not_denied = || ApiError::NotFound {
        what: "denial",
        key: format!("{number}/{whom}"),
    };
    let mut patient = state::patient(storage, number)?;
    state::denial(storage, number, &whom)?.ok_or_else(not_denied)?;
    patient.denials = patient.denials.checked_sub(1).ok_or_else(not_denied)?;
    state::save_patient(storage, number, &patient)?;
    state::remove_denial(storage, number, &whom);
    Ok(vec![ConsentEvent::Allowed {
        patient: number,
        whom: &whom,
    }
    .into()])
}
