//! Bind.

use crate::common::{
    changed, refused, terms, World, BENEFIT, DEPOSIT, FILE_WITHIN_S, PREMIUM, TERM_S, WAITING_S,
};
use cosmwasm_std::{coin, Uint128};
use vitals_api::claims::PremiumMsg;
use vitals_core::decision::{Action, GroundRef, Power, Purpose, Role};
use vitals_core::insurance::PolicyState;
use vitals_core::measure::Category;
use vitals_testing::suite::DENOM;

#[test]
fn a_policy_locks_every_benefit_and_its_premium() {
    let mut world = World::new();
    let now = world.suite.now_s();
    let number = world.bind().unwrap();
    let lock = 2 * BENEFIT + PREMIUM;
    assert_eq!(world.money(), [DEPOSIT - 2 * BENEFIT, lock, 0, 0]);
    assert_eq!(world.pool().premiums.u128(), PREMIUM);
    assert_eq!(world.held(), DEPOSIT + PREMIUM);

    let policy = world.policy(number);
    assert_eq!(policy.state, PolicyState::Bound);
    assert_eq!((policy.locked.u128(), policy.claims_paid), (lock, 0));
    assert_eq!(
        (policy.bound_at, policy.covered_from),
        (now, now + WAITING_S)
    );
    assert_eq!(policy.covered_until, now + TERM_S);
    assert_eq!(policy.file_until, now + TERM_S + FILE_WITHIN_S);
    assert_eq!(policy.payee, world.suite.actor("other").as_str());
}

#[test]
fn the_premium_comes_exactly_and_alone() {
    let mut world = World::new();
    let mut with =
        |funds: &[cosmwasm_std::Coin]| world.bind_as("patient", GroundRef::Patient {}, funds);
    refused(with(&[coin(PREMIUM - 1, DENOM)]), "claims/wrong_premium");
    refused(with(&[coin(PREMIUM + 1, DENOM)]), "claims/wrong_premium");
    refused(with(&[]), "input/funds");
    refused(with(&[coin(PREMIUM, "uother")]), "input/funds");
    let both = [coin(1, "uother"), coin(PREMIUM, DENOM)];
    refused(with(&both), "input/funds");
    assert!(with(&[coin(PREMIUM, DENOM)]).is_ok());
}

#[test]
fn a_policy_without_premium_takes_no_coins() {
    let mut world = World::selling(&changed(|terms| {
        terms.premium = PremiumMsg::Once {
            amount: Uint128::zero(),
        };
    }));
    let patient = GroundRef::Patient {};
    refused(
        world.bind_as("patient", patient, &[coin(1, DENOM)]),
        "input/funds",
    );
    world.bind_as("patient", patient, &[]).unwrap();
    assert_eq!(world.money(), [DEPOSIT - 2 * BENEFIT, 2 * BENEFIT, 0, 0]);
}

#[test]
fn a_guardian_binds_only_with_the_power_to_claim() {
    let mut world = World::new();
    let guardian = GroundRef::Guardian {};
    let premium = world.suite.coins(PREMIUM);
    let bind = |world: &mut World| world.bind_as("guardian", guardian, &premium);
    refused(bind(&mut world), "consent/not_the_guardian");
    world.appoint(&[Power::Read, Power::Grant]);
    refused(bind(&mut world), "consent/power_missing");
    world.appoint(&[Power::Claim]);
    assert!(bind(&mut world).is_ok());
}

#[test]
fn a_guardian_whose_time_is_over_does_not_bind() {
    let mut world = World::new();
    world.appoint(&[Power::Claim]);
    world.suite.advance(31_536_000);
    world.suite.credential("insurer", Role::Insurer);
    let premium = world.suite.coins(PREMIUM);
    refused(
        world.bind_as("guardian", GroundRef::Guardian {}, &premium),
        "consent/guardian_expired",
    );
}

#[test]
fn neither_a_stranger_nor_a_grantee_takes_out_a_policy() {
    let mut world = World::new();
    let premium = world.suite.coins(PREMIUM);
    refused(
        world.bind_as("stranger", GroundRef::Patient {}, &premium),
        "consent/not_the_patient",
    );
    let id = world.suite.grant(
        "patient",
        world.patient,
        "insurer",
        Purpose::Payment,
        &[Category::Cardiac],
        &[Action::Disclose],
    );
    for ground in [GroundRef::Grant { id }, GroundRef::Emergency { id: 1 }] {
        refused(
            world.bind_as("insurer", ground, &premium),
            "claims/not_the_holder",
        );
    }
}

#[test]
fn a_patient_nobody_enrolled_is_not_insured() {
    let mut world = World::new();
    world.patient += 1;
    refused(world.bind(), "state/not_found");
}

#[test]
fn one_policy_of_a_product_is_live_at_a_time() {
    let mut world = World::new();
    let first = world.bind().unwrap();
    for (seconds, state) in [
        (0, PolicyState::Bound),
        (WAITING_S, PolicyState::Active),
        (TERM_S - WAITING_S, PolicyState::RunOff),
        (FILE_WITHIN_S - 1, PolicyState::RunOff),
    ] {
        world.suite.advance(seconds);
        assert_eq!(world.policy(first).state, state);
        refused(world.bind(), "claims/policy_live");
    }
    world.suite.advance(1);
    assert_eq!(world.policy(first).state, PolicyState::Elapsed);
    let second = world.bind().unwrap();
    assert_eq!(second, first + 1);
    world.expire(first).unwrap();
    refused(world.bind(), "claims/policy_live");
}

#[test]
fn another_product_can_be_held_beside() {
    let mut world = World::new();
    world.bind().unwrap();
    world.product = world.create(&terms()).unwrap();
    world.deposit(DEPOSIT).unwrap();
    assert!(world.bind().is_ok());
}

#[test]
fn a_drained_pool_sells_nothing_and_a_premium_does_not_fill_it() {
    let mut world = World::new();
    world.withdraw(DEPOSIT - 2 * BENEFIT + 1).unwrap();
    let before = world.suite.balance("patient");
    refused(world.bind(), "claims/pool_too_small");
    assert_eq!(world.suite.balance("patient"), before, "the premium stays");
    world.deposit(1).unwrap();
    assert!(world.bind().is_ok());
}

#[test]
fn an_upper_case_or_foreign_payee_is_refused() {
    let mut world = World::new();
    let upper = world.suite.actor("other").as_str().to_uppercase();
    let premium = world.suite.coins(PREMIUM);
    for payee in [upper.as_str(), "osmo1qqqq", ""] {
        let msg = world.binding(GroundRef::Patient {}, payee);
        refused(world.send("patient", &msg, &premium), "input/address");
    }
}
