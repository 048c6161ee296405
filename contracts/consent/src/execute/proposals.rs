//! What several guardians do together: the first proposes it by sending it, others approve, and the
//! approval that completes the quorum executes it.

use cosmwasm_std::{from_json, to_json_vec, Addr, Storage};
use vitals_api::access::{Paused, Who};
use vitals_api::consent::event::RecoveryEvent;
use vitals_api::consent::record::{Proposal, MAX_PROPOSED_BYTES};
use vitals_api::consent::{
    read, ExecuteMsg, Party, MAX_OPEN_PROPOSALS, MAX_PROPOSALS_EACH, PROPOSAL_OPEN_S,
};
use vitals_api::{admin, parse, ApiError};
use vitals_core::decision::Power;

use super::{emergencies, grants, Call, Outcome};
use crate::error::ContractError;
use crate::{access, state};

/// The patient and the power of a message that its sender may not send alone.
pub fn needed(
    storage: &dyn Storage,
    call: &Call,
    msg: &ExecuteMsg,
) -> Result<Option<(u64, Power)>, ContractError> {
    let (Some(patient), Who::Guardian(power)) = (joint(msg), call.acting) else {
        return Ok(None);
    };
    let of = state::quorums(storage, patient)?.of(power, call.now());
    Ok(of.filter(|of| *of > 1).map(|_| (patient, power)))
}

/// The patient of a message that takes a quorum where one is set. One guardian alone may always end
/// an emergency.
fn joint(msg: &ExecuteMsg) -> Option<u64> {
    match msg {
        ExecuteMsg::Grant { patient, .. }
        | ExecuteMsg::Revoke { patient, .. }
        | ExecuteMsg::Deny { patient, .. }
        | ExecuteMsg::ReviewEmergency { patient, .. } => Some(patient.u64()),
        _ => None,
    }
}

pub fn propose(
    storage: &mut dyn Storage,
    call: &Call,
    (patient, power): (u64, Power),
    msg: &ExecuteMsg,
) -> Outcome {
    ensure_may(storage, call, patient, power, msg)?;
    let json = to_json_vec(msg).map_err(|cause| unreadable(&cause))?;
    parse::length("proposed message", json.len(), 1, MAX_PROPOSED_BYTES)?;
    make_room(storage, call, patient)?;
    let mut quorums = state::quorums(storage, patient)?;
    quorums.proposals = quorums
        .proposals
        .checked_add(1)
        .ok_or(ContractError::Exhausted {
            what: "proposal number",
        })?;
    let proposal = Proposal {
        power,
        until: call.now().saturating_add(PROPOSAL_OPEN_S),
        msg: json,
        approvals: vec![call.sender.to_string()],
    };
    state::save_quorums(storage, patient, &quorums)?;
    state::save_proposal(storage, patient, quorums.proposals, &proposal)?;
    let proposed = RecoveryEvent::Proposed {
        patient,
        proposal: quorums.proposals,
        guardian: call.sender.as_str(),
        until: proposal.until,
    };
    Ok(vec![proposed.into()])
}

/// Clears away what expired. Where all places are taken all the same, because guardians changed
/// since, the oldest goes: nobody is kept from proposing by what others did.
fn make_room(storage: &mut dyn Storage, call: &Call, patient: u64) -> Result<(), ContractError> {
    let (over, open): (Vec<_>, Vec<_>) = state::proposals(storage, patient)?
        .into_iter()
        .partition(|(_, proposal)| !proposal.is_open(call.now()));
    let own = |(_, proposal): &&(u64, Proposal)| proposal.proposer() == call.sender.as_str();
    if open.iter().filter(own).count() >= MAX_PROPOSALS_EACH {
        return Err(ContractError::TooManyProposals {
            guardian: call.sender.into(),
            most: MAX_PROPOSALS_EACH,
        });
    }
    let surplus = open.len() >= MAX_OPEN_PROPOSALS;
    for (id, _) in over.iter().chain(open.first().filter(|_| surplus)) {
        state::remove_proposal(storage, patient, *id);
    }
    Ok(())
}

