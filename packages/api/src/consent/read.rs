//! The decision over records, wherever they are read from: consent's own storage, or another
//! contract by raw key. Loads only what the named ground needs.

use vitals_core::decision::{GroundRef, Power, Refusal, Request, Role, Seconds};
use vitals_core::set::Member;

use super::record::{self, Grant, Patient};
use crate::store::Source;
use crate::ApiError;

mod asked;

pub use asked::Asked;
use asked::Asker;

/// What the decision says; input that cannot be decided is an error around it.
pub type Decided = Result<GroundRef, Refusal>;

/// Decides a request that names its ground. Returns the patient's record too, which callers that
/// anchor or pay need next, so that it is read once.
pub fn authorize(
    from: &impl Source,
    request: &Request<'_>,
    ground: GroundRef,
    now: Seconds,
) -> Result<(GroundRef, Patient), ApiError> {
    let patient = record::PATIENTS.load(from, &request.patient)?;
    let by = decide_for(from, request, &patient, ground, now)?;
    Ok((by, patient))
}

/// The same, for a patient's record already at hand.
pub fn decide_for(
    from: &impl Source,
    request: &Request<'_>,
    patient: &Patient,
    ground: GroundRef,
    now: Seconds,
) -> Result<GroundRef, ApiError> {
    Ok(Asked::new(from, request, patient, now).by(ground)??)
}

/// A grant as it stands now: the one way to read it, since a recovery revokes without writing it.
pub fn grant(
    from: &impl Source,
    number: u64,
    patient: &Patient,
    id: u64,
) -> Result<Grant, ApiError> {
    let grant = record::GRANTS.load(from, &(number, id))?;
    Ok(grant.held_by(patient, id))
}

/// Who acts as a patient: the account that controls it, and no guardian.
pub fn ensure_patient(from: &impl Source, who: &str, number: u64) -> Result<Patient, ApiError> {
    let patient = record::PATIENTS.load(from, &number)?;
    if patient.controller == who {
        return Ok(patient);
    }
    Err(Refusal::NotThePatient {
        who: who.into(),
        patient: number,
    }
    .into())
}

/// Who acts for a patient alone, beyond the decision: the account that controls it, or a guardian
/// with a live power whom the patient denies neither by itself nor by a team it is in, unless the
/// patient asked for several guardians to act together with this power.
pub fn ensure_acts_for(
    from: &impl Source,
    who: &str,
    number: u64,
    power: Power,
    now: Seconds,
) -> Result<Patient, ApiError> {
    let patient = ensure_has_power(from, who, number, power, now)?;
    if patient.controller != who {
        ensure_alone(from, who, number, power, now)?;
    }
    Ok(patient)
}

/// The same, whatever quorum the patient asked for. A denial does not touch the power to recover:
/// a thief who holds the account could otherwise disarm the guardians by it.
pub fn ensure_has_power(
    from: &impl Source,
    who: &str,
    number: u64,
    power: Power,
    now: Seconds,
) -> Result<Patient, ApiError> {
    let patient = record::PATIENTS.load(from, &number)?;
    if patient.controller != who {
        ensure_guardian(from, who, number, &patient, power, now)?;
    }
    Ok(patient)
}

fn ensure_alone(
    from: &impl Source,
    who: &str,
    number: u64,
    power: Power,
    now: Seconds,
) -> Result<(), ApiError> {
    if !matches!(power, Power::Grant | Power::Revoke) {
        return Ok(());
    }
    let quorums = record::QUORUMS.may_load(from, &number)?;
    match quorums.and_then(|quorums| quorums.of(power, now)) {
        Some(of) if of > 1 => Err(Refusal::QuorumNeeded {
            who: who.into(),
            power,
            of,
        }
        .into()),
        _ => Ok(()),
    }
}

fn ensure_guardian(
    from: &impl Source,
    who: &str,
    number: u64,
    patient: &Patient,
    power: Power,
    now: Seconds,
) -> Result<(), ApiError> {
    let Some(guardian) = record::GUARDIANS.may_load(from, &(number, who))? else {
        return Err(Refusal::NotThePatient {
            who: who.into(),
            patient: number,
        }
        .into());
    };
    // a thief who holds the account would deny all who could take it back
    if power != Power::Recover {
        if let Some(refusal) = Asker::new(from, who, number, patient).denied()? {
            return Err(refusal.into());
        }
    }
    guardian.ensure_live(who, power, now)?;
    Ok(())
}

/// Whether an account holds a live credential.
pub fn has_role(from: &impl Source, who: &str, role: Role, now: Seconds) -> Result<bool, ApiError> {
    let credential = record::CREDENTIALS.may_load(from, &(u32::from(role.bit()), who))?;
    Ok(credential.is_some_and(|c| c.is_live(now)))
}

#[cfg(test)]
mod tests;
