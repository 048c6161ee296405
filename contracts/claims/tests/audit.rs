//! What an audit tried: what was open and was mended, and what held.

use cosmwasm_std::{coins, Uint128, Uint64};
use cw_multi_test::Executor;
use vitals_api::claims::{
    BenefitMsg, ClaimEvidenceInfo, EvidenceMsg, EvidenceTermsMsg, ExecuteMsg, PremiumMsg,
    SilenceMsg, StaffPart, TermsMsg,
};
use vitals_api::consent;
use vitals_core::decision::{Action, GroundRef, Purpose, Role};
use vitals_core::insurance::PolicyState;
use vitals_core::measure::{Category, Measure};
use vitals_testing::suite::DENOM;
use vitals_testing::TestDevice;

use crate::common::{
    changed, disclosed, instalments, per_day, refused, rewarded, ruled, World, ASSESS_S, BENEFIT,
    DAY_S, DEPOSIT, FEE, FILE_WITHIN_S, PATIENT, PREMIUM, STEPS, TERM_S,
};

fn hand_out(world: &mut World, to: &str, amount: u128) {
    let (from, to) = (world.suite.actor("other"), world.suite.actor(to));
    let funds = coins(amount, DENOM);
    world.suite.app.send_tokens(from, to, &funds).unwrap();
}

fn withdraw_credential(world: &mut World) {
    let consent = world.suite.at.consent.clone();
    let withdraw = consent::ExecuteMsg::WithdrawCredential {
        account: world.suite.actor("insurer").into(),
        role: Role::Insurer,
    };
    world.suite.execute("board", &consent, &withdraw).unwrap();
}

fn disclosure(world: &mut World, grantee: &str) -> GroundRef {
    let patient = world.patient;
    let id = world.suite.grant(
        "patient",
        patient,
        grantee,
        Purpose::Payment,
        &[Category::Cardiac],
        &[Action::Disclose],
    );
    GroundRef::Grant { id }
}

/// An offer costs one instalment. The patient pays the next ones ahead; whoever offered cancels, and
/// is refunded what the patient paid.
#[test]
fn an_offerer_is_not_refunded_what_the_patient_paid() {
    let mut world = World::selling(&instalments());
    let before = world.suite.balance("employer");
    let policy = world.offer().unwrap();
    world.accept(policy).unwrap();
    let pay = ExecuteMsg::PayPremium {
        policy: Uint64::new(policy),
    };
    for _ in 0..3 {
        let premium = world.suite.coins(PREMIUM);
        world.send("patient", &pay, &premium).unwrap();
    }
    world.cancel("employer", policy).unwrap();
    world.assert_whole();
    let gained = world.suite.balance("employer").saturating_sub(before);
    assert_eq!(gained, 0, "of the patient's {}", 3 * PREMIUM);
}

/// Once a claim is paid the premium is earned. Whoever cancels between measuring and claiming has
/// the benefit, and most of the premium beside.
#[test]
fn to_cancel_first_and_claim_then_gives_no_more_than_to_claim() {
    let out = |cancel_first: bool| {
        let (mut world, policy) = World::covered();
        let shown = world.episode();
        if cancel_first {
            world.cancel("patient", policy).unwrap();
        }
        world.claim(policy, &shown).unwrap();
        if !cancel_first {
            world.cancel("patient", policy).unwrap();
        }
        world.suite.advance(FILE_WITHIN_S);
        world.expire(policy).unwrap();
        let pool = world.pool();
        (pool.paid.u128(), pool.refunded.u128())
    };
    assert_eq!(out(true), out(false));
}

/// One episode goes on. It exhausts a policy, and a minute later the next one, though ten minutes are
/// to lie between two paid windows of the product.
#[test]
fn separation_reaches_into_the_next_policy_of_the_product() {
    let mut world = World::selling(&changed(|terms| {
        terms.waiting_s = 0;
        if let BenefitMsg::PerEvent { max_claims, .. } = &mut terms.benefit {
            *max_claims = 1;
        }
    }));
    let first = world.bind().unwrap();
    let shown = world.episode();
    world.claim(first, &shown).unwrap();
    assert_eq!(world.policy(first).state, PolicyState::Exhausted);
    let second = world.bind().unwrap();
    let shown = world.episode();
    refused(world.claim(second, &shown), "claims/used_up_before");
}

