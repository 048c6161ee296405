//! Who took an alert on, or the patient, ends it.

use cosmwasm_std::{Addr, Event, QuerierWrapper, Storage, Timestamp};
use vitals_api::store::Remote;

use crate::alert::Alert;
use crate::authority::is_patient;
use crate::error::ContractError;
use crate::life::Act;
use crate::{events, state};

pub fn resolve(
    storage: &mut dyn Storage,
    querier: QuerierWrapper,
    sender: &Addr,
    now: Timestamp,
    number: u64,
) -> Result<Event, ContractError> {
    let config = state::config(storage)?;
    let alert = state::alert(storage, number)?;
    ensure_theirs(&config.consent(querier), sender, number, &alert)?;
    let at = now.seconds();
    state::set_alert(storage, number, &alert.after(Act::Resolve { at })?)?;
    Ok(events::resolved(number))
}

fn ensure_theirs(
    consent: &Remote<'_>,
    who: &Addr,
    number: u64,
    alert: &Alert,
) -> Result<(), ContractError> {
    let acknowledged = alert.life.acknowledgement();
    if acknowledged.is_some_and(|taken| taken.by == who.as_str())
        || is_patient(consent, alert.origin.patient, who)?
    {
        return Ok(());
    }
    Err(ContractError::NotYours {
        who: who.to_string(),
        alert: number,
    })
}
