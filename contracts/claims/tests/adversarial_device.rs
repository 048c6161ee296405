//! What a device that lies about time, or a clock that runs ahead, must not be paid for.

mod common;

use common::{refused, terms, World, HIGH};
use vitals_core::key::Signer;
use vitals_core::measure::Measure;
use vitals_testing::device::TestBatch;

const AHEAD_MS: u64 = 100_000;

/// A policy that covers from the moment it is bound.
fn at_once() -> World {
    let mut product = terms();
    (product.waiting_s, product.max_claims) = (0, 1);
    World::selling(&product)
}

/// Measured, as the device says, a while after now: its clock runs ahead.
fn ahead(world: &mut World) -> TestBatch {
    let at = world.suite.now_ms() + AHEAD_MS;
    world.device.measure(Measure::HeartRate, at, &[HIGH; 3])
}

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

#[test]
fn a_reading_dated_after_its_device_was_unpaired_is_not_evidence() {
    let mut world = at_once();
    let policy = world.bind().unwrap();
    let batch = ahead(&mut world);
    world.suite.anchor("patient", &batch).unwrap();
    let unpair = world.device.unpair_unsigned();
    let at = world.suite.at.registry.clone();
    world.suite.execute("patient", &at, &unpair).unwrap();
    world.suite.advance(120);
    let shown = world.shown(&batch, &[0, 1, 2]);
    refused(world.claim(policy, &shown), "claims/unpaired");
}

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

#[test]
fn nothing_is_ever_owed_to_the_contract_itself() {
    let mut world = World::new();
    let contract = world.suite.at.claims.to_string();
    let msg = world.binding(vitals_core::decision::GroundRef::Patient {}, &contract);
    let funds = world.suite.coins(common::PREMIUM);
    refused(
        world.send("patient", &msg, &funds),
        "claims/payee_is_the_contract",
    );
}
