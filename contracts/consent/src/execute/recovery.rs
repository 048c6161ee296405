//! Recovery of a lost account: guardians vote, a delay runs in which the account may object, all
//! guardians together override, a second delay runs, anybody completes.

use cosmwasm_std::{Addr, Storage};
use vitals_api::consent::event::RecoveryEvent;
use vitals_api::consent::record::{Decided, Recovery, Stage, Vote};
use vitals_api::{parse, ApiError};
use vitals_core::decision::{Power, Seconds};

use super::{generations, guardians, Call, Outcome};
use crate::error::ContractError;
use crate::state;

mod stage;
mod timing;

pub use timing::set_timing;

use stage::{ensure_allows, Step};

/// What is open; a recovery that lapsed is as if nobody had proposed it.
pub fn open_recovery(
    storage: &dyn Storage,
    patient: u64,
    now: Seconds,
) -> Result<Option<Recovery>, ContractError> {
    Ok(state::recovery(storage, patient)?.filter(|recovery| !recovery.has_lapsed(now)))
}

pub fn propose(storage: &mut dyn Storage, call: &Call, patient: u64, account: &str) -> Outcome {
    let account_addr = parse::address(call.api, account)?;
    ensure_free(storage, patient, &account_addr, call.now())?;
    let open = open_recovery(storage, patient, call.now())?;
    ensure_allows(open.as_ref(), Step::Propose)?;
    let recovery = open.unwrap_or(Recovery {
        stage: Stage::Collecting,
        votes: Vec::new(),
    });
    vote(storage, call, patient, recovery, account_addr)
}

/// Who controls the patient gains nothing, and a guardian whose vote counts would vote for itself.
/// Any other account is the guardians' to choose, another guardian's too: a thief would otherwise
/// appoint whichever they choose. The veto and the delay guard against a wrong one.
fn ensure_free(
    storage: &dyn Storage,
    patient: u64,
    account: &Addr,
    now: Seconds,
) -> Result<(), ContractError> {
    super::ensure_other(&state::patient(storage, patient)?, patient, account)?;
    let guardian = state::guardian(storage, patient, account)?;
    if !guardian.is_some_and(|guardian| guardian.recovers_at(now)) {
        return Ok(());
    }
    Err(ContractError::RecoverToGuardian {
        account: account.into(),
        patient,
    })
}

pub fn approve(storage: &mut dyn Storage, call: &Call, patient: u64, account: &str) -> Outcome {
    let account_addr = parse::address(call.api, account)?;
    let now = call.now();
    let open = open_recovery(storage, patient, now)?;
    ensure_allows(open.as_ref(), Step::Approve)?;
    let proposed = open.filter(|recovery| {
        let names = |vote: &Vote| vote.is_open(now) && account_addr.as_str() == vote.account;
        recovery.votes.iter().any(names)
    });
    let recovery = proposed.ok_or_else(|| ContractError::NotProposed {
        account: account_addr.to_string(),
        patient,
    })?;
    vote(storage, call, patient, recovery, account_addr)
}

/// Puts the sender's one vote on an account, and decides where that is enough.
fn vote(
    storage: &mut dyn Storage,
    call: &Call,
    patient: u64,
    mut recovery: Recovery,
    account: Addr,
) -> Outcome {
    let (now, guardian) = (call.now(), call.sender.as_str());
    let voted = |vote: &Vote| vote.guardian == guardian && account.as_str() == vote.account;
    if recovery
        .votes
        .iter()
        .any(|vote| vote.is_open(now) && voted(vote))
    {
        return Err(ContractError::AlreadyVoted {
            guardian: guardian.into(),
            account: account.into(),
        });
    }
    let roster = recoverers(storage, patient, now)?;
    recovery.votes.retain(|vote| {
        vote.is_open(now) && vote.guardian != guardian && roster.contains(&vote.guardian)
    });
    recovery.votes.push(Vote {
        guardian: guardian.into(),
        account: account.to_string(),
        at: now,
    });
    let mut events = vec![RecoveryEvent::RecoveryVoted {
        patient,
        guardian,
        account: account.as_str(),
    }
    .into()];
    if votes_for(&recovery, &account) >= needed(storage, patient, &recovery.stage, now)? {
        recovery = decided(storage, now, &recovery, &account)?;
        if let Stage::Waiting(decided) | Stage::Overriding(decided) = &recovery.stage {
            let decided = RecoveryEvent::RecoveryDecided {
                patient,
                account: &decided.account,
                ready_at: decided.ready_at,
                vetoable: matches!(recovery.stage, Stage::Waiting(_)),
            };
            events.push(decided.into());
        }
    }
    state::save_recovery(storage, patient, &recovery)?;
    Ok(events)
}

fn votes_for(recovery: &Recovery, account: &Addr) -> usize {
    let names = |vote: &&Vote| account.as_str() == vote.account;
    recovery.votes.iter().filter(names).count()
}

/// Guardians whose power to recover counts now.
fn recoverers(
    storage: &dyn Storage,
    patient: u64,
    now: Seconds,
) -> Result<Vec<String>, ContractError> {
    let guardians = state::guardians(storage, patient, guardians::MAX_LOOKED_AT)?;
    let counts = guardians
        .into_iter()
        .filter(|(_, guardian)| guardian.recovers_at(now))
        .map(|(account, _)| account);
    Ok(counts.collect())
}

