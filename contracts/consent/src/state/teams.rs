//! Teams, who is in them, and which teams an account is in.

use cosmwasm_std::Storage;
use cw_storage_plus::Item;
use vitals_api::consent::record::{Member, Membership, Team, MEMBERS, MEMBERSHIPS, TEAMS};
use vitals_api::store::Key;
use vitals_api::ApiError;

use super::{text, unreadable};
use crate::error::ContractError;

/// Number of the last team; absent before the first.
const LAST_TEAM: Item<u64> = Item::new("last_team");

pub fn next_team(storage: &mut dyn Storage) -> Result<u64, ContractError> {
    let broken = unreadable("number of the last team");
    let number = LAST_TEAM
        .may_load(storage)
        .map_err(&broken)?
        .unwrap_or_default()
        .checked_add(1)
        .ok_or(ContractError::Exhausted {
            what: "team number",
        })?;
    LAST_TEAM.save(storage, &number).map_err(broken)?;
    Ok(number)
}

pub fn team(storage: &dyn Storage, number: u64) -> Result<Team, ApiError> {
    TEAMS.load(&storage, &number)
}

pub fn save_team(storage: &mut dyn Storage, number: u64, team: &Team) -> Result<(), ApiError> {
    TEAMS.save(storage, &number, team)
}

pub fn member(storage: &dyn Storage, team: u64, account: &str) -> Result<Option<Member>, ApiError> {
    MEMBERS.may_load(&storage, &(team, account))
}

pub fn save_member(
    storage: &mut dyn Storage,
    team: u64,
    account: &str,
    member: Member,
) -> Result<(), ApiError> {
    MEMBERS.save(storage, &(team, account), &member)
}

pub fn remove_member(storage: &mut dyn Storage, team: u64, account: &str) {
    MEMBERS.remove(storage, &(team, account));
}

/// Members and invited accounts of a team, in order of their addresses.
pub fn members(
    storage: &dyn Storage,
    team: u64,
    start_after: Option<&str>,
    limit: usize,
) -> Result<Vec<(String, Member)>, ApiError> {
    let after = start_after.map(|account| (team, account).flat());
    MEMBERS
        .page(storage, &team.flat(), after.as_deref(), limit)?
        .into_iter()
        .map(|(account, member)| Ok((text(account)?, member)))
        .collect()
}

/// Of an account that was never in a team, the empty one.
pub fn membership(storage: &dyn Storage, account: &str) -> Result<Membership, ApiError> {
    let found = MEMBERSHIPS.may_load(&storage, &account)?;
    Ok(found.unwrap_or_default())
}

pub fn save_membership(
    storage: &mut dyn Storage,
    account: &str,
    membership: &Membership,
) -> Result<(), ApiError> {
    MEMBERSHIPS.save(storage, &account, membership)
}
