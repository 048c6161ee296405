//! OpenEmergency and EndEmergency.

use cosmwasm_std::{Binary, Uint64};
use vitals_api::consent::emergency::{EmergenciesPage, MAX_HOURS_BACK};
use vitals_api::consent::{DecideMsg, Decision, ExecuteMsg, QueryMsg};
use vitals_core::decision::{GroundRef, Power, Purpose};
use vitals_core::time::{Epoch, Window};

use crate::common::*;
use crate::custodians::{put, with_custodians};
use crate::safety::*;

fn decide_at(contract: &Contract, patient: u64, epoch: Epoch) -> Decision {
    let ground = Some(GroundRef::Emergency { id: 1 });
    contract.decide_on(DecideMsg {
        purpose: Purpose::Emergency,
        window: Window::one(epoch),
        ..contract.decide_msg(patient, "responder", ground)
    })
}

fn permitted(contract: &Contract, patient: u64) -> bool {
    let by = GroundRef::Emergency { id: 1 };
    decide_at(contract, patient, contract.epoch()) == permit(by)
}

#[test]
fn a_responder_reads_back_to_its_hours_and_until_the_last_second() {
    let (mut contract, patient) = with_responder();
    let events = open_emergency(&mut contract, patient).unwrap();
    assert_eq!(names(&events), ["emergency_opened"]);
    let until = contract.now() + 3_600;
    for (key, value) in [
        ("patient", patient.to_string()),
        ("emergency", "1".into()),
        ("responder", contract.addr("responder").into()),
        ("until", until.to_string()),
    ] {
        assert_eq!(attribute(&events, "emergency_opened", key), value);
    }
    let now = contract.epoch();
    for (epoch, inside) in [
        (now - 25, false),
        (now - 24, true),
        (now, true),
        (now + 1, false),
    ] {
        let permits = matches!(
            decide_at(&contract, patient, epoch),
            Decision::Permit { .. }
        );
        assert_eq!(permits, inside, "{epoch}");
    }
    contract.advance(3_599);
    assert!(permitted(&contract, patient));
    contract.advance(1);
    assert!(!permitted(&contract, patient));
    let info = emergency(&contract, patient, 1);
    assert_eq!(
        info.window,
        Window {
            from: now - 24,
            to: now + 1
        }
    );
    assert_eq!((info.until, info.review_by), (until, until + 3 * DAY_S));
}

#[test]
fn the_window_holds_the_hour_of_the_last_second_whole() {
    let (mut contract, patient) = with_responder();
    let now = contract.epoch();
    contract
        .act("responder", emergency_msg(patient, 0, 3_601))
        .unwrap();
    let window = emergency(&contract, patient, 1).window;
    assert_eq!(
        window,
        Window {
            from: now,
            to: now + 2
        }
    );
}

#[test]
fn hours_length_and_reason_keep_to_their_bounds() {
    let (mut contract, patient) = with_responder();
    for (hours_back, for_s, good) in [
        (MAX_HOURS_BACK, 86_400, true),
        (MAX_HOURS_BACK + 1, 60, false),
        (u32::MAX, 60, false),
        (0, 0, false),
        (0, 1, true),
        (0, 86_401, false),
        (0, u64::MAX, false),
    ] {
        let opened = contract.act("responder", emergency_msg(patient, hours_back, for_s));
        match good {
            true => drop(opened.unwrap()),
            false => assert_code(opened, "consent/out_of_bounds"),
        }
        contract.advance(if good { for_s } else { 0 });
    }
    let msg = ExecuteMsg::OpenEmergency {
        patient: Uint64::new(patient),
        reason: Binary::new(vec![0; 31]),
        hours_back: 0,
        for_s: 60,
    };
    assert_code(contract.act("responder", msg), "input/length");
}

#[test]
fn only_a_live_responder_opens_one_and_a_denial_beats_it() {
    let (mut contract, patient) = with_responder();
    let stranger = contract.act("stranger", emergency_msg(patient, 0, 60));
    assert_code(stranger, "consent/not_a_holder");
    open_emergency(&mut contract, patient).unwrap();
    assert!(permitted(&contract, patient));
    let deny = contract.deny_msg(patient, "responder");
    contract.act("patient", deny).unwrap();
    assert!(!permitted(&contract, patient));
    contract.advance(3_600);
    let denied = open_emergency(&mut contract, patient);
    assert_code(denied, "consent/account_denied");
    let nobody = contract.act("responder", emergency_msg(1, 0, 60));
    assert_code(nobody, "state/not_found");
    contract.advance(YEAR_S);
    let expired = open_emergency(&mut contract, patient);
    assert_code(expired, "consent/not_a_holder");
}

