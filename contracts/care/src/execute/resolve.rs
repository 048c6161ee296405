//! Who has an alert, or the patient, ends it.

use cosmwasm_std::{Event, Storage};

use super::acknowledge::asked;
use super::Call;
use crate::alert::{Alert, Cause, Found};
use crate::authority::{ensure_permitted, is_patient};
use crate::config::Config;
use crate::error::ContractError;
use crate::life::Act;
use crate::{events, state};

pub fn resolve(
    storage: &mut dyn Storage,
    call: &Call,
    number: u64,
) -> Result<Event, ContractError> {
    let config = state::config(storage)?;
    let alert = state::alert(storage, number)?;
    ensure_theirs(&config, call, number, &alert)?;
    let alert = alert.after(Act::Resolve { at: call.now_s() })?;
    state::set_alert(storage, number, &alert)?;
    if let Cause::Device(found) = &alert.cause {
        note_resolved(storage, found)?;
    }
    Ok(events::resolved(number, alert.origin.patient))
}

/// Ending an alert silences its device for the cooldown, so the ground it was taken on must still
/// hold: who lost access since, or is denied, ends nothing.
fn ensure_theirs(
    config: &Config,
    call: &Call,
    number: u64,
    alert: &Alert,
) -> Result<(), ContractError> {
    let consent = config.consent(call.querier);
    if is_patient(&consent, alert.origin.patient, call.sender)? {
        return Ok(());
    }
    let taken = alert.life.acknowledgement();
    match taken.filter(|taken| taken.by == call.sender.as_str()) {
        Some(taken) => match taken.ground {
            Some(ground) => {
                let asked = asked(alert, call.sender);
                ensure_permitted(&consent, &asked, ground, call.now_s())
            }
            // layout 1 did not keep it
            None => Ok(()),
        },
        None => Err(ContractError::NotYours {
            who: call.sender.to_string(),
            alert: number,
        }),
    }
}

fn note_resolved(storage: &mut dyn Storage, found: &Found) -> Result<(), ContractError> {
    let Some(pairing) = found.pairing else {
        return Ok(());
    };
    let log = state::device_log(storage, found.device)?.resolved(pairing);
    Ok(state::set_device_log(storage, found.device, &log)?)
}
