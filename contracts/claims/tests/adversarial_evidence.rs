//! Proofs that prove something else, and evidence that its batch does not, or no longer, vouch for.

use crate::common::{refused, World, HIGH};
use cosmwasm_std::Binary;
use vitals_api::anchor::ExecuteMsg;
use vitals_api::claims::{EvidenceMsg, MAX_EVIDENCE, MAX_PROOF_BYTES};
use vitals_core::decision::GroundRef;
use vitals_core::key::Signer;
use vitals_core::measure::{Category, Measure};
use vitals_core::salt::Salts;
use vitals_core::time::Window;
use vitals_core::tree::{leaf_hash, leaf_input, root};

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

/// A reading is raised above the threshold, or touched in a bit that no rule looks at.
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

/// Two good readings are made three: one is shown twice, or as if it were another's.
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

/// A proof that is good for another batch, or for a batch that has a reading less or more.
#[test]
fn a_proof_of_another_tree_or_count_is_none() {
    let (mut world, policy) = World::covered();
    let four = world.measured(&[HIGH; 4]);
    let three = world.measured(&[HIGH; 3]);
    for (batch, proof_of, code) in [
        (&four, &three, "proof/missing_node"),
        (&three, &four, "proof/extra_node"),
    ] {
        let claimed = EvidenceMsg {
            proof: proof_of.prove(&[0, 1, 2]),
            ..world.shown(batch, &[0, 1, 2])
        };
        refused(world.claim(policy, &claimed), code);
    }
    let again = world.measured(&[HIGH; 3]);
    let claimed = EvidenceMsg {
        proof: three.prove(&[0, 1, 2]),
        ..world.shown(&again, &[0, 1, 2])
    };
    refused(world.claim(policy, &claimed), "proof/root");
}

/// The same batch is taken apart into two proofs, so that its readings count in each.
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

/// Nothing shown must prove nothing; and nobody is to be kept busy with megabytes of proof.
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

/// A proof prepared before the patient took the batch back.
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
