//! What a device that lies about time, or a clock that runs ahead, must not be paid for.

use cosmwasm_std::{Binary, Uint64};
use vitals_api::claims::{EvidenceTermsMsg, TermsMsg};
use vitals_api::registry::ExecuteMsg;
use vitals_core::key::Signer;
use vitals_core::measure::Measure;
use vitals_testing::device::TestBatch;

use crate::common::{fixed, refused, rule, ruled, terms, World, HIGH};

const AHEAD_MS: u64 = 100_000;

/// A policy that covers from the moment it is bound.
fn at_once() -> World {
    World::selling(&TermsMsg {
        waiting_s: 0,
        ..fixed()
    })
}

/// Measured, as the device says, a while after now: its clock runs ahead.
fn ahead(world: &mut World) -> TestBatch {
    let at = world.suite.now_ms() + AHEAD_MS;
    world.device.measure(Measure::HeartRate, at, &[HIGH; 3])
}

/// Ill first, insured after: the clock runs ahead, so that the episode is dated after the binding.
#[test]
fn what_was_anchored_before_the_policy_was_bound_is_not_evidence() {
    let mut world = at_once();
    let batch = ahead(&mut world);
    world.suite.anchor("patient", &batch).unwrap();
    world.suite.advance(10);
    let policy = world.bind().unwrap();
    world.suite.advance(120);
    let shown = world.shown(&batch, &[0, 1, 2]);
    refused(world.claim(policy, &shown), "claims/anchored_before_policy");
}

/// Who wore it then, nobody knows: the clock runs ahead, and the pairing ended before it says.
#[test]
fn a_reading_dated_after_its_device_was_unpaired_is_not_evidence() {
    let mut world = at_once();
    let policy = world.bind().unwrap();
    world.suite.advance(1);
    let batch = ahead(&mut world);
    world.suite.anchor("patient", &batch).unwrap();
    let unpair = world.device.unpair_unsigned();
    let at = world.suite.at.registry.clone();
    world.suite.execute("patient", &at, &unpair).unwrap();
    world.suite.advance(120);
    let shown = world.shown(&batch, &[0, 1, 2]);
    refused(world.claim(policy, &shown), "claims/unpaired");
}

/// The device signs other times than its readings have, so that pairing and freshness are judged by
/// those.
#[test]
fn a_reading_outside_the_times_its_device_signed_is_not_evidence() {
    let mut world = at_once();
    let policy = world.bind().unwrap();
    world.suite.advance(60);
    let at = world.suite.now_ms();
    let mut batch = world.device.measure(Measure::HeartRate, at, &[HIGH; 3]);
    world.suite.advance(60);
    let measured = &mut batch.sealed.measured;
    measured.first_ms += 30_000;
    measured.last_ms = measured.first_ms;
    let digest = batch.measured().digest(&world.device.deployment);
    batch.sealed.signature = world.device.signer.sign(&digest);
    world.suite.anchor("patient", &batch).unwrap();
    let shown = world.shown(&batch, &[0, 1, 2]);
    refused(world.claim(policy, &shown), "proof/outside_batch");
}

/// Paid to the contract, money would be in no book, and stay for ever.
#[test]
fn nothing_is_ever_owed_to_the_contract_itself() {
    let mut world = World::new();
    let contract = world.suite.at.claims.to_string();
    let msg = world.binding(vitals_core::decision::GroundRef::Patient {}, &contract);
    let funds = world.suite.coins(crate::common::PREMIUM);
    refused(
        world.send("patient", &msg, &funds),
        "claims/payee_is_the_contract",
    );
}

fn tell_registry(world: &mut World, who: &str, msg: &ExecuteMsg) {
    let registry = world.suite.at.registry.clone();
    world.suite.execute(who, &registry, msg).unwrap();
}

fn recall(world: &mut World) {
    let msg = ExecuteMsg::Recall {
        model: 1,
        from_firmware: 0,
        to_firmware: u32::MAX,
        reason: Binary::new(vec![1; 32]),
    };
    tell_registry(world, "maker", &msg);
}

