//! AppointGuardian and DismissGuardian.

use consent::ContractError;
use cosmwasm_std::Uint64;
use vitals_api::consent::{ExecuteMsg, GuardianInfo, QueryMsg};
use vitals_api::ApiError;
use vitals_core::decision::{GroundRef, Power};

use crate::common::*;

fn guardian(contract: &Contract, patient: u64) -> GuardianInfo {
    let msg = QueryMsg::Guardian {
        patient: Uint64::new(patient),
        guardian: contract.addr("guardian").into(),
    };
    contract.ask(msg).unwrap()
}

fn appoint_msg(contract: &Contract, patient: u64, powers: Vec<Power>, until: u64) -> ExecuteMsg {
    ExecuteMsg::AppointGuardian {
        patient: Uint64::new(patient),
        guardian: contract.addr("guardian").into(),
        powers,
        until,
    }
}

fn dismiss_msg(contract: &Contract, patient: u64) -> ExecuteMsg {
    ExecuteMsg::DismissGuardian {
        patient: Uint64::new(patient),
        guardian: contract.addr("guardian").into(),
    }
}

#[test]
fn a_guardian_has_its_powers_until_the_date_and_the_newest_appointment_counts() {
    let (mut contract, patient) = Contract::with_patient();
    assert_eq!(
        guardian(&contract, patient),
        GuardianInfo {
            live: false,
            powers: vec![],
            until: None,
            recovers_from: None,
            recovers_until: None,
        }
    );
    contract.appoint(patient, "guardian", &[Power::Grant]);
    contract.appoint(patient, "guardian", &[Power::Read, Power::Revoke]);
    let until = contract.now() + DAY_S;
    let powers = vec![Power::Read, Power::Revoke];
    let mut expected = GuardianInfo {
        live: true,
        powers,
        until: Some(until),
        recovers_from: None,
        recovers_until: None,
    };
    assert_eq!(guardian(&contract, patient), expected);
    contract.advance(DAY_S);
    expected.live = false;
    assert_eq!(guardian(&contract, patient), expected);
}

#[test]
fn powers_are_neither_empty_nor_doubled_and_the_date_is_ahead() {
    let (mut contract, patient) = Contract::with_patient();
    let now = contract.now();
    let none = appoint_msg(&contract, patient, vec![], now + 1);
    assert_code(contract.act("patient", none), "input/length");
    let twice = appoint_msg(&contract, patient, vec![Power::Read; 2], now + 1);
    assert_code(contract.act("patient", twice), "input/duplicate");
    let over = appoint_msg(&contract, patient, vec![Power::Read], now);
    assert_eq!(
        contract.act("patient", over),
        Err(ContractError::Api(ApiError::Time {
            field: "until",
            value: now,
            bound: now
        }))
    );
}

#[test]
fn a_patient_is_not_its_own_guardian() {
    let (mut contract, patient) = Contract::with_patient();
    let msg = ExecuteMsg::AppointGuardian {
        patient: Uint64::new(patient),
        guardian: contract.addr("patient").into(),
        powers: vec![Power::Read],
        until: contract.now() + 1,
    };
    assert_eq!(
        contract.act("patient", msg),
        Err(ContractError::IsThePatient {
            account: contract.addr("patient").into(),
            patient
        })
    );
}

#[test]
fn a_dismissed_guardian_is_one_no_more_and_cannot_be_dismissed_again() {
    let (mut contract, patient) = Contract::with_patient();
    contract.appoint(patient, "guardian", &[Power::Read]);
    let by = GroundRef::Guardian {};
    assert_eq!(contract.decide(patient, "guardian", Some(by)), permit(by));
    let msg = dismiss_msg(&contract, patient);
    contract.act("patient", msg.clone()).unwrap();
    assert!(!guardian(&contract, patient).live);
    assert_eq!(
        refusal_code(&contract.decide(patient, "guardian", Some(by))),
        "consent/not_the_guardian"
    );
    assert_code(contract.act("patient", msg), "state/not_found");
}

#[test]
fn dismissing_raises_the_generation_where_the_guardian_could_ever_read() {
    for (powers, elapsed, raises) in [
        (vec![Power::Read], 0, true),
        (vec![Power::Read], DAY_S - 1, true),
        (vec![Power::Read], DAY_S, true),
        (vec![Power::Grant, Power::Revoke], 0, false),
    ] {
        let (mut contract, patient) = Contract::with_patient();
        contract.appoint(patient, "guardian", &powers);
        contract.advance(elapsed);
        let msg = dismiss_msg(&contract, patient);
        let events = contract.act("patient", msg).unwrap();
        assert_eq!(contract.pending(patient), raises, "{powers:?} {elapsed}");
        assert_eq!(names(&events).contains(&"generation_raised"), raises);
        assert_eq!(names(&events)[0], "guardian_dismissed");
    }
}

#[test]
fn appointing_anew_raises_the_generation_only_where_it_takes_reading_away() {
    for (before, after, raises) in [
        (vec![Power::Read, Power::Grant], vec![Power::Grant], true),
        (vec![Power::Read], vec![Power::Read, Power::Claim], false),
        (vec![Power::Grant], vec![Power::Revoke], false),
    ] {
        let (mut contract, patient) = Contract::with_patient();
        contract.appoint(patient, "guardian", &before);
        contract.appoint(patient, "guardian", &after);
        assert_eq!(contract.pending(patient), raises, "{before:?} {after:?}");
    }
}
