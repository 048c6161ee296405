//! What somebody would try with premiums, refunds and terms.

use cosmwasm_std::Uint128;
use vitals_api::claims::{BenefitMsg, ExecuteMsg};
use vitals_core::insurance::PolicyState;
use vitals_testing::suite::number;

use crate::common::{
    changed, instalments, refused, terms, TokenWorld, World, BENEFIT, DEPOSIT, EVERY_S,
    FILE_WITHIN_S, GRACE_S, PATIENT, PREMIUM, TERM_S, WAITING_S,
};

/// The insurer takes all it can get before somebody cancels: unearned premium is not free.
#[test]
fn a_premium_is_not_withdrawn_before_it_is_earned() {
    let mut world = World::new();
    let policy = world.bind().unwrap();
    let free = DEPOSIT - 2 * BENEFIT;
    refused(world.withdraw(free + 1), "claims/pool_too_small");
    world.withdraw(free).unwrap();
    let before = world.suite.balance("patient");
    world.cancel("patient", policy).unwrap();
    assert_eq!(world.suite.balance("patient"), before + PREMIUM);
    world.assert_whole();
}

/// The same with the premium of an offer, which is not the insurer's at all.
#[test]
fn a_premium_that_is_held_for_an_offer_is_not_withdrawn() {
    let mut world = World::new();
    let offer = world.offer().unwrap();
    refused(world.withdraw(DEPOSIT + 1), "claims/pool_too_small");
    world.withdraw(DEPOSIT).unwrap();
    let before = world.suite.balance("employer");
    world.withdraw_offer("employer", offer).unwrap();
    assert_eq!(world.suite.balance("employer"), before + PREMIUM);
}

/// An insurer lowers the benefit and lengthens the wait once somebody is bound.
#[test]
fn terms_that_are_changed_after_binding_do_not_touch_the_policy() {
    let (mut world, policy) = World::covered();
    let worse = changed(|terms| {
        terms.benefit = BenefitMsg::Fixed {
            amount: Uint128::one(),
        };
        (terms.waiting_s, terms.file_within_s) = (TERM_S as u32 - 100, 1);
    });
    let shown = world.episode();
    world.amend("insurer", &worse).unwrap();
    let info = world.policy(policy);
    assert_eq!((info.version, info.state), (1, PolicyState::Active));
    world.claim(policy, &shown).unwrap();
    assert_eq!(world.pool().paid.u128(), BENEFIT);
    refused(world.bind(), "claims/terms_changed");
    world.set_on_sale(false);
    world.suite.advance(TERM_S);
    world.suite.advance(FILE_WITHIN_S);
    world.expire(policy).unwrap();
    world.assert_nothing_stays();
}

/// New terms slipped in between reading them and binding, by the insurer or its underwriter.
#[test]
fn nobody_is_bound_to_terms_they_did_not_name() {
    let mut world = World::new();
    world
        .amend("insurer", &changed(|terms| terms.waiting_s = 80_000))
        .unwrap();
    refused(world.bind(), "claims/terms_changed");
    world.version = 3;
    refused(world.bind(), "claims/terms_changed");
    world.version = 2;
    assert!(world.bind().is_ok());
}

/// A pause is no way out of a claim, a refund or a lapse.
#[test]
fn a_pause_stops_new_cover_and_nothing_that_is_owed() {
    let (mut world, policy) = World::covered_by(&instalments());
    let offer = world.offer().unwrap();
    let shown = world.episode();
    world.pause();
    refused(world.accept(offer), "admin/paused");
    refused(world.offer(), "admin/paused");
    refused(world.bind(), "admin/paused");
    world.withdraw_offer("employer", offer).unwrap();
    world.claim(policy, &shown).unwrap();
    world.pay_premium(policy, PREMIUM).unwrap();
    world.cancel("patient", policy).unwrap();
    world.suite.advance(FILE_WITHIN_S);
    world.expire(policy).unwrap();
    world.assert_nothing_stays();
}

/// In the grace, somebody who has just been ill cancels instead of paying: cover would go on until
/// the cancellation, for nothing.
#[test]
fn cancelling_in_grace_covers_no_time_that_was_not_paid() {
    let (mut world, policy) = World::covered_by(&instalments());
    world.suite.advance(EVERY_S - WAITING_S);
    let unpaid = world.episode();
    let done = world.cancel("patient", policy).unwrap();
    assert_eq!(number(&done.events, "policy_cancelled", "refund"), 0);
    let info = world.policy(policy);
    assert_eq!(info.covered_until, info.bound_at + EVERY_S);
    refused(world.claim(policy, &unpaid), "claims/measured_after_cover");
}

/// What was measured in the last second that is paid for counts, and what the next one has not.
#[test]
fn the_second_an_instalment_is_due_is_not_covered_by_the_one_before() {
    let claimed = |early| {
        let mut world = World::selling(&instalments());
        // not where an hour ends too
        world.suite.advance(10);
        let policy = world.bind().unwrap();
        world.suite.advance(EVERY_S - 2 - early);
        let shown = world.episode();
        world.suite.advance(GRACE_S);
        world.claim(policy, &shown)
    };
    assert!(claimed(1).is_ok());
    refused(claimed(0), "claims/measured_after_cover");
}

/// To be paid to a token's contract, or to this one, is to lose it.
#[test]
fn no_policy_or_offer_names_a_payee_that_cannot_move_what_it_is_paid() {
    let sold = TokenWorld::new();
    let token = sold.token.at.to_string();
    let mut world = sold.world;
    world.product = world.create(&terms()).unwrap();
    world.deposit(DEPOSIT).unwrap();
    let premium = world.suite.coins(PREMIUM);
    let contract = world.suite.at.claims.to_string();
    let until = world.suite.now_s() + 60;
    for (payee, code) in [
        (contract, "claims/payee_is_the_contract"),
        (token, "claims/payee_is_a_token"),
    ] {
        let bind = world.binding(PATIENT, &payee);
        refused(world.send("patient", &bind, &premium), code);
        let offer = ExecuteMsg::Offer {
            product: world.product.into(),
            version: world.version,
            patient: world.patient.into(),
            payee,
            until,
        };
        refused(world.send("employer", &offer, &premium), code);
    }
}

/// Coins sent to the contract directly are nobody's: neither free nor locked.
#[test]
fn coins_sent_directly_change_no_book() {
    let (mut world, policy) = World::covered();
    let before = world.pool();
    let claims = world.suite.at.claims.clone();
    let stranger = world.suite.actor("stranger");
    let coins = world.suite.coins(777);
    cw_multi_test::Executor::send_tokens(&mut world.suite.app, stranger, claims, &coins).unwrap();
    assert_eq!(world.pool(), before);
    let shown = world.episode();
    world.claim(policy, &shown).unwrap();
    let free = world.pool().free.u128();
    refused(world.withdraw(free + 1), "claims/pool_too_small");
}

/// Cancel, bind anew, and claim the old episode under the new policy.
#[test]
fn an_episode_of_an_older_policy_is_not_claimed_under_the_next() {
    let (mut world, first) = World::covered();
    let old = world.episode();
    world.cancel("patient", first).unwrap();
    refused(world.bind(), "claims/policy_live");
    world.suite.advance(FILE_WITHIN_S);
    let second = world.bind().unwrap();
    world.suite.advance(WAITING_S);
    refused(
        world.claim_as("patient", PATIENT, second, vec![old]),
        "claims/anchored_before_policy",
    );
}
