//! Emergencies: a responder reads for a bounded time, and somebody reviews it afterwards.

use cosmwasm_std::{Addr, Binary, Event, Storage};
use vitals_api::access::Who;
use vitals_api::consent::emergency::{MAX_HOURS_BACK, MAX_UNREVIEWED};
use vitals_api::consent::event::EmergencyEvent;
use vitals_api::consent::record::{Emergency, Patient, Review};
use vitals_api::consent::Party;
use vitals_api::{parse, ApiError};
use vitals_core::decision::{Refusal, Seconds};
use vitals_core::time::{epoch_of, Epoch, Window};
use vitals_core::FormatError;

use super::{generations, Call, Outcome};
use crate::error::ContractError;
use crate::state::{self, Due};

const HOUR_S: u64 = 3_600;

pub fn open(
    storage: &mut dyn Storage,
    call: &Call,
    number: u64,
    reason: &Binary,
    hours_back: u32,
    for_s: u64,
) -> Outcome {
    let (now, responder) = (call.now(), call.sender);
    let timing = state::timing(storage)?;
    let reason = parse::bytes("reason", reason)?;
    super::ensure_within("hours_back", hours_back.into(), 0, MAX_HOURS_BACK.into())?;
    super::ensure_within("for_s", for_s, 1, timing.max_emergency_s)?;
    let patient = state::patient(storage, number)?;
    ensure_not_denied(storage, call, &patient, number)?;
    ensure_none_open(storage, call, number)?;
    ensure_good_standing(storage, responder, now)?;
    let until = now.saturating_add(for_s);
    let emergency = Emergency {
        responder: responder.into(),
        window: window(now, until, hours_back)?,
        opened_at: now,
        until,
        ended_at: None,
        review_by: until.saturating_add(timing.review_within_s),
        review: None,
        reason,
    };
    let id = keep(storage, call, number, &emergency)?;
    let opened = EmergencyEvent::EmergencyOpened {
        patient: number,
        emergency: id,
        responder: responder.as_str(),
        until,
    };
    Ok(vec![opened.into()])
}

/// From `hours_back` before now to the epoch of the last second, inclusive.
fn window(now: Seconds, until: Seconds, hours_back: u32) -> Result<Window, ApiError> {
    let from = now.saturating_sub(u64::from(hours_back).saturating_mul(HOUR_S));
    let last = epoch(until.saturating_sub(1))?;
    Ok(Window::new(epoch(from)?, last.saturating_add(1))?)
}

fn epoch(at: Seconds) -> Result<Epoch, FormatError> {
    epoch_of(at.saturating_mul(1_000)).ok_or(FormatError::Value {
        what: "block time",
        got: at.into(),
        rule: "below the year 491936",
    })
}

fn keep(
    storage: &mut dyn Storage,
    call: &Call,
    patient: u64,
    emergency: &Emergency,
) -> Result<u64, ContractError> {
    let id = state::next_emergency(storage, patient)?;
    state::save_emergency(storage, patient, id, emergency)?;
    state::save_last_emergency(storage, patient, call.sender, id)?;
    let due = Due {
        review_by: emergency.review_by,
        patient,
        id,
    };
    state::add_due(storage, call.sender, due)?;
    let mut standing = state::standing(storage, call.sender)?;
    standing.unreviewed = standing.unreviewed.saturating_add(1);
    state::save_standing(storage, call.sender, standing)?;
    Ok(id)
}

/// A denial of the account beats everything; one of a team does not beat an emergency.
fn ensure_not_denied(
    storage: &dyn Storage,
    call: &Call,
    patient: &Patient,
    number: u64,
) -> Result<(), ContractError> {
    let account = Party::Account(call.sender.to_string());
    if patient.denials == 0 || state::denial(storage, number, &account)?.is_none() {
        return Ok(());
    }
    Err(Refusal::AccountDenied {
        who: call.sender.into(),
    }
    .into())
}

fn ensure_none_open(storage: &dyn Storage, call: &Call, patient: u64) -> Result<(), ContractError> {
    let Some(id) = state::last_emergency(storage, patient, call.sender)? else {
        return Ok(());
    };
    let last = state::emergency(storage, patient, id)?;
    if !last.is_live(call.now()) {
        return Ok(());
    }
    Err(ContractError::EmergencyOpen {
        emergency: id,
        until: last.until,
    })
}

/// That nothing a responder did before keeps it from opening an emergency.
pub fn ensure_good_standing(
    storage: &dyn Storage,
    responder: &Addr,
    now: Seconds,
) -> Result<(), ContractError> {
    let standing = state::standing(storage, responder)?;
    if standing.rejected > 0 {
        return Err(ContractError::EmergencyRejected {
            responder: responder.into(),
            rejected: standing.rejected,
        });
    }
    if standing.unreviewed >= MAX_UNREVIEWED {
        return Err(ContractError::TooManyUnreviewed {
            responder: responder.into(),
            most: MAX_UNREVIEWED,
        });
    }
    match state::first_due(storage, responder)? {
        Some(due) if now >= due.review_by => Err(ContractError::ReviewOverdue {
            responder: responder.into(),
            patient: due.patient,
            emergency: due.id,
            review_by: due.review_by,
        }),
        _ => Ok(()),
    }
}

