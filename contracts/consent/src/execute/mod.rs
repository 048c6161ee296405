//! What messages do. Each handler parses, loads, decides, saves and says what happened; funds and
//! permission are checked before.

use cosmwasm_std::{Addr, Api, Env, Event, Storage};
use vitals_api::consent::record::Patient;
use vitals_api::consent::ExecuteMsg;
use vitals_api::{admin, ApiError};
use vitals_core::decision::Seconds;
use vitals_core::time::Millis;

use crate::error::ContractError;

mod credentials;
mod denials;
mod generations;
mod grants;
mod guardians;
mod people;

/// What a handler knows of the call.
pub struct Call<'a> {
    pub api: &'a dyn Api,
    pub env: &'a Env,
    pub sender: &'a Addr,
}

impl Call<'_> {
    pub fn now(&self) -> Seconds {
        self.env.block.time.seconds()
    }

    pub fn now_ms(&self) -> Millis {
        vitals_api::block::millis(self.env.block.time)
    }
}

pub type Outcome = Result<Vec<Event>, ContractError>;

fn ensure_after(field: &'static str, value: Seconds, bound: Seconds) -> Result<(), ApiError> {
    if value > bound {
        return Ok(());
    }
    Err(ApiError::Time {
        field,
        value,
        bound,
    })
}

/// Nobody denies the patient or makes it its own guardian: it would be locked out of its own data.
fn ensure_other(patient: &Patient, number: u64, account: &Addr) -> Result<(), ContractError> {
    if patient.controller != account.as_str() {
        return Ok(());
    }
    Err(ContractError::IsThePatient {
        account: account.into(),
        patient: number,
    })
}

pub fn dispatch(storage: &mut dyn Storage, call: &Call, msg: ExecuteMsg) -> Outcome {
    use ExecuteMsg::*;
    match msg {
        Admin(msg) => Ok(vec![admin::execute(storage, call.api, call.sender, &msg)?]),
        Enrol {} => people::enrol(storage, call),
        SetRecipient { recipient } => people::set_recipient(storage, call, &recipient),
        AdmitIssuer { issuer, roles } => credentials::admit_issuer(storage, call, &issuer, &roles),
        RemoveIssuer { issuer } => credentials::remove_issuer(storage, call, &issuer),
        IssueCredential {
            account,
            role,
            until,
        } => credentials::issue(storage, call, &account, role, until),
        WithdrawCredential { account, role } => {
            credentials::withdraw(storage, call, &account, role)
        }
        AppointGuardian {
            patient,
            guardian,
            powers,
            until,
        } => guardians::appoint(storage, call, patient.u64(), &guardian, &powers, until),
        DismissGuardian { patient, guardian } => {
            guardians::dismiss(storage, call, patient.u64(), &guardian)
        }
        Grant { patient, grant } => grants::grant(storage, call, patient.u64(), &grant),
        PutPackages { patient, packages } => {
            grants::put_packages(storage, call, patient.u64(), &packages)
        }
        Revoke { patient, grant } => grants::revoke(storage, call, patient.u64(), grant.u64()),
        Deny { patient, account } => denials::deny(storage, call, patient.u64(), &account),
        Allow { patient, account } => denials::allow(storage, call, patient.u64(), &account),
        OpenGeneration {
            patient,
            generation,
            commitment,
        } => generations::open(storage, patient.u64(), generation, &commitment),
    }
}
