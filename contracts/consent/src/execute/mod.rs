//! What messages do. Each handler parses, loads, decides, saves and says what happened; funds and
//! permission are checked before.

use cosmwasm_std::{Addr, Api, Env, Event, Response, Storage};
use vitals_api::access::Who;
use vitals_api::admin;
use vitals_api::consent::record::Patient;
use vitals_api::consent::ExecuteMsg;
use vitals_core::decision::Seconds;
use vitals_core::time::Millis;

use crate::error::ContractError;

mod credentials;
mod custodians;
mod denials;
mod emergencies;
mod generations;
mod grants;
mod guardians;
mod hooks;
mod people;
mod proposals;
mod reach;
mod receipts;
mod recovery;
mod teams;

pub use emergencies::ensure_good_standing;
pub use hooks::HOOK_FAILED;
pub use recovery::{needed as votes_needed, open_recovery, set_timing};

/// What a handler knows of the call.
pub struct Call<'a> {
    pub api: &'a dyn Api,
    pub env: &'a Env,
    pub sender: &'a Addr,
    /// Whom of the message's row the sender is: the first that lets it.
    pub acting: Who,
    /// Other guardians who approved what the sender completes.
    pub with: &'a [String],
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

/// Nobody denies the patient or makes it its own guardian: it would be locked out of its own data.
fn ensure_other(
    patient: &Patient,
    number: u64,
    account: &impl AsRef<str>,
) -> Result<(), ContractError> {
    if patient.controller != account.as_ref() {
        return Ok(());
    }
    Err(ContractError::IsThePatient {
        account: account.as_ref().into(),
        patient: number,
    })
}

/// A number a caller sends, in its bounds.
fn ensure_within(
    field: &'static str,
    value: u64,
    least: u64,
    most: u64,
) -> Result<(), ContractError> {
    if least <= value && value <= most {
        return Ok(());
    }
    Err(ContractError::OutOfBounds {
        field,
        value,
        least,
        most,
    })
}

/// Does what a message says, or proposes it where its sender may not do it alone; and tells
/// subscribers.
pub fn dispatch(
    storage: &mut dyn Storage,
    call: &Call,
    msg: ExecuteMsg,
) -> Result<Response, ContractError> {
    if let Some(needed) = proposals::needed(storage, call, &msg)? {
        let events = proposals::propose(storage, call, needed, &msg)?;
        return Ok(Response::new().add_events(events));
    }
    let emergency_of = match &msg {
        ExecuteMsg::OpenEmergency { patient, .. } => Some(patient.u64()),
        _ => None,
    };
    let response = Response::new().add_events(act(storage, call, msg)?);
    match emergency_of {
        Some(patient) => Ok(response.add_submessages(hooks::of_opened(storage, call, patient)?)),
        None => Ok(response),
    }
}

fn act(storage: &mut dyn Storage, call: &Call, msg: ExecuteMsg) -> Outcome {
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
        Deny { patient, whom } => denials::deny(storage, call, patient.u64(), &whom),
        Allow { patient, whom } => denials::allow(storage, call, patient.u64(), &whom),
        OpenGeneration {
            patient,
            generation,
            commitment,
        } => generations::open(storage, patient.u64(), generation, &commitment),
        CreateTeam {} => teams::create(storage, call),
        InviteMember { team, account } => teams::invite(storage, call, team.u64(), &account),
        JoinTeam { team } => teams::join(storage, call, team.u64()),
        LeaveTeam { team } => teams::leave(storage, call, team.u64()),
        RemoveMember { team, account } => teams::remove(storage, call, team.u64(), &account),
        ProposeTeamAdmin { team, admin } => teams::propose_admin(storage, call, team.u64(), &admin),
        AcceptTeamAdmin { team } => teams::accept_admin(storage, call, team.u64()),
        SetQuorum { patient, power, of } => {
            guardians::set_quorum(storage, call, patient.u64(), power, of)
        }
        Approve { patient, proposal } => {
            proposals::approve(storage, call, patient.u64(), proposal.u64())
        }
        Cancel { patient, proposal } => {
            proposals::cancel(storage, call, patient.u64(), proposal.u64())
        }
        ProposeRecovery { patient, account } => {
            recovery::propose(storage, call, patient.u64(), &account)
        }
        ApproveRecovery { patient, account } => {
            recovery::approve(storage, call, patient.u64(), &account)
        }
        VetoRecovery { patient } => recovery::veto(storage, call, patient.u64()),
        CancelRecovery { patient } => recovery::cancel(storage, call, patient.u64()),
        CompleteRecovery { patient } => recovery::complete(storage, call, patient.u64()),
        SetCustodians {
            patient,
            custodians,
            threshold,
        } => custodians::set(storage, call, patient.u64(), &custodians, threshold),
        PutEmergencyPackages {
            patient,
            window,
            packages,
        } => custodians::put_packages(storage, call, patient.u64(), window, &packages),
        OpenEmergency {
            patient,
            reason,
            hours_back,
            for_s,
        } => emergencies::open(storage, call, patient.u64(), &reason, hours_back, for_s),
        EndEmergency { patient, emergency } => {
            emergencies::end(storage, call, patient.u64(), emergency.u64())
        }
        ReviewEmergency {
            patient,
            emergency,
            upheld,
        } => emergencies::review(storage, call, patient.u64(), emergency.u64(), upheld),
        Reinstate { responder } => emergencies::reinstate(storage, call, &responder),
        AddHook { contract } => hooks::add(storage, call, &contract),
        RemoveHook { contract } => hooks::remove(storage, call, &contract),
        AnchorReceipts { entries } => receipts::anchor(storage, call, &entries),
    }
}
