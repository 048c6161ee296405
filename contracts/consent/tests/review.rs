//! ReviewEmergency and Reinstate.

use vitals_api::consent::emergency::MAX_UNREVIEWED;
use vitals_api::consent::ExecuteMsg;
use vitals_core::decision::{GroundRef, Power};

use crate::common::*;
use crate::safety::*;

const WITHIN_S: u64 = 3 * DAY_S;

fn review(contract: &mut Contract, patient: u64, id: u64, upheld: bool) -> Acted {
    contract.act("patient", review_msg(patient, id, upheld))
}

fn reinstate(contract: &mut Contract, sender: &str) -> Acted {
    let responder = contract.addr("responder").to_string();
    contract.act(sender, ExecuteMsg::Reinstate { responder })
}

fn opened() -> (Contract, u64) {
    let (mut contract, patient) = with_responder();
    open_emergency(&mut contract, patient).unwrap();
    contract.advance(3_600);
    (contract, patient)
}

#[test]
fn a_responder_is_suspended_from_the_second_a_review_is_overdue_until_it_comes() {
    let (mut contract, patient) = opened();
    contract.advance(WITHIN_S - 1);
    assert!(responder(&contract).may_open);
    let other = contract.enrol("other");
    contract
        .act("responder", emergency_msg(other, 0, 1))
        .unwrap();
    contract.advance(1);
    let why = responder(&contract).why_not.unwrap();
    assert!(why.starts_with("consent/review_overdue: "), "{why}");
    let refused = open_emergency(&mut contract, patient);
    assert_code(refused, "consent/review_overdue");
    review(&mut contract, patient, 1, true).unwrap();
    open_emergency(&mut contract, patient).unwrap();
    assert_eq!(responder(&contract).unreviewed, 2);
}

#[test]
fn after_a_rejection_a_responder_opens_none_until_reinstated() {
    let (mut contract, patient) = opened();
    review(&mut contract, patient, 1, false).unwrap();
    let refused = open_emergency(&mut contract, patient);
    assert_code(refused, "consent/emergency_rejected");
    for stranger in ["patient", "responder", "stranger"] {
        assert!(reinstate(&mut contract, stranger).is_err(), "{stranger}");
    }
    reinstate(&mut contract, "board").unwrap();
    open_emergency(&mut contract, patient).unwrap();
    let nothing = reinstate(&mut contract, "owner");
    assert_code(nothing, "consent/nothing_to_forgive");
}

#[test]
fn reinstating_forgives_reviews_that_are_overdue_and_none_that_is_to_come() {
    let (mut contract, patient) = opened();
    contract.advance(WITHIN_S - 10);
    open_emergency(&mut contract, patient).unwrap();
    contract.advance(10);
    reinstate(&mut contract, "owner").unwrap();
    let now = responder(&contract);
    assert_eq!((now.may_open, now.unreviewed), (true, 1));
    review(&mut contract, patient, 1, false).unwrap();
    let after = responder(&contract);
    assert_eq!(
        (after.may_open, after.unreviewed, after.rejected),
        (false, 1, 1)
    );
}

#[test]
fn a_rejection_ends_an_emergency_that_is_open() {
    let (mut contract, patient) = with_responder();
    open_emergency(&mut contract, patient).unwrap();
    let events = review(&mut contract, patient, 1, false).unwrap();
    assert_eq!(names(&events), ["emergency_reviewed", "emergency_ended"]);
    let ground = Some(GroundRef::Emergency { id: 1 });
    let decided = contract.decide(patient, "responder", ground);
    assert_eq!(refusal_code(&decided), "consent/emergency_over");
}

#[test]
fn an_emergency_is_reviewed_once() {
    let (mut contract, patient) = opened();
    review(&mut contract, patient, 1, true).unwrap();
    for upheld in [true, false] {
        let again = review(&mut contract, patient, 1, upheld);
        assert_code(again, "consent/already_reviewed");
    }
    let shown = emergency(&contract, patient, 1).review.unwrap();
    assert_eq!((shown.upheld, shown.at), (true, contract.now()));
    assert_code(review(&mut contract, patient, 2, true), "state/not_found");
}

#[test]
fn a_guardian_who_revokes_reviews_but_not_what_it_opened_itself() {
    let (mut contract, patient) = opened();
    guard(&mut contract, patient, "responder", &[Power::Revoke]);
    guard(&mut contract, patient, "reader", &[Power::Read]);
    guard(&mut contract, patient, "revoker", &[Power::Revoke]);
    let msg = review_msg(patient, 1, true);
    let itself = contract.act("responder", msg.clone());
    assert_code(itself, "consent/reviews_itself");
    let reader = contract.act("reader", msg.clone());
    assert_code(reader, "consent/power_needed");
    contract.act("revoker", msg).unwrap();
}

#[test]
fn under_a_quorum_guardians_review_together_and_the_responder_is_not_one_of_them() {
    let (mut contract, patient) = opened();
    for guardian in ["responder", "a", "b"] {
        guard(&mut contract, patient, guardian, &[Power::Revoke]);
    }
    quorum(&mut contract, patient, Power::Revoke, 2).unwrap();
    let events = contract.act("a", review_msg(patient, 1, true)).unwrap();
    assert_eq!(names(&events), ["proposed"]);
    let approve = ExecuteMsg::Approve {
        patient: patient.into(),
        proposal: 1u64.into(),
    };
    let itself = contract.act("responder", approve.clone());
    assert_code(itself, "consent/reviews_itself");
    let events = contract.act("b", approve).unwrap();
    assert_eq!(names(&events), ["approved", "emergency_reviewed"]);
}

#[test]
fn sixteen_emergencies_wait_for_their_review_at_most() {
    let (mut contract, patient) = with_responder();
    for id in 1..=u64::from(MAX_UNREVIEWED) {
        open_emergency(&mut contract, patient).unwrap();
        end(&mut contract, "responder", patient, id).unwrap();
    }
    let refused = open_emergency(&mut contract, patient);
    assert_code(refused, "consent/too_many_unreviewed");
    review(&mut contract, patient, 7, true).unwrap();
    open_emergency(&mut contract, patient).unwrap();
}

#[test]
fn a_review_that_is_late_lifts_only_its_own_suspension() {
    let (mut contract, patient) = opened();
    let other = contract.enrol("other");
    contract
        .act("responder", emergency_msg(other, 0, 60))
        .unwrap();
    contract.advance(WITHIN_S + 60);
    review(&mut contract, patient, 1, true).unwrap();
    let refused = open_emergency(&mut contract, patient);
    assert_code(refused, "consent/review_overdue");
    contract.act("other", review_msg(other, 1, true)).unwrap();
    open_emergency(&mut contract, patient).unwrap();
}
