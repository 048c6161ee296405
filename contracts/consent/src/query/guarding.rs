//! Guardians, what they do together, and recovery.

use cosmwasm_std::{from_json, Api, Storage, Uint64};
use vitals_api::consent::record::{Guardian, Proposal, Recovery, Stage, Vote};
use vitals_api::consent::recovery::{
    GuardiansPage, NamedGuardian, NextQuorum, ProposalInfo, ProposalsInfo, QuorumsInfo,
    RecoveryInfo, RecoveryStage, VoteInfo,
};
use vitals_api::consent::GuardianInfo;
use vitals_api::page::page_limit;
use vitals_api::{parse, ApiError};
use vitals_core::decision::{Power, Seconds};

use crate::error::ContractError;
use crate::{execute, state};

pub fn one(
    storage: &dyn Storage,
    api: &dyn Api,
    patient: u64,
    guardian: &str,
    now: Seconds,
) -> Result<GuardianInfo, ApiError> {
    let guardian_addr = parse::address(api, guardian)?;
    state::patient(storage, patient)?;
    let guardian = state::guardian(storage, patient, &guardian_addr)?;
    Ok(match guardian {
        Some(guardian) => info(&guardian, now),
        None => GuardianInfo {
            live: false,
            powers: Vec::new(),
            until: None,
            recovers_from: None,
            recovers_until: None,
        },
    })
}

fn info(guardian: &Guardian, now: Seconds) -> GuardianInfo {
    GuardianInfo {
        live: now < guardian.until,
        powers: guardian.powers.members(),
        until: Some(guardian.until),
        recovers_from: guardian.recovers.map(|span| span.from),
        recovers_until: guardian.recovers.map(|span| span.until),
    }
}

pub fn page(
    storage: &dyn Storage,
    api: &dyn Api,
    patient: u64,
    start_after: Option<&str>,
    limit: Option<u32>,
    now: Seconds,
) -> Result<GuardiansPage, ApiError> {
    state::patient(storage, patient)?;
    let after = start_after.map(|a| parse::address(api, a)).transpose()?;
    let found = state::guardians_after(storage, patient, after.as_ref(), page_limit(limit))?;
    let guardians = found.into_iter().map(|(account, guardian)| NamedGuardian {
        guardian: account,
        info: info(&guardian, now),
    });
    Ok(GuardiansPage {
        guardians: guardians.collect(),
    })
}

pub fn quorums(storage: &dyn Storage, patient: u64, now: Seconds) -> Result<QuorumsInfo, ApiError> {
    state::patient(storage, patient)?;
    let quorums = state::quorums(storage, patient)?;
    Ok(QuorumsInfo {
        grant: quorums.of(Power::Grant, now),
        revoke: quorums.of(Power::Revoke, now),
        recover: quorums.of(Power::Recover, now),
        recover_next: quorums
            .recover_next
            .filter(|(_, from)| now < *from)
            .map(|(of, from)| NextQuorum { of, from }),
    })
}

pub fn proposals(
    storage: &dyn Storage,
    patient: u64,
    now: Seconds,
) -> Result<ProposalsInfo, ApiError> {
    state::patient(storage, patient)?;
    let proposals = state::proposals(storage, patient)?
        .into_iter()
        .filter(|(_, proposal)| proposal.is_open(now))
        .map(|(id, proposal)| proposal_info(id, proposal))
        .collect::<Result<_, _>>()?;
    Ok(ProposalsInfo { proposals })
}

fn proposal_info(id: u64, proposal: Proposal) -> Result<ProposalInfo, ApiError> {
    let msg = from_json(&proposal.msg).map_err(|cause| ApiError::Unreadable {
        what: "proposed message",
        contract: "own storage".into(),
        cause: cause.to_string(),
    })?;
    Ok(ProposalInfo {
        proposal: Uint64::new(id),
        power: proposal.power,
        msg,
        approvals: proposal.approvals,
        until: proposal.until,
    })
}

pub fn recovery(
    storage: &dyn Storage,
    patient: u64,
    now: Seconds,
) -> Result<RecoveryInfo, ContractError> {
    state::patient(storage, patient)?;
    let open = execute::open_recovery(storage, patient, now)?;
    let stage = open.as_ref().map_or(&Stage::Collecting, |r| &r.stage);
    let needed = execute::votes_needed(storage, patient, stage, now)?;
    Ok(RecoveryInfo {
        stage: open.as_ref().map(stage_info),
        votes: open.map_or_else(Vec::new, |recovery| votes(recovery.votes, now)),
        needed: u8::try_from(needed).unwrap_or(u8::MAX),
    })
}

fn stage_info(recovery: &Recovery) -> RecoveryStage {
    match &recovery.stage {
        Stage::Collecting => RecoveryStage::Collecting {},
        Stage::Vetoed { at, .. } => RecoveryStage::Vetoed { at: *at },
        Stage::Waiting(decided) => RecoveryStage::Waiting {
            account: decided.account.clone(),
            ready_at: decided.ready_at,
        },
        Stage::Overriding(decided) => RecoveryStage::Overriding {
            account: decided.account.clone(),
            ready_at: decided.ready_at,
        },
    }
}

fn votes(votes: Vec<Vote>, now: Seconds) -> Vec<VoteInfo> {
    let open = votes.into_iter().filter(|vote| vote.is_open(now));
    open.map(|vote| VoteInfo {
        guardian: vote.guardian,
        account: vote.account,
    })
    .collect()
}
