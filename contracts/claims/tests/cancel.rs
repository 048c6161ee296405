//! Cancel: who, and what is refunded.

use cosmwasm_std::Uint128;
use vitals_api::claims::{ExecuteMsg, SilenceMsg};
use vitals_core::decision::{Action, GroundRef, Power, Purpose};
use vitals_core::insurance::PolicyState;
use vitals_core::measure::Category;
use vitals_testing::suite::number;

use crate::common::{
    changed, instalments, refused, World, BENEFIT, DEPOSIT, EVERY_S, FILE_WITHIN_S, PATIENT,
    PREMIUM, TERM_S, WAITING_S,
};

#[test]
fn the_premium_of_the_time_that_is_left_comes_back() {
    let mut world = World::new();
    let before = world.suite.balance("patient");
    let policy = world.bind().unwrap();
    world.suite.advance(TERM_S / 2);
    world.cancel("patient", policy).unwrap();
    let lock = 2 * BENEFIT + PREMIUM;
    assert_eq!(world.money(), [DEPOSIT - 2 * BENEFIT, lock, 0, 0]);
    let info = world.policy(policy);
    let now = world.suite.now_s();
    assert_eq!(info.state, PolicyState::Cancelled);
    assert_eq!(
        (info.covered_until, info.file_until),
        (now, now + FILE_WITHIN_S)
    );
    world.suite.advance(FILE_WITHIN_S);
    assert_eq!(world.suite.balance("patient"), before - PREMIUM, "not yet");
    world.expire(policy).unwrap();
    assert_eq!(world.policy(policy).covered_until, now, "still");
    let left = PREMIUM / 2;
    assert_eq!(world.suite.balance("patient"), before - PREMIUM + left);
    assert_eq!(world.pool().refunded.u128(), left);
    world.assert_nothing_stays();
}

/// A part of a coin that is left over stays with the insurer, at every second of the term.
#[test]
fn a_refund_is_rounded_down() {
    for (seconds, left) in [(1, PREMIUM - 1), (TERM_S - 1, 0), (TERM_S / 100, 49)] {
        let mut world = World::new();
        let policy = world.bind().unwrap();
        world.suite.advance(seconds);
        let done = world.cancel("patient", policy).unwrap();
        let due = number(&done.events, "policy_cancelled", "refund");
        assert_eq!(u128::from(due), left, "after {seconds} s");
        if world.policy(policy).state == PolicyState::Cancelled {
            world.suite.advance(FILE_WITHIN_S);
            world.expire(policy).unwrap();
        }
        assert_eq!(world.pool().refunded.u128(), left, "after {seconds} s");
    }
}

#[test]
fn the_minimum_charge_is_kept() {
    let mut world = World::selling(&changed(|terms| terms.minimum_charge = Uint128::new(20)));
    let policy = world.bind().unwrap();
    world.cancel("patient", policy).unwrap();
    assert_eq!(world.pool().refunded.u128(), PREMIUM - 20);
}

#[test]
fn after_a_claim_nothing_is_refunded() {
    let (mut world, policy) = World::covered();
    let shown = world.episode();
    world.claim(policy, &shown).unwrap();
    let done = world.cancel("patient", policy).unwrap();
    assert_eq!(number(&done.events, "policy_cancelled", "refund"), 0);
    world.suite.advance(FILE_WITHIN_S);
    world.expire(policy).unwrap();
    assert_eq!(world.pool().refunded.u128(), 0);
}

#[test]
fn the_policyholder_the_patient_and_a_guardian_with_the_power_cancel() {
    let id = |world: &mut World| {
        world.suite.grant(
            "patient",
            world.patient,
            "insurer",
            Purpose::Payment,
            &[Category::Cardiac],
            &[Action::Disclose],
        )
    };
    let mut world = World::new();
    let offer = world.offer().unwrap();
    world.accept(offer).unwrap();
    for (who, code) in [
        ("stranger", "claims/not_the_policyholder"),
        ("insurer", "claims/not_the_policyholder"),
        ("patient", "claims/not_the_policyholder"),
    ] {
        refused(world.cancel(who, offer), code);
    }
    let ground = GroundRef::Grant { id: id(&mut world) };
    refused(
        world.cancel_on("insurer", Some(ground), offer),
        "claims/not_the_holder",
    );
    refused(
        world.cancel_on("stranger", Some(PATIENT), offer),
        "consent/not_the_patient",
    );
    let guardian = Some(GroundRef::Guardian {});
    world.appoint(&[Power::Read]);
    refused(
        world.cancel_on("guardian", guardian, offer),
        "consent/power_missing",
    );
    for (who, ground) in [
        ("employer", None),
        ("patient", Some(PATIENT)),
        ("guardian", guardian),
    ] {
        let mut world = World::new();
        world.appoint(&[Power::Claim]);
        let offer = world.offer().unwrap();
        world.accept(offer).unwrap();
        let before = world.suite.balance("employer");
        world.cancel_on(who, ground, offer).unwrap();
        let after = world.suite.balance("employer");
        assert_eq!(after, before + PREMIUM, "to who paid, whoever cancels");
    }
}

