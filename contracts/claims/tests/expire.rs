//! Expire.

use crate::common::{refused, World, BENEFIT, DEPOSIT, FILE_WITHIN_S, PREMIUM, TERM_S};
use cosmwasm_std::{coin, Uint64};
use vitals_api::claims::ExecuteMsg;
use vitals_core::insurance::PolicyState;
use vitals_testing::suite::{number, DENOM};

#[test]
fn a_policy_ends_when_the_time_to_file_is_over_and_not_a_second_before() {
    let mut world = World::new();
    let policy = world.bind().unwrap();
    world.suite.advance(TERM_S + FILE_WITHIN_S - 1);
    refused(world.expire(policy), "claims/wrong_state");
    world.suite.advance(1);
    let done = world.expire(policy).unwrap();
    let lock = 2 * BENEFIT + PREMIUM;
    let released = number(&done.events, "money_moved", "amount");
    assert_eq!(u128::from(released), lock);
    assert_eq!(number(&done.events, "policy_expired", "policy"), policy);
    assert_eq!(world.money(), [DEPOSIT + PREMIUM, 0, 0, 0]);
    let info = world.policy(policy);
    assert_eq!((info.state, info.locked.u128()), (PolicyState::Expired, 0));
}

#[test]
fn a_policy_frees_its_lock_once() {
    let mut world = World::new();
    let policy = world.bind().unwrap();
    world.suite.advance(TERM_S + FILE_WITHIN_S);
    world.expire(policy).unwrap();
    refused(world.expire(policy), "claims/wrong_state");
    refused(world.expire(policy + 1), "state/not_found");
    assert_eq!(world.money(), [DEPOSIT + PREMIUM, 0, 0, 0]);
}

#[test]
fn what_was_paid_is_not_freed_again() {
    let (mut world, policy) = World::covered();
    let evidence = world.episode();
    world.claim(policy, &evidence).unwrap();
    world.suite.advance(TERM_S + FILE_WITHIN_S);
    world.expire(policy).unwrap();
    let free = DEPOSIT - BENEFIT + PREMIUM;
    assert_eq!(world.money(), [free, 0, BENEFIT, 0]);
    world.withdraw(free).unwrap();
    assert_eq!(world.held(), 0);
}

#[test]
fn an_elapsed_policy_pays_nothing_even_before_somebody_expires_it() {
    let (mut world, policy) = World::covered();
    let evidence = world.episode();
    world.suite.advance(TERM_S + FILE_WITHIN_S);
    refused(world.claim(policy, &evidence), "claims/wrong_state");
}

#[test]
fn expiring_takes_no_coins() {
    let mut world = World::new();
    let policy = Uint64::new(world.bind().unwrap());
    world.suite.advance(TERM_S + FILE_WITHIN_S);
    let msg = ExecuteMsg::Expire { policy };
    refused(
        world.send("stranger", &msg, &[coin(1, DENOM)]),
        "input/funds",
    );
}
