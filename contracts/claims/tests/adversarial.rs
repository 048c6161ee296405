//! What somebody would try who wants to be paid without having been ill.

use crate::common::{
    changed, evidence, refused, World, BENEFIT, DEPOSIT, HIGH, PREMIUM, SEPARATION_S,
};
use cosmwasm_std::Uint64;
use vitals_api::claims::BenefitMsg;
use vitals_api::registry;
use vitals_core::decision::GroundRef;
use vitals_core::key::Signer;
use vitals_core::measure::Measure;
use vitals_core::measured::BATCH_SIMULATED;

/// Somebody else was ill: their batch is shown as it is, and then under the policyholder's number.
#[test]
fn another_patients_episode_pays_nobody_else() {
    let (mut world, policy) = World::covered();
    let other = world.suite.enrol("clinician");
    let measures = [Measure::HeartRate];
    let mut device = world.suite.paired_device(3, &measures, "clinician", other);
    let from = world.suite.now_ms();
    let batch = device.measure(Measure::HeartRate, from, &[HIGH, HIGH, HIGH]);
    world.suite.advance(60);
    world.suite.anchor("clinician", &batch).unwrap();

    let honest = evidence(other, &batch, &[0, 1, 2]);
    refused(
        world.claim(policy, &honest),
        "claims/another_patients_batch",
    );
    let renamed = evidence(world.patient, &batch, &[0, 1, 2]);
    refused(world.claim(policy, &renamed), "state/not_found");
}

/// Far more readings than the rule can use, to make others pay for the work.
#[test]
fn more_readings_than_a_claim_may_show_are_refused() {
    let (mut world, policy) = World::covered();
    let values = [HIGH; 30];
    let first = world.measured(&values);
    let second = world.measured(&[HIGH]);
    let all: Vec<u16> = (0..30).collect();
    let evidence = vec![world.shown(&first, &all), world.shown(&second, &[0])];
    refused(
        world.claim_as("patient", GroundRef::Patient {}, policy, evidence),
        "claims/too_many_readings",
    );
    let shown = world.shown(&first, &all);
    assert!(world.claim(policy, &shown).is_ok());
}

/// Signed by a real device, but kept from the chain until it was worth showing.
#[test]
fn readings_that_no_device_anchored_show_nothing() {
    let (mut world, policy) = World::covered();
    let from = world.suite.now_ms();
    let batch = world
        .device
        .measure(Measure::HeartRate, from, &[HIGH, HIGH, HIGH]);
    world.suite.advance(60);
    let shown = world.shown(&batch, &[0, 1, 2]);
    refused(world.claim(policy, &shown), "state/not_found");
}

/// A found or stolen device measures somebody's heart; its owner reports the loss after the batch was
/// anchored.
#[test]
fn a_lost_device_shows_nothing_from_the_time_it_was_lost() {
    let (mut world, policy) = World::covered();
    let kept_until = world.suite.now_ms();
    let shown = world.episode();
    let registry = world.suite.at.registry.clone();
    let lost_from = |world: &mut World, lost_from_ms| {
        let report = registry::ExecuteMsg::ReportLost {
            device: Uint64::new(world.device.device),
            lost_from_ms,
        };
        world.suite.execute("patient", &registry, &report).unwrap();
    };
    lost_from(&mut world, kept_until + 2_000);
    refused(world.claim(policy, &shown), "claims/device_lost");
    lost_from(&mut world, kept_until);
    refused(world.claim(policy, &shown), "claims/device_lost");

    let (mut world, policy) = World::covered();
    let kept_until = world.suite.now_ms();
    let shown = world.episode();
    lost_from(&mut world, kept_until + 2_001);
    assert!(world.claim(policy, &shown).is_ok(), "measured before");
}

