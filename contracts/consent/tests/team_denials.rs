//! Denials of teams: what they shut out, and when they raise the generation.

use consent::ContractError;
use cosmwasm_std::Uint64;
use vitals_api::consent::{DenialInfo, ExecuteMsg, GrantMsg, Party, QueryMsg, TEAM_ROLL_S};
use vitals_core::decision::{Action, GroundRef, Power};

use crate::common::*;

fn team(number: u64) -> Party {
    Party::Team(Uint64::new(number))
}

fn deny(contract: &mut Contract, patient: u64, whom: Party) -> Acted {
    let patient = Uint64::new(patient);
    contract.act("patient", ExecuteMsg::Deny { patient, whom })
}

fn allow(contract: &mut Contract, patient: u64, whom: Party) -> Acted {
    let patient = Uint64::new(patient);
    contract.act("patient", ExecuteMsg::Allow { patient, whom })
}

fn since(contract: &Contract, patient: u64, whom: Party) -> Option<u64> {
    let patient = Uint64::new(patient);
    let info: DenialInfo = contract.ask(QueryMsg::Denial { patient, whom }).unwrap();
    info.since
}

/// Team 1 of `member`; nothing is granted.
fn ward() -> (Contract, u64) {
    let (mut contract, patient) = Contract::with_patient();
    contract.team("admin", &["member"]);
    (contract, patient)
}

fn give(contract: &mut Contract, patient: u64, grantee: Party) {
    let grant = GrantMsg {
        grantee,
        ..contract.grant_msg("nobody")
    };
    contract.give(patient, grant);
}

#[test]
fn a_denied_team_is_shut_out_of_its_own_grants_and_of_those_to_its_members() {
    let (mut contract, patient) = ward();
    let member = contract.party("member");
    give(&mut contract, patient, team(1));
    give(&mut contract, patient, member);
    deny(&mut contract, patient, team(1)).unwrap();
    for ground in [None, Some(1), Some(2)] {
        let ground = ground.map(|id| GroundRef::Grant { id });
        let decision = contract.decide(patient, "member", ground);
        assert_eq!(refusal_code(&decision), "consent/team_denied");
    }
    allow(&mut contract, patient, team(1)).unwrap();
    let by = permit(GroundRef::Grant { id: 2 });
    assert_eq!(contract.decide(patient, "member", None), by);
}

#[test]
fn a_denial_is_told_where_nothing_is_granted() {
    let (mut contract, patient) = ward();
    deny(&mut contract, patient, team(1)).unwrap();
    let decision = contract.decide(patient, "member", None);
    assert_eq!(refusal_code(&decision), "consent/team_denied");
    let stranger = contract.party("stranger");
    deny(&mut contract, patient, stranger).unwrap();
    let decision = contract.decide(patient, "stranger", None);
    assert_eq!(refusal_code(&decision), "consent/account_denied");
    let other = contract.decide(patient, "other", None);
    assert_eq!(refusal_code(&other), "consent/no_ground");
}

#[test]
fn the_denial_of_the_account_is_told_before_that_of_its_team() {
    let (mut contract, patient) = ward();
    let member = contract.party("member");
    for whom in [team(1), member] {
        deny(&mut contract, patient, whom).unwrap();
    }
    let decision = contract.decide(patient, "member", None);
    assert_eq!(refusal_code(&decision), "consent/account_denied");
}

#[test]
fn a_guardian_in_a_denied_team_has_no_power_but_to_recover() {
    let (mut contract, patient) = ward();
    contract.appoint(patient, "member", &[Power::Read, Power::Revoke]);
    let guardian = permit(GroundRef::Guardian {});
    assert_eq!(contract.decide(patient, "member", None), guardian);
    deny(&mut contract, patient, team(1)).unwrap();
    let decision = contract.decide(patient, "member", None);
    assert_eq!(refusal_code(&decision), "consent/team_denied");
    let msg = contract.deny_msg(patient, "other");
    assert_code(contract.act("member", msg.clone()), "consent/team_denied");
    contract.act("member", leave_msg(1)).unwrap();
    contract.act("member", msg).unwrap();
}

#[test]
fn a_team_is_denied_once_counted_with_accounts_and_allowed_once() {
    let (mut contract, patient) = ward();
    let now = contract.now();
    let whom = team(1);
    assert_eq!(since(&contract, patient, team(1)), None);
    deny(&mut contract, patient, team(1)).unwrap();
    assert_eq!(since(&contract, patient, team(1)), Some(now));
    assert_eq!(
        deny(&mut contract, patient, team(1)),
        Err(ContractError::AlreadyDenied {
            whom: "team 1".into(),
            patient
        })
    );
    let other = contract.party("other");
    deny(&mut contract, patient, other.clone()).unwrap();
    allow(&mut contract, patient, whom).unwrap();
    assert_code(allow(&mut contract, patient, team(1)), "state/not_found");
    assert_eq!(since(&contract, patient, other.clone()), Some(now));
    allow(&mut contract, patient, other).unwrap();
    assert_code(deny(&mut contract, patient, team(9)), "state/not_found");
}

