//! Generations: raised when somebody loses access, open once the patient posted what it commits to.

use cosmwasm_std::{Binary, Event, Storage};
use vitals_api::consent::event::ConsentEvent;
use vitals_api::consent::record::{Grant, Patient};
use vitals_api::parse;
use vitals_core::decision::Action;
use vitals_core::time::Millis;

use super::{Call, Outcome};
use crate::error::ContractError;
use crate::state;

/// Leaves the next generation pending. While one is pending already, the first raise stands:
/// nothing measured since then was sealed under keys that anybody holds.
pub fn raise(
    patient: &mut Patient,
    number: u64,
    now_ms: Millis,
) -> Result<Option<Event>, ContractError> {
    if patient.pending {
        return Ok(None);
    }
    let generation = next(patient)?;
    patient.pending = true;
    patient.raised_at_ms = now_ms;
    let raised = ConsentEvent::GenerationRaised {
        patient: number,
        generation,
    };
    Ok(Some(raised.into()))
}

/// The same for a patient that is not at hand.
pub fn raise_stored(
    storage: &mut dyn Storage,
    call: &Call,
    number: u64,
) -> Result<Option<Event>, ContractError> {
    let mut patient = state::patient(storage, number)?;
    let raised = raise(&mut patient, number, call.now_ms())?;
    state::save_patient(storage, number, &patient)?;
    Ok(raised)
}

pub fn open(
    storage: &mut dyn Storage,
    number: u64,
    generation: u32,
    commitment: &Binary,
) -> Outcome {
    let commitment = parse::bytes("commitment", commitment)?;
    let mut patient = state::patient(storage, number)?;
    if !patient.pending {
        return Err(ContractError::NothingPending { patient: number });
    }
    let expected = next(&patient)?;
    if generation != expected {
        return Err(ContractError::NotTheNextGeneration {
            expected,
            got: generation,
        });
    }
    ensure_new(storage, number, patient.generation, &commitment)?;
    patient.generation = expected;
    patient.pending = false;
    state::save_patient(storage, number, &patient)?;
    state::save_commitment(storage, number, expected, &commitment)?;
    let opened = ConsentEvent::GenerationOpened {
        patient: number,
        generation,
        commitment,
    };
    Ok(vec![opened.into()])
}

/// A secret that opened the generation before would give the new one to whom it was taken from.
fn ensure_new(
    storage: &dyn Storage,
    number: u64,
    before: u32,
    commitment: &[u8; 32],
) -> Result<(), ContractError> {
    if commitment == &[0; 32] {
        return Err(ContractError::CommitmentZero);
    }
    if state::commitment(storage, number, before)?.as_ref() == Some(commitment) {
        return Err(ContractError::CommitmentRepeated { generation: before });
    }
    Ok(())
}

fn next(patient: &Patient) -> Result<u32, ContractError> {
    patient
        .generation
        .checked_add(1)
        .ok_or(ContractError::Exhausted { what: "generation" })
}

/// Whether whom a grant names may hold keys to what is measured from now on. A sealer counts: it
/// reads what it measures. An epoch that has begun counts: the rest of it is still to come. So does
/// a grant that expired: its keys did not.
pub fn opens_what_comes(grant: &Grant, now_ms: Millis) -> bool {
    let terms = &grant.terms;
    let gives_keys = [Action::Read, Action::Disclose, Action::Seal]
        .iter()
        .any(|action| terms.actions.contains(*action));
    gives_keys && !terms.revoked && now_ms < terms.window.end_ms()
}
