//! How many proposals wait for approvals, and of whom.

use cosmwasm_std::Uint64;
use vitals_api::consent::recovery::ProposalsInfo;
use vitals_api::consent::{ExecuteMsg, QueryMsg, PROPOSAL_OPEN_S};
use vitals_core::decision::Power;

use crate::common::*;
use crate::safety::*;

const EIGHT: [&str; 8] = ["a", "b", "c", "d", "e", "f", "g", "h"];
const POWERS: [Power; 2] = [Power::Read, Power::Grant];

/// Eight guardians, of whom two grant together.
fn with_eight() -> (Contract, u64) {
    let (mut contract, patient) = Contract::with_patient();
    for guardian in EIGHT {
        guard(&mut contract, patient, guardian, &POWERS);
    }
    quorum(&mut contract, patient, Power::Grant, 2).unwrap();
    (contract, patient)
}

fn propose_grant(contract: &mut Contract, patient: u64, guardian: &str) -> Acted {
    let grant = grant_of(patient, contract.grant_msg("family"));
    contract.act(guardian, grant)
}

/// All two that each may have.
fn fill(contract: &mut Contract, patient: u64) {
    for guardian in EIGHT.into_iter().chain(EIGHT) {
        propose_grant(contract, patient, guardian).unwrap();
    }
}

fn open(contract: &Contract, patient: u64) -> Vec<u64> {
    let patient = Uint64::new(patient);
    let info: ProposalsInfo = contract.ask(QueryMsg::Proposals { patient }).unwrap();
    info.proposals.iter().map(|p| p.proposal.u64()).collect()
}

fn cancel(contract: &mut Contract, patient: u64, sender: &str, proposal: u64) -> Acted {
    let msg = ExecuteMsg::Cancel {
        patient: Uint64::new(patient),
        proposal: Uint64::new(proposal),
    };
    contract.act(sender, msg)
}

#[test]
fn each_of_eight_guardians_has_two_proposals_open_whatever_the_others_proposed() {
    let (mut contract, patient) = with_eight();
    fill(&mut contract, patient);
    assert_eq!(open(&contract, patient), (1..=16).collect::<Vec<_>>());
    for guardian in EIGHT {
        let third = propose_grant(&mut contract, patient, guardian);
        assert_code(third, "consent/too_many_proposals");
    }
    cancel(&mut contract, patient, "a", 9).unwrap();
    propose_grant(&mut contract, patient, "a").unwrap();
    assert_eq!(open(&contract, patient).last(), Some(&17));
    let refused = cancel(&mut contract, patient, "b", 17);
    assert_code(refused, "consent/not_the_proposer");
}

#[test]
fn a_guardian_in_place_of_one_whose_proposals_stand_pushes_the_oldest_out() {
    let (mut contract, patient) = with_eight();
    fill(&mut contract, patient);
    dismiss(&mut contract, patient, "h").unwrap();
    guard(&mut contract, patient, "i", &POWERS);
    propose_grant(&mut contract, patient, "i").unwrap();
    assert_eq!(open(&contract, patient), (2..=17).collect::<Vec<_>>());
}

#[test]
fn proposals_that_expired_make_room() {
    let (mut contract, patient) = with_eight();
    fill(&mut contract, patient);
    contract.advance(PROPOSAL_OPEN_S);
    propose_grant(&mut contract, patient, "a").unwrap();
    assert_eq!(open(&contract, patient), [17]);
}
