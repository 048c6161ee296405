//! SetQuorum, Approve and Cancel: guardians who act together.

use cosmwasm_std::Uint64;
use vitals_api::consent::read::ensure_acts_for;
use vitals_api::consent::recovery::{ProposalsInfo, QuorumsInfo};
use vitals_api::consent::{ExecuteMsg, QueryMsg, PROPOSAL_OPEN_S};
use vitals_api::ApiError;
use vitals_core::decision::{GroundRef, Power, Refusal};

use crate::common::*;
use crate::safety::*;

const ALL: [Power; 3] = [Power::Read, Power::Grant, Power::Revoke];

/// Guardians `a`, `b` and `c` read, grant and revoke; two of them together.
fn with_quorum() -> (Contract, u64) {
    let (mut contract, patient) = Contract::with_patient();
    for guardian in ["a", "b", "c"] {
        guard(&mut contract, patient, guardian, &ALL);
    }
    quorum(&mut contract, patient, Power::Grant, 2).unwrap();
    quorum(&mut contract, patient, Power::Revoke, 2).unwrap();
    (contract, patient)
}

fn approve(contract: &mut Contract, patient: u64, sender: &str, proposal: u64) -> Acted {
    let msg = ExecuteMsg::Approve {
        patient: Uint64::new(patient),
        proposal: Uint64::new(proposal),
    };
    contract.act(sender, msg)
}

fn cancel(contract: &mut Contract, patient: u64, sender: &str, proposal: u64) -> Acted {
    let msg = ExecuteMsg::Cancel {
        patient: Uint64::new(patient),
        proposal: Uint64::new(proposal),
    };
    contract.act(sender, msg)
}

fn proposed(contract: &mut Contract, sender: &str, msg: ExecuteMsg) -> u64 {
    let events = contract.act(sender, msg).unwrap();
    assert_eq!(names(&events), ["proposed"]);
    attribute(&events, "proposed", "proposal").parse().unwrap()
}

fn open(contract: &Contract, patient: u64) -> Vec<u64> {
    let patient = Uint64::new(patient);
    let info: ProposalsInfo = contract.ask(QueryMsg::Proposals { patient }).unwrap();
    info.proposals.iter().map(|p| p.proposal.u64()).collect()
}

#[test]
fn what_one_guardian_sends_another_completes() {
    let (mut contract, patient) = with_quorum();
    let grant = grant_of(patient, contract.grant_msg("family"));
    let id = proposed(&mut contract, "a", grant);
    let ground = Some(GroundRef::Grant { id: 1 });
    let ask = contract.decide_msg(patient, "family", ground);
    assert!(contract
        .ask::<vitals_api::consent::Decision>(QueryMsg::Decide(ask))
        .is_err());
    assert_eq!(open(&contract, patient), [id]);
    let events = approve(&mut contract, patient, "b", id).unwrap();
    assert_eq!(names(&events), ["approved", "granted"]);
    let decided = contract.decide(patient, "family", ground);
    assert_eq!(decided, permit(GroundRef::Grant { id: 1 }));
    assert!(open(&contract, patient).is_empty());
    let again = approve(&mut contract, patient, "c", id);
    assert_code(again, "state/not_found");

    let deny = contract.deny_msg(patient, "stranger");
    for msg in [revoke_msg(patient, 1), deny] {
        let id = proposed(&mut contract, "c", msg);
        approve(&mut contract, patient, "a", id).unwrap();
    }
    assert!(contract.pending(patient));
}

#[test]
fn the_patient_acts_alone_and_approves_nothing() {
    let (mut contract, patient) = with_quorum();
    let grant = contract.grant_msg("family");
    contract.give(patient, grant.clone());
    let id = proposed(&mut contract, "a", grant_of(patient, grant));
    for sender in ["patient", "stranger"] {
        let refused = approve(&mut contract, patient, sender, id).unwrap_err();
        assert!(code(&refused).starts_with("consent/not_the_"), "{refused}");
    }
    cancel(&mut contract, patient, "patient", id).unwrap();
    assert_code(approve(&mut contract, patient, "b", id), "state/not_found");
}