/// The same where days are paid: one day, one hour even, pays as often as policies are bound in it.
#[test]
fn a_day_is_paid_once_whatever_the_policy() {
    let mut terms = per_day();
    terms.waiting_s = 0;
    terms.benefit = BenefitMsg::PerDay {
        amount: Uint128::new(BENEFIT),
        max_days: 1,
    };
    let mut world = World::selling(&terms);
    for _ in 0..3 {
        let Ok(policy) = world.bind() else { break };
        let shown = world.episode();
        if world.claim(policy, &shown).is_err() {
            break;
        }
    }
    assert_eq!(world.pool().paid.u128(), BENEFIT, "all within one hour");
}

/// The arbiter is insured too, and has the last word on its own invoice.
#[test]
fn an_arbiter_does_not_decide_on_its_own_claim() {
    let (mut world, _) = World::treated(SilenceMsg::ToArbiter);
    world.patient = world.suite.enrol("arbiter");
    hand_out(&mut world, "arbiter", PREMIUM + FEE);
    let premium = world.suite.coins(PREMIUM);
    let policy = world.bind_as("arbiter", PATIENT, &premium).unwrap();
    world.suite.advance(3_600);
    let (invoice, fee) = (world.invoice(1, BENEFIT), world.suite.coins(FEE));
    let claim = world
        .file_as("arbiter", PATIENT, policy, invoice, &fee)
        .unwrap();
    world.assess("insurer", (policy, claim), 0).unwrap();
    world
        .appeal_as("arbiter", PATIENT, (policy, claim))
        .unwrap();
    let decided = world.arbitrate("arbiter", (policy, claim), BENEFIT);
    refused(decided, "claims/own_claim");
}

/// Withdrawals and awards above a limit take two people of the insurer's. One underwriter sells a
/// friend whatever the pool has, on terms that anybody alive meets.
#[test]
fn one_underwriter_does_not_give_the_pool_away() {
    let limit = BENEFIT;
    let mut world = World::new();
    world.two_people_above(Some(limit));
    world.staff("maker", &[StaffPart::Underwriter]).unwrap();
    let mut terms = ruled(|rule| {
        rule.readings = 1;
        rule.conditions[0].threshold = 600;
    });
    terms.waiting_s = 0;
    terms.premium = PremiumMsg::Once {
        amount: Uint128::zero(),
    };
    terms.benefit = BenefitMsg::Fixed {
        amount: Uint128::new(DEPOSIT),
    };
    world.amend("maker", &terms).unwrap();
    world.version = 2;
    refused(
        world.bind_as("patient", PATIENT, &[]),
        "claims/terms_changed",
    );
    let [_, _, paid, _] = world.money();
    assert!(paid <= limit, "one person gave {paid} of {DEPOSIT} away");
}

/// Cancelled in its waiting period a policy can never be claimed under. It keeps the pool locked and
/// its patient from the product for as long as there would be to file.
#[test]
fn a_policy_cancelled_before_cover_begins_is_over() {
    let mut world = World::new();
    let policy = world.bind().unwrap();
    world.cancel("patient", policy).unwrap();
    assert_eq!(world.money(), [DEPOSIT, 0, 0, 0]);
    assert!(world.bind().is_ok());
}

/// What the first person asked for was done, by one person, while there was no limit. It counts again
/// as the first half of another withdrawal.
#[test]
fn a_request_that_was_carried_out_waits_for_nobody() {
    let mut world = World::new();
    world.staff("maker", &[StaffPart::Treasurer]).unwrap();
    world.staff("other", &[StaffPart::Treasurer]).unwrap();
    world.two_people_above(Some(1_000));
    world.withdraw_as("maker", 2_000).unwrap();
    world.two_people_above(None);
    world.withdraw_as("maker", 2_000).unwrap();
    world.two_people_above(Some(1_000));
    world.withdraw_as("other", 2_000).unwrap();
    assert_eq!(world.money()[3], 2_000, "the second took one person");
}

