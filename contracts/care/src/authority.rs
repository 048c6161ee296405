//! Whom consent lets act.

use cosmwasm_std::Addr;
use vitals_api::consent::read::{decide_for, Asked as Decision};
use vitals_api::consent::record::{Patient, PATIENTS};
use vitals_api::store::Remote;
use vitals_api::ApiError;
use vitals_core::decision::{Action, GroundRef, Purpose, Refusal, Request, Seconds};
use vitals_core::measure::Category;
use vitals_core::set::Set;
use vitals_core::time::{epoch_of, Epoch, Millis, Window};
use vitals_core::FormatError;

use crate::error::ContractError;

/// What an account would do, with which kinds of data, measured when.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    pub patient: u64,
    pub who: &'a Addr,
    pub action: Action,
    pub categories: Set<Category>,
    pub at_ms: Millis,
}

/// The ground named permits it for one of the categories at least: a gateway's finding need not be
/// of one of those it measures, so a permission for any is enough.
pub fn ensure_permitted(
    consent: &Remote<'_>,
    asked: &Asked<'_>,
    ground: GroundRef,
    now: Seconds,
) -> Result<(), ContractError> {
    let patient = PATIENTS.load(consent, &asked.patient)?;
    let mut refusal = Refusal::NoGround {
        who: asked.who.to_string(),
    };
    for category in asked.categories.members() {
        match asked.decide(consent, &patient, category, ground, now) {
            Ok(()) => return Ok(()),
            // the only refusal that another category may not meet
            Err(ContractError::Api(ApiError::Refused(
                other @ Refusal::CategoryNotGranted { .. },
            ))) => refusal = other,
            Err(error) => return Err(error),
        }
    }
    Err(refusal.into())
}

/// The ground named permits it for every one of the categories.
pub fn ensure_permitted_all(
    consent: &Remote<'_>,
    asked: &Asked<'_>,
    ground: GroundRef,
    now: Seconds,
) -> Result<(), ContractError> {
    let patient = PATIENTS.load(consent, &asked.patient)?;
    let categories = asked.categories.members();
    categories
        .into_iter()
        .try_for_each(|category| asked.decide(consent, &patient, category, ground, now))
}

impl<'a> Asked<'a> {
    fn decide(
        &self,
        consent: &Remote<'_>,
        patient: &Patient,
        category: Category,
        ground: GroundRef,
        now: Seconds,
    ) -> Result<(), ContractError> {
        let request = self.of(category, Window::one(epoch(self.at_ms)?));
        decide_for(consent, &request, patient, ground, now)?;
        Ok(())
    }

    fn of(&self, category: Category, window: Window) -> Request<'a> {
        Request {
            patient: self.patient,
            who: self.who.as_str(),
            purpose: Purpose::Treatment,
            category,
            action: self.action,
            window,
        }
    }
}

/// Whatever grounds an account has, the patient does not deny it everything.
pub fn ensure_not_denied(
    consent: &Remote<'_>,
    patient: u64,
    who: &Addr,
    now: Seconds,
) -> Result<(), ContractError> {
    let record = PATIENTS.load(consent, &patient)?;
    // a denial is of an account, whatever it asks
    let anything = Request {
        patient,
        who: who.as_str(),
        purpose: Purpose::Treatment,
        category: Category::Cardiac,
        action: Action::WritePlan,
        window: Window::one(0),
    };
    let denied = Decision::new(consent, &anything, &record, now).denied()?;
    denied.map_or(Ok(()), |refusal| Err(refusal.into()))
}

/// The epoch that holds a time.
pub fn epoch(at_ms: Millis) -> Result<Epoch, FormatError> {
    epoch_of(at_ms).ok_or(FormatError::Value {
        what: "time",
        got: at_ms.into(),
        rule: "its epoch is below 2^32",
    })
}

/// Whether the account controls the patient's record now.
pub fn is_patient(consent: &Remote<'_>, patient: u64, who: &Addr) -> Result<bool, ApiError> {
    Ok(PATIENTS.load(consent, &patient)?.controller == who.as_str())
}

pub fn ensure_patient(consent: &Remote<'_>, patient: u64, who: &Addr) -> Result<(), ContractError> {
    vitals_api::consent::read::ensure_patient(consent, who.as_str(), patient)?;
    Ok(())
}
