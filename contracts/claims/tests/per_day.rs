//! Claims of a product that pays by the day.

use cosmwasm_std::Uint128;
use vitals_api::claims::BenefitMsg;
use vitals_core::insurance::PolicyState;
use vitals_core::measure::Measure;

use crate::common::{
    per_day, refused, World, BENEFIT, DAY_S, DEPOSIT, HIGH, PATIENT, PREMIUM, WAITING_S,
};

#[test]
fn each_day_is_paid_once_and_days_need_no_distance() {
    let (mut world, policy) = World::covered_by(&per_day());
    let first = world.episode();
    let again = world.episode();
    world.claim(policy, &first).unwrap();
    refused(world.claim(policy, &again), "claims/day_paid");
    refused(world.claim(policy, &first), "claims/day_paid");
    // the last seconds of the first day, and the first of the second
    world.suite.advance(DAY_S - WAITING_S - 120 - 60);
    let last_of_first = world.episode();
    let first_of_second = world.episode();
    refused(world.claim(policy, &last_of_first), "claims/day_paid");
    world.claim(policy, &first_of_second).unwrap();
    assert_eq!(world.pool().paid.u128(), 2 * BENEFIT);
    world.assert_whole();
}

/// Half an episode of one day and half of the next would otherwise pay for either.
#[test]
fn readings_of_two_days_pay_for_neither() {
    let (mut world, policy) = World::covered_by(&per_day());
    world.suite.advance(DAY_S - WAITING_S - 2);
    let from = world.suite.now_ms();
    let first = world
        .device
        .measure(Measure::HeartRate, from, &[HIGH, HIGH]);
    let second = world
        .device
        .measure(Measure::HeartRate, from + 2_000, &[HIGH]);
    world.suite.advance(60);
    for batch in [&first, &second] {
        world.suite.anchor("patient", batch).unwrap();
    }
    let both = vec![world.shown(&first, &[0, 1]), world.shown(&second, &[0])];
    refused(
        world.claim_as("patient", PATIENT, policy, both),
        "claims/not_one_day",
    );
}

/// Sold at once or accepted as an offer: a day is not had twice by changing policies in it.
#[test]
fn the_next_policy_pays_from_the_first_day_after_the_last_that_was_paid() {
    let mut terms = per_day();
    terms.waiting_s = 0;
    terms.benefit = BenefitMsg::PerDay {
        amount: Uint128::new(BENEFIT),
        max_days: 1,
    };
    let mut world = World::selling(&terms);
    let bound_ms = world.suite.now_ms();
    let first = world.bind().unwrap();
    let shown = world.episode();
    world.claim(first, &shown).unwrap();
    let second = world.offer().unwrap();
    world.accept(second).unwrap();
    let day_ms = DAY_S * 1_000;
    let last_ms = bound_ms / 3_600_000 * 3_600_000 + day_ms - 1;
    assert_eq!(world.policy(second).used_until_ms, Some(last_ms));
    let shown = world.episode();
    refused(world.claim(second, &shown), "claims/used_up_before");
    world.suite.advance(DAY_S);
    let shown = world.episode();
    world.claim(second, &shown).unwrap();
    assert_eq!(world.pool().paid.u128(), 2 * BENEFIT);
    world.assert_whole();
}

#[test]
fn the_last_day_exhausts_the_policy() {
    let (mut world, policy) = World::covered_by(&per_day());
    for day in 1..=3u16 {
        let shown = world.episode();
        world.claim(policy, &shown).unwrap();
        let info = world.policy(policy);
        assert_eq!((info.claims_paid, info.claims_most), (day, 3));
        world.suite.advance(DAY_S);
    }
    assert_eq!(world.policy(policy).state, PolicyState::Exhausted);
    let free = DEPOSIT - 3 * BENEFIT + PREMIUM;
    assert_eq!(world.money(), [free, 0, 3 * BENEFIT, 0]);
    let shown = world.episode();
    refused(world.claim(policy, &shown), "claims/wrong_state");
    world.assert_nothing_stays();
}
