//! The decision, and the search for a ground where a request names none.

use cosmwasm_std::{Addr, Api, Storage};
use vitals_api::consent::read::{Asked, Decided};
use vitals_api::consent::record::Patient;
use vitals_api::consent::{DecideMsg, Decision, MAX_SEARCH};
use vitals_api::{parse, ApiError};
use vitals_core::decision::{GroundRef, Refusal, Request, Seconds};

use crate::state;

/// A refusal is an answer; only input that cannot be decided is an error.
pub fn decide(
    storage: &dyn Storage,
    api: &dyn Api,
    msg: &DecideMsg,
    now: Seconds,
) -> Result<Decision, ApiError> {
    let who = parse::address(api, &msg.who)?;
    let request = request(msg, &who)?;
    let patient = state::patient(storage, request.patient)?;
    let asked = Asked::new(&storage, &request, &patient, now);
    let decided = match msg.ground {
        Some(ground) => asked.by(ground)?,
        None => Search {
            storage,
            who: &who,
            number: request.patient,
            patient: &patient,
            asked: &asked,
        }
        .any()?,
    };
    Ok(match decided {
        Ok(by) => Decision::Permit { by },
        Err(refusal) => Decision::Refuse {
            code: refusal.code(),
            reason: refusal.to_string(),
        },
    })
}

fn request<'a>(msg: &DecideMsg, who: &'a Addr) -> Result<Request<'a>, ApiError> {
    Ok(Request {
        patient: msg.patient.u64(),
        who: who.as_str(),
        purpose: msg.purpose,
        category: msg.category,
        action: msg.action,
        window: msg.window.checked()?,
    })
}

/// Where a request names no ground.
struct Search<'a> {
    storage: &'a dyn Storage,
    who: &'a Addr,
    number: u64,
    patient: &'a Patient,
    asked: &'a Asked<'a, &'a dyn Storage>,
}

impl Search<'_> {
    /// The patient, then an answer for all grounds where one is denied, then each in turn.
    fn any(&self) -> Result<Decided, ApiError> {
        if let Ok(by) = self.asked.by(GroundRef::Patient {})? {
            return Ok(Ok(by));
        }
        match self.asked.denied()? {
            // an emergency passes a team's denial
            Some(denied @ Refusal::TeamDenied { .. }) => self.emergency(denied),
            Some(denied) => Ok(Err(denied)),
            None => self.guardian(),
        }
    }

    fn guardian(&self) -> Result<Decided, ApiError> {
        match self.asked.by(GroundRef::Guardian {})? {
            Err(Refusal::NotTheGuardian { who }) => self.newest_grant(Refusal::NoGround { who }),
            Err(refusal) => self.newest_grant(refusal),
            permit => Ok(permit),
        }
    }

    /// The newest grant that permits it; otherwise why the newest one for the account does not,
    /// which tells more than that nothing does.
    fn newest_grant(&self, otherwise: Refusal) -> Result<Decided, ApiError> {
        let mut told = None;
        for id in newest(self.patient.grants) {
            match self.asked.by(GroundRef::Grant { id })? {
                Ok(by) => return Ok(Ok(by)),
                Err(Refusal::NotTheGrantee { .. }) => {}
                Err(refusal) => told = told.or(Some(refusal)),
            }
        }
        self.emergency(told.unwrap_or(otherwise))
    }

    /// The newest that the account opened for the patient.
    fn emergency(&self, otherwise: Refusal) -> Result<Decided, ApiError> {
        let Some(id) = state::last_emergency(self.storage, self.number, self.who)? else {
            return Ok(Err(otherwise));
        };
        let decided = self.asked.by(GroundRef::Emergency { id })?;
        Ok(decided.map_err(|over| match otherwise {
            Refusal::NoGround { .. } => over,
            otherwise => otherwise,
        }))
    }
}

/// Numbers of the newest grants, newest first.
fn newest(grants: u64) -> impl Iterator<Item = u64> {
    let older = grants.saturating_sub(MAX_SEARCH);
    (older.saturating_add(1)..=grants).rev()
}
