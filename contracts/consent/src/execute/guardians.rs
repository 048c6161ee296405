//! Guardians: accounts with some of a patient's powers, for a time.

use cosmwasm_std::{Addr, Storage};
use vitals_api::consent::event::ConsentEvent;
use vitals_api::consent::record::Guardian;
use vitals_api::{parse, ApiError};
use vitals_core::decision::{Power, Seconds};

use super::{generations, Call, Outcome};
use crate::error::ContractError;
use crate::state;

pub fn appoint(
    storage: &mut dyn Storage,
    call: &Call,
    patient: u64,
    guardian: &str,
    powers: &[Power],
    until: Seconds,
) -> Outcome {
    let guardian_addr = parse::address(call.api, guardian)?;
    let powers = parse::set("powers", powers)?;
    super::ensure_after("until", until, call.now())?;
    super::ensure_other(&state::patient(storage, patient)?, patient, &guardian_addr)?;
    let could_read = may_hold_keys(storage, patient, &guardian_addr)?;
    state::save_guardian(
        storage,
        patient,
        &guardian_addr,
        &Guardian { powers, until },
    )?;
    let mut events = vec![ConsentEvent::GuardianAppointed {
        patient,
        guardian,
        until,
    }
    .into()];
    if could_read && !powers.contains(Power::Read) {
        events.extend(generations::raise_stored(storage, call, patient)?);
    }
    Ok(events)
}

pub fn dismiss(storage: &mut dyn Storage, call: &Call, patient: u64, guardian: &str) -> Outcome {
    let guardian_addr = parse::address(call.api, guardian)?;
    if state::guardian(storage, patient, &guardian_addr)?.is_none() {
        return Err(ApiError::NotFound {
            what: "guardian",
            key: format!("{patient}/{guardian_addr}"),
        }
        .into());
    }
    let could_read = may_hold_keys(storage, patient, &guardian_addr)?;
    state::remove_guardian(storage, patient, &guardian_addr);
    let mut events = vec![ConsentEvent::GuardianDismissed { patient, guardian }.into()];
    if could_read {
        events.extend(generations::raise_stored(storage, call, patient)?);
    }
    Ok(events)
}

/// Whether an account was given the power to read as a guardian. Its powers may have expired; keys it
/// got did not.
pub fn may_hold_keys(
    storage: &dyn Storage,
    patient: u64,
    account: &Addr,
) -> Result<bool, ContractError> {
    let guardian = state::guardian(storage, patient, account)?;
    Ok(guardian.is_some_and(|g| g.powers.contains(Power::Read)))
}