pub fn approve(storage: &mut dyn Storage, call: &Call, patient: u64, id: u64) -> Outcome {
    let mut proposal = state::proposal(storage, patient, id)?;
    ensure_open(&proposal, id, call)?;
    if proposal.approvals.iter().any(|a| a == call.sender.as_str()) {
        return Err(ContractError::AlreadyApproved {
            guardian: call.sender.into(),
            proposal: id,
        });
    }
    let msg: ExecuteMsg = from_json(&proposal.msg).map_err(|cause| unreadable(&cause))?;
    ensure_may(storage, call, patient, proposal.power, &msg)?;
    let with = still_standing(storage, call, patient, &proposal, &msg);
    let approvals = with.len().saturating_add(1);
    let mut events = vec![RecoveryEvent::Approved {
        patient,
        proposal: id,
        guardian: call.sender.as_str(),
        approvals,
    }
    .into()];
    let of = state::quorums(storage, patient)?.of(proposal.power, call.now());
    if approvals < usize::from(of.unwrap_or(1)) {
        let sender = [call.sender.to_string()].into_iter();
        proposal.approvals = with.into_iter().chain(sender).collect();
        state::save_proposal(storage, patient, id, &proposal)?;
        return Ok(events);
    }
    state::remove_proposal(storage, patient, id);
    ensure_not_paused(storage, &msg)?;
    let together = Call {
        with: &with,
        ..*call
    };
    events.extend(super::act(storage, &together, msg)?);
    Ok(events)
}

fn ensure_open(proposal: &Proposal, id: u64, call: &Call) -> Result<(), ContractError> {
    if proposal.is_open(call.now()) {
        return Ok(());
    }
    Err(ContractError::ProposalOver {
        proposal: id,
        until: proposal.until,
    })
}

/// Earlier approvals of guardians who could send the message now.
fn still_standing(
    storage: &dyn Storage,
    call: &Call,
    patient: u64,
    proposal: &Proposal,
    msg: &ExecuteMsg,
) -> Vec<String> {
    let stands = |account: &&String| {
        let sender = Addr::unchecked(account.as_str());
        let call = Call {
            sender: &sender,
            ..*call
        };
        ensure_may(storage, &call, patient, proposal.power, msg).is_ok()
    };
    proposal.approvals.iter().filter(stands).cloned().collect()
}

/// That the sender has the power, and could send the message but for the quorum.
fn ensure_may(
    storage: &dyn Storage,
    call: &Call,
    patient: u64,
    power: Power,
    msg: &ExecuteMsg,
) -> Result<(), ContractError> {
    let who = call.sender.as_str();
    if read::ensure_has_power(&storage, who, patient, power, call.now())?.controller == who {
        return Err(not_a_guardian(call));
    }
    match msg {
        ExecuteMsg::Grant { grant, .. } => {
            ensure_not_in_team(storage, call, &grant.grantee)?;
            grants::ensure_guardian_may(storage, call, patient, grant)
        }
        ExecuteMsg::ReviewEmergency { emergency, .. } => {
            emergencies::ensure_may_review(storage, call, patient, emergency.u64())
        }
        _ => Ok(()),
    }
}

/// Who joins the team later gains nothing either: a grant keeps all who gave it.
fn ensure_not_in_team(
    storage: &dyn Storage,
    call: &Call,
    grantee: &Party,
) -> Result<(), ContractError> {
    let Party::Team(team) = grantee else {
        return Ok(());
    };
    let member = state::member(storage, team.u64(), call.sender.as_str())?;
    if !member.is_some_and(|member| member.joined) {
        return Ok(());
    }
    Err(ContractError::GrantToItself {
        guardian: call.sender.into(),
    })
}

/// What a pause stops it stops by the back door too.
fn ensure_not_paused(storage: &dyn Storage, msg: &ExecuteMsg) -> Result<(), ApiError> {
    match access::row(msg) {
        Some(row) if row.paused == Paused::Stops => admin::ensure_running(storage),
        _ => Ok(()),
    }
}

pub fn cancel(storage: &mut dyn Storage, call: &Call, patient: u64, id: u64) -> Outcome {
    let proposal = state::proposal(storage, patient, id)?;
    let proposed_it = proposal.proposer() == call.sender.as_str();
    if call.acting != Who::Patient && !proposed_it {
        return Err(ContractError::NotTheProposer {
            sender: call.sender.into(),
        });
    }
    state::remove_proposal(storage, patient, id);
    let cancelled = RecoveryEvent::ProposalCancelled {
        patient,
        proposal: id,
    };
    Ok(vec![cancelled.into()])
}

fn not_a_guardian(call: &Call) -> ContractError {
    vitals_core::decision::Refusal::NotTheGuardian {
        who: call.sender.into(),
    }
    .into()
}

fn unreadable(cause: &impl ToString) -> ContractError {
    ApiError::Unreadable {
        what: "proposed message",
        contract: "own storage".into(),
        cause: cause.to_string(),
    }
    .into()
}