#[test]
fn one_is_open_for_a_patient_at_a_time_and_a_pause_stops_none() {
    let (mut contract, patient) = with_responder();
    let pause = ExecuteMsg::Admin(vitals_api::admin::AdminMsg::Pause {});
    contract.act("owner", pause).unwrap();
    open_emergency(&mut contract, patient).unwrap();
    let second = open_emergency(&mut contract, patient);
    assert_code(second, "consent/emergency_open");
    end(&mut contract, "responder", patient, 1).unwrap();
    open_emergency(&mut contract, patient).unwrap();
    let ask = |start_after: Option<u64>| QueryMsg::Emergencies {
        patient: Uint64::new(patient),
        start_after: start_after.map(Uint64::new),
        limit: None,
    };
    let all: EmergenciesPage = contract.ask(ask(None)).unwrap();
    let ids: Vec<u64> = all.emergencies.iter().map(|e| e.emergency.u64()).collect();
    assert_eq!(ids, [1, 2]);
    let rest: EmergenciesPage = contract.ask(ask(Some(1))).unwrap();
    assert_eq!(rest.emergencies.len(), 1);
}

#[test]
fn responder_patient_and_guardian_end_it_and_anybody_once_it_is_over() {
    for (sender, elapsed, good) in [
        ("responder", 0, true),
        ("patient", 0, true),
        ("revoker", 0, true),
        ("reader", 0, false),
        ("stranger", 3_599, false),
        ("stranger", 3_600, true),
    ] {
        let (mut contract, patient) = with_responder();
        guard(&mut contract, patient, "revoker", &[Power::Revoke]);
        guard(&mut contract, patient, "reader", &[Power::Read]);
        open_emergency(&mut contract, patient).unwrap();
        contract.advance(elapsed);
        let ended = end(&mut contract, sender, patient, 1);
        if !good {
            assert_code(ended, "consent/emergency_holds");
            continue;
        }
        assert_eq!(names(&ended.unwrap()), ["emergency_ended"]);
        assert!(!permitted(&contract, patient), "{sender}");
        let again = end(&mut contract, sender, patient, 1);
        assert_code(again, "consent/emergency_ended");
    }
}

#[test]
fn ending_raises_the_generation_where_shares_open_what_comes() {
    for (epochs, elapsed, raises) in [(48, 0, true), (1, 0, true), (1, EPOCH_S, false)] {
        let (mut contract, patient) = with_responder();
        with_custodians(&mut contract, patient);
        put(&mut contract, patient, &["x", "y"], epochs).unwrap();
        open_emergency(&mut contract, patient).unwrap();
        contract.advance(elapsed);
        end(&mut contract, "patient", patient, 1).unwrap();
        assert_eq!(contract.pending(patient), raises, "{epochs} {elapsed}");
    }
}

#[test]
fn shares_of_packages_that_were_replaced_are_remembered_until_the_next_generation() {
    let (mut contract, patient) = with_responder();
    with_custodians(&mut contract, patient);
    put(&mut contract, patient, &["x", "y"], 48).unwrap();
    put(&mut contract, patient, &["x", "y"], 1).unwrap();
    open_emergency(&mut contract, patient).unwrap();
    contract.advance(3_600);
    end(&mut contract, "stranger", patient, 1).unwrap();
    assert!(contract.pending(patient));
    contract.act("patient", open_msg(patient, 2)).unwrap();
    open_emergency(&mut contract, patient).unwrap();
    end(&mut contract, "patient", patient, 2).unwrap();
    assert!(
        !contract.pending(patient),
        "the shares open the generation before"
    );
}

#[test]
fn denying_a_responder_raises_the_generation_where_it_may_hold_shares() {
    // epochs the shares open from now on, whether the emergency was ended before
    for (epochs, ended, raises) in [(48, false, true), (0, false, false), (48, true, false)] {
        let (mut contract, patient) = with_responder();
        with_custodians(&mut contract, patient);
        open_emergency(&mut contract, patient).unwrap();
        if ended {
            end(&mut contract, "patient", patient, 1).unwrap();
        }
        if epochs > 0 {
            put(&mut contract, patient, &["x", "y"], epochs).unwrap();
        }
        let deny = contract.deny_msg(patient, "responder");
        contract.act("patient", deny).unwrap();
        assert_eq!(contract.pending(patient), raises, "{epochs} {ended}");
    }
}