/// Votes it takes: the quorum, or all where none is set; after a veto all, and never fewer than the
/// quorum: where guardians' time ran out, a veto would else help those who are left.
pub fn needed(
    storage: &dyn Storage,
    patient: u64,
    stage: &Stage,
    now: Seconds,
) -> Result<usize, ContractError> {
    let all = recoverers(storage, patient, now)?.len();
    let quorum = state::quorums(storage, patient)?
        .of(Power::Recover, now)
        .map_or(all, usize::from);
    Ok(match stage {
        Stage::Vetoed { .. } | Stage::Overriding(_) => quorum.max(all),
        Stage::Collecting | Stage::Waiting(_) => quorum,
    })
}

fn decided(
    storage: &dyn Storage,
    now: Seconds,
    recovery: &Recovery,
    account: &Addr,
) -> Result<Recovery, ContractError> {
    let timing = state::timing(storage)?;
    let decided = |delay: u64| Decided {
        account: account.to_string(),
        ready_at: now.saturating_add(delay),
        began: recovery.began(now),
    };
    let stage = match &recovery.stage {
        Stage::Vetoed { .. } => Stage::Overriding(decided(timing.override_delay_s)),
        _ => Stage::Waiting(decided(timing.recovery_delay_s)),
    };
    Ok(Recovery {
        stage,
        votes: Vec::new(),
    })
}

pub fn veto(storage: &mut dyn Storage, call: &Call, patient: u64) -> Outcome {
    let at = call.now();
    let open = open_recovery(storage, patient, at)?;
    ensure_allows(open.as_ref(), Step::Veto)?;
    let began = open.map_or(at, |recovery| recovery.began(at));
    let vetoed = Recovery {
        stage: Stage::Vetoed { at, began },
        votes: Vec::new(),
    };
    state::save_recovery(storage, patient, &vetoed)?;
    Ok(vec![RecoveryEvent::RecoveryVetoed { patient }.into()])
}

pub fn cancel(storage: &mut dyn Storage, call: &Call, patient: u64) -> Outcome {
    let open = open_recovery(storage, patient, call.now())?;
    ensure_allows(open.as_ref(), Step::Cancel)?;
    let guardian = call.sender.as_str();
    let refused = || ContractError::NotTheProposer {
        sender: guardian.into(),
    };
    let mut recovery = open.ok_or_else(refused)?;
    let before = recovery.votes.len();
    recovery.votes.retain(|vote| vote.guardian != guardian);
    if recovery.votes.len() == before {
        return Err(refused());
    }
    state::save_recovery(storage, patient, &recovery)?;
    Ok(vec![
        RecoveryEvent::RecoveryCancelled { patient, guardian }.into()
    ])
}

pub fn complete(storage: &mut dyn Storage, call: &Call, number: u64) -> Outcome {
    let now = call.now();
    let open = open_recovery(storage, number, now)?;
    ensure_allows(open.as_ref(), Step::Complete)?;
    let decided = match open.map(|recovery| recovery.stage) {
        Some(Stage::Waiting(decided) | Stage::Overriding(decided)) => decided,
        _ => return Err(ContractError::NothingToRecover { patient: number }),
    };
    if now < decided.ready_at {
        return Err(ContractError::RecoveryNotReady {
            ready_at: decided.ready_at,
            now,
        });
    }
    // nobody guards itself, and what the old account made of it says nothing about it
    state::remove_guardian(storage, number, &Addr::unchecked(decided.account.as_str()));
    let ended = guardians::end_newcomers(storage, call, number, decided.began)?;
    forget_quorum(storage, number)?;
    let recovered = hand_over(storage, call, number, &decided.account)?;
    Ok(recovered.into_iter().chain(ended).collect())
}

/// The old account may have lowered the quorum to recover, to take the patient back by it.
fn forget_quorum(storage: &mut dyn Storage, patient: u64) -> Result<(), ApiError> {
    let mut quorums = state::quorums(storage, patient)?;
    if quorums.recover != 0 || quorums.recover_next.is_some() {
        quorums.recover = 0;
        quorums.recover_next = None;
        state::save_quorums(storage, patient, &quorums)?;
    }
    Ok(())
}

/// The recipient goes with the account: readers encrypt to what the controlling account publishes,
/// so nothing of the old one's is left to reset.
fn hand_over(storage: &mut dyn Storage, call: &Call, number: u64, to: &str) -> Outcome {
    let mut patient = state::patient(storage, number)?;
    let (old, new) = (
        Addr::unchecked(patient.controller.as_str()),
        Addr::unchecked(to),
    );
    patient.controller = to.into();
    patient.recovered_through = patient.grants;
    let raised = generations::raise(&mut patient, number, call.now_ms())?;
    state::save_patient(storage, number, &patient)?;
    state::remove_controlled(storage, &old, number);
    state::add_controlled(storage, &new, number)?;
    state::remove_recovery(storage, number);
    let recovered = RecoveryEvent::Recovered {
        patient: number,
        from: old.as_str(),
        to,
    };
    Ok([recovered.into()].into_iter().chain(raised).collect())
}
