//! Guardians: accounts with some of a patient's powers, for a time.

use cosmwasm_std::{Addr, Storage};
use vitals_api::consent::event::{ConsentEvent, RecoveryEvent};
use vitals_api::consent::record::{Guardian, Span};
use vitals_api::consent::MAX_GUARDIANS;
use vitals_api::{parse, ApiError};
use vitals_core::decision::{Power, Seconds};
use vitals_core::set::Set;

use super::{generations, Call, Outcome};
use crate::error::ContractError;
use crate::state;

/// Guardians that are looked at: all of them, but for state of the first release, which had no
/// limit.
pub const MAX_LOOKED_AT: usize = 64;

pub fn appoint(
    storage: &mut dyn Storage,
    call: &Call,
    patient: u64,
    guardian: &str,
    powers: &[Power],
    until: Seconds,
) -> Outcome {
    let guardian_addr = parse::address(call.api, guardian)?;
    let powers = parse::set("powers", powers)?;
    let until = parse::date("until", until, call.now())?;
    super::ensure_other(&state::patient(storage, patient)?, patient, &guardian_addr)?;
    let before = state::guardian(storage, patient, &guardian_addr)?;
    if before.is_none() {
        make_room(storage, call, patient)?;
    }
    let gives = powers.contains(Power::Recover).then_some(until);
    let appointed = Guardian {
        powers,
        until,
        recovers: recovers(storage, call, before.as_ref(), gives)?,
        given_at: before
            .as_ref()
            .filter(|before| before.has_all(&powers, until, call.now()))
            .map_or(call.now(), |before| before.given_at),
    };
    let could_read = before.is_some_and(|g| g.powers.contains(Power::Read));
    state::save_guardian(storage, patient, &guardian_addr, &appointed)?;
    let mut events = vec![ConsentEvent::GuardianAppointed {
        patient,
        guardian,
        until,
    }
    .into()];
    if could_read && !powers.contains(Power::Read) {
        events.extend(generations::raise_stored(storage, call, patient)?);
    }
    Ok(events)
}

/// Clears away guardians of whom nothing is left.
fn make_room(storage: &mut dyn Storage, call: &Call, patient: u64) -> Result<(), ContractError> {
    let mut left = 0usize;
    for (account, guardian) in state::guardians(storage, patient, MAX_LOOKED_AT)? {
        if guardian.is_over(call.now()) {
            state::remove_guardian(storage, patient, &Addr::unchecked(account));
        } else {
            left = left.saturating_add(1);
        }
    }
    if left < MAX_GUARDIANS {
        return Ok(());
    }
    Err(ContractError::TooManyGuardians {
        patient,
        most: MAX_GUARDIANS,
    })
}

/// When the power to recover counts, now that `gives` says until when it is given, or that it is
/// not. One that counts does not end before notice is over, unless it would have anyway; one that
/// is new counts only then. Otherwise a thief would dismiss the guardians first, or appoint its own.
fn recovers(
    storage: &dyn Storage,
    call: &Call,
    before: Option<&Guardian>,
    gives: Option<Seconds>,
) -> Result<Option<Span>, ContractError> {
    let now = call.now();
    let noticed = now.saturating_add(state::timing(storage)?.notice_s());
    let held = before
        .and_then(|guardian| guardian.recovers)
        .filter(|span| now < span.until);
    Ok(match held {
        None => gives.map(|until| Span {
            from: noticed,
            until,
        }),
        Some(span) if now < span.from => gives.map(|until| Span { until, ..span }),
        Some(span) => Some(Span {
            until: span.until.min(noticed).max(gives.unwrap_or_default()),
            ..span
        }),
    })
}

pub fn dismiss(storage: &mut dyn Storage, call: &Call, patient: u64, guardian: &str) -> Outcome {
    let guardian_addr = parse::address(call.api, guardian)?;
    let before = state::guardian(storage, patient, &guardian_addr)?
        .filter(|g| !g.powers.is_empty())
        .ok_or_else(|| ApiError::NotFound {
            what: "guardian",
            key: format!("{patient}/{guardian_addr}"),
        })?;
    let serving = recovers(storage, call, Some(&before), None)?;
    end(storage, call, patient, &guardian_addr, &before, serving)?;
    let mut events = vec![ConsentEvent::GuardianDismissed { patient, guardian }.into()];
    if before.powers.contains(Power::Read) {
        events.extend(generations::raise_stored(storage, call, patient)?);
    }
    Ok(events)
}

