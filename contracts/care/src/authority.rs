//! Whom consent lets act on alerts.

use cosmwasm_std::Addr;
use vitals_api::consent::read::decide_for;
use vitals_api::consent::record::PATIENTS;
use vitals_api::store::Remote;
use vitals_api::ApiError;
use vitals_core::decision::{Action, GroundRef, Purpose, Refusal, Request, Seconds};
use vitals_core::measure::Category;
use vitals_core::set::Set;
use vitals_core::time::{epoch_of, Millis, Window};
use vitals_core::FormatError;

use crate::error::ContractError;

/// What an account would do about a device's alert.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    pub patient: u64,
    pub who: &'a Addr,
    pub action: Action,
    /// What the device measures. A gateway's finding need not be of one of them, so a permission
    /// for any is enough.
    pub categories: Set<Category>,
    pub at_ms: Millis,
}

/// The ground named permits it, for one of the device's categories at least.
pub fn ensure_permitted(
    consent: &Remote<'_>,
    asked: &Asked<'_>,
    ground: GroundRef,
    now: Seconds,
) -> Result<(), ContractError> {
    let patient = PATIENTS.load(consent, &asked.patient)?;
    let window = alert_window(asked.at_ms)?;
    let mut refusal = Refusal::NoGround {
        who: asked.who.to_string(),
    };
    for category in asked.categories.members() {
        let request = asked.of(category, window);
        match decide_for(consent, &request, &patient, ground, now) {
            Ok(_) => return Ok(()),
            // the only refusal that another category may not meet
            Err(ApiError::Refused(other @ Refusal::CategoryNotGranted { .. })) => refusal = other,
            Err(error) => return Err(error.into()),
        }
    }
    Err(refusal.into())
}

impl<'a> Asked<'a> {
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

fn alert_window(at_ms: Millis) -> Result<Window, FormatError> {
    epoch_of(at_ms).map(Window::one).ok_or(FormatError::Value {
        what: "alert time",
        got: at_ms.into(),
        rule: "its epoch is below 2^32",
    })
}

/// Whether the account controls the patient's record now.
pub fn is_patient(consent: &Remote<'_>, patient: u64, who: &Addr) -> Result<bool, ApiError> {
    Ok(PATIENTS.load(consent, &patient)?.controller == who.as_str())
}

pub fn ensure_patient(consent: &Remote<'_>, patient: u64, who: &Addr) -> Result<(), ContractError> {
    if is_patient(consent, patient, who)? {
        return Ok(());
    }
    Err(ContractError::from(Refusal::NotThePatient {
        who: who.to_string(),
        patient,
    }))
}
