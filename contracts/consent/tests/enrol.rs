use cosmwasm_std::{TransactionInfo, Uint64};
use vitals_api::consent::record::{Patient, PATIENTS};
use vitals_api::consent::{ExecuteMsg, PatientInfo, PatientsPage, QueryMsg};
use vitals_testing::Suite;

use crate::common::*;

fn patients_of(contract: &Contract, account: &str) -> Vec<u64> {
    let msg = QueryMsg::PatientsOf {
        account: contract.addr(account).into(),
        start_after: None,
        limit: None,
    };
    let page: PatientsPage = contract.ask(msg).unwrap();
    page.patients.into_iter().map(|n| n.u64()).collect()
}

#[test]
fn whoever_enrols_controls_a_patient_in_its_first_generation() {
    let mut suite = Suite::new();
    let patient = suite.enrol("patient");
    let info: PatientInfo = suite
        .query(
            &suite.at.consent,
            &QueryMsg::Patient {
                patient: Uint64::new(patient),
            },
        )
        .unwrap();
    assert_eq!(info.controller, suite.actor("patient").as_str());
    assert_eq!((info.generation, info.pending), (1, false));
    assert_eq!((info.raised_at_ms, info.commitment), (0, None));
}

#[test]
fn an_account_may_enrol_twice_and_finds_both_and_no_one_else_s() {
    let mut contract = Contract::new();
    let mut mine = [contract.enrol("patient"), contract.enrol("patient")];
    contract.enrol("other");
    mine.sort_unstable();
    assert_eq!(patients_of(&contract, "patient"), mine);
    assert!(patients_of(&contract, "stranger").is_empty());
}

#[test]
fn numbers_tell_no_order() {
    let mut contract = Contract::new();
    let numbers: Vec<u64> = (0..32).map(|_| contract.enrol("patient")).collect();
    let rising = numbers.windows(2).filter(|pair| pair[0] < pair[1]).count();
    assert!((6..26).contains(&rising), "{rising} of 31 steps rise");
    assert!(numbers.iter().any(|n| n >> 63 == 1) && numbers.iter().any(|n| n >> 63 == 0));
}

#[test]
fn the_same_draw_by_another_sender_or_in_another_block_or_transaction_is_another_number() {
    let first_number = |sender: &str, change: fn(&mut Contract)| {
        let mut contract = Contract::new();
        change(&mut contract);
        contract.enrol(sender)
    };
    let numbers = [
        first_number("patient", |_| {}),
        first_number("other", |_| {}),
        first_number("patient", |c| c.env.block.height += 1),
        first_number("patient", |c| {
            c.env.block.time = c.env.block.time.plus_nanos(1)
        }),
        first_number("patient", |c| {
            c.env.transaction = Some(TransactionInfo::new(9, Default::default()))
        }),
    ];
    for (i, number) in numbers.iter().enumerate() {
        assert!(!numbers[..i].contains(number), "{i}");
    }
    assert_eq!(first_number("patient", |_| {}), numbers[0]);
}

#[test]
fn a_number_that_is_taken_is_drawn_again() {
    let taken = Contract::new().enrol("patient");
    let mut contract = Contract::new();
    let before = Patient {
        controller: "somebody".into(),
        generation: 5,
        pending: false,
        raised_at_ms: 0,
        denials: 0,
        grants: 0,
        recovered_through: 0,
    };
    PATIENTS
        .save(&mut contract.deps.storage, &taken, &before)
        .unwrap();
    assert_ne!(contract.enrol("patient"), taken);
    assert_eq!(contract.info(taken).controller, "somebody");
}

#[test]
fn enrolment_is_announced_by_number() {
    let mut contract = Contract::new();
    let events = contract.act("patient", ExecuteMsg::Enrol {}).unwrap();
    assert_eq!(names(&events), ["enrolled"]);
}
