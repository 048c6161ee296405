//! Teams: made, joined, left, handed on.

use consent::ContractError;
use cosmwasm_std::{Storage, Uint64};
use vitals_api::admin::AdminMsg;
use vitals_api::consent::record::{Team, TEAMS};
use vitals_api::consent::{ExecuteMsg, MembersPage, QueryMsg, TeamInfo, TeamsOfInfo, MAX_MEMBERS};

use crate::common::*;

fn info(contract: &Contract, team: u64) -> TeamInfo {
    let team = Uint64::new(team);
    contract.ask(QueryMsg::Team { team }).unwrap()
}

fn members(contract: &Contract, team: u64) -> Vec<(String, bool)> {
    let ask = QueryMsg::Members {
        team: Uint64::new(team),
        start_after: None,
        limit: Some(30),
    };
    let page: MembersPage = contract.ask(ask).unwrap();
    page.members
        .into_iter()
        .map(|member| (member.account, member.joined))
        .collect()
}

fn teams_of(contract: &Contract, account: &str) -> Vec<u64> {
    let account = contract.addr(account).into();
    let info: TeamsOfInfo = contract.ask(QueryMsg::TeamsOf { account }).unwrap();
    info.teams.into_iter().map(|team| team.u64()).collect()
}

fn remove(contract: &mut Contract, team: u64, account: &str) -> Acted {
    let msg = ExecuteMsg::RemoveMember {
        team: Uint64::new(team),
        account: contract.addr(account).into(),
    };
    contract.act("admin", msg)
}

fn invite(contract: &mut Contract, team: u64, account: &str) -> Acted {
    let msg = invite_msg(contract, team, account);
    contract.act("admin", msg)
}

#[test]
fn teams_are_numbered_from_one_and_begin_empty() {
    let mut contract = Contract::new();
    for team in 1..=2 {
        assert_eq!(contract.team("admin", &[]), team);
        let expected = TeamInfo {
            team: Uint64::new(team),
            admin: contract.addr("admin").into(),
            proposed_admin: None,
            places: 0,
        };
        assert_eq!(info(&contract, team), expected);
        assert!(members(&contract, team).is_empty());
    }
    assert!(teams_of(&contract, "admin").is_empty(), "no member itself");
}

#[test]
fn a_pause_stops_new_teams_and_nothing_else_of_them() {
    let mut contract = Contract::new();
    contract.team("admin", &["member"]);
    let pause = ExecuteMsg::Admin(AdminMsg::Pause {});
    contract.act("owner", pause).unwrap();
    let create = contract.act("admin", ExecuteMsg::CreateTeam {});
    assert_code(create, "admin/paused");
    invite(&mut contract, 1, "other").unwrap();
    contract.act("other", join_msg(1)).unwrap();
    contract.act("member", leave_msg(1)).unwrap();
    remove(&mut contract, 1, "other").unwrap();
}

#[test]
fn an_account_is_a_member_once_it_accepted_and_until_it_leaves() {
    let mut contract = Contract::new();
    let team = contract.team("admin", &[]);
    assert_code(
        contract.act("member", join_msg(team)),
        "consent/not_invited",
    );
    invite(&mut contract, team, "member").unwrap();
    let address = contract.addr("member").to_string();
    assert_eq!(members(&contract, team), [(address.clone(), false)]);
    assert!(teams_of(&contract, "member").is_empty());
    let events = contract.act("member", join_msg(team)).unwrap();
    assert_eq!(names(&events), ["member_joined"]);
    assert_eq!(members(&contract, team), [(address, true)]);
    assert_eq!(teams_of(&contract, "member"), [team]);
    assert_code(
        contract.act("member", join_msg(team)),
        "consent/not_invited",
    );
    contract.act("member", leave_msg(team)).unwrap();
    assert!(members(&contract, team).is_empty());
    assert!(teams_of(&contract, "member").is_empty());
    assert_eq!(info(&contract, team).places, 0);
    assert_code(
        contract.act("member", leave_msg(team)),
        "consent/not_a_member",
    );
}

#[test]
fn an_invitation_is_declined_by_the_invited_or_withdrawn_by_the_admin() {
    let mut contract = Contract::new();
    let team = contract.team("admin", &[]);
    invite(&mut contract, team, "member").unwrap();
    contract.act("member", leave_msg(team)).unwrap();
    invite(&mut contract, team, "member").unwrap();
    remove(&mut contract, team, "member").unwrap();
    assert_code(
        contract.act("member", join_msg(team)),
        "consent/not_invited",
    );
    assert_code(remove(&mut contract, team, "member"), "state/not_found");
    assert_eq!(info(&contract, team).places, 0);
}

#[test]
fn nobody_is_invited_twice_and_a_removed_member_may_be_again() {
    let mut contract = Contract::new();
    let team = contract.team("admin", &["member"]);
    invite(&mut contract, team, "other").unwrap();
    for account in ["member", "other"] {
        assert_eq!(
            invite(&mut contract, team, account),
            Err(ContractError::InTeamAlready {
                account: contract.addr(account).into(),
                team
            })
        );
    }
    remove(&mut contract, team, "member").unwrap();
    assert!(teams_of(&contract, "member").is_empty());
    invite(&mut contract, team, "member").unwrap();
    contract.act("member", join_msg(team)).unwrap();
    assert_eq!(info(&contract, team).places, 2);
}