pub fn end(storage: &mut dyn Storage, call: &Call, patient: u64, id: u64) -> Outcome {
    let mut emergency = state::emergency(storage, patient, id)?;
    if let Some(at) = emergency.ended_at {
        return Err(ContractError::EmergencyEnded { emergency: id, at });
    }
    if call.acting == Who::AnybodyOnceOver && emergency.is_live(call.now()) {
        return Err(ContractError::EmergencyHolds {
            emergency: id,
            until: emergency.until,
        });
    }
    let events = ended(storage, call, patient, id, &mut emergency)?;
    state::save_emergency(storage, patient, id, &emergency)?;
    Ok(events)
}

/// The responder may have got shares that open more than its emergency did; once the generation was
/// raised after it, none that open what comes: else a stranger would end old ones one by one to
/// have the patient make new keys each time.
fn ended(
    storage: &mut dyn Storage,
    call: &Call,
    number: u64,
    id: u64,
    emergency: &mut Emergency,
) -> Result<Vec<Event>, ContractError> {
    emergency.ended_at = Some(call.now());
    let mut events = vec![EmergencyEvent::EmergencyEnded {
        patient: number,
        emergency: id,
    }
    .into()];
    let mut patient = state::patient(storage, number)?;
    if raised_since(&patient, emergency) {
        return Ok(events);
    }
    let custody = state::custody(storage, number)?;
    if custody.is_some_and(|custody| custody.opens_what_comes(&patient, call.now_ms())) {
        events.extend(generations::raise(&mut patient, number, call.now_ms())?);
        state::save_patient(storage, number, &patient)?;
    }
    Ok(events)
}

fn raised_since(patient: &Patient, emergency: &Emergency) -> bool {
    patient.raised_at_ms >= emergency.until.saturating_mul(1_000)
}

/// Nobody reviews what it did itself; the patient may, whatever it did.
pub fn ensure_may_review(
    storage: &dyn Storage,
    call: &Call,
    patient: u64,
    id: u64,
) -> Result<(), ContractError> {
    let emergency = state::emergency(storage, patient, id)?;
    if call.acting == Who::Patient || emergency.responder != call.sender.as_str() {
        return Ok(());
    }
    Err(ContractError::ReviewsItself {
        responder: emergency.responder,
        emergency: id,
    })
}

pub fn review(
    storage: &mut dyn Storage,
    call: &Call,
    patient: u64,
    id: u64,
    upheld: bool,
) -> Outcome {
    ensure_may_review(storage, call, patient, id)?;
    let mut emergency = state::emergency(storage, patient, id)?;
    if let Some(review) = emergency.review {
        return Err(ContractError::AlreadyReviewed {
            emergency: id,
            at: review.at,
        });
    }
    let responder = Addr::unchecked(emergency.responder.as_str());
    let mut standing = state::standing(storage, &responder)?;
    let due = Due {
        review_by: emergency.review_by,
        patient,
        id,
    };
    if state::is_due(storage, &responder, due) {
        state::remove_due(storage, &responder, due);
        standing.unreviewed = standing.unreviewed.saturating_sub(1);
    }
    let at = call.now();
    emergency.review = Some(Review { at, upheld });
    let mut events = vec![EmergencyEvent::EmergencyReviewed {
        patient,
        emergency: id,
        upheld,
    }
    .into()];
    if !upheld {
        standing.rejected = standing.rejected.saturating_add(1);
        if emergency.ended_at.is_none() {
            events.extend(ended(storage, call, patient, id, &mut emergency)?);
        }
    }
    state::save_standing(storage, &responder, standing)?;
    state::save_emergency(storage, patient, id, &emergency)?;
    Ok(events)
}

/// Also of reviews that are overdue: a patient who died or lost its account reviews nothing.
pub fn reinstate(storage: &mut dyn Storage, call: &Call, responder: &str) -> Outcome {
    let responder_addr = parse::address(call.api, responder)?;
    let before = state::standing(storage, &responder_addr)?;
    let mut standing = before;
    standing.rejected = 0;
    while let Some(due) = state::first_due(storage, &responder_addr)? {
        if call.now() < due.review_by {
            break;
        }
        state::remove_due(storage, &responder_addr, due);
        standing.unreviewed = standing.unreviewed.saturating_sub(1);
    }
    if standing == before {
        return Err(ContractError::NothingToForgive {
            responder: responder_addr.into(),
        });
    }
    state::save_standing(storage, &responder_addr, standing)?;
    Ok(vec![EmergencyEvent::Reinstated { responder }.into()])
}
