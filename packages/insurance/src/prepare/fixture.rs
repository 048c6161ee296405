//! Batches as a device commits to them, sealed and opened again.

use cosmwasm_std::Binary;
use vitals_api::anchor::BatchId;
use vitals_api::registry::record::Halts;
use vitals_core::device::{BatchHead, OpenBatch};
use vitals_core::insurance::Cover;
use vitals_core::key::{PublicKey, SignatureScheme};
use vitals_core::keytree::GenerationSecret;
use vitals_core::payload::{self, Context};
use vitals_core::reading::ReadingFlags;
use vitals_core::rule::{Assurance, Comparison, Condition, Rule};
use vitals_core::set::Set;
use vitals_core::time::epoch_start;

use super::*;

pub(crate) const EPOCH: u32 = 500_000;

/// Readings of one device's hour: minute by minute, each a value.
pub(crate) fn holding(epoch: u32, measure: Measure, values: &[i64]) -> Holding {
    let readings: Vec<Reading> = values
        .iter()
        .zip(0..)
        .map(|(&value, minute)| Reading {
            measure,
            value,
            offset_ms: minute * 60_000,
            flags: ReadingFlags::MEASURED_GOOD,
        })
        .collect();
    let category = measure.category();
    let head = BatchHead {
        device: 4,
        pairing: 1,
        sequence: u64::from(epoch),
        category,
        epoch,
    };
    let seed = [7; 32];
    let mut open = OpenBatch::open(head, seed).unwrap();
    readings.iter().for_each(|r| open.push(r).unwrap());
    let measured = open.close(None, 0).unwrap();
    let key = GenerationSecret::from_bytes([5; 32])
        .root(1, 1, category)
        .epoch_key(epoch);
    let context = Context {
        device: measured.device,
        sequence: measured.sequence,
        root: &measured.root,
        generation: 1,
        measured: &measured.to_bytes(),
    };
    let sealed = payload::seal(&key, &context, &seed, &readings, &[9; 24]).unwrap();
    let info = info(&measured, &sealed);
    Holding {
        opened: vitals_reader::open(&info, &key, &sealed).unwrap(),
        info,
        device: device(),
        pairing: Pairing {
            patient: 1,
            from_ms: 0,
            to_ms: None,
            halts: Halts::default(),
        },
        recalled_from_ms: None,
    }
}

pub(crate) fn info(measured: &vitals_core::measured::Measured, sealed: &[u8]) -> BatchInfo {
    BatchInfo {
        id: BatchId {
            patient: Uint64::new(1),
            category: measured.category,
            epoch: measured.epoch,
            device: Uint64::new(measured.device),
            sequence: Uint64::new(measured.sequence),
        },
        pairing: measured.pairing,
        root: Binary::new(measured.root.to_vec()),
        private_root: None,
        digest: Binary::new(payload::digest(sealed).to_vec()),
        length: sealed.len() as u32,
        count: measured.count,
        first_at_ms: measured.first_at(),
        last_at_ms: measured.last_at(),
        generation: 1,
        assurance: Assurance::Maker,
        measures: vec![Measure::HeartRate, Measure::Steps],
        calibrated: true,
        simulated: false,
        anchored_at_ms: measured.last_at() + 1_000,
        shredded: None,
    }
}

pub(crate) fn device() -> Device {
    let key = PublicKey::new(SignatureScheme::Ed25519, &[2; 32]).unwrap();
    let measures = Set::of(&[Measure::HeartRate, Measure::Steps]);
    Device::new(key, 6, 1, Assurance::Maker, measures)
}

pub(crate) fn holdings(batches: Vec<Holding>) -> Holdings {
    Holdings {
        batches,
        models: vec![6],
        bound_at: bound_at(),
    }
}

pub(crate) fn bound_at() -> Seconds {
    epoch_start(EPOCH) / 1_000
}

pub(crate) fn cover() -> Cover {
    Cover {
        from: bound_at(),
        until: bound_at() + 1_000_000,
        file_until: bound_at() + 2_000_000,
    }
}

pub(crate) fn rule() -> Rule {
    Rule {
        conditions: vec![Condition {
            measure: Measure::HeartRate,
            comparison: Comparison::AtLeast,
            threshold: 1_200,
        }],
        readings: 3,
        spaced_s: 60,
        within_s: 7_200,
        anchored_within_s: 7_200,
        min_assurance: Assurance::Maker,
        accept_questionable: false,
        paired_for_s: 0,
        calibrated: true,
        accept_simulated: false,
    }
}

pub(crate) fn claimable() -> Claimable {
    Claimable {
        rule: rule(),
        bound_at: bound_at(),
        cover: cover(),
        file_within_s: 1_000_000,
        by_day: false,
        least_gap_ms: 1,
        paid: Vec::new(),
        now_ms: (bound_at() + 500_000) * 1_000,
    }
}

pub(crate) fn prepared(held: &Holdings) -> Result<Prepared, InsuranceError> {
    held.claim(8, GroundRef::Patient {}, &claimable())
}