#[test]
fn denying_a_team_raises_the_generation_where_somebody_in_it_may_hold_keys() {
    type Given = fn(&mut Contract, u64);
    let cases: [(&str, Given, bool); 10] = [
        ("nothing", |_, _| (), false),
        ("a grant to it", |c, p| give(c, p, team(1)), true),
        (
            "a grant to another",
            |c, p| {
                c.team("admin", &["other"]);
                give(c, p, team(2));
            },
            false,
        ),
        (
            "a grant to a member",
            |c, p| {
                let member = c.party("member");
                give(c, p, member);
            },
            true,
        ),
        (
            "a grant to who is only invited",
            |c, p| {
                let invite = invite_msg(c, 1, "other");
                c.act("admin", invite).unwrap();
                let invited = c.party("other");
                give(c, p, invited);
            },
            false,
        ),
        (
            "a grant to another that a member is in",
            |c, p| {
                c.team("admin", &["member"]);
                give(c, p, team(2));
            },
            true,
        ),
        (
            "a grant to another that a member just left",
            |c, p| {
                c.team("admin", &["member"]);
                give(c, p, team(2));
                c.act("member", leave_msg(2)).unwrap();
            },
            true,
        ),
        (
            "a grant to another of who is only invited",
            |c, p| {
                c.team("admin", &["other"]);
                give(c, p, team(2));
                let invite = invite_msg(c, 1, "other");
                c.act("admin", invite).unwrap();
            },
            false,
        ),
        (
            "a guardian in it",
            |c, p| c.appoint(p, "member", &[Power::Read]),
            true,
        ),
        (
            "a guardian in it who never read",
            |c, p| c.appoint(p, "member", &[Power::Revoke]),
            false,
        ),
    ];
    for (name, given, raises) in cases {
        let (mut contract, patient) = ward();
        given(&mut contract, patient);
        deny(&mut contract, patient, team(1)).unwrap();
        assert_eq!(contract.pending(patient), raises, "{name}");
    }
}

#[test]
fn denying_a_team_without_keys_raises_nothing() {
    let (mut contract, patient) = ward();
    let mut alerts = contract.grant_msg("nobody");
    alerts.grantee = team(1);
    alerts.actions = vec![Action::ReceiveAlerts];
    contract.give(patient, alerts);
    deny(&mut contract, patient, team(1)).unwrap();
    assert!(!contract.pending(patient));
}

#[test]
fn denying_a_member_raises_the_generation_even_when_it_left_first() {
    for (left, waited, raises) in [
        (false, 0, true),
        (true, 0, true),
        (true, TEAM_ROLL_S - 1, true),
        (true, TEAM_ROLL_S, false),
    ] {
        let (mut contract, patient) = ward();
        let mut grant = contract.grant_msg("nobody");
        grant.grantee = team(1);
        grant.window.to = contract.epoch() + 1_000;
        contract.give(patient, grant);
        if left {
            contract.act("member", leave_msg(1)).unwrap();
        }
        contract.advance(waited);
        let member = contract.party("member");
        deny(&mut contract, patient, member).unwrap();
        assert_eq!(contract.pending(patient), raises, "{left} {waited}");
    }
}

#[test]
fn denying_who_was_in_no_team_raises_nothing_for_a_grant_to_one() {
    let (mut contract, patient) = ward();
    give(&mut contract, patient, team(1));
    let stranger = contract.party("stranger");
    deny(&mut contract, patient, stranger).unwrap();
    assert!(!contract.pending(patient));
}

#[test]
fn denying_a_team_raises_where_more_are_in_it_than_are_looked_through() {
    for (members, raises) in [(63, false), (64, true)] {
        let (mut contract, patient) = Contract::with_patient();
        let names: Vec<String> = (0..members).map(|n| format!("member {n}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        contract.team("admin", &names);
        contract.team("admin", &["other"]);
        give(&mut contract, patient, team(2));
        deny(&mut contract, patient, team(1)).unwrap();
        assert_eq!(contract.pending(patient), raises, "{members}");
    }
}

#[test]
fn denying_a_team_raises_where_more_was_granted_than_is_looked_through() {
    let (mut contract, patient) = ward();
    for _ in 0..65 {
        let other = contract.party("other");
        give(&mut contract, patient, other);
    }
    deny(&mut contract, patient, team(1)).unwrap();
    assert!(contract.pending(patient));
}