#[test]
fn an_account_is_in_eight_teams_at_most() {
    let mut contract = Contract::new();
    for team in 1..=9 {
        assert_eq!(contract.team("admin", &[]), team);
        invite(&mut contract, team, "member").unwrap();
    }
    for team in 1..=8 {
        contract.act("member", join_msg(team)).unwrap();
    }
    let account = contract.addr("member").into();
    assert_eq!(
        contract.act("member", join_msg(9)),
        Err(ContractError::TooManyTeams { account, most: 8 })
    );
    assert_eq!(teams_of(&contract, "member"), (1..=8).collect::<Vec<_>>());
    contract.act("member", leave_msg(3)).unwrap();
    contract.act("member", join_msg(9)).unwrap();
    assert_eq!(teams_of(&contract, "member"), [1, 2, 4, 5, 6, 7, 8, 9]);
}

#[test]
fn a_team_has_256_members_and_invitations_at_most() {
    let mut contract = Contract::new();
    let team = contract.team("admin", &["first"]);
    for i in 1..MAX_MEMBERS {
        invite(&mut contract, team, &format!("nurse {i}")).unwrap();
    }
    let full = ContractError::TeamFull { team, most: 256 };
    assert_eq!(invite(&mut contract, team, "one more"), Err(full));
    remove(&mut contract, team, "nurse 7").unwrap();
    invite(&mut contract, team, "one more").unwrap();
    assert_eq!(info(&contract, team).places, 256);
}

#[test]
fn members_are_listed_page_by_page_in_order() {
    let mut contract = Contract::new();
    let team = contract.team("admin", &[]);
    contract.team("admin", &["elsewhere"]);
    for i in 0..35 {
        invite(&mut contract, team, &format!("nurse {i}")).unwrap();
    }
    let page = |after: Option<String>, limit: Option<u32>| -> Vec<String> {
        let ask = QueryMsg::Members {
            team: Uint64::new(team),
            start_after: after,
            limit,
        };
        let page: MembersPage = contract.ask(ask).unwrap();
        page.members
            .into_iter()
            .map(|member| member.account)
            .collect()
    };
    for (limit, size) in [
        (None, 10),
        (Some(0), 1),
        (Some(31), 30),
        (Some(u32::MAX), 30),
    ] {
        assert_eq!(page(None, limit).len(), size);
    }
    let mut all = page(None, Some(30));
    all.extend(page(all.last().cloned(), Some(30)));
    assert_eq!(all.len(), 35);
    assert!(all.is_sorted());
    let upper = QueryMsg::Members {
        team: Uint64::new(team),
        start_after: Some(all[0].to_uppercase()),
        limit: None,
    };
    assert_code(contract.ask::<MembersPage>(upper), "input/address");
}

#[test]
fn a_team_s_admin_changes_in_two_steps() {
    let mut contract = Contract::new();
    let team = contract.team("admin", &[]);
    let propose = |contract: &Contract, next: &str| propose_msg(team, contract.addr(next).into());
    let accept = ExecuteMsg::AcceptTeamAdmin {
        team: Uint64::new(team),
    };
    let refused = contract.act("other", accept.clone());
    assert_code(refused, "consent/not_the_proposed_admin");
    for next in ["other", "next"] {
        let msg = propose(&contract, next);
        contract.act("admin", msg).unwrap();
    }
    let proposed = info(&contract, team).proposed_admin;
    assert_eq!(proposed, Some(contract.addr("next").into()));
    let replaced = contract.act("other", accept.clone());
    assert_code(replaced, "consent/not_the_proposed_admin");
    invite(&mut contract, team, "still the admin").unwrap();
    contract.act("next", accept.clone()).unwrap();
    assert_eq!(info(&contract, team).proposed_admin, None);
    let old = invite(&mut contract, team, "other");
    assert_code(old, "consent/not_the_team_admin");
    let again = contract.act("next", accept);
    assert_code(again, "consent/not_the_proposed_admin");
}

#[test]
fn a_team_that_does_not_exist_is_not_found_by_any_message() {
    let mut contract = Contract::new();
    let nobody = contract.addr("other").to_string();
    let team = Uint64::new(5);
    let msgs = [
        invite_msg(&contract, 5, "other"),
        join_msg(5),
        leave_msg(5),
        propose_msg(5, nobody.clone()),
        ExecuteMsg::AcceptTeamAdmin { team },
        ExecuteMsg::RemoveMember {
            team,
            account: nobody,
        },
    ];
    for msg in msgs {
        assert_code(contract.act("admin", msg), "state/not_found");
    }
    assert_code(
        contract.ask::<TeamInfo>(QueryMsg::Team { team }),
        "state/not_found",
    );
}

#[test]
fn team_numbers_end_before_they_begin_again() {
    let mut contract = Contract::new();
    contract
        .deps
        .storage
        .set(b"last_team", b"18446744073709551614");
    assert_eq!(contract.team("admin", &[]), u64::MAX);
    let storage: &dyn Storage = &contract.deps.storage;
    let last: Team = TEAMS.load(&storage, &u64::MAX).unwrap();
    assert_eq!(last.places, 0);
    let refused = contract.act("admin", ExecuteMsg::CreateTeam {});
    assert_code(refused, "consent/exhausted");
}