/// A program makes readings of an illness, and the device signs them as simulated.
#[test]
fn a_simulated_episode_is_not_an_episode() {
    let (mut world, policy) = World::covered();
    let from = world.suite.now_ms();
    let mut batch = world
        .device
        .measure(Measure::HeartRate, from, &[HIGH, HIGH, HIGH]);
    batch.sealed.measured.flags = BATCH_SIMULATED;
    let digest = batch.sealed.measured.digest(&world.suite.deployment);
    batch.sealed.signature = world.device.signer.sign(&digest);
    world.suite.advance(60);
    world.suite.anchor("patient", &batch).unwrap();
    let shown = world.shown(&batch, &[0, 1, 2]);
    refused(world.claim(policy, &shown), "claims/simulated");
}

/// Almost ill: one reading a tenth below, or one too few.
#[test]
fn readings_below_the_threshold_or_too_few_are_not_an_episode() {
    let (mut world, policy) = World::covered();
    let batch = world.measured(&[HIGH, 1_199, HIGH, 1_200]);
    let below = world.shown(&batch, &[0, 1, 2]);
    refused(world.claim(policy, &below), "claims/below_threshold");
    let few = world.shown(&batch, &[0, 2]);
    refused(world.claim(policy, &few), "claims/too_few_readings");
    let exactly = world.shown(&batch, &[0, 2, 3]);
    assert!(world.claim(policy, &exactly).is_ok());
}

/// Somebody who saw a proof sends it on each ground there is.
#[test]
fn a_stranger_claims_nothing_on_any_ground() {
    let (mut world, policy) = World::covered();
    let shown = world.episode();
    for (ground, code) in [
        (GroundRef::Patient {}, "consent/not_the_patient"),
        (GroundRef::Guardian {}, "consent/not_the_guardian"),
        (GroundRef::Grant { id: 1 }, "state/not_found"),
        (GroundRef::Emergency { id: 1 }, "state/not_found"),
    ] {
        refused(
            world.claim_as("stranger", ground, policy, vec![shown.clone()]),
            code,
        );
    }
}

/// A thief of the patient's account binds anew to be paid in place of who was named.
#[test]
fn the_payee_stays_who_it_was_at_binding() {
    let (mut world, policy) = World::covered();
    let stranger = world.suite.actor("stranger");
    let rebind = world.binding(GroundRef::Patient {}, stranger.as_str());
    let premium = world.suite.coins(PREMIUM);
    refused(
        world.send("patient", &rebind, &premium),
        "claims/policy_live",
    );
    let before = (
        world.suite.balance("other"),
        world.suite.balance("patient"),
        world.suite.balance("stranger"),
    );
    let shown = world.episode();
    world.claim(policy, &shown).unwrap();
    let after = (
        world.suite.balance("other"),
        world.suite.balance("patient"),
        world.suite.balance("stranger"),
    );
    assert_eq!(after, (before.0 + BENEFIT, before.1, before.2));
}

/// The insurer takes out all that it can, and is never heard of again.
#[test]
fn an_insurer_that_takes_everything_out_still_pays() {
    let (mut world, policy) = World::covered();
    world.withdraw(DEPOSIT - 2 * BENEFIT).unwrap();
    for _ in 0..2 {
        let shown = world.episode();
        world.claim(policy, &shown).unwrap();
        world.suite.advance(SEPARATION_S);
    }
    assert_eq!(world.pool().paid.u128(), 2 * BENEFIT);
    assert_eq!(world.held(), PREMIUM);
}

/// A claim is tried again and again in the hope that a failure leaves something behind.
#[test]
fn a_refused_claim_changes_nothing() {
    let (mut world, policy) = World::covered();
    let (pool, info) = (world.pool(), world.policy(policy));
    let batch = world.measured(&[700; 3]);
    let shown = world.shown(&batch, &[0, 1, 2]);
    refused(world.claim(policy, &shown), "claims/below_threshold");
    assert_eq!((world.pool(), world.policy(policy)), (pool, info));
}

/// Sums so large that they wrap around and lock next to nothing.
#[test]
fn a_benefit_beyond_all_counting_is_refused() {
    let mut world = World::new();
    let terms = changed(|terms| {
        terms.benefit = BenefitMsg::Fixed {
            amount: u128::MAX.into(),
        };
    });
    refused(world.create(&terms), "claims/amount_too_large");
}
