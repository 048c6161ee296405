//! Somebody who was called takes an alert on.

use cosmwasm_std::{Addr, Event, QuerierWrapper, Storage, Timestamp};
use vitals_core::decision::{Action, GroundRef};

use crate::alert::Alert;
use crate::authority::{ensure_permitted, Asked};
use crate::error::ContractError;
use crate::life::{Acknowledgement, Act};
use crate::{events, state};

pub fn acknowledge(
    storage: &mut dyn Storage,
    querier: QuerierWrapper,
    sender: &Addr,
    now: Timestamp,
    number: u64,
    ground: GroundRef,
) -> Result<Event, ContractError> {
    let config = state::config(storage)?;
    let alert = state::alert(storage, number)?;
    // the patient needs no call; whether it is the patient is decided with the ground
    if ground != (GroundRef::Patient {}) {
        ensure_called(storage, sender, number, &alert)?;
    }
    let asked = asked(&alert, sender);
    ensure_permitted(&config.consent(querier), &asked, ground, now.seconds())?;
    let by = Acknowledgement {
        by: sender.to_string(),
        at: now.seconds(),
    };
    state::set_alert(storage, number, &alert.after(Act::Acknowledge(by))?)?;
    Ok(events::acknowledged(number, sender))
}

fn asked<'a>(alert: &Alert, who: &'a Addr) -> Asked<'a> {
    Asked {
        patient: alert.origin.patient,
        who,
        action: Action::ReceiveAlerts,
        categories: alert.origin.categories,
        at_ms: alert.at_ms,
    }
}

fn ensure_called(
    storage: &dyn Storage,
    who: &Addr,
    number: u64,
    alert: &Alert,
) -> Result<(), ContractError> {
    let ladder = state::ladder(storage, alert.origin.patient, alert.origin.ladder)?;
    if ladder.has_called(who.as_str(), alert.tier) {
        return Ok(());
    }
    Err(ContractError::NotCalled {
        who: who.to_string(),
        alert: number,
    })
}
