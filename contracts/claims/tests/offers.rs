//! Offer, Accept and WithdrawOffer.

use cosmwasm_std::coin;
use vitals_core::decision::{Action, GroundRef, Power, Purpose};
use vitals_core::insurance::PolicyState;
use vitals_core::measure::Category;
use vitals_testing::suite::{number, DENOM};

use crate::common::{
    changed, refused, terms, World, BENEFIT, DEPOSIT, FILE_WITHIN_S, PREMIUM, TERM_S,
};

#[test]
fn an_offer_holds_the_premium_and_locks_nothing() {
    let mut world = World::new();
    let offer = world.offer().unwrap();
    let pool = world.pool();
    assert_eq!((pool.held.u128(), pool.locked.u128()), (PREMIUM, 0));
    world.assert_whole();
    let info = world.policy(offer);
    assert_eq!(info.state, PolicyState::Offered);
    assert_eq!(info.offered_until, Some(world.suite.now_s() + 3_600));
    assert_eq!((info.bound_at, info.covered_until), (0, 0));
    let employer = world.suite.actor("employer").to_string();
    assert_eq!(info.policyholder, Some(employer));
}

#[test]
fn an_accepted_offer_is_a_policy_from_then_on() {
    let mut world = World::new();
    let offer = world.offer().unwrap();
    world.suite.advance(3_599);
    let done = world.accept(offer).unwrap();
    assert_eq!(number(&done.events, "policy_bound", "policy"), offer);
    let info = world.policy(offer);
    assert_eq!(
        (info.state, info.bound_at),
        (PolicyState::Bound, world.suite.now_s())
    );
    let lock = 2 * BENEFIT + PREMIUM;
    assert_eq!(world.money(), [DEPOSIT - 2 * BENEFIT, lock, 0, 0]);
    assert_eq!(world.pool().held.u128(), 0);
    refused(world.bind(), "claims/policy_live");
    refused(world.accept(offer), "claims/wrong_state");
    world.suite.advance(TERM_S + FILE_WITHIN_S);
    world.expire(offer).unwrap();
    world.assert_nothing_stays();
}

#[test]
fn an_offer_whose_time_is_over_is_not_accepted_and_anybody_gives_its_premium_back() {
    let mut world = World::new();
    let before = world.suite.balance("employer");
    let offer = world.offer().unwrap();
    world.suite.advance(3_599);
    refused(
        world.withdraw_offer("stranger", offer),
        "claims/not_the_policyholder",
    );
    world.suite.advance(1);
    assert_eq!(world.policy(offer).state, PolicyState::OfferOver);
    refused(world.accept(offer), "claims/wrong_state");
    world.withdraw_offer("stranger", offer).unwrap();
    assert_eq!(world.suite.balance("employer"), before);
    assert_eq!(world.policy(offer).premium_paid.u128(), 0);
    refused(
        world.withdraw_offer("employer", offer),
        "claims/wrong_state",
    );
    world.assert_nothing_stays();
}

#[test]
fn who_offered_takes_it_back_at_any_time() {
    let mut world = World::new();
    let before = world.suite.balance("employer");
    let offer = world.offer().unwrap();
    world.withdraw_offer("employer", offer).unwrap();
    assert_eq!(world.suite.balance("employer"), before);
    assert_eq!(world.policy(offer).state, PolicyState::Withdrawn);
    refused(world.accept(offer), "claims/wrong_state");
    assert!(world.bind().is_ok(), "an offer is no live policy");
}

#[test]
fn an_offer_brings_the_first_premium_exactly() {
    let mut world = World::new();
    let until = world.suite.now_s() + 1;
    let msg = world.offering(until, "other");
    for (funds, code) in [
        (vec![coin(PREMIUM - 1, DENOM)], "claims/wrong_premium"),
        (vec![], "input/funds"),
        (vec![coin(PREMIUM, "uother")], "input/funds"),
    ] {
        refused(world.send("patient", &msg, &funds), code);
    }
}

#[test]
fn an_offer_stands_from_a_second_to_ninety_days() {
    let mut world = World::new();
    let now = world.suite.now_s();
    let funds = world.suite.coins(PREMIUM);
    for (until, code) in [
        (now, "input/time"),
        (now + 90 * 86_400 + 1, "claims/offer_too_long"),
        (u64::MAX, "input/date"),
    ] {
        let msg = world.offering(until, "other");
        refused(world.send("employer", &msg, &funds), code);
    }
    let msg = world.offering(now + 90 * 86_400, "other");
    assert!(world.send("employer", &msg, &funds).is_ok());
}

#[test]
fn nobody_is_offered_cover_who_is_no_patient() {
    let mut world = World::new();
    world.patient += 1;
    refused(world.offer(), "state/not_found");
}

#[test]
fn only_who_may_claim_for_the_patient_accepts() {
    let mut world = World::new();
    let offer = world.offer().unwrap();
    let mut accept = |who: &str, ground| world.accept_as(who, ground, offer);
    refused(
        accept("stranger", GroundRef::Patient {}),
        "consent/not_the_patient",
    );
    refused(
        accept("guardian", GroundRef::Guardian {}),
        "consent/not_the_guardian",
    );
    let id = world.suite.grant(
        "patient",
        world.patient,
        "insurer",
        Purpose::Payment,
        &[Category::Cardiac],
        &[Action::Disclose],
    );
    let ground = GroundRef::Grant { id };
    refused(
        world.accept_as("insurer", ground, offer),
        "claims/not_the_holder",
    );
    world.appoint(&[Power::Claim]);
    assert!(world
        .accept_as("guardian", GroundRef::Guardian {}, offer)
        .is_ok());
}

#[test]
fn an_offer_keeps_its_terms_and_needs_the_product_on_sale() {
    let mut world = World::new();
    let offer = world.offer().unwrap();
    let dearer = changed(|terms| terms.term_s = 50_000);
    world.amend("insurer", &dearer).unwrap();
    refused(world.offer(), "claims/terms_changed");
    world.set_on_sale(false);
    refused(world.accept(offer), "claims/not_on_sale");
    world.set_on_sale(true);
    world.accept(offer).unwrap();
    let info = world.policy(offer);
    assert_eq!(
        (info.version, info.covered_until - info.bound_at),
        (1, TERM_S)
    );
}

#[test]
fn an_offer_is_not_accepted_beside_a_live_policy_or_from_a_drained_pool() {
    let mut world = World::new();
    let offer = world.offer().unwrap();
    world.withdraw(DEPOSIT - 2 * BENEFIT + 1).unwrap();
    refused(world.accept(offer), "claims/pool_too_small");
    world.deposit(2 * BENEFIT).unwrap();
    world.bind().unwrap();
    refused(world.accept(offer), "claims/policy_live");
    assert_eq!(world.pool().held.u128(), PREMIUM);
}

#[test]
fn a_free_policy_is_offered_without_coins() {
    let free = changed(|terms| {
        terms.premium = vitals_api::claims::PremiumMsg::Once { amount: 0u8.into() };
    });
    assert_ne!(free, terms());
    let mut world = World::selling(&free);
    let until = world.suite.now_s() + 60;
    let msg = world.offering(until, "other");
    let done = world.tell("employer", &msg).unwrap();
    let offer = number(&done.events, "policy_offered", "policy");
    world.withdraw_offer("employer", offer).unwrap();
    world.assert_nothing_stays();
}
