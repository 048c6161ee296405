//! Somebody who was called, or acts for the patient, takes an alert on, or over from another.

use cosmwasm_std::{Addr, Event, Storage};
use vitals_core::decision::{Action, GroundRef};

use super::Call;
use crate::alert::{Alert, Cause};
use crate::authority::{ensure_permitted, Asked};
use crate::error::ContractError;
use crate::life::{Acknowledgement, Act};
use crate::{events, state};

pub fn acknowledge(
    storage: &mut dyn Storage,
    call: &Call,
    number: u64,
    ground: GroundRef,
) -> Result<Event, ContractError> {
    let config = state::config(storage)?;
    let alert = state::alert(storage, number)?;
    ensure_called(storage, call.sender, number, &alert, ground)?;
    ensure_not_its_opener(call.sender, &alert)?;
    let asked = asked(&alert, call.sender);
    ensure_permitted(&config.consent(call.querier), &asked, ground, call.now_s())?;
    let by = Acknowledgement::new(call.sender.to_string(), call.now_s(), ground);
    let patient = alert.origin.patient;
    let alert = alert.after(Act::Acknowledge(by))?;
    state::set_alert(storage, number, &alert)?;
    Ok(events::acknowledged(number, patient, call.sender))
}

/// To take on an alert, or to end one, on a ground.
pub fn asked<'a>(alert: &Alert, who: &'a Addr) -> Asked<'a> {
    Asked {
        patient: alert.origin.patient,
        who,
        action: Action::ReceiveAlerts,
        categories: alert.origin.categories,
        at_ms: alert.at_ms,
    }
}

/// Who acts for the patient needs no call; whether it does is decided with the ground.
fn ensure_called(
    storage: &dyn Storage,
    who: &Addr,
    number: u64,
    alert: &Alert,
    ground: GroundRef,
) -> Result<(), ContractError> {
    if matches!(ground, GroundRef::Patient {} | GroundRef::Guardian {})
        || state::ladder_of(storage, alert)?.has_called(who.as_str(), alert.tier)
    {
        return Ok(());
    }
    Err(ContractError::NotCalled {
        who: who.to_string(),
        alert: number,
    })
}

/// Who opened an emergency does not silence the alert of it, whatever else it is to the patient.
fn ensure_not_its_opener(who: &Addr, alert: &Alert) -> Result<(), ContractError> {
    match &alert.cause {
        Cause::Emergency { number, responder } if responder == who.as_str() => {
            Err(ContractError::OwnEmergency {
                who: who.to_string(),
                emergency: *number,
            })
        }
        Cause::Emergency { .. } | Cause::Device(_) => Ok(()),
    }
}
