//! Sealed payloads from outside: round trips, refusals, sizes on a real recording, and the
//! vectors in `testdata/`.
#![cfg(feature = "seal")]

use proptest::prelude::*;
use serde_json::Value;
use vitals_core::keytree::{EpochKey, GenerationSecret};
use vitals_core::measure::{Category, Measure, MEASURES};
use vitals_core::payload::{
    digest, open, padded_len, seal, Context, PayloadError, MAX_READINGS, MAX_SEALED_BYTES,
    OVERHEAD_BYTES,
};
use vitals_core::reading::{Quality, Reading, ReadingFlags};

const SEED: [u8; 32] = [0x5e; 32];
const NONCE: [u8; 24] = [0x24; 24];
const ROOT: [u8; 32] = [0xaa; 32];
const NOW: u32 = 495_000;

fn vectors() -> Value {
    serde_json::from_str(include_str!("../../../testdata/vectors/payload.json")).unwrap()
}

fn bytes(value: &Value) -> Vec<u8> {
    hex::decode(value.as_str().unwrap()).unwrap()
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap()
}

fn epoch_key(epoch: u32) -> EpochKey {
    GenerationSecret::from_bytes(core::array::from_fn(|i| i as u8))
        .root(0x0123_4567_89ab_cdef, 3, Category::Cardiac)
        .epoch_key(epoch)
}

fn context() -> Context<'static> {
    Context {
        device: 42,
        sequence: 7,
        root: &ROOT,
        generation: 3,
        measured: b"the signed measured bytes",
    }
}

fn beat(value: i64, offset_ms: u32) -> Reading {
    Reading {
        measure: Measure::HeartRate,
        value,
        offset_ms,
        flags: ReadingFlags::MEASURED_GOOD,
    }
}

fn sealed(readings: &[Reading]) -> Vec<u8> {
    seal(&epoch_key(NOW), &context(), &SEED, readings, &NONCE).unwrap()
}

fn opened(sealed: &[u8]) -> Result<([u8; 32], Vec<Reading>), PayloadError> {
    open(&epoch_key(NOW), &context(), sealed)
}

/// The recording's heart rates, at the time their beats add up to, `speed` times as fast.
fn recording(speed: u32) -> Vec<Reading> {
    let csv = include_str!("../../../testdata/recording/rr-intervals.csv");
    let mut at = 0;
    csv.lines()
        .skip(1)
        .map(|line| {
            let rr: u32 = line.parse().unwrap();
            at += rr;
            beat(i64::from((600_000 + rr / 2) / rr), at / speed)
        })
        .collect()
}

fn vector_reading(value: &Value) -> Reading {
    Reading {
        measure: Measure::from_code(number(&value[0]) as u16).unwrap(),
        value: value[1].as_str().unwrap().parse().unwrap(),
        offset_ms: number(&value[2]) as u32,
        flags: ReadingFlags::from_byte(number(&value[3]) as u8).unwrap(),
    }
}

#[test]
fn payloads_are_those_of_the_vectors() {
    let vectors = vectors();
    let nonce = bytes(&vectors["nonce"]).try_into().unwrap();
    let cases = vectors["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 4);
    for case in cases {
        let readings: Vec<Reading> = case["readings"]
            .as_array()
            .unwrap()
            .iter()
            .map(vector_reading)
            .collect();
        let sealed = seal(&epoch_key(NOW), &context(), &SEED, &readings, &nonce).unwrap();
        assert_eq!(hex::encode(&sealed), case["sealed"].as_str().unwrap());
        assert_eq!(digest(&sealed)[..], bytes(&case["digest"]));
        assert_eq!(opened(&sealed), Ok((SEED, readings)));
    }
}

#[test]
fn authentic_payloads_of_wrong_form_are_refused_by_name() {
    let vectors = vectors();
    let cases = vectors["refused"].as_array().unwrap();
    assert!(cases.len() >= 9);
    for case in cases {
        let error = opened(&bytes(&case["sealed"])).unwrap_err();
        let code = format!("payload/{}:", case["code"].as_str().unwrap());
        assert!(error.to_string().starts_with(&code), "{case}: {error}");
    }
}

#[test]
fn four_thousand_heartbeats_take_at_most_two_and_a_half_bytes_each() {
    for (speed, most) in [(1, 2.1), (60, 1.4)] {
        let readings = &recording(speed)[..4_000];
        let sealed = sealed(readings);
        let each = sealed.len() as f64 / readings.len() as f64;
        assert!(each <= most, "{each} at {speed} times the speed");
        assert_eq!(opened(&sealed).unwrap().1, readings);
    }
}

#[test]
fn a_steady_sensor_takes_a_quarter_of_a_byte_a_reading() {
    let readings: Vec<Reading> = (0..3_600).map(|s| beat(725, s * 1_000)).collect();
    assert!(sealed(&readings).len() <= 3_600 * 3 / 10 + OVERHEAD_BYTES);
}

#[test]
fn the_worst_readings_stay_below_the_cap_and_come_back() {
    let readings: Vec<Reading> = (0..MAX_READINGS)
        .map(|i| Reading {
            measure: MEASURES[i % MEASURES.len()].measure,
            value: if (i / MEASURES.len()).is_multiple_of(2) {
                i64::MIN / 2
            } else {
                i64::MAX / 2
            },
            offset_ms: [0, 3_599_999, 1_234_567][i % 3],
            flags: ReadingFlags::from_byte((i % 6) as u8).unwrap(),
        })
        .collect();
    let sealed = sealed(&readings);
    assert!(sealed.len() < MAX_SEALED_BYTES, "{}", sealed.len());
    assert_eq!(opened(&sealed).unwrap().1, readings);
}

#[test]
fn no_reading_and_one_too_many_are_refused() {
    let seal = |readings: &[Reading]| seal(&epoch_key(NOW), &context(), &SEED, readings, &NONCE);
    assert_eq!(seal(&[]), Err(PayloadError::Count { got: 0 }));
    let many = vec![beat(1, 1); MAX_READINGS + 1];
    assert_eq!(seal(&many), Err(PayloadError::Count { got: 65_536 }));
    assert!(seal(&many[1..]).is_ok());
}

#[test]
fn a_reading_outside_its_epoch_is_not_sealed() {
    let late = [beat(1, 3_600_000)];
    let refused = seal(&epoch_key(NOW), &context(), &SEED, &late, &NONCE);
    assert!(matches!(refused, Err(PayloadError::Format(_))));
}

#[test]
fn another_epoch_device_sequence_root_generation_or_measured_opens_nothing() {
    let sealed = sealed(&[beat(725, 10)]);
    let not_authentic = |epoch, context: Context<'_>| {
        let refused = open(&epoch_key(epoch), &context, &sealed);
        assert_eq!(refused, Err(PayloadError::NotAuthentic), "{context:?}");
    };
    let good = context();
    not_authentic(NOW + 1, good);
    not_authentic(NOW, Context { device: 43, ..good });
    not_authentic(
        NOW,
        Context {
            sequence: 8,
            ..good
        },
    );
    not_authentic(
        NOW,
        Context {
            root: &[0xab; 32],
            ..good
        },
    );
    not_authentic(
        NOW,
        Context {
            generation: 4,
            ..good
        },
    );
    not_authentic(
        NOW,
        Context {
            measured: b"the signed measured byte",
            ..good
        },
    );
}

