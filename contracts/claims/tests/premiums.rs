//! PayPremium, Lapse, and claims meanwhile.

use cosmwasm_std::coin;
use vitals_core::insurance::PolicyState;
use vitals_testing::suite::DENOM;

use crate::common::{
    instalments, refused, World, BENEFIT, DEPOSIT, EVERY_S, FILE_WITHIN_S, GRACE_S, PREMIUM,
    TERM_S, WAITING_S,
};

#[test]
fn each_instalment_is_locked_until_the_last() {
    let mut world = World::selling(&instalments());
    let policy = world.bind().unwrap();
    let bound_at = world.suite.now_s();
    for paid in 1..4u64 {
        let info = world.policy(policy);
        assert_eq!(info.next_due, Some(bound_at + paid * EVERY_S));
        assert_eq!(info.next_amount.u128(), PREMIUM);
        world.pay_premium(policy, PREMIUM).unwrap();
    }
    let info = world.policy(policy);
    assert_eq!((info.next_due, info.next_amount.u128()), (None, 0));
    assert_eq!(info.premium_paid.u128(), 4 * PREMIUM);
    let lock = 2 * BENEFIT + 4 * PREMIUM;
    assert_eq!(world.money(), [DEPOSIT - 2 * BENEFIT, lock, 0, 0]);
    refused(world.pay_premium(policy, PREMIUM), "claims/premiums_paid");
    world.suite.advance(TERM_S + FILE_WITHIN_S);
    world.expire(policy).unwrap();
    world.assert_nothing_stays();
}

#[test]
fn an_instalment_comes_exactly_and_alone() {
    let mut world = World::selling(&instalments());
    let policy = world.bind().unwrap();
    for amount in [PREMIUM - 1, PREMIUM + 1] {
        refused(world.pay_premium(policy, amount), "claims/wrong_premium");
    }
    let msg = vitals_api::claims::ExecuteMsg::PayPremium {
        policy: policy.into(),
    };
    refused(world.tell("patient", &msg), "input/funds");
    let both = [coin(1, "uother"), coin(PREMIUM, DENOM)];
    refused(world.send("patient", &msg, &both), "input/funds");
}

#[test]
fn a_policy_paid_at_once_takes_no_further_premium() {
    let (mut world, policy) = World::covered();
    refused(world.pay_premium(policy, PREMIUM), "claims/premiums_paid");
}

#[test]
fn the_last_second_of_grace_is_the_last_to_pay() {
    let (mut world, policy) = World::covered_by(&instalments());
    world.suite.advance(EVERY_S - WAITING_S + GRACE_S - 1);
    assert_eq!(world.policy(policy).state, PolicyState::Grace);
    refused(world.lapse(policy), "claims/wrong_state");
    let mut late = World::covered_by(&instalments());
    world.pay_premium(policy, PREMIUM).unwrap();
    assert_eq!(world.policy(policy).state, PolicyState::Active);

    late.0.suite.advance(EVERY_S - WAITING_S + GRACE_S);
    let info = late.0.policy(late.1);
    assert_eq!(info.state, PolicyState::Overdue);
    assert_eq!((info.next_due, info.next_amount.u128()), (None, 0));
    refused(late.0.pay_premium(late.1, PREMIUM), "claims/wrong_state");
    late.0.lapse(late.1).unwrap();
}

/// Whoever is ill in the grace pays first. What counts is when it was measured, not when the
/// premium came.
#[test]
fn claims_wait_in_grace_until_the_premium_is_paid() {
    let (mut world, policy) = World::covered_by(&instalments());
    world.suite.advance(EVERY_S - WAITING_S);
    let shown = world.episode();
    refused(world.claim(policy, &shown), "claims/premium_due");
    world.pay_premium(policy, PREMIUM).unwrap();
    world.claim(policy, &shown).unwrap();
    world.assert_whole();
}

/// Not to pay, and to claim all the same, pays for what was measured before the premium was due
/// and for nothing after: lapsed or not yet.
#[test]
fn after_the_grace_only_what_was_measured_before_the_due_date_is_paid() {
    for lapse in [false, true] {
        let (mut world, policy) = World::covered_by(&instalments());
        world.suite.advance(EVERY_S - WAITING_S - 3);
        let before = world.episode();
        let after = world.episode();
        world.suite.advance(GRACE_S);
        let due = world.policy(policy).bound_at + EVERY_S;
        if lapse {
            world.lapse(policy).unwrap();
            refused(world.lapse(policy), "claims/wrong_state");
        }
        let info = world.policy(policy);
        assert_eq!(
            (info.covered_until, info.file_until),
            (due, due + FILE_WITHIN_S)
        );
        refused(world.claim(policy, &after), "claims/measured_after_cover");
        world.claim(policy, &before).unwrap();
        world.suite.advance(FILE_WITHIN_S);
        world.expire(policy).unwrap();
        world.assert_nothing_stays();
    }
}

#[test]
fn a_lapsed_policy_is_neither_paid_for_nor_cancelled() {
    let (mut world, policy) = World::covered_by(&instalments());
    world.suite.advance(EVERY_S - WAITING_S + GRACE_S);
    world.lapse(policy).unwrap();
    assert_eq!(world.policy(policy).state, PolicyState::Lapsed);
    refused(world.pay_premium(policy, PREMIUM), "claims/wrong_state");
    refused(world.cancel("patient", policy), "claims/wrong_state");
    refused(world.bind(), "claims/policy_live");
}

#[test]
fn a_policy_nobody_lapsed_expires_all_the_same() {
    let mut world = World::selling(&instalments());
    let policy = world.bind().unwrap();
    world.suite.advance(EVERY_S + FILE_WITHIN_S - 1);
    refused(world.expire(policy), "claims/wrong_state");
    world.suite.advance(1);
    refused(world.lapse(policy), "claims/wrong_state");
    world.expire(policy).unwrap();
    world.assert_nothing_stays();
}
