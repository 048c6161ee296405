//! Consent tells that an emergency was opened: the people on the patient's ladder hear of it.

use cosmwasm_std::{Event, Storage};
use vitals_api::consent::hook::ConsentHookMsg;
use vitals_core::set::Set;

use super::Call;
use crate::alert::{Alert, Cause, Origin};
use crate::error::ContractError;
use crate::{events, state};

pub fn consent_hook(
    storage: &mut dyn Storage,
    call: &Call,
    msg: ConsentHookMsg,
) -> Result<Event, ContractError> {
    match msg {
        ConsentHookMsg::EmergencyOpened {
            patient,
            emergency,
            responder,
            until: _,
        } => emergency_opened(storage, call, patient.u64(), emergency.u64(), responder),
    }
}

fn emergency_opened(
    storage: &mut dyn Storage,
    call: &Call,
    patient: u64,
    emergency: u64,
    responder: String,
) -> Result<Event, ContractError> {
    if let Some(alert) = state::emergency_alert(storage, patient, emergency)? {
        return Err(ContractError::EmergencyTold {
            patient,
            emergency,
            alert,
        });
    }
    let origin = Origin {
        patient,
        // an emergency opens all of them
        categories: Set::all(),
        ladder: state::lowest_ladder(storage, patient)?,
    };
    let cause = Cause::Emergency {
        number: emergency,
        responder,
    };
    let alert = Alert::raised(cause, origin, call.now_ms(), call.now_s());
    let number = state::add_alert(storage, &alert)?;
    Ok(events::raised(number, &alert))
}
