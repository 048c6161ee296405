//! A generation's life: raised, pending, opened.

use consent::ContractError;
use cosmwasm_std::{Binary, Uint64};
use vitals_api::consent::ExecuteMsg;

use crate::common::*;

/// A patient whose generation is pending.
fn raised() -> (Contract, u64) {
    let (mut contract, patient) = Contract::with_patient();
    raise(&mut contract, patient);
    (contract, patient)
}

fn raise(contract: &mut Contract, patient: u64) -> Vec<cosmwasm_std::Event> {
    let grant = contract.grant_msg("clinician");
    let id = contract.give(patient, grant);
    contract.act("patient", revoke_msg(patient, id)).unwrap()
}

#[test]
fn opening_the_next_generation_ends_the_wait_and_keeps_its_commitment() {
    let (mut contract, patient) = raised();
    let before = contract.info(patient);
    assert_eq!((before.generation, before.pending), (1, true));
    assert_eq!(before.commitment, None);
    contract.advance(100);
    let events = contract.act("patient", open_msg(patient, 2)).unwrap();
    assert_eq!(names(&events), ["generation_opened"]);
    let posted = attribute(&events, "generation_opened", "commitment");
    assert_eq!(posted, "00000002".repeat(8));
    let after = contract.info(patient);
    assert_eq!((after.generation, after.pending), (2, false));
    assert_eq!(after.commitment, Some(commitment(2)));
    assert_eq!(
        after.raised_at_ms, before.raised_at_ms,
        "it tells when, still"
    );
}

#[test]
fn a_second_raise_while_one_is_pending_keeps_the_first_s_time() {
    let (mut contract, patient) = raised();
    let first = contract.info(patient);
    contract.advance(100);
    let events = raise(&mut contract, patient);
    assert_eq!(names(&events), ["revoked"]);
    assert_eq!(contract.info(patient), first);
}

#[test]
fn a_raise_after_opening_has_its_own_time() {
    let (mut contract, patient) = raised();
    contract.act("patient", open_msg(patient, 2)).unwrap();
    contract.advance(100);
    let events = raise(&mut contract, patient);
    assert_eq!(attribute(&events, "generation_raised", "generation"), "3");
    let info = contract.info(patient);
    assert_eq!((info.generation, info.pending), (2, true));
    assert_eq!(info.raised_at_ms, contract.now() * 1_000);
    assert!(info.commitment.is_some(), "of the one that is still open");
}

#[test]
fn only_a_pending_generation_is_opened_and_once() {
    let (mut contract, patient) = Contract::with_patient();
    let nothing = Err(ContractError::NothingPending { patient });
    assert_eq!(contract.act("patient", open_msg(patient, 2)), nothing);
    raise(&mut contract, patient);
    contract.act("patient", open_msg(patient, 2)).unwrap();
    for generation in [2, 3] {
        assert_eq!(
            contract.act("patient", open_msg(patient, generation)),
            nothing
        );
    }
}

#[test]
fn only_the_next_generation_is_opened() {
    let (mut contract, patient) = raised();
    for got in [0, 1, 3, u32::MAX] {
        assert_eq!(
            contract.act("patient", open_msg(patient, got)),
            Err(ContractError::NotTheNextGeneration { expected: 2, got })
        );
    }
    assert!(contract.pending(patient));
}

#[test]
fn a_commitment_is_32_bytes() {
    let (mut contract, patient) = raised();
    for len in [0, 31, 33] {
        let msg = ExecuteMsg::OpenGeneration {
            patient: Uint64::new(patient),
            generation: 2,
            commitment: Binary::new(vec![1; len]),
        };
        assert_code(contract.act("patient", msg), "input/length");
    }
}

#[test]
fn generations_of_two_patients_have_nothing_to_do_with_each_other() {
    let (mut contract, patient) = raised();
    let other = contract.enrol("patient");
    assert!(!contract.pending(other));
    contract.act("patient", open_msg(patient, 2)).unwrap();
    assert_eq!(contract.info(other).commitment, None);
}

#[test]
fn no_generation_opens_under_no_secret_or_under_that_of_the_one_before() {
    let (mut contract, patient) = raised();
    let open = |generation: u32, commitment: Binary| ExecuteMsg::OpenGeneration {
        patient: Uint64::new(patient),
        generation,
        commitment,
    };
    let zeros = open(2, Binary::new(vec![0; 32]));
    assert_eq!(
        contract.act("patient", zeros),
        Err(ContractError::CommitmentZero)
    );
    contract.act("patient", open(2, commitment(2))).unwrap();
    raise(&mut contract, patient);
    assert_eq!(
        contract.act("patient", open(3, commitment(2))),
        Err(ContractError::CommitmentRepeated { generation: 2 })
    );
    assert!(contract.pending(patient), "nothing changed");
    contract.act("patient", open(3, commitment(3))).unwrap();
}
