//! Teams: a ward, a practice. Members join by accepting; the admin adds and removes.

use cosmwasm_std::Storage;
use vitals_api::consent::event::ConsentEvent;
use vitals_api::consent::record::{Member, Team};
use vitals_api::consent::MAX_MEMBERS;
use vitals_api::{parse, ApiError};
use vitals_core::decision::{Seconds, MAX_TEAMS};

use super::{Call, Outcome};
use crate::error::ContractError;
use crate::state;

pub fn create(storage: &mut dyn Storage, call: &Call) -> Outcome {
    let number = state::next_team(storage)?;
    let admin = call.sender.as_str();
    let team = Team {
        admin: admin.into(),
        proposed: None,
        places: 0,
    };
    state::save_team(storage, number, &team)?;
    let created = ConsentEvent::TeamCreated {
        team: number,
        admin,
    };
    Ok(vec![created.into()])
}

pub fn invite(storage: &mut dyn Storage, call: &Call, number: u64, account: &str) -> Outcome {
    let account_addr = parse::address(call.api, account)?;
    if state::member(storage, number, account_addr.as_str())?.is_some() {
        return Err(ContractError::InTeamAlready {
            account: account_addr.into(),
            team: number,
        });
    }
    let mut team = state::team(storage, number)?;
    team.places = team
        .places
        .checked_add(1)
        .filter(|places| *places <= MAX_MEMBERS)
        .ok_or(ContractError::TeamFull {
            team: number,
            most: MAX_MEMBERS,
        })?;
    state::save_team(storage, number, &team)?;
    let invited = Member { joined: false };
    state::save_member(storage, number, account_addr.as_str(), invited)?;
    let invited = ConsentEvent::MemberInvited {
        team: number,
        account,
    };
    Ok(vec![invited.into()])
}

pub fn join(storage: &mut dyn Storage, call: &Call, number: u64) -> Outcome {
    let mut membership = state::membership(storage, call.sender.as_str())?;
    if membership.teams.len() >= MAX_TEAMS {
        return Err(ContractError::TooManyTeams {
            account: call.sender.into(),
            most: MAX_TEAMS,
        });
    }
    membership.teams.push(number);
    state::save_membership(storage, call.sender.as_str(), &membership)?;
    state::save_member(
        storage,
        number,
        call.sender.as_str(),
        Member { joined: true },
    )?;
    let joined = ConsentEvent::MemberJoined {
        team: number,
        account: call.sender.as_str(),
    };
    Ok(vec![joined.into()])
}

pub fn leave(storage: &mut dyn Storage, call: &Call, number: u64) -> Outcome {
    end(storage, number, call.sender.as_str(), call.now())
}

pub fn remove(storage: &mut dyn Storage, call: &Call, number: u64, account: &str) -> Outcome {
    let account_addr = parse::address(call.api, account)?;
    end(storage, number, account_addr.as_str(), call.now())
}

/// Of a membership, or of an invitation.
fn end(storage: &mut dyn Storage, number: u64, account: &str, now: Seconds) -> Outcome {
    let not_found = || ApiError::NotFound {
        what: "member",
        key: format!("{number}/{account}"),
    };
    let member = state::member(storage, number, account)?.ok_or_else(not_found)?;
    let mut team = state::team(storage, number)?;
    team.places = team.places.checked_sub(1).ok_or_else(not_found)?;
    state::save_team(storage, number, &team)?;
    state::remove_member(storage, number, account);
    if member.joined {
        forget(storage, number, account, now)?;
    }
    let left = ConsentEvent::MemberLeft {
        team: number,
        account,
    };
    Ok(vec![left.into()])
}

/// What the account had keys to as a member, it may have for the rest of their roll: when it left
/// stays on record.
fn forget(
    storage: &mut dyn Storage,
    number: u64,
    account: &str,
    now: Seconds,
) -> Result<(), ApiError> {
    let mut membership = state::membership(storage, account)?;
    membership.teams.retain(|team| *team != number);
    membership.left_at = now;
    state::save_membership(storage, account, &membership)
}

pub fn propose_admin(storage: &mut dyn Storage, call: &Call, number: u64, admin: &str) -> Outcome {
    let admin_addr = parse::address(call.api, admin)?;
    let mut team = state::team(storage, number)?;
    team.proposed = Some(admin_addr.into());
    state::save_team(storage, number, &team)?;
    let proposed = ConsentEvent::TeamAdminProposed {
        team: number,
        admin,
    };
    Ok(vec![proposed.into()])
}

pub fn accept_admin(storage: &mut dyn Storage, call: &Call, number: u64) -> Outcome {
    let mut team = state::team(storage, number)?;
    let admin = call.sender.as_str();
    team.admin = admin.into();
    team.proposed = None;
    state::save_team(storage, number, &team)?;
    let accepted = ConsentEvent::TeamAdminAccepted {
        team: number,
        admin,
    };
    Ok(vec![accepted.into()])
}
