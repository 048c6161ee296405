//! What claimant, insurer, arbiter and strangers would try with a claim on an invoice.

use vitals_api::claims::{ExecuteMsg, SilenceMsg, StaffPart};
use vitals_core::decision::{GroundRef, Power};
use vitals_core::insurance::ClaimState;

use crate::common::{
    refused, World, APPEAL_S, ARBITRATE_S, ASSESS_S, BENEFIT, FEE, PATIENT, TERM_S,
};

/// A claim of 600 that is open.
fn filed() -> (World, (u64, u16)) {
    let (mut world, policy) = World::treated(SilenceMsg::Approves);
    let invoice = world.invoice(1, 600);
    let claim = world.file(policy, invoice).unwrap();
    (world, (policy, claim))
}

/// An invoice that is claimed, or was paid, is claimed again under another number, or in part.
#[test]
fn one_invoice_is_paid_once() {
    let (mut world, at) = filed();
    let again = world.invoice(1, 100);
    refused(world.file(at.0, again.clone()), "claims/invoice_known");
    world.assess("assessor", at, 600).unwrap();
    refused(world.file(at.0, again), "claims/invoice_known");
    assert_eq!(world.pool().paid.u128(), 600);
}

/// The same bill, claimed by another patient who has a policy of the product.
#[test]
fn one_invoice_is_paid_to_one_patient() {
    let (mut world, _) = filed();
    let first = world.patient;
    world.patient = world.suite.enrol("clinician");
    let funds = world.suite.coins(crate::common::PREMIUM);
    let other = world.bind_as("clinician", PATIENT, &funds).unwrap();
    world.suite.advance(3_600);
    let copied = world.invoice(1, 600);
    let fee = world.suite.coins(FEE);
    refused(
        world.file_as("clinician", PATIENT, other, copied, &fee),
        "claims/invoice_known",
    );
    assert_ne!(first, world.patient);
}

/// Refused is not paid: with better papers the same invoice may be claimed once more.
#[test]
fn a_refused_invoice_is_claimed_again_under_a_new_number() {
    let (mut world, at) = filed();
    world.assess("assessor", at, 0).unwrap();
    let again = world.invoice(1, 600);
    refused(world.file(at.0, again), "claims/invoice_known");
    world.suite.advance(APPEAL_S);
    world.settle(at).unwrap();
    assert_eq!(world.claim_info(at).state, ClaimState::Refused);
    let again = world.invoice(1, 600);
    assert_eq!(world.file(at.0, again), Ok(2));
    assert_eq!(world.claim_info(at).state, ClaimState::Refused, "as it was");
}

/// Somebody else's appeal would cost the claimant the deposit.
#[test]
fn a_stranger_does_not_appeal() {
    let (mut world, at) = filed();
    world.assess("assessor", at, 0).unwrap();
    for (who, ground, code) in [
        ("stranger", PATIENT, "consent/not_the_patient"),
        ("insurer", GroundRef::Grant { id: 1 }, "state/not_found"),
        (
            "guardian",
            GroundRef::Guardian {},
            "consent/not_the_guardian",
        ),
    ] {
        refused(world.appeal_as(who, ground, at), code);
    }
    world.appoint(&[Power::Claim]);
    let guardian = GroundRef::Guardian {};
    assert!(world.appeal_as("guardian", guardian, at).is_ok());
    refused(world.appeal(at), "claims/claim_state");
}

/// An arbiter in the insurer's pay cannot take back what was awarded and paid.
#[test]
fn an_arbiter_awards_no_less_than_is_paid_and_no_more_than_is_claimed() {
    let (mut world, at) = filed();
    world.assess("assessor", at, 250).unwrap();
    world.appeal(at).unwrap();
    refused(
        world.arbitrate("arbiter", at, 249),
        "claims/award_below_paid",
    );
    refused(
        world.arbitrate("arbiter", at, 601),
        "claims/award_too_large",
    );
    for who in ["insurer", "assessor", "patient", "stranger"] {
        refused(world.arbitrate(who, at, 600), "claims/not_the_arbiter");
    }
    world.arbitrate("arbiter", at, 250).unwrap();
    refused(world.arbitrate("arbiter", at, 600), "claims/claim_state");
}

/// Whoever works for the insurer in another part, or did once, approves a friend's claim.
#[test]
fn only_the_insurer_and_its_assessor_assess() {
    let (mut world, at) = filed();
    world
        .staff("treasurer", &[StaffPart::Treasurer, StaffPart::Underwriter])
        .unwrap();
    for who in ["stranger", "patient", "arbiter", "treasurer"] {
        refused(world.assess(who, at, 600), "claims/not_staff");
    }
    world.staff("assessor", &[]).unwrap();
    refused(world.assess("assessor", at, 600), "claims/not_staff");
    assert!(world.assess("insurer", at, 600).is_ok());
}

