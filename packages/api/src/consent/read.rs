//! The decision over records, wherever they are read from: consent's own storage, or another
//! contract by raw key. Loads only what the named ground needs.

use vitals_core::decision::{
    decide, Denials, Ground, GroundRef, Refusal, Request, Role, Seconds, Standing,
};
use vitals_core::decision::{roles_for, Action, Power, Purpose};
use vitals_core::set::{Member, Set};

use super::record::{self, Patient};
use crate::store::Source;
use crate::ApiError;

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
    let denials = match ground {
        GroundRef::Patient {} => Denials::default(),
        _ => denials(from, request, patient)?,
    };
    let by = match ground {
        GroundRef::Patient {} => decide(
            request,
            &Ground::Patient {
                controller: &patient.controller,
            },
            &denials,
            now,
        ),
        GroundRef::Grant { id } => by_grant(from, request, id, &denials, now)?,
        GroundRef::Guardian {} => by_guardian(from, request, &denials, now)?,
        // no emergency is on record before consent can open one
        GroundRef::Emergency { .. } => Err(Refusal::NoGround {
            who: request.who.into(),
        }),
    };
    Ok(by?)
}

fn denials(
    from: &impl Source,
    request: &Request<'_>,
    patient: &Patient,
) -> Result<Denials, ApiError> {
    let account = patient.denials > 0
        && record::DENIALS
            .may_load(from, &(request.patient, request.who))?
            .is_some();
    Ok(Denials {
        account,
        team: None,
    })
}

fn by_grant(
    from: &impl Source,
    request: &Request<'_>,
    id: u64,
    denials: &Denials,
    now: Seconds,
) -> Result<Result<GroundRef, Refusal>, ApiError> {
    let grant = record::GRANTS.load(from, &(request.patient, id))?;
    let standing = if grant.grantee == request.who {
        Standing::Grantee
    } else {
        Standing::Stranger
    };
    let ground = Ground::Grant {
        id,
        terms: &grant.terms,
        standing,
        live_roles: live_roles(from, request.who, request.purpose, request.action, now)?,
    };
    Ok(decide(request, &ground, denials, now))
}

fn by_guardian(
    from: &impl Source,
    request: &Request<'_>,
    denials: &Denials,
    now: Seconds,
) -> Result<Result<GroundRef, Refusal>, ApiError> {
    let Some(guardian) = record::GUARDIANS.may_load(from, &(request.patient, request.who))? else {
        return Ok(Err(Refusal::NotTheGuardian {
            who: request.who.into(),
        }));
    };
    let ground = Ground::Guardian {
        account: request.who,
        powers: guardian.powers,
        until: guardian.until,
    };
    Ok(decide(request, &ground, denials, now))
}

/// Of the roles the decision would ask for, those that hold now.
fn live_roles(
    from: &impl Source,
    who: &str,
    purpose: Purpose,
    action: Action,
    now: Seconds,
) -> Result<Set<Role>, ApiError> {
    let mut live = Set::EMPTY;
    for role in roles_for(purpose, action) {
        if has_role(from, who, *role, now)? {
            live = live.with(*role);
        }
    }
    Ok(live)
}

/// Who acts for a patient beyond the decision: the account that controls it, or a guardian with a
/// live power whom the patient does not deny.
pub fn ensure_acts_for(
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
    if patient.denials > 0 && record::DENIALS.may_load(from, &(number, who))?.is_some() {
        return Err(Refusal::AccountDenied { who: who.into() }.into());
    }
    guardian.ensure_live(who, power, now)?;
    Ok(())
}

/// Whether an account holds a live credential.
pub fn has_role(from: &impl Source, who: &str, role: Role, now: Seconds) -> Result<bool, ApiError> {
    let credential = record::CREDENTIALS.may_load(from, &(u32::from(role.bit()), who))?;
    Ok(credential.is_some_and(|c| c.is_live(now)))
}
