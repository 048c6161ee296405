//! Evidence that its batch does not, or no longer, vouch for.

mod common;

use common::{refused, World, HIGH};
use vitals_api::anchor::ExecuteMsg;
use vitals_core::key::Signer;
use vitals_core::measure::{Category, Measure};
use vitals_core::salt::Salts;
use vitals_core::time::Window;
use vitals_core::tree::{leaf_hash, leaf_input, root};

#[test]
fn what_the_patient_shredded_is_paid_nothing() {
    let (mut world, policy) = World::covered();
    let batch = world.measured(&[HIGH; 3]);
    let shown = world.shown(&batch, &[0, 1, 2]);
    let shred = ExecuteMsg::Shred {
        patient: world.patient.into(),
        categories: vec![Category::Cardiac],
        window: Window::one(batch.measured().epoch),
        start_after: None,
    };
    let anchor = world.suite.at.anchor.clone();
    world.suite.execute("patient", &anchor, &shred).unwrap();
    let before = world.money();
    refused(world.claim(policy, &shown), "anchor/shredded");
    assert_eq!(world.money(), before);
}

/// What was paid stays paid: the readings are in the claim's own transaction.
#[test]
fn what_is_shredded_after_it_was_paid_changes_no_money() {
    let (mut world, policy) = World::covered();
    let batch = world.measured(&[HIGH; 3]);
    let shown = world.shown(&batch, &[0, 1, 2]);
    world.claim(policy, &shown).unwrap();
    let paid = world.money();
    let shred = ExecuteMsg::Shred {
        patient: world.patient.into(),
        categories: vec![Category::Cardiac],
        window: Window::one(batch.measured().epoch),
        start_after: None,
    };
    let anchor = world.suite.at.anchor.clone();
    world.suite.execute("patient", &anchor, &shred).unwrap();
    assert_eq!(world.money(), paid);
}

/// A device that measures heart rate only, with firmware that signs what it never measured.
#[test]
fn a_reading_its_devices_model_does_not_list_is_paid_nothing() {
    let (mut world, policy) = World::covered();
    let from = world.suite.now_ms();
    let mut batch = world.device.measure(Measure::HeartRate, from, &[HIGH; 3]);
    for reading in &mut batch.readings {
        reading.measure = Measure::SystolicPressure;
    }
    let leaves: Vec<_> = batch
        .readings
        .iter()
        .zip(Salts::new(batch.seed).iter())
        .map(|(reading, salt)| leaf_hash(&leaf_input(reading, &salt)))
        .collect();
    batch.sealed.measured.root = root(&leaves);
    let digest = batch.measured().digest(&world.device.deployment);
    batch.sealed.signature = world.device.signer.sign(&digest);
    world.suite.advance(60);
    world.suite.anchor("patient", &batch).unwrap();
    let shown = world.shown(&batch, &[0, 1, 2]);
    refused(world.claim(policy, &shown), "proof/measure_unlisted");
}
