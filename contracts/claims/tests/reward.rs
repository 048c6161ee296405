//! ClaimReward: days that count, and the rebate.

use cosmwasm_std::Uint128;
use vitals_api::claims::{DaysPage, EvidenceMsg, PremiumMsg, QueryMsg, TermsMsg};
use vitals_core::insurance::PolicyState;
use vitals_core::measure::Measure;
use vitals_testing::suite::number;
use vitals_testing::TestDevice;

use crate::common::{
    instalments, refused, rewarded, World, BENEFIT, DAY_S, DEPOSIT, EVERY_S, FILE_WITHIN_S,
    PREMIUM, REBATE, SEPARATION_S, STEPS,
};

/// A policy that rewards steps, and a step counter.
struct Walker {
    world: World,
    policy: u64,
    counter: TestDevice,
}

impl Walker {
    fn new() -> Self {
        Self::under(&rewarded())
    }

    fn under(terms: &TermsMsg) -> Self {
        let (mut world, policy) = World::covered_by(terms);
        let patient = world.patient;
        let counter = world
            .suite
            .paired_device(2, &[Measure::Steps], "patient", patient);
        Self {
            world,
            policy,
            counter,
        }
    }

    /// Walks so many steps in two parts, now.
    fn walk(&mut self, steps: i64) -> EvidenceMsg {
        let from = self.world.suite.now_ms();
        let parts = [steps / 2, steps - steps / 2];
        let batch = self.counter.measure(Measure::Steps, from, &parts);
        self.world.suite.advance(60);
        self.world.suite.anchor("patient", &batch).unwrap();
        self.world.shown(&batch, &[0, 1])
    }

    fn show(&mut self, shown: &[&EvidenceMsg]) -> Result<cw_multi_test::AppResponse, String> {
        let shown = shown.iter().map(|it| (*it).clone()).collect();
        self.world.claim_reward(self.policy, shown)
    }

    /// A day of steps, shown; and on to the next day.
    fn day(&mut self) {
        let walked = self.walk(STEPS);
        self.show(&[&walked]).unwrap();
        self.world.suite.advance(DAY_S - 60);
    }
}

#[test]
fn enough_days_give_the_rebate_in_the_same_transaction() {
    let mut walker = Walker::new();
    let before = walker.world.suite.balance("other");
    walker.day();
    assert_eq!(walker.world.policy(walker.policy).reward_days, 1);
    let walked = walker.walk(STEPS);
    let done = walker.show(&[&walked]).unwrap();
    assert_eq!(number(&done.events, "rebated", "amount"), REBATE as u64);
    assert_eq!(walker.world.suite.balance("other"), before + REBATE);
    let info = walker.world.policy(walker.policy);
    assert_eq!((info.reward_days, info.rebated), (2, true));
    assert_eq!(info.state, PolicyState::Active, "claims are still covered");
    assert_eq!(walker.world.pool().rebated.u128(), REBATE);
    walker.world.assert_whole();
}

#[test]
fn several_days_are_shown_at_once() {
    let mut walker = Walker::new();
    let first = walker.walk(STEPS);
    walker.world.suite.advance(DAY_S - 60);
    let second = walker.walk(STEPS);
    walker.show(&[&first, &second]).unwrap();
    assert!(walker.world.policy(walker.policy).rebated);
}

#[test]
fn a_day_counts_once_and_with_enough_steps_only() {
    let mut walker = Walker::new();
    let few = walker.walk(STEPS - 1);
    refused(walker.show(&[&few]), "claims/reward_day");
    let more = walker.walk(1_000);
    walker.show(&[&few, &more]).unwrap();
    let again = walker.walk(STEPS);
    refused(walker.show(&[&again]), "claims/day_counted");
    walker.world.suite.advance(DAY_S - 180);
    let next = walker.walk(STEPS);
    refused(walker.show(&[&again, &next]), "claims/day_counted");
    assert_eq!(walker.world.policy(walker.policy).reward_days, 1);
    walker.show(&[&next]).unwrap();
    refused(walker.show(&[&next]), "claims/rebated");
}

#[test]
fn the_reward_counts_its_own_measure_and_a_policy_without_one_counts_nothing() {
    let mut walker = Walker::new();
    let heart = walker.world.episode();
    refused(walker.show(&[&heart]), "claims/reward_measure");
    let (mut world, policy) = World::covered();
    let heart = world.episode();
    refused(world.claim_reward(policy, vec![heart]), "claims/no_reward");
}

#[test]
fn days_are_shown_in_time_and_of_time_that_is_covered() {
    let mut walker = Walker::new();
    let walked = walker.walk(STEPS);
    walker.world.suite.advance(2 * DAY_S - 58);
    refused(walker.show(&[&walked]), "claims/filed_too_late");
    walker.world.cancel("patient", walker.policy).unwrap();
    let after = walker.walk(STEPS);
    refused(walker.show(&[&after]), "claims/measured_after_cover");
}

