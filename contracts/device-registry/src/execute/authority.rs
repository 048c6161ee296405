//! Who acts for a patient: the account that controls it, or a guardian with the power `grant`.

use cosmwasm_std::{Addr, QuerierWrapper, Storage, Timestamp};
use vitals_api::consent::record::{Patient, DENIALS, GUARDIANS, PATIENTS};
use vitals_api::store::Remote;
use vitals_api::ApiError;
use vitals_core::decision::{Power, Refusal, Seconds};

use crate::error::ContractError;
use crate::state;

/// A guardian whom the patient denies acts no more, whatever its powers.
pub fn ensure_acts_for(
    storage: &dyn Storage,
    querier: QuerierWrapper<'_>,
    sender: &Addr,
    now: Timestamp,
    patient: u64,
) -> Result<(), ContractError> {
    let contract = state::consent(storage)?;
    let consent = Remote {
        querier,
        contract: &contract,
    };
    let record = PATIENTS.load(&consent, &patient)?;
    if record.controller == sender.as_str() {
        return Ok(());
    }
    ensure_guardian(&consent, sender, patient, now.seconds())?;
    ensure_not_denied(&consent, sender, patient, &record)
}

fn ensure_guardian(
    consent: &Remote<'_>,
    sender: &Addr,
    patient: u64,
    now: Seconds,
) -> Result<(), ContractError> {
    let Some(guardian) = GUARDIANS.may_load(consent, &(patient, sender.as_str()))? else {
        return Err(refused(Refusal::NotThePatient {
            who: sender.to_string(),
            patient,
        }));
    };
    if now >= guardian.until {
        let until = guardian.until;
        return Err(refused(Refusal::GuardianExpired { until, now }));
    }
    if !guardian.powers.contains(Power::Grant) {
        return Err(ContractError::PowerMissing {
            guardian: sender.to_string(),
            patient,
            power: Power::Grant,
        });
    }
    Ok(())
}

fn ensure_not_denied(
    consent: &Remote<'_>,
    sender: &Addr,
    patient: u64,
    record: &Patient,
) -> Result<(), ContractError> {
    let key = (patient, sender.as_str());
    if record.denials > 0 && DENIALS.may_load(consent, &key)?.is_some() {
        return Err(refused(Refusal::AccountDenied {
            who: sender.to_string(),
        }));
    }
    Ok(())
}

fn refused(refusal: Refusal) -> ContractError {
    ApiError::from(refusal).into()
}
