use proptest::prelude::*;
use serde::Deserialize;
use vitals_core::measure::Measure;

use super::*;
use crate::{Decimal, Stamp};

#[derive(Deserialize)]
struct Vector {
    name: String,
    characteristic: String,
    hex: String,
    expect: Expected,
}

#[derive(Deserialize)]
struct Expected {
    error: Option<String>,
    battery: Option<u8>,
    #[serde(default)]
    readings: Vec<(Measure, i64)>,
    quality: Option<String>,
    #[serde(default)]
    simulated: bool,
    local_ms: Option<i64>,
    user: Option<u8>,
    number: Option<u16>,
    #[serde(default)]
    beats: Vec<u16>,
}

fn vectors() -> Vec<Vector> {
    let text = include_str!("../../../../testdata/sensors/gatt.json");
    serde_json::from_str(text).unwrap()
}

fn decoded(vector: &Vector) -> Result<Content, SensorError> {
    let characteristic = u16::from_str_radix(&vector.characteristic, 16).unwrap();
    decode(characteristic, &hex::decode(&vector.hex).unwrap())
}

fn measurement(expected: Expected) -> Measurement {
    let stamp = expected
        .local_ms
        .map_or(Stamp::Arrival, |ms| Stamp::Local { ms });
    let quality = match expected.quality.as_deref() {
        Some("good") => Quality::Good,
        Some("questionable") => Quality::Questionable,
        _ => Quality::Poor,
    };
    let mut measurement = Measurement::new(stamp, quality);
    measurement.values = expected.readings;
    measurement.flags.simulated = expected.simulated;
    measurement.user = expected.user;
    measurement.own_number = expected.number;
    measurement.beats = expected.beats;
    measurement
}

#[test]
fn every_published_and_hand_built_payload_says_what_its_source_says() {
    let vectors = vectors();
    assert!(vectors.len() > 50);
    for vector in vectors {
        let name = vector.name.clone();
        match (decoded(&vector), vector.expect) {
            (Err(refused), expected) => assert_eq!(Some(refused.code()), expected.error, "{name}"),
            (Ok(Content::Battery(got)), expected) => assert_eq!(Some(got), expected.battery),
            (Ok(Content::Measurement(got)), expected) => {
                assert_eq!(expected.error, None, "{name}");
                assert_eq!(got, measurement(expected), "{name}");
            }
        }
    }
}

#[test]
fn every_sfloat_of_exponent_0_is_its_mantissa_or_one_of_five_specials() {
    let specials = (0..=u16::MAX)
        .filter(|bits| matches!(Float::from_sfloat(*bits), Float::Special(_)))
        .collect::<Vec<_>>();
    assert_eq!(specials, [0x07fe, 0x07ff, 0x0800, 0x0801, 0x0802]);
    for (bits, mantissa, exponent) in [
        (0x0072, 114, 0),
        (0x0fff, -1, 0),
        (0x07fd, 2_045, 0),
        (0x0803, -2_045, 0),
        (0xf0bd, 189, -1),
        (0x8001, 1, -8),
        (0x7001, 1, 7),
        (0x17ff, 2_047, 1),
    ] {
        let expected = Float::Number(Decimal::new(mantissa, exponent));
        assert_eq!(Float::from_sfloat(bits), expected, "{bits:#06x}");
    }
}

#[test]
fn a_float_has_24_bits_of_mantissa_and_8_of_exponent_both_signed() {
    // HL7 Personal Health Device Implementation Guide, "IEEE 11073 FLOATs and SFLOATs"
    for (bits, mantissa, exponent) in [
        (0x0000_0002, 2, 0),
        (0xff00_0014, 20, -1),
        (0xfe00_00c8, 200, -2),
        (0x0100_0002, 2, 1),
        (0x00ff_ffff, -1, 0),
        (0x8080_0000, -8_388_608, -128),
        (0x017f_ffff, 8_388_607, 1),
    ] {
        let expected = Float::Number(Decimal::new(mantissa, exponent));
        assert_eq!(Float::from_float(bits), expected, "{bits:#010x}");
    }
}

#[test]
fn the_refusal_of_a_special_value_names_the_field_and_the_value() {
    let refused = decode(TEMPERATURE, &[0, 0, 0, 0x80, 0]).unwrap_err();
    assert_eq!(refused.to_string(), "sensors/no_value: temperature is NRes");
    let refused = decode(HEART_RATE, &[1, 60]).unwrap_err().to_string();
    let expected = "sensors/length: heart rate (uint16) takes 2 bytes, 1 are left";
    assert_eq!(refused, expected);
}

const CHARACTERISTICS: [u16; 7] = [
    GLUCOSE,
    BATTERY_LEVEL,
    TEMPERATURE,
    BLOOD_PRESSURE,
    HEART_RATE,
    PLX_SPOT_CHECK,
    PLX_CONTINUOUS,
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn no_bytes_panic_and_every_value_is_plausible_or_refused(
        which in 0usize..7,
        value in proptest::collection::vec(any::<u8>(), 0..40),
    ) {
        match decode(CHARACTERISTICS[which], &value) {
            Ok(Content::Battery(percent)) => prop_assert!(percent <= 100),
            Ok(Content::Measurement(m)) => {
                prop_assert!(!m.values.is_empty());
                prop_assert!(m.values.iter().all(|(measure, v)| measure.is_plausible(*v)));
                let beats = m.beat_samples(1_000_000);
                prop_assert!(beats.iter().all(|s| s.measure.is_plausible(s.value)));
            }
            Err(refused) => prop_assert!(refused.code().starts_with("sensors/")),
        }
    }

    #[test]
    fn every_cut_of_a_payload_is_read_or_refused(vector in 0usize..50, keep in 0usize..30) {
        let vector = &vectors()[vector];
        let bytes = hex::decode(&vector.hex).unwrap();
        let characteristic = u16::from_str_radix(&vector.characteristic, 16).unwrap();
        let _ = decode(characteristic, &bytes[..keep.min(bytes.len())]);
    }
}

#[test]
fn a_value_longer_than_any_attribute_s_is_refused_before_it_is_read() {
    let refused = decode(HEART_RATE, &[0x10; 513]);
    assert_eq!(refused, Err(SensorError::Size { got: 513 }));
}