/// A step counter worn by `patient`.
fn counter(world: &mut World) -> TestDevice {
    let patient = world.patient;
    let suite = &mut world.suite;
    suite.paired_device(2, &[Measure::Steps], "patient", patient)
}

fn walk(world: &mut World, counter: &mut TestDevice) -> EvidenceMsg {
    let from = world.suite.now_ms();
    let batch = counter.measure(Measure::Steps, from, &[STEPS]);
    world.suite.advance(60);
    world.suite.anchor("patient", &batch).unwrap();
    world.shown(&batch, &[0])
}

/// A day that is too old to be shown is shown all the same, beside a fresh one.
#[test]
fn a_day_too_old_to_show_is_too_old_beside_a_fresh_one() {
    let (mut world, policy) = World::covered_by(&rewarded());
    let mut counter = counter(&mut world);
    let old = walk(&mut world, &mut counter);
    world.suite.advance(5 * DAY_S);
    refused(
        world.claim_reward(policy, vec![old.clone()]),
        "claims/filed_too_late",
    );
    let fresh = walk(&mut world, &mut counter);
    refused(
        world.claim_reward(policy, vec![old, fresh]),
        "claims/filed_too_late",
    );
}

/// Who is no insurer any more amends nothing, and goes on selling what there is.
#[test]
fn an_insurer_without_a_credential_sells_nothing_anew() {
    let mut world = World::new();
    let offer = world.offer().unwrap();
    withdraw_credential(&mut world);
    refused(world.bind(), "claims/not_an_insurer");
    refused(world.accept(offer), "claims/not_an_insurer");
}

/// Another of the insurer's people, who does not assess, files next to nothing on a grant; the
/// insurer approves it, and what the policy promised is free.
#[test]
fn nobody_of_the_insurers_files_on_a_grant() {
    let (mut world, policy) = World::treated(SilenceMsg::ToArbiter);
    world.staff("clinician", &[StaffPart::Underwriter]).unwrap();
    world.suite.credential("clinician", Role::Insurer);
    let ground = disclosure(&mut world, "clinician");
    world.suite.advance(3_600);
    let locked = world.pool().locked;
    let mut invoice = world.invoice(1, 1);
    invoice.served_from = invoice.served_until - 1;
    let fee = world.suite.coins(FEE);
    if let Ok(claim) = world.file_as("clinician", ground, policy, invoice, &fee) {
        world.assess("insurer", (policy, claim), 1).unwrap();
    }
    let freed = locked - world.pool().locked;
    assert!(freed.is_zero(), "{freed} are the insurer's again, for 1");
}

/// The premium of an offer is not the insurer's, and may go back; it makes a loss ratio look better.
#[test]
fn premiums_that_are_only_held_are_in_no_loss_ratio() {
    let mut world = World::new();
    world.offer().unwrap();
    assert_eq!(world.pool().held.u128(), PREMIUM);
    let exposure = world.exposure();
    assert_eq!(exposure.premiums_net.u128(), 0);
    assert_eq!(exposure.loss_ratio_bp, None);
}

/// A claim that nobody settled outlives its policy's time to file. The next policy is locked beside
/// it, and each is freed by itself.
#[test]
fn an_open_claim_of_an_elapsed_policy_and_the_next_policy_are_locked_each() {
    let (mut world, first) = World::treated(SilenceMsg::Approves);
    let claim = world.file(first, world.invoice(1, 600)).unwrap();
    world.suite.advance(TERM_S + FILE_WITHIN_S);
    assert_eq!(world.policy(first).state, PolicyState::Elapsed);
    refused(world.expire(first), "claims/claims_open");
    let second = world.bind().unwrap();
    let lock = 2 * (BENEFIT + FEE) + PREMIUM;
    assert_eq!(world.pool().locked.u128(), 2 * lock);
    let again = world.invoice(2, 600);
    refused(world.file(first, again), "claims/wrong_state");
    world.settle((first, claim)).unwrap();
    world.expire(first).unwrap();
    assert_eq!(world.pool().locked.u128(), lock);
    assert_eq!(world.policy(second).locked.u128(), lock);
    assert_eq!(world.pool().paid.u128(), 600);
    world.assert_whole();
    world.suite.advance(TERM_S + FILE_WITHIN_S);
    world.expire(second).unwrap();
    world.assert_nothing_stays();
}