#[test]
fn what_was_measured_before_a_cancellation_is_paid_and_nothing_after() {
    let (mut world, policy) = World::covered();
    let before = world.episode();
    world.cancel("patient", policy).unwrap();
    let after = world.episode();
    refused(world.claim(policy, &after), "claims/measured_after_cover");
    world.claim(policy, &before).unwrap();
    world.suite.advance(FILE_WITHIN_S - 61);
    refused(world.claim(policy, &before), "claims/filed_too_late");
    world.suite.advance(1);
    refused(world.claim(policy, &before), "claims/wrong_state");
    world.expire(policy).unwrap();
    world.assert_nothing_stays();
}

#[test]
fn a_policy_is_cancelled_once_and_while_it_covers() {
    let (mut world, policy) = World::covered();
    world.suite.advance(1);
    world.cancel("patient", policy).unwrap();
    refused(world.cancel("patient", policy), "claims/wrong_state");

    let mut world = World::new();
    let policy = world.bind().unwrap();
    world.suite.advance(TERM_S);
    refused(world.cancel("patient", policy), "claims/wrong_state");
}

#[test]
fn instalments_paid_ahead_come_back() {
    let (mut world, policy) = World::covered_by(&instalments());
    world.pay_premium(policy, PREMIUM).unwrap();
    world.suite.advance(EVERY_S - WAITING_S);
    let before = world.suite.balance("stranger");
    world.cancel("patient", policy).unwrap();
    world.suite.advance(FILE_WITHIN_S);
    world.expire(policy).unwrap();
    assert_eq!(world.suite.balance("stranger"), before + PREMIUM);
    assert_eq!(world.pool().refunded.u128(), PREMIUM);
}

/// Of four payments three and a half are not used; who paid twice is paid at once.
#[test]
fn what_was_paid_last_goes_back_first_and_to_who_paid_it() {
    let mut world = World::selling(&instalments());
    let people = ["patient", "employer", "stranger", "patient"];
    let payers = &people[1..];
    let policy = world.bind().unwrap();
    let pay = ExecuteMsg::PayPremium {
        policy: policy.into(),
    };
    for payer in payers {
        let premium = world.suite.coins(PREMIUM);
        world.send(payer, &pay, &premium).unwrap();
    }
    world.suite.advance(EVERY_S / 2);
    world.cancel("patient", policy).unwrap();
    world.suite.advance(FILE_WITHIN_S);
    let balances =
        |world: &World| ["patient", "employer", "stranger"].map(|it| world.suite.balance(it));
    let before = balances(&world);
    let done = world.expire(policy).unwrap();
    let [patient, employer, stranger] = before;
    let after = [
        patient + PREMIUM + PREMIUM / 2,
        employer + PREMIUM,
        stranger + PREMIUM,
    ];
    assert_eq!(balances(&world), after);
    let moved = done.events.iter().filter(|it| it.ty == "wasm-money_moved");
    assert_eq!(moved.count(), 4, "three refunds, and what is the insurer's");
    world.assert_nothing_stays();
}

/// Though cover has begun, nobody was paid: what is not used comes back, as if it had never been
/// claimed.
#[test]
fn a_claim_that_is_refused_after_the_cancellation_keeps_no_premium() {
    let (mut world, policy) = World::treated(SilenceMsg::Approves);
    let claim = world.file(policy, world.invoice(1, 600)).unwrap();
    let done = world.cancel("patient", policy).unwrap();
    let due = number(&done.events, "policy_cancelled", "refund");
    assert!(due > 0);
    world.assess("assessor", (policy, claim), 0).unwrap();
    world.suite.advance(TERM_S);
    world.settle((policy, claim)).unwrap();
    world.expire(policy).unwrap();
    assert_eq!(world.pool().refunded.u128(), due.into());
    world.assert_nothing_stays();
}

/// From its first second on it covers: a second later there is time to claim of.
#[test]
fn a_policy_is_over_at_once_up_to_the_second_in_which_cover_begins() {
    for (seconds, state) in [
        (WAITING_S, PolicyState::Expired),
        (WAITING_S + 1, PolicyState::Cancelled),
    ] {
        let mut world = World::new();
        let policy = world.bind().unwrap();
        world.suite.advance(seconds);
        world.cancel("patient", policy).unwrap();
        assert_eq!(world.policy(policy).state, state, "after {seconds} s");
    }
}
