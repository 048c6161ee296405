//! Grants to teams: they count for whoever is a member when it asks.

use cosmwasm_std::Uint64;
use vitals_api::consent::{GrantInfo, GrantMsg, Party, QueryMsg};
use vitals_core::decision::{GroundRef, Power, Purpose, Role};

use crate::common::*;

fn to_team(contract: &Contract, team: u64) -> GrantMsg {
    GrantMsg {
        grantee: Party::Team(Uint64::new(team)),
        ..contract.grant_msg("nobody")
    }
}

/// A team of `member`, with a grant.
fn granted() -> (Contract, u64) {
    let (mut contract, patient) = Contract::with_patient();
    let team = contract.team("admin", &["member"]);
    let grant = to_team(&contract, team);
    contract.give(patient, grant);
    (contract, patient)
}

const GROUND: GroundRef = GroundRef::Grant { id: 1 };

#[test]
fn a_member_is_permitted_with_and_without_naming_the_grant_and_nobody_else_is() {
    let (mut contract, patient) = granted();
    let invite = invite_msg(&contract, 1, "invited");
    contract.act("admin", invite).unwrap();
    for ground in [None, Some(GROUND)] {
        assert_eq!(contract.decide(patient, "member", ground), permit(GROUND));
        for outsider in ["admin", "invited", "stranger"] {
            let code = match ground {
                None => "consent/no_ground",
                Some(_) => "consent/not_the_grantee",
            };
            let decision = contract.decide(patient, outsider, ground);
            assert_eq!(refusal_code(&decision), code, "{outsider}");
        }
    }
}

#[test]
fn who_joins_later_is_permitted_and_who_leaves_is_not() {
    let (mut contract, patient) = granted();
    let invite = invite_msg(&contract, 1, "other");
    contract.act("admin", invite).unwrap();
    contract.act("other", join_msg(1)).unwrap();
    assert_eq!(contract.decide(patient, "other", None), permit(GROUND));
    contract.act("member", leave_msg(1)).unwrap();
    let left = contract.decide(patient, "member", None);
    assert_eq!(refusal_code(&left), "consent/no_ground");
}

#[test]
fn treatment_takes_the_member_s_own_live_credential() {
    let (mut contract, patient) = granted();
    let mut treatment = to_team(&contract, 1);
    treatment.purposes = vec![Purpose::Treatment];
    let id = contract.give(patient, treatment);
    let mut asked = contract.decide_msg(patient, "member", Some(GroundRef::Grant { id }));
    asked.purpose = Purpose::Treatment;
    let without = contract.decide_on(asked.clone());
    assert_eq!(refusal_code(&without), "consent/credential_missing");
    contract.credential("member", Role::Clinician);
    let by = permit(GroundRef::Grant { id });
    assert_eq!(contract.decide_on(asked.clone()), by);
    contract.advance(DAY_S - 1);
    asked.window.from = contract.epoch();
    asked.window.to = contract.epoch() + 1;
    assert_eq!(contract.decide_on(asked.clone()), by);
    contract.advance(1);
    let ended = contract.decide_on(asked);
    assert_eq!(refusal_code(&ended), "consent/grant_expired");
}

#[test]
fn a_grant_to_a_team_shows_the_team_and_is_announced_with_it() {
    let (mut contract, patient) = Contract::with_patient();
    let missing = to_team(&contract, 1);
    let refused = contract.act("patient", grant_of(patient, missing.clone()));
    assert_code(refused, "state/not_found");
    contract.team("admin", &[]);
    let events = contract.act("patient", grant_of(patient, missing)).unwrap();
    assert_eq!(attribute(&events, "granted", "team"), "1");
    let ask = QueryMsg::Grant {
        patient: Uint64::new(patient),
        grant: Uint64::one(),
    };
    let info: GrantInfo = contract.ask(ask).unwrap();
    assert_eq!(info.grantee, Party::Team(Uint64::one()));
    assert_eq!(info.by, None);
}

#[test]
fn a_revoked_grant_to_a_team_is_over_for_all_and_raises_the_generation() {
    let (mut contract, patient) = granted();
    let events = contract.act("patient", revoke_msg(patient, 1)).unwrap();
    assert_eq!(names(&events), ["revoked", "generation_raised"]);
    let decision = contract.decide(patient, "member", Some(GROUND));
    assert_eq!(refusal_code(&decision), "consent/grant_revoked");
}

#[test]
fn a_guardian_s_grant_to_a_team_counts_for_its_members_but_not_for_the_guardian() {
    let (mut contract, patient) = Contract::with_patient();
    contract.appoint(patient, "guardian", &[Power::Read, Power::Grant]);
    contract.team("admin", &["member", "guardian"]);
    let grant = to_team(&contract, 1);
    contract.act("guardian", grant_of(patient, grant)).unwrap();
    assert_eq!(contract.decide(patient, "member", None), permit(GROUND));
    let own = contract.decide(patient, "guardian", Some(GROUND));
    assert_eq!(refusal_code(&own), "consent/not_the_grantee");
}

#[test]
fn a_guardian_who_joins_the_team_it_granted_to_gains_nothing() {
    let (mut contract, patient) = Contract::with_patient();
    contract.appoint(patient, "guardian", &[Power::Read, Power::Grant]);
    contract.team("admin", &["member"]);
    let grant = to_team(&contract, 1);
    contract.act("guardian", grant_of(patient, grant)).unwrap();
    let invite = invite_msg(&contract, 1, "guardian");
    contract.act("admin", invite).unwrap();
    contract.act("guardian", join_msg(1)).unwrap();
    let own = contract.decide(patient, "guardian", Some(GROUND));
    assert_eq!(refusal_code(&own), "consent/not_the_grantee");
    assert_eq!(contract.decide(patient, "member", None), permit(GROUND));
}