#[test]
fn a_step_counter_that_was_lost_shows_no_days() {
    let mut walker = Walker::new();
    let from = walker.world.suite.now_ms();
    let walked = walker.walk(STEPS);
    let registry = walker.world.suite.at.registry.clone();
    let report = vitals_api::registry::ExecuteMsg::ReportLost {
        device: walker.counter.device.into(),
        lost_from_ms: from,
    };
    let suite = &mut walker.world.suite;
    suite.execute("patient", &registry, &report).unwrap();
    refused(walker.show(&[&walked]), "claims/device_lost");
}

/// To cancel first, and show the days then, would give back more than was ever paid.
#[test]
fn a_refund_and_a_rebate_are_never_more_than_the_premium() {
    let mut walker = Walker::new();
    walker.day();
    let last = walker.walk(STEPS);
    let done = walker.world.cancel("patient", walker.policy).unwrap();
    let due = number(&done.events, "policy_cancelled", "refund");
    assert!(u128::from(due) > PREMIUM - REBATE);
    walker.show(&[&last]).unwrap();
    let pool = walker.world.pool();
    assert_eq!(pool.rebated.u128(), 0);
    walker.world.suite.advance(2 * DAY_S);
    walker.world.expire(walker.policy).unwrap();
    assert_eq!(walker.world.pool().refunded.u128(), due.into());
    walker.world.assert_nothing_stays();
}

#[test]
fn after_the_rebate_nothing_is_refunded() {
    let mut walker = Walker::new();
    walker.day();
    walker.day();
    walker.world.cancel("patient", walker.policy).unwrap();
    assert_eq!(walker.world.pool().refunded.u128(), 0);
}

/// One instalment, a few days of walking, and no further payment would be a profit.
#[test]
fn a_rebate_waits_until_as_much_premium_is_paid() {
    let rebate = 3 * PREMIUM;
    let mut terms = rewarded();
    terms.premium = PremiumMsg::Instalments {
        amount: Uint128::new(PREMIUM),
        every_s: 5 * DAY_S as u32,
        grace_s: DAY_S as u32,
    };
    terms.reward.as_mut().unwrap().rebate = Uint128::new(rebate);
    terms.term_s = 15 * DAY_S as u32;
    let mut walker = Walker::under(&terms);
    let before = walker.world.suite.balance("other");
    walker.day();
    walker.day();
    assert!(!walker.world.policy(walker.policy).rebated);
    let world = &mut walker.world;
    world.pay_premium(walker.policy, PREMIUM).unwrap();
    assert!(!world.policy(walker.policy).rebated);
    world.pay_premium(walker.policy, PREMIUM).unwrap();
    assert!(world.policy(walker.policy).rebated);
    assert_eq!(world.suite.balance("other"), before + rebate);
    world.assert_whole();
}

#[test]
fn a_policy_whose_claims_are_paid_goes_on_until_its_rebate_is() {
    let mut walker = Walker::new();
    for _ in 0..2 {
        let shown = walker.world.episode();
        walker.world.claim(walker.policy, &shown).unwrap();
        walker.world.suite.advance(SEPARATION_S);
    }
    let info = walker.world.policy(walker.policy);
    assert_eq!((info.state, info.claims_paid), (PolicyState::Active, 2));
    let third = walker.world.episode();
    refused(
        walker.world.claim(walker.policy, &third),
        "claims/no_claim_left",
    );
    walker.day();
    walker.day();
    let info = walker.world.policy(walker.policy);
    assert_eq!(info.state, PolicyState::Exhausted);
    let free = DEPOSIT - 2 * BENEFIT - REBATE + PREMIUM;
    assert_eq!(walker.world.pool().free.u128(), free);
    walker.world.assert_nothing_stays();
}

#[test]
fn days_wait_for_an_instalment_too() {
    let mut terms = instalments();
    terms.reward = rewarded().reward;
    terms.term_s = 4 * EVERY_S as u32;
    terms.waiting_s = 0;
    terms.file_within_s = FILE_WITHIN_S as u32;
    terms.reward.as_mut().unwrap().days = 1;
    let mut walker = Walker::under(&terms);
    walker.world.suite.advance(EVERY_S);
    let walked = walker.walk(STEPS);
    refused(walker.show(&[&walked]), "claims/premium_due");
    walker.world.pay_premium(walker.policy, PREMIUM).unwrap();
    walker.show(&[&walked]).unwrap();
    assert!(walker.world.policy(walker.policy).rebated);
}

#[test]
fn the_days_that_count_are_listed_in_order_and_by_pages() {
    let mut terms = rewarded();
    terms.reward.as_mut().unwrap().days = 3;
    let mut walker = Walker::under(&terms);
    walker.day();
    walker.day();
    let listed = |start_after, limit| {
        let asked = QueryMsg::RewardDays {
            policy: walker.policy.into(),
            start_after,
            limit,
        };
        let page: DaysPage = walker.world.query(&asked).unwrap();
        page.days
    };
    let all = listed(None, None);
    assert_eq!(all.len(), 2);
    assert!(all[0] < all[1]);
    assert_eq!(listed(None, Some(1)), [all[0]]);
    assert_eq!(listed(Some(all[0]), None), [all[1]]);
}