/// Cover begins at the first whole second, cancellation ends it at the last one: in between a policy
/// is bound and cancelled, all of the premium comes back, and nothing can be claimed or lost.
#[test]
fn a_policy_bound_and_cancelled_within_one_second_pays_nothing_and_keeps_nothing() {
    let mut world = World::selling(&changed(|terms| terms.waiting_s = 0));
    world
        .suite
        .app
        .update_block(|block| block.time = block.time.plus_nanos(1));
    let shown = {
        let at = world.suite.now_ms();
        let batch = world.device.measure(Measure::HeartRate, at, &[1_300; 3]);
        world.suite.anchor("patient", &batch).unwrap();
        world.shown(&batch, &[0, 1, 2])
    };
    let before = world.suite.balance("patient");
    let policy = world.bind().unwrap();
    world.cancel("patient", policy).unwrap();
    assert_eq!(world.suite.balance("patient"), before);
    world.suite.advance(10);
    assert!(world.claim(policy, &shown).is_err());
    world.suite.advance(FILE_WITHIN_S);
    let _ = world.expire(policy);
    world.assert_nothing_stays();
}

/// An offer whose terms were of readings, accepted when the product pays invoices: each policy is
/// claimed as its own terms say.
#[test]
fn a_policy_is_claimed_by_its_own_terms_when_the_product_has_others() {
    let arbiter = vitals_testing::Suite::chain().api().addr_make("arbiter");
    let mut world = World::selling(&crate::common::invoices(
        SilenceMsg::Approves,
        arbiter.as_str(),
    ));
    let policy = world.bind().unwrap();
    let readings = TermsMsg {
        evidence: disclosed(crate::common::rule()),
        ..crate::common::terms()
    };
    world.amend("insurer", &readings).unwrap();
    world.suite.advance(3_600);
    let shown = world.episode();
    refused(world.claim(policy, &shown), "claims/claimed_by_invoice");
    let claim = world.file(policy, world.invoice(1, 5)).unwrap();
    let info = world.claim_info((policy, claim));
    assert!(matches!(info.evidence, ClaimEvidenceInfo::Invoice(_)));
    world.suite.advance(ASSESS_S);
    world.settle((policy, claim)).unwrap();
    assert_eq!(world.pool().paid.u128(), 5);
    let asked = EvidenceTermsMsg::Private {};
    let private = changed(|terms| terms.evidence = asked);
    refused(
        world.amend("insurer", &private),
        "claims/evidence_unsupported",
    );
    world.assert_whole();
}

/// On a chain whose blocks keep whole seconds: anchored in the block of the binding, but before it,
/// by a clock that runs ahead. Whoever bound knew.
#[test]
fn what_was_anchored_before_the_binding_in_its_block_is_not_evidence() {
    let mut world = World::selling(&changed(|terms| terms.waiting_s = 0));
    let at = world.suite.now_ms() + 60_000;
    let batch = world.device.measure(Measure::HeartRate, at, &[1_300; 3]);
    world.suite.anchor("patient", &batch).unwrap();
    let policy = world.bind().unwrap();
    world.suite.advance(120);
    let shown = world.shown(&batch, &[0, 1, 2]);
    refused(world.claim(policy, &shown), "claims/anchored_before_policy");
}

/// Premium costs next to nothing where a policy is cancelled between measuring and claiming: bound,
/// ill, cancelled, paid, and bound anew.
#[test]
fn benefits_are_not_had_again_and_again_for_no_premium() {
    let mut world = World::selling(&TermsMsg {
        waiting_s: 0,
        ..crate::common::fixed()
    });
    let mut kept = 0;
    for _ in 0..3 {
        let policy = world.bind().unwrap();
        let shown = world.episode();
        world.cancel("patient", policy).unwrap();
        world.claim(policy, &shown).unwrap();
        let pool = world.pool();
        kept = pool.premiums.u128() - pool.refunded.u128();
    }
    assert_eq!(kept, 3 * PREMIUM, "three benefits were paid");
}