/// One crooked assessor, and a large award.
#[test]
fn a_large_award_takes_two_people() {
    let (mut world, at) = filed();
    world.two_people_above(Some(500));
    world.staff("second", &[StaffPart::Assessor]).unwrap();
    let before = world.suite.balance("other");
    world.assess("assessor", at, 600).unwrap();
    assert_eq!(world.claim_info(at).state, ClaimState::Filed);
    refused(world.assess("assessor", at, 600), "claims/second_person");
    assert_eq!(world.suite.balance("other"), before, "nothing moved");
    // another sum is another request
    world.assess("second", at, 550).unwrap();
    world.assess("assessor", at, 600).unwrap();
    assert_eq!(world.claim_info(at).state, ClaimState::Filed);
    world.assess("second", at, 600).unwrap();
    assert_eq!(world.claim_info(at).state, ClaimState::Paid);
    assert_eq!(world.suite.balance("other"), before + 600);
}

/// A request left over from before would be a second person's by the time there is another turn.
#[test]
fn what_one_person_asked_for_is_forgotten_once_the_deadline_decided() {
    let (mut world, at) = filed();
    world.two_people_above(Some(500));
    world.assess("assessor", at, 550).unwrap();
    world.suite.advance(ASSESS_S);
    refused(world.assess("insurer", at, 550), "claims/claim_state");
    world.settle(at).unwrap();
    let asked = vitals_api::claims::QueryMsg::Waiting {
        product: world.product.into(),
        start_after: None,
        limit: None,
    };
    let page: vitals_api::claims::WaitingPage = world.query(&asked).unwrap();
    assert_eq!(page.waiting, []);
}

/// An award that could not stand does not wait for a second person either.
#[test]
fn a_request_that_breaks_a_rule_does_not_wait() {
    let (mut world, at) = filed();
    world.two_people_above(Some(500));
    refused(world.assess("assessor", at, 601), "claims/award_too_large");
    refused(
        world.assess_for("assessor", at, 550, None),
        "claims/award_without_reason",
    );
}

/// Each acts in the last second there is, and in the first there is not; nobody can hold a claim up.
#[test]
fn every_deadline_lets_its_last_second_in_and_the_next_to_anybody() {
    // the assessor's
    let (mut world, at) = filed();
    world.suite.advance(ASSESS_S - 1);
    refused(world.settle(at), "claims/claim_state");
    assert!(world.assess("assessor", at, 0).is_ok());
    // the claimant's
    world.suite.advance(APPEAL_S - 1);
    refused(world.settle(at), "claims/claim_state");
    assert!(world.appeal(at).is_ok());
    // the arbiter's
    world.suite.advance(ARBITRATE_S - 1);
    refused(world.settle(at), "claims/claim_state");
    assert!(world.arbitrate("arbiter", at, 1).is_ok());

    let (mut world, at) = filed();
    world.suite.advance(ASSESS_S);
    refused(world.assess("assessor", at, 0), "claims/claim_state");
    assert_eq!(world.claim_info(at).state, ClaimState::Overdue);

    let (mut world, at) = filed();
    world.assess("assessor", at, 0).unwrap();
    world.suite.advance(APPEAL_S);
    refused(world.appeal(at), "claims/claim_state");

    let (mut world, at) = filed();
    world.assess("assessor", at, 0).unwrap();
    world.appeal(at).unwrap();
    world.suite.advance(ARBITRATE_S);
    refused(world.arbitrate("arbiter", at, 600), "claims/claim_state");
    world.settle(at).unwrap();
    refused(world.settle(at), "claims/claim_state");
}

/// An insurer that pauses, stops selling and takes out what is free, in the middle of a claim.
#[test]
fn neither_pause_nor_withdrawal_stops_a_claim_that_is_open() {
    let (mut world, at) = filed();
    world.set_on_sale(false);
    let free = world.pool().free.u128();
    world.withdraw(free).unwrap();
    world.pause();
    let before = world.suite.balance("other");
    world.assess("assessor", at, 0).unwrap();
    world.appeal(at).unwrap();
    world.arbitrate("arbiter", at, 600).unwrap();
    let second = world.invoice(2, BENEFIT);
    let second = world.file(at.0, second).unwrap();
    world.suite.advance(ASSESS_S);
    world.settle((at.0, second)).unwrap();
    assert_eq!(world.suite.balance("other"), before + 600 + BENEFIT);
    world.assert_nothing_stays();
}

/// Whose claim is open is not refunded the premium beside the benefit.
#[test]
fn an_open_claim_survives_the_cancellation_and_earns_the_premium_once_it_is_paid() {
    let (mut world, at) = filed();
    world.cancel("patient", at.0).unwrap();
    world.suite.advance(ASSESS_S);
    world.settle(at).unwrap();
    assert_eq!(world.pool().paid.u128(), 600);
    world.suite.advance(TERM_S);
    world.expire(at.0).unwrap();
    assert_eq!(world.pool().refunded.u128(), 0);
    world.assert_nothing_stays();
}

/// Coins sent along by mistake would be lost.
#[test]
fn deciding_takes_no_coins() {
    let (mut world, (policy, claim)) = filed();
    let msg = ExecuteMsg::Settle {
        policy: policy.into(),
        claim,
    };
    let coins = world.suite.coins(1);
    refused(world.send("stranger", &msg, &coins), "input/funds");
}