/// Takes all powers but what is left of that to recover.
fn end(
    storage: &mut dyn Storage,
    call: &Call,
    patient: u64,
    account: &Addr,
    before: &Guardian,
    recovers: Option<Span>,
) -> Result<(), ApiError> {
    if recovers.is_none() {
        state::remove_guardian(storage, patient, account);
        return Ok(());
    }
    let serving = Guardian {
        powers: Set::EMPTY,
        until: before.until.min(call.now()),
        recovers,
        given_at: before.given_at,
    };
    state::save_guardian(storage, patient, account, &serving)
}

/// At a recovery: ends what guardians were given within notice before those who recover began, or
/// since, because a thief may have given it, to accomplices or to guardians there were. A power to
/// recover that counted when they began stays: that of all who took part does.
pub fn end_newcomers(
    storage: &mut dyn Storage,
    call: &Call,
    patient: u64,
    began: Seconds,
) -> Outcome {
    let notice = state::timing(storage)?.notice_s();
    let mut events = Vec::new();
    for (account, guardian) in state::guardians(storage, patient, MAX_LOOKED_AT)? {
        let account_addr = Addr::unchecked(account.as_str());
        let recovers = guardian.recovers.filter(|span| span.from <= began);
        if guardian.given_at.saturating_add(notice) > began {
            end(storage, call, patient, &account_addr, &guardian, recovers)?;
            if !guardian.powers.is_empty() {
                let guardian = account.as_str();
                events.push(ConsentEvent::GuardianDismissed { patient, guardian }.into());
            }
        } else if recovers != guardian.recovers {
            let disarmed = Guardian {
                recovers,
                ..guardian
            };
            state::save_guardian(storage, patient, &account_addr, &disarmed)?;
        }
    }
    Ok(events)
}

/// Whether an account was given the power to read as a guardian. Its powers may have expired; keys it
/// got did not.
pub fn may_hold_keys(
    storage: &dyn Storage,
    patient: u64,
    account: &Addr,
) -> Result<bool, ContractError> {
    let guardian = state::guardian(storage, patient, account)?;
    Ok(guardian.is_some_and(|g| g.powers.contains(Power::Read)))
}

pub fn set_quorum(
    storage: &mut dyn Storage,
    call: &Call,
    patient: u64,
    power: Power,
    of: u8,
) -> Outcome {
    let now = call.now();
    super::ensure_within(
        "quorum",
        of.into(),
        1,
        holders(storage, patient, power, now)?,
    )?;
    let mut quorums = state::quorums(storage, patient)?;
    let mut from = now;
    match power {
        Power::Grant => quorums.grant = of,
        Power::Revoke => quorums.revoke = of,
        Power::Recover => {
            from = now.saturating_add(state::timing(storage)?.notice_s());
            quorums.recover = quorums.of(power, now).unwrap_or_default();
            quorums.recover_next = Some((of, from));
        }
        Power::Read | Power::Acknowledge | Power::Claim => {
            return Err(ContractError::QuorumPower { power })
        }
    }
    state::save_quorums(storage, patient, &quorums)?;
    let set = RecoveryEvent::QuorumSet {
        patient,
        power,
        of,
        from,
    };
    Ok(vec![set.into()])
}

/// How many guardians have a power, or will have that to recover.
fn holders(
    storage: &dyn Storage,
    patient: u64,
    power: Power,
    now: Seconds,
) -> Result<u64, ContractError> {
    let guardians = state::guardians(storage, patient, MAX_GUARDIANS)?;
    let holders = guardians.iter().filter(|(account, guardian)| match power {
        Power::Recover => guardian.recovers.is_some_and(|span| now < span.until),
        _ => guardian.ensure_live(account, power, now).is_ok(),
    });
    Ok(u64::try_from(holders.count()).unwrap_or(u64::MAX))
}
