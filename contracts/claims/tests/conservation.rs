//! Whatever happens in whatever order: deposits + premiums = free + locked + paid + withdrawn in
//! each product, and the bank holds what is free or locked.

mod common;

use common::{terms, World, DEPOSIT, HIGH};
use cosmwasm_std::{Uint128, Uint64};
use proptest::prelude::*;
use vitals_api::claims::{PoliciesPage, PolicyState, PoolInfo, ProductMsg, QueryMsg};
use vitals_core::measure::Measure;

#[derive(Debug, Clone)]
enum Step {
    Deposit(u128),
    Withdraw(u128),
    Bind,
    /// An episode of now, claimed on the last policy but so many.
    Claim(u64),
    /// The same.
    Expire(u64),
    Advance(u64),
    /// Goes on with the other product.
    Switch,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        2 => (0..400u128).prop_map(Step::Deposit),
        2 => (0..400u128).prop_map(Step::Withdraw),
        4 => Just(Step::Bind),
        5 => (0..2u64).prop_map(Step::Claim),
        4 => (0..3u64).prop_map(Step::Expire),
        3 => (1..900u64).prop_map(Step::Advance),
        1 => Just(Step::Switch),
    ];
    proptest::collection::vec(step, 10..40)
}

/// Short, without waiting or separation, so that every state is reached in a few steps.
fn short_terms() -> ProductMsg {
    let mut product = terms();
    product.benefit = Uint128::new(100);
    product.max_claims = 3;
    (product.term_s, product.waiting_s) = (600, 0);
    (product.file_within_s, product.separation_s) = (300, 0);
    product.rule.readings = 1;
    product
}

/// One patient, two products.
struct Run {
    world: World,
    products: [u64; 2],
    last_policy: u64,
}

impl Run {
    fn new() -> Self {
        let mut world = World::selling(&short_terms());
        world.withdraw(DEPOSIT - 700).unwrap();
        let products = [world.product, world.create(&short_terms()).unwrap()];
        Self {
            world,
            products,
            last_policy: 0,
        }
    }

    /// Whether it was done. Refusals are part of the game.
    fn take(&mut self, step: &Step) -> bool {
        match *step {
            Step::Deposit(amount) => self.world.deposit(amount).is_ok(),
            Step::Withdraw(amount) => self.world.withdraw(amount).is_ok(),
            Step::Bind => self.bind(),
            Step::Claim(back) => self.claim(self.last_policy.saturating_sub(back)),
            Step::Expire(back) => {
                let policy = self.last_policy.saturating_sub(back);
                self.world.expire(policy).is_ok()
            }
            Step::Advance(seconds) => {
                self.world.suite.advance(seconds);
                true
            }
            Step::Switch => {
                let [first, second] = self.products;
                self.world.product = if self.world.product == first {
                    second
                } else {
                    first
                };
                true
            }
        }
    }

    fn bind(&mut self) -> bool {
        let bound = self.world.bind();
        if let Ok(policy) = &bound {
            self.last_policy = *policy;
        }
        bound.is_ok()
    }

    fn claim(&mut self, policy: u64) -> bool {
        let world = &mut self.world;
        let from = world.suite.now_ms();
        let batch = world.device.measure(Measure::HeartRate, from, &[HIGH]);
        world.suite.advance(1);
        world.suite.anchor("patient", &batch).unwrap();
        let shown = world.shown(&batch, &[0]);
        world.claim(policy, &shown).is_ok()
    }

    fn pools(&self) -> [PoolInfo; 2] {
        self.products.map(|product| {
            let product = Uint64::new(product);
            self.world.query(&QueryMsg::Pool { product }).unwrap()
        })
    }

    fn locked_by_policies(&self) -> u128 {
        let asked = QueryMsg::Policies {
            patient: Uint64::new(self.world.patient),
            start_after: None,
            limit: Some(30),
        };
        let page: PoliciesPage = self.world.query(&asked).unwrap();
        page.policies.iter().map(|p| p.locked.u128()).sum()
    }
}

fn is_conserved(pool: &PoolInfo) -> bool {
    pool.deposits + pool.premiums == pool.free + pool.locked + pool.paid + pool.withdrawn
}

proptest! {
    #![proptest_config(vitals_testing::sequences::config(300))]

    #[test]
    fn every_coin_is_somewhere_after_every_step(steps in steps()) {
        let mut run = Run::new();
        for step in &steps {
            let before = run.pools();
            let done = run.take(step);
            let after = run.pools();
            prop_assert!(done || after == before, "{step:?} was refused and changed something");
            prop_assert!(after.iter().all(is_conserved), "{step:?}: {after:?}");
            let kept: u128 = after.iter().map(|p| (p.free + p.locked).u128()).sum();
            prop_assert_eq!(run.world.held(), kept);
            let locked: u128 = after.iter().map(|p| p.locked.u128()).sum();
            prop_assert_eq!(run.locked_by_policies(), locked);
        }
    }
}

#[test]
fn the_steps_reach_both_ends_of_a_policy() {
    let mut run = Run::new();
    let story = [
        Step::Bind,
        Step::Claim(0),
        Step::Claim(0),
        Step::Claim(0),
        Step::Bind,
        Step::Advance(900),
        Step::Expire(0),
    ];
    for step in &story {
        assert!(run.take(step), "{step:?}");
    }
    assert_eq!(run.world.policy(1).state, PolicyState::Exhausted);
    assert_eq!(run.world.policy(2).state, PolicyState::Expired);
}
