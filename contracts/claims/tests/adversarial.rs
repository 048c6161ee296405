//! What somebody would try who wants to be paid without having been ill.

mod common;

use common::{evidence, refused, terms, World, BENEFIT, DEPOSIT, HIGH, PREMIUM, SEPARATION_S};
use cosmwasm_std::{Binary, Uint64};
use vitals_api::claims::{EvidenceMsg, MAX_EVIDENCE, MAX_PROOF_BYTES};
use vitals_api::registry;
use vitals_core::decision::GroundRef;
use vitals_core::key::Signer;
use vitals_core::measure::Measure;
use vitals_core::measured::BATCH_SIMULATED;

/// The offset of the first leaf in a proof: version, count.
const FIRST_LEAF: usize = 2;
/// The length of a leaf in a proof: index, reading, salt.
const LEAF: usize = 2 + 31;

fn altered(shown: &EvidenceMsg, at: usize, change: impl FnOnce(&mut u8)) -> EvidenceMsg {
    let mut proof = shown.proof.to_vec();
    change(&mut proof[at]);
    EvidenceMsg {
        batch: shown.batch.clone(),
        proof: Binary::new(proof),
    }
}

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

#[test]
fn an_altered_reading_leads_to_another_root() {
    let (mut world, policy) = World::covered();
    let batch = world.measured(&[700, HIGH, HIGH]);
    let shown = world.shown(&batch, &[0, 1, 2]);
    refused(world.claim(policy, &shown), "claims/below_threshold");
    let value_low_byte = FIRST_LEAF + 2 + 9;
    let value_next_byte = value_low_byte - 1;
    let raised = altered(&shown, value_next_byte, |byte| *byte = 0x05);
    refused(world.claim(policy, &raised), "proof/root");
    let touched = altered(&shown, value_low_byte, |byte| *byte ^= 1);
    refused(world.claim(policy, &touched), "proof/root");
}

#[test]
fn a_reading_shown_at_another_place_or_twice_is_no_proof() {
    let (mut world, policy) = World::covered();
    let batch = world.measured(&[HIGH, HIGH, HIGH, 700]);
    let shown = world.shown(&batch, &[0, 1, 2]);
    let last_index = FIRST_LEAF + 2 * LEAF + 1;
    let moved = altered(&shown, last_index, |index| *index = 3);
    refused(world.claim(policy, &moved), "proof/root");
    let twice = altered(&shown, last_index, |index| *index = 1);
    refused(world.claim(policy, &twice), "proof/order");
    let beyond = altered(&shown, last_index, |index| *index = 4);
    refused(world.claim(policy, &beyond), "proof/index");
}

#[test]
fn a_batch_is_shown_once() {
    let (mut world, policy) = World::covered();
    let batch = world.measured(&[HIGH, HIGH, HIGH]);
    let parts = vec![world.shown(&batch, &[0, 1]), world.shown(&batch, &[2])];
    refused(
        world.claim_as("patient", GroundRef::Patient {}, policy, parts),
        "input/duplicate",
    );
}

#[test]
fn evidence_is_neither_nothing_nor_without_bound() {
    let (mut world, policy) = World::covered();
    let shown = world.episode();
    let patient = GroundRef::Patient {};
    for count in [0, MAX_EVIDENCE + 1] {
        let evidence = vec![shown.clone(); count];
        refused(
            world.claim_as("patient", patient, policy, evidence),
            "input/length",
        );
    }
    for bytes in [0, MAX_PROOF_BYTES + 1] {
        let stuffed = EvidenceMsg {
            proof: Binary::new(vec![1; bytes]),
            ..shown.clone()
        };
        refused(world.claim(policy, &stuffed), "input/length");
    }
    let garbled = altered(&shown, 0, |version| *version = 2);
    refused(world.claim(policy, &garbled), "proof/encoding");
}

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

#[test]
fn a_refused_claim_changes_nothing() {
    let (mut world, policy) = World::covered();
    let (pool, info) = (world.pool(), world.policy(policy));
    let batch = world.measured(&[700; 3]);
    let shown = world.shown(&batch, &[0, 1, 2]);
    refused(world.claim(policy, &shown), "claims/below_threshold");
    assert_eq!((world.pool(), world.policy(policy)), (pool, info));
}

#[test]
fn a_benefit_beyond_all_counting_is_refused() {
    let mut world = World::new();
    let mut product = terms();
    product.benefit = u128::MAX.into();
    refused(world.create(&product), "claims/amount_too_large");
}
