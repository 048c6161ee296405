//! Batches as a device commits to them, sealed and opened again.

use std::collections::BTreeSet;

use cosmwasm_std::Binary;
use vitals_api::anchor::BatchId;
use vitals_api::registry::record::Halts;
use vitals_core::device::{BatchHead, OpenBatch};
use vitals_core::insurance::{Cover, Reward, RewardSearch};
use vitals_core::key::{PublicKey, SignatureScheme};
use vitals_core::keytree::GenerationSecret;
use vitals_core::payload::{self, Context};
use vitals_core::proof::Multiproof;
use vitals_core::reading::ReadingFlags;
use vitals_core::rule::{Assurance, Comparison, Condition, Rule};
use vitals_core::set::Set;
use vitals_core::time::epoch_start;

use super::*;

const EPOCH: u32 = 500_000;

/// Readings of one device's hour: minute by minute, each a value.
fn holding(epoch: u32, measure: Measure, values: &[i64]) -> Holding {
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

fn info(measured: &vitals_core::measured::Measured, sealed: &[u8]) -> BatchInfo {
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

fn device() -> Device {
    let key = PublicKey::new(SignatureScheme::Ed25519, &[2; 32]).unwrap();
    let measures = Set::of(&[Measure::HeartRate, Measure::Steps]);
    Device::new(key, 6, 1, Assurance::Maker, measures)
}

fn holdings(batches: Vec<Holding>) -> Holdings {
    Holdings {
        batches,
        models: vec![6],
        bound_at: bound_at(),
    }
}

fn bound_at() -> Seconds {
    epoch_start(EPOCH) / 1_000
}

fn cover() -> Cover {
    Cover {
        from: bound_at(),
        until: bound_at() + 1_000_000,
        file_until: bound_at() + 2_000_000,
    }
}

fn claimable() -> Claimable {
    Claimable {
        rule: Rule {
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
        },
        bound_at: bound_at(),
        cover: cover(),
        file_within_s: 1_000_000,
        by_day: false,
        least_gap_ms: 1,
        paid: Vec::new(),
        now_ms: (bound_at() + 500_000) * 1_000,
    }
}

fn prepared(held: &Holdings) -> Result<Prepared, InsuranceError> {
    held.claim(8, GroundRef::Patient {}, &claimable())
}

#[test]
fn a_claim_proves_its_readings_and_lists_what_it_publishes() {
    let held = holdings(vec![
        holding(EPOCH, Measure::HeartRate, &[800, 1_250, 900]),
        holding(
            EPOCH + 1,
            Measure::HeartRate,
            &[800, 1_210, 1_220, 700, 1_230],
        ),
    ]);
    let prepared = prepared(&held).unwrap();
    let values: Vec<i64> = prepared.published.iter().map(|r| r.value).collect();
    assert_eq!(values, [1_210, 1_220, 1_230]);
    assert!(prepared
        .published
        .iter()
        .all(|r| (r.device, r.model) == (4, 6)));
    let ExecuteMsg::Claim {
        evidence, policy, ..
    } = prepared.msg
    else {
        panic!("not a claim");
    };
    assert_eq!((policy.u64(), evidence.len()), (8, 1));
    let info = &held.batches[1].info;
    assert_eq!(evidence[0].batch, info.id);
    let root: [u8; 32] = info.root.as_slice().try_into().unwrap();
    let proof = Multiproof::from_bytes(&evidence[0].proof).unwrap();
    let proven = proof.verify(&root, info.count).unwrap();
    assert_eq!(
        proven.iter().map(|p| p.index).collect::<Vec<_>>(),
        [1, 2, 4]
    );
}

#[test]
fn a_claim_over_two_hours_has_a_proof_for_each_batch() {
    let held = holdings(vec![
        holding(EPOCH + 1, Measure::HeartRate, &[1_210, 1_220]),
        holding(EPOCH, Measure::HeartRate, &[800, 1_250, 900]),
    ]);
    let prepared = prepared(&held).unwrap();
    let ExecuteMsg::Claim { evidence, .. } = prepared.msg else {
        panic!("not a claim");
    };
    assert_eq!(evidence.len(), 2);
    let times: Vec<u64> = prepared.published.iter().map(|r| r.at_ms).collect();
    assert!(times.is_sorted());
    let window = prepared.window.unwrap();
    assert_eq!((window.from_ms, window.to_ms), (times[0], times[2]));
}

#[test]
fn what_the_chain_would_refuse_is_barred_and_named() {
    type Change = fn(&mut Holding);
    let cases: [(Change, Bar); 6] = [
        (|held| held.recalled_from_ms = Some(0), Bar::Unusable),
        (|held| held.info.measures.clear(), Bar::Unsigned),
        (
            |held| held.info.anchored_at_ms = bound_at() * 1_000,
            Bar::AnchoredBefore,
        ),
        (|held| held.device.model = 7, Bar::Model),
        (
            |held| held.pairing.to_ms = Some(held.info.first_at_ms),
            Bar::Unpaired,
        ),
        (
            |held| held.device.lost_from_ms = Some(held.info.first_at_ms),
            Bar::Unusable,
        ),
    ];
    for (change, bar) in cases {
        let mut batch = holding(EPOCH, Measure::HeartRate, &[1_300; 5]);
        change(&mut batch);
        let error = prepared(&holdings(vec![batch])).unwrap_err().to_string();
        assert!(error.starts_with("insurance/not_met: "), "{error}");
        assert!(error.contains(&bar.to_string()), "{error}");
    }
}

#[test]
fn readings_that_fall_short_say_by_how_much() {
    let held = holdings(vec![holding(
        EPOCH,
        Measure::HeartRate,
        &[1_300, 1_300, 1_190],
    )]);
    assert_eq!(
        prepared(&held).unwrap_err().to_string(),
        "insurance/not_met: no readings meet the rule: Heart rate of at least 120.0 /min is asked \
         for; it would be met at 119.0 /min; or 3 readings of each measure are asked for; 2 lie together"
    );
    assert_eq!(prepared(&holdings(vec![])), Err(InsuranceError::NoReadings));
}

#[test]
fn where_no_one_term_is_all_that_is_wrong_readings_are_counted() {
    let mut batch = holding(EPOCH, Measure::HeartRate, &[700, 1_300]);
    batch.info.calibrated = false;
    let error = prepared(&holdings(vec![batch])).unwrap_err().to_string();
    assert!(
        error.contains("more than one term is not met; of 2 readings"),
        "{error}"
    );
    assert!(error.contains("1 by claims/below_threshold"), "{error}");
    assert!(error.contains("1 by claims/not_calibrated"), "{error}");
}

#[test]
fn a_reward_shows_full_days_and_names_the_fullest_of_others() {
    let search = RewardSearch {
        reward: Reward {
            measure: Measure::Steps,
            least_a_day: 1_000,
            days: 5,
            rebate: 1,
            accept_simulated: false,
        },
        bound_at: bound_at(),
        cover: cover(),
        file_within_s: 1_000_000,
        counted: BTreeSet::new(),
        wanted: 5,
        now_ms: claimable().now_ms,
    };
    let held = holdings(vec![
        holding(EPOCH, Measure::Steps, &[600, 500]),
        holding(EPOCH + 30, Measure::Steps, &[900, 50]),
    ]);
    let reward = |search| held.reward(8, GroundRef::Patient {}, search);
    let prepared = reward(&search).unwrap();
    assert_eq!((prepared.days, prepared.published.len()), (vec![0], 2));
    let counted = RewardSearch {
        counted: BTreeSet::from([0]),
        ..search.clone()
    };
    assert_eq!(
        reward(&counted).unwrap_err().to_string(),
        "insurance/not_met: no readings meet the rule: a day of 1000 {steps} is asked for; the \
         fullest day that is not counted yet, day 1, adds up to 950 {steps}"
    );
}
