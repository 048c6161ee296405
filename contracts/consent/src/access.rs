//! Who may call what: one table, and its check.

use cosmwasm_std::{Addr, Storage};
use vitals_api::admin;
use vitals_api::consent::record::Patient;
use vitals_api::consent::{read, ExecuteMsg};
use vitals_core::decision::{Power, Refusal, Role, Seconds};

use crate::error::ContractError;
use crate::state;

/// Who may send a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    Anybody,
    Owner,
    /// See `vitals_api::admin::AdminMsg`, which checks its own.
    Admin,
    /// An issuer the owner admitted for the role.
    Issuer(Role),
    /// Whoever issued the credential in question, or the owner.
    IssuerOfItOrOwner,
    /// The account that controls the patient.
    Patient(u64),
    /// The same, or a guardian with the power, unless the patient denies it everything.
    PatientOrGuardian(u64, Power),
}

/// The table.
pub fn access(msg: &ExecuteMsg) -> Access {
    use ExecuteMsg::*;
    match msg {
        Admin(_) => Access::Admin,
        Enrol {} | SetRecipient { .. } => Access::Anybody,
        AdmitIssuer { .. } | RemoveIssuer { .. } => Access::Owner,
        IssueCredential { role, .. } => Access::Issuer(*role),
        WithdrawCredential { .. } => Access::IssuerOfItOrOwner,
        AppointGuardian { patient, .. }
        | DismissGuardian { patient, .. }
        | PutPackages { patient, .. }
        | Allow { patient, .. }
        | OpenGeneration { patient, .. } => Access::Patient(patient.u64()),
        Grant { patient, .. } => Access::PatientOrGuardian(patient.u64(), Power::Grant),
        Revoke { patient, .. } | Deny { patient, .. } => {
            Access::PatientOrGuardian(patient.u64(), Power::Revoke)
        }
    }
}

/// Refuses a sender the table does not name. What hangs on a record that only the handler loads is
/// left to the handler.
pub fn check(
    storage: &dyn Storage,
    sender: &Addr,
    now: Seconds,
    msg: &ExecuteMsg,
) -> Result<(), ContractError> {
    match access(msg) {
        Access::Anybody | Access::Admin | Access::IssuerOfItOrOwner => Ok(()),
        Access::Owner => Ok(admin::ensure_owner(storage, sender)?),
        Access::Issuer(role) => admitted(storage, sender, role),
        Access::Patient(number) => {
            let patient = state::patient(storage, number)?;
            Ok(controls(&patient, number, sender)?)
        }
        Access::PatientOrGuardian(number, power) => {
            read::ensure_acts_for(&storage, sender.as_str(), number, power, now)?;
            Ok(())
        }
    }
}

fn admitted(storage: &dyn Storage, sender: &Addr, role: Role) -> Result<(), ContractError> {
    if state::issuer(storage, sender)?.contains(role) {
        return Ok(());
    }
    Err(ContractError::NotAdmitted {
        sender: sender.into(),
        role,
    })
}

fn controls(patient: &Patient, number: u64, sender: &Addr) -> Result<(), Refusal> {
    if patient.controller == sender.as_str() {
        return Ok(());
    }
    Err(Refusal::NotThePatient {
        who: sender.into(),
        patient: number,
    })
}
