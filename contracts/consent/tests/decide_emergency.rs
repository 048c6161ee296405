//! The decision by an emergency, named and searched for.

use cosmwasm_std::{Binary, Uint64};
use vitals_api::consent::{DecideMsg, Decision, ExecuteMsg, Party};
use vitals_core::decision::{GroundRef, Purpose, Role};

use crate::common::*;

const GROUND: GroundRef = GroundRef::Emergency { id: 1 };

/// `responder` opened an emergency for an hour; it is in team 1.
fn opened() -> (Contract, u64) {
    let (mut contract, patient) = Contract::with_patient();
    contract.credential("responder", Role::EmergencyResponder);
    contract.team("admin", &["responder"]);
    let open = ExecuteMsg::OpenEmergency {
        patient: Uint64::new(patient),
        reason: Binary::new(vec![1; 32]),
        hours_back: 1,
        for_s: EPOCH_S,
    };
    contract.act("responder", open).unwrap();
    (contract, patient)
}

fn told(contract: &Contract, patient: u64, ground: Option<GroundRef>) -> Decision {
    contract.decide_on(DecideMsg {
        purpose: Purpose::Emergency,
        ..contract.decide_msg(patient, "responder", ground)
    })
}

#[test]
fn a_live_emergency_is_found_without_being_named() {
    let (mut contract, patient) = opened();
    for ground in [None, Some(GROUND)] {
        assert_eq!(told(&contract, patient, ground), permit(GROUND));
    }
    contract.advance(EPOCH_S - 1);
    assert_eq!(told(&contract, patient, None), permit(GROUND));
    contract.advance(1);
    for ground in [None, Some(GROUND)] {
        let over = told(&contract, patient, ground);
        assert_eq!(refusal_code(&over), "consent/emergency_over");
    }
}

#[test]
fn it_opens_nothing_but_reading_for_the_emergency_and_only_to_its_responder() {
    let (contract, patient) = opened();
    let family = contract.decide(patient, "responder", None);
    assert_eq!(refusal_code(&family), "consent/purpose_not_granted");
    for ground in [None, Some(GROUND)] {
        let mut other = contract.decide_msg(patient, "other", ground);
        other.purpose = Purpose::Emergency;
        let code = match ground {
            None => "consent/no_ground",
            Some(_) => "consent/not_the_responder",
        };
        assert_eq!(refusal_code(&contract.decide_on(other)), code);
    }
}

#[test]
fn withdrawing_the_responders_credential_stops_an_emergency_that_runs() {
    let (mut contract, patient) = opened();
    let withdraw = ExecuteMsg::WithdrawCredential {
        account: contract.addr("responder").into(),
        role: Role::EmergencyResponder,
    };
    contract.act("board", withdraw).unwrap();
    for ground in [None, Some(GROUND)] {
        let stopped = told(&contract, patient, ground);
        assert_eq!(refusal_code(&stopped), "consent/credential_missing");
    }
    contract.credential("responder", Role::EmergencyResponder);
    assert_eq!(told(&contract, patient, None), permit(GROUND));
}

#[test]
fn a_denial_of_the_team_does_not_stop_it_and_one_of_the_account_does() {
    let (mut contract, patient) = opened();
    let number = Uint64::new(patient);
    let deny = |whom: Party| ExecuteMsg::Deny {
        patient: number,
        whom,
    };
    contract
        .act("patient", deny(Party::Team(Uint64::one())))
        .unwrap();
    for ground in [None, Some(GROUND)] {
        assert_eq!(told(&contract, patient, ground), permit(GROUND));
    }
    let account = contract.party("responder");
    contract.act("patient", deny(account)).unwrap();
    for ground in [None, Some(GROUND)] {
        let denied = told(&contract, patient, ground);
        assert_eq!(refusal_code(&denied), "consent/account_denied");
    }
}

#[test]
fn a_denied_team_is_told_once_the_emergency_is_over() {
    let (mut contract, patient) = opened();
    let msg = ExecuteMsg::Deny {
        patient: Uint64::new(patient),
        whom: Party::Team(Uint64::one()),
    };
    contract.act("patient", msg).unwrap();
    contract.advance(EPOCH_S);
    let over = told(&contract, patient, None);
    assert_eq!(refusal_code(&over), "consent/team_denied");
}