#[test]
fn nobody_approves_twice_without_the_power_or_after_seven_days() {
    let (mut contract, patient) = with_quorum();
    guard(&mut contract, patient, "reader", &[Power::Read]);
    guard(
        &mut contract,
        patient,
        "revoker",
        &[Power::Read, Power::Revoke],
    );
    let mut grant = contract.grant_msg("family");
    grant.valid_until += 30 * DAY_S;
    let id = proposed(&mut contract, "a", grant_of(patient, grant));
    let twice = approve(&mut contract, patient, "a", id);
    assert_code(twice, "consent/already_approved");
    for other in ["reader", "revoker"] {
        let refused = approve(&mut contract, patient, other, id);
        assert_code(refused, "consent/power_needed");
    }
    contract.advance(PROPOSAL_OPEN_S - 1);
    assert_eq!(open(&contract, patient), [id]);
    contract.advance(1);
    assert!(open(&contract, patient).is_empty());
    let late = approve(&mut contract, patient, "b", id);
    assert_code(late, "consent/proposal_over");
}

#[test]
fn an_approval_of_who_lost_the_power_since_counts_no_more() {
    let (mut contract, patient) = with_quorum();
    let grant = contract.grant_msg("family");
    let id = proposed(&mut contract, "a", grant_of(patient, grant));
    dismiss(&mut contract, patient, "a").unwrap();
    let events = approve(&mut contract, patient, "b", id).unwrap();
    assert_eq!(names(&events), ["approved"]);
    let events = approve(&mut contract, patient, "c", id).unwrap();
    assert_eq!(names(&events), ["approved", "granted"]);
}

#[test]
fn a_proposed_grant_is_within_what_each_who_approves_may_grant() {
    let (mut contract, patient) = with_quorum();
    let to_b = contract.grant_msg("b");
    let id = proposed(&mut contract, "a", grant_of(patient, to_b));
    let refused = approve(&mut contract, patient, "b", id);
    assert_code(refused, "consent/grant_to_itself");
    let to_a = contract.grant_msg("a");
    let refused = contract.act("a", grant_of(patient, to_a));
    assert_code(refused, "consent/grant_to_itself");
    let mut long = contract.grant_msg("family");
    long.valid_until = contract.now() + YEAR_S;
    let id = proposed(&mut contract, "a", grant_of(patient, long));
    let short = ExecuteMsg::AppointGuardian {
        patient: Uint64::new(patient),
        guardian: contract.addr("b").into(),
        powers: ALL.to_vec(),
        until: contract.now() + DAY_S,
    };
    contract.act("patient", short).unwrap();
    let refused = approve(&mut contract, patient, "b", id);
    assert_code(refused, "consent/beyond_guardian");
}

#[test]
fn a_team_s_member_does_not_approve_a_grant_to_the_team() {
    let (mut contract, patient) = with_quorum();
    let team = contract.team("admin", &["b"]);
    let mut grant = contract.grant_msg("family");
    grant.grantee = vitals_api::consent::Party::Team(Uint64::new(team));
    let id = proposed(&mut contract, "a", grant_of(patient, grant));
    let refused = approve(&mut contract, patient, "b", id);
    assert_code(refused, "consent/grant_to_itself");
    approve(&mut contract, patient, "c", id).unwrap();
}

