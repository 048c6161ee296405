//! The decision, and the search for a ground where a request names none.

use cosmwasm_std::{Addr, Api, Storage};
use vitals_api::consent::record::Patient;
use vitals_api::consent::{read, DecideMsg, Decision, MAX_SEARCH};
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
    let search = Search {
        storage,
        request: &request,
        patient: &patient,
        now,
    };
    let decided = match msg.ground {
        Some(ground) => search.by(ground)?,
        None => search.any()?,
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

type Decided = Result<GroundRef, Refusal>;

struct Search<'a> {
    storage: &'a dyn Storage,
    request: &'a Request<'a>,
    patient: &'a Patient,
    now: Seconds,
}

impl Search<'_> {
    fn by(&self, ground: GroundRef) -> Result<Decided, ApiError> {
        match read::decide_for(&self.storage, self.request, self.patient, ground, self.now) {
            Ok(by) => Ok(Ok(by)),
            Err(ApiError::Refused(refusal)) => Ok(Err(refusal)),
            Err(error) => Err(error),
        }
    }

    /// The patient, a guardian, the newest grants. A denial answers for all that follow it.
    fn any(&self) -> Result<Decided, ApiError> {
        if let Ok(by) = self.by(GroundRef::Patient {})? {
            return Ok(Ok(by));
        }
        match self.by(GroundRef::Guardian {})? {
            Err(Refusal::NotTheGuardian { who }) => self.newest_grant(Refusal::NoGround { who }),
            Err(Refusal::AccountDenied { who }) => Ok(Err(Refusal::AccountDenied { who })),
            Err(refusal) => self.newest_grant(refusal),
            permit => Ok(permit),
        }
    }

    /// The newest grant that permits it; otherwise why the newest one for the account does not,
    /// which tells more than that nothing does.
    fn newest_grant(&self, otherwise: Refusal) -> Result<Decided, ApiError> {
        let mut told = None;
        for id in newest(self.patient.grants) {
            match self.by(GroundRef::Grant { id })? {
                Ok(by) => return Ok(Ok(by)),
                Err(Refusal::NotTheGrantee { .. }) => {}
                Err(refusal) => told = told.or(Some(refusal)),
            }
        }
        Ok(Err(told.unwrap_or(otherwise)))
    }
}

/// Numbers of the newest grants, newest first.
fn newest(grants: u64) -> impl Iterator<Item = u64> {
    let older = grants.saturating_sub(MAX_SEARCH);
    (older.saturating_add(1)..=grants).rev()
}