#[test]
fn every_altered_bit_and_every_cut_is_refused() {
    let good = sealed(&[beat(725, 10), beat(731, 830)]);
    for bit in 0..good.len() * 8 {
        let mut altered = good.clone();
        altered[bit / 8] ^= 1 << (bit % 8);
        let expected = match bit / 8 {
            0 => PayloadError::Version { got: altered[0] },
            _ => PayloadError::NotAuthentic,
        };
        assert_eq!(opened(&altered), Err(expected), "bit {bit}");
    }
    for len in 0..good.len() {
        assert!(opened(&good[..len]).is_err(), "{len}");
    }
    let longer = [&good[..], &[0]].concat();
    assert_eq!(opened(&longer), Err(PayloadError::NotAuthentic));
}

#[test]
fn more_bytes_than_any_batch_has_are_refused_unread() {
    let got = MAX_SEALED_BYTES + 1;
    let mut huge = vec![0; got];
    huge[0] = 1;
    assert_eq!(opened(&huge), Err(PayloadError::Length { got }));
}

#[test]
fn a_batch_sealed_again_under_another_nonce_shows_no_likeness() {
    let readings = [beat(725, 10)];
    let again = seal(&epoch_key(NOW), &context(), &SEED, &readings, &[9; 24]).unwrap();
    let first = sealed(&readings);
    assert_eq!(first.len(), again.len());
    assert_ne!(first[25..], again[25..]);
    assert_ne!(digest(&first), digest(&again));
}

#[test]
fn the_length_is_padme_s_and_hides_small_differences() {
    for count in [1, 10, 100, 1_000, 4_000] {
        let body = sealed(&recording(1)[..count]).len() - OVERHEAD_BYTES;
        assert_eq!(padded_len(body), body);
    }
}

fn some_reading() -> impl Strategy<Value = Reading> {
    let value = prop_oneof![
        4 => 600i64..900,
        1 => any::<i64>(),
        1 => Just(i64::MIN),
        1 => Just(i64::MAX),
    ];
    let quality = prop_oneof![
        8 => Just(Quality::Good),
        1 => Just(Quality::Questionable),
        1 => Just(Quality::Poor),
    ];
    (
        0..MEASURES.len(),
        value,
        0..3_600_000u32,
        any::<bool>(),
        quality,
    )
        .prop_map(|(row, value, offset_ms, simulated, quality)| Reading {
            measure: MEASURES[row].measure,
            value,
            offset_ms,
            flags: ReadingFlags { simulated, quality },
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_readings_come_back_in_their_order(
        readings in proptest::collection::vec(some_reading(), 1..300),
        seed in any::<[u8; 32]>(),
    ) {
        let sealed = seal(&epoch_key(NOW), &context(), &seed, &readings, &NONCE).unwrap();
        prop_assert_eq!(opened(&sealed), Ok((seed, readings)));
    }

    #[test]
    fn any_bytes_are_refused_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(opened(&bytes).is_err());
    }
}