#[test]
fn a_grant_to_a_team_counts_for_none_who_gave_it_together_though_they_join_later() {
    let (mut contract, patient) = with_quorum();
    let team = contract.team("admin", &["member"]);
    let mut grant = contract.grant_msg("family");
    grant.grantee = vitals_api::consent::Party::Team(Uint64::new(team));
    let id = proposed(&mut contract, "a", grant_of(patient, grant));
    approve(&mut contract, patient, "b", id).unwrap();
    for guardian in ["a", "b", "c"] {
        let invite = invite_msg(&contract, team, guardian);
        contract.act("admin", invite).unwrap();
        contract.act(guardian, join_msg(team)).unwrap();
        dismiss(&mut contract, patient, guardian).unwrap();
    }
    let ground = GroundRef::Grant { id: 1 };
    for guardian in ["a", "b"] {
        let own = contract.decide(patient, guardian, Some(ground));
        assert_eq!(refusal_code(&own), "consent/not_the_grantee", "{guardian}");
        let searched = contract.decide(patient, guardian, None);
        assert_eq!(refusal_code(&searched), "consent/no_ground", "{guardian}");
    }
    for other in ["member", "c"] {
        let decided = contract.decide(patient, other, Some(ground));
        assert_eq!(decided, permit(ground), "{other}");
    }
}

#[test]
fn a_pause_stops_what_is_proposed_though_it_was_proposed_before() {
    let (mut contract, patient) = with_quorum();
    let grant = grant_of(patient, contract.grant_msg("family"));
    let id = proposed(&mut contract, "a", grant);
    let pause = ExecuteMsg::Admin(vitals_api::admin::AdminMsg::Pause {});
    contract.act("owner", pause).unwrap();
    let refused = approve(&mut contract, patient, "b", id);
    assert_code(refused, "admin/paused");
}

#[test]
fn a_quorum_is_1_to_the_guardians_that_have_the_power() {
    let (mut contract, patient) = with_quorum();
    guard(&mut contract, patient, "d", &[Power::Recover]);
    for (power, of, expected) in [
        (Power::Grant, 0, "consent/out_of_bounds"),
        (Power::Grant, 4, "consent/out_of_bounds"),
        (Power::Recover, 2, "consent/out_of_bounds"),
        (Power::Read, 1, "consent/quorum_power"),
    ] {
        let refused = quorum(&mut contract, patient, power, of);
        assert_code(refused, expected);
    }
    quorum(&mut contract, patient, Power::Grant, 3).unwrap();
    quorum(&mut contract, patient, Power::Recover, 1).unwrap();
    let number = Uint64::new(patient);
    let info: QuorumsInfo = contract.ask(QueryMsg::Quorums { patient: number }).unwrap();
    assert_eq!(
        (info.grant, info.revoke, info.recover),
        (Some(3), Some(2), None)
    );
    assert_eq!(info.recover_next.unwrap().from, contract.now() + notice_s());
    let grant = grant_of(patient, contract.grant_msg("family"));
    let id = proposed(&mut contract, "a", grant.clone());
    assert_eq!(
        names(&approve(&mut contract, patient, "b", id).unwrap()),
        ["approved"]
    );
    quorum(&mut contract, patient, Power::Grant, 1).unwrap();
    let events = contract.act("a", grant).unwrap();
    assert_eq!(names(&events), ["granted"]);
}

#[test]
fn elsewhere_a_guardian_under_a_quorum_does_not_act_alone() {
    let (mut contract, patient) = with_quorum();
    let may = |contract: &Contract, who: &str, power| {
        let storage: &dyn cosmwasm_std::Storage = &contract.deps.storage;
        let who = contract.addr(who);
        ensure_acts_for(&storage, who.as_str(), patient, power, contract.now()).map(|_| ())
    };
    let expected = ApiError::Refused(Refusal::QuorumNeeded {
        who: contract.addr("a").into(),
        power: Power::Grant,
        of: 2,
    });
    assert_eq!(may(&contract, "a", Power::Grant), Err(expected));
    assert_eq!(may(&contract, "a", Power::Read), Ok(()));
    assert_eq!(may(&contract, "patient", Power::Grant), Ok(()));
    quorum(&mut contract, patient, Power::Grant, 1).unwrap();
    assert_eq!(may(&contract, "a", Power::Grant), Ok(()));
}