/// A model that measures too high is recalled. Until somebody marks the device its batches are
/// anchored as before; what they show is worth nothing all the same.
#[test]
fn what_a_recalled_device_measured_is_not_evidence_marked_or_not() {
    for mark in [false, true] {
        let (mut world, policy) = World::covered();
        let before = world.episode();
        recall(&mut world);
        let after = world.episode();
        if mark {
            let devices = vec![Uint64::new(world.device.device)];
            tell_registry(
                &mut world,
                "stranger",
                &ExecuteMsg::MarkRecalled { devices },
            );
        }
        refused(world.claim(policy, &after), "claims/device_unusable");
        assert!(world.claim(policy, &before).is_ok(), "measured before");
    }
}

/// Taken out of use, as the patient said, before the time its clock, which runs ahead, says it
/// measured.
#[test]
fn a_reading_dated_after_its_device_was_suspended_or_retired_is_not_evidence() {
    for retire in [false, true] {
        let mut world = at_once();
        let policy = world.bind().unwrap();
        world.suite.advance(1);
        let batch = ahead(&mut world);
        world.suite.anchor("patient", &batch).unwrap();
        let (msg, code) = if retire {
            // that ends its pairing
            (world.device.retire(), "claims/unpaired")
        } else {
            let device = Uint64::new(world.device.device);
            (ExecuteMsg::Suspend { device }, "claims/device_unusable")
        };
        tell_registry(&mut world, "patient", &msg);
        world.suite.advance(120);
        let shown = world.shown(&batch, &[0, 1, 2]);
        refused(world.claim(policy, &shown), code);
    }
}

/// Never calibrated, calibrated when the claim is made, and no more calibrated when it measured.
#[test]
fn a_device_out_of_calibration_when_it_measured_shows_nothing() {
    let (mut world, policy) = World::covered_by(&ruled(|rule| rule.calibrated = true));
    let never = world.episode();
    let calibrate = ExecuteMsg::Calibrate {
        device: Uint64::new(world.device.device),
        from: None,
        until: world.suite.now_s() + 100,
    };
    tell_registry(&mut world, "maker", &calibrate);
    refused(world.claim(policy, &never), "claims/not_calibrated");
    let in_time = world.episode();
    world.claim(policy, &in_time).unwrap();
    world.suite.advance(600);
    let late = world.episode();
    refused(world.claim(policy, &late), "claims/not_calibrated");
}

/// A better device than the one the insurer priced, or a worse one.
#[test]
fn a_model_the_product_does_not_list_shows_nothing() {
    let mut world = World::new();
    let patient = world.patient;
    let measures = [Measure::HeartRate];
    let mut other = world.suite.paired_device(9, &measures, "patient", patient);
    world.product = world
        .create(&TermsMsg {
            evidence: EvidenceTermsMsg::Disclosed {
                rule: rule(),
                models: vec![1],
            },
            waiting_s: 0,
            ..terms()
        })
        .unwrap();
    world.deposit(crate::common::DEPOSIT).unwrap();
    let policy = world.bind().unwrap();
    let from = world.suite.now_ms();
    let batch = other.measure(Measure::HeartRate, from, &[HIGH; 3]);
    world.suite.advance(60);
    world.suite.anchor("patient", &batch).unwrap();
    let shown = world.shown(&batch, &[0, 1, 2]);
    refused(world.claim(policy, &shown), "claims/model_not_listed");
    let listed = world.episode();
    assert!(world.claim(policy, &listed).is_ok());
}

/// A device put on for the claim.
#[test]
fn a_device_that_was_paired_too_short_a_time_shows_nothing() {
    let (mut world, policy) = World::covered_by(&ruled(|rule| rule.paired_for_s = 4_000));
    let early = world.episode();
    refused(world.claim(policy, &early), "claims/paired_too_short");
    world.suite.advance(400);
    let long_enough = world.episode();
    assert!(world.claim(policy, &long_enough).is_ok());
}
