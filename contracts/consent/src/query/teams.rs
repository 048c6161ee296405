//! Teams and who is in them.

use cosmwasm_std::{Api, Storage, Uint64};
use vitals_api::consent::{MemberInfo, MembersPage, TeamInfo, TeamsOfInfo};
use vitals_api::page::page_limit;
use vitals_api::{parse, ApiError};

use crate::state;

pub fn team(storage: &dyn Storage, number: Uint64) -> Result<TeamInfo, ApiError> {
    let team = state::team(storage, number.u64())?;
    Ok(TeamInfo {
        team: number,
        admin: team.admin,
        proposed_admin: team.proposed,
        places: team.places,
    })
}

pub fn members(
    storage: &dyn Storage,
    api: &dyn Api,
    number: u64,
    start_after: Option<&str>,
    limit: Option<u32>,
) -> Result<MembersPage, ApiError> {
    let after = start_after
        .map(|account| parse::address(api, account))
        .transpose()?;
    state::team(storage, number)?;
    let after = after.as_ref().map(|account| account.as_str());
    let members = state::members(storage, number, after, page_limit(limit))?
        .into_iter()
        .map(|(account, member)| MemberInfo {
            account,
            joined: member.joined,
        })
        .collect();
    Ok(MembersPage { members })
}

pub fn of(storage: &dyn Storage, api: &dyn Api, account: &str) -> Result<TeamsOfInfo, ApiError> {
    let account_addr = parse::address(api, account)?;
    let membership = state::membership(storage, account_addr.as_str())?;
    Ok(TeamsOfInfo {
        teams: membership.teams.into_iter().map(Uint64::new).collect(),
    })
}
