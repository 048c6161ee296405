//! Frames against a second implementation's vectors (`testdata/vectors/frame.json`), against every
//! other encoding, and by property.
#![cfg(all(feature = "frame", feature = "verify", feature = "sign"))]

use ciborium::Value;
use ed25519_dalek::{Signer as _, SigningKey};
use proptest::prelude::*;
use serde_json::Value as Json;
use vitals_core::device::{BatchHead, DeviceError};
use vitals_core::frame::{Frame, FrameError, SignedFrame, MAX_FRAME_BYTES};
use vitals_core::key::{PublicKey, SignatureScheme};
use vitals_core::measure::{Category, Measure};
use vitals_core::reading::{Quality, Reading, ReadingFlags};

const DEPLOYMENT: [u8; 32] = [4; 32];

fn vectors() -> Vec<Json> {
    let text = include_str!("../../../testdata/vectors/frame.json");
    let mut all: Json = serde_json::from_str(text).unwrap();
    serde_json::from_value(all["frames"].take()).unwrap()
}

fn unhex(value: &Json) -> Vec<u8> {
    hex::decode(value.as_str().unwrap()).unwrap()
}

fn number<T: TryFrom<u64>>(value: &Json) -> T {
    let number = match value {
        Json::String(text) => text.parse().unwrap(),
        other => other.as_u64().unwrap(),
    };
    T::try_from(number).ok().unwrap()
}

fn scheme(vector: &Json) -> SignatureScheme {
    serde_json::from_value(vector["scheme"].clone()).unwrap()
}

fn frame_of(vector: &Json) -> Frame {
    let readings = vector["readings"].as_array().unwrap();
    Frame::new(
        BatchHead {
            device: number(&vector["device"]),
            pairing: number(&vector["pairing"]),
            sequence: number(&vector["sequence"]),
            category: Category::from_code(number(&vector["category"])).unwrap(),
            epoch: number(&vector["epoch"]),
        },
        number(&vector["first_index"]),
        readings
            .iter()
            .map(|r| Reading::from_bytes(&unhex(r)).unwrap())
            .collect(),
    )
    .unwrap()
}

const HEAD: BatchHead = BatchHead {
    device: 7,
    pairing: 1,
    sequence: 42,
    category: Category::Cardiac,
    epoch: 490_000,
};

fn reading(offset_ms: u32) -> Reading {
    Reading {
        measure: Measure::HeartRate,
        value: 725,
        offset_ms,
        flags: ReadingFlags::MEASURED_GOOD,
    }
}

fn device_key() -> SigningKey {
    SigningKey::from_bytes(&[6; 32])
}

fn public(key: &SigningKey) -> PublicKey {
    PublicKey::new(SignatureScheme::Ed25519, &key.verifying_key().to_bytes()).unwrap()
}

fn signed(frame: Frame) -> SignedFrame {
    let message = frame
        .to_sign(SignatureScheme::Ed25519, &DEPLOYMENT)
        .unwrap();
    let signature = device_key().sign(&message).to_bytes();
    SignedFrame::new(frame, SignatureScheme::Ed25519, signature)
}

fn encoded() -> Vec<u8> {
    let frame = Frame::new(HEAD, 0, vec![reading(0), reading(1_000)]).unwrap();
    signed(frame).encode().unwrap()
}

fn to_cbor(value: &Value) -> Vec<u8> {
    let mut bytes = Vec::new();
    ciborium::into_writer(value, &mut bytes).unwrap();
    bytes
}

fn from_cbor(bytes: &[u8]) -> Value {
    ciborium::from_reader(bytes).unwrap()
}

/// A good frame with one of its four parts changed.
fn with_part(at: usize, part: Value) -> Result<SignedFrame, FrameError> {
    let mut sign1 = from_cbor(&encoded());
    sign1.as_array_mut().unwrap()[at] = part;
    SignedFrame::decode(&to_cbor(&sign1))
}

/// A good frame with one field of its payload changed.
fn with_field(at: usize, field: impl Into<Value>) -> Result<SignedFrame, FrameError> {
    let sign1 = from_cbor(&encoded());
    let payload = sign1.as_array().unwrap()[2].as_bytes().unwrap();
    let mut fields = from_cbor(payload);
    fields.as_array_mut().unwrap()[at] = field.into();
    with_part(2, Value::Bytes(to_cbor(&fields)))
}

fn raw_reading(measure: u32, value: i64, offset_ms: u32, flags: u32) -> Value {
    Value::Array(vec![
        measure.into(),
        value.into(),
        offset_ms.into(),
        flags.into(),
    ])
}

#[test]
fn frames_are_those_of_a_second_implementation() {
    for vector in vectors() {
        let deployment = unhex(&vector["deployment"]).try_into().unwrap();
        let frame = frame_of(&vector);
        let to_sign = frame.to_sign(scheme(&vector), &deployment).unwrap();
        assert_eq!(to_sign, unhex(&vector["to_sign"]));

        let decoded = SignedFrame::decode(&unhex(&vector["encoded"])).unwrap();
        assert_eq!(decoded.unverified(), &frame);
        assert_eq!(decoded.encode().unwrap(), unhex(&vector["encoded"]));
        let key = PublicKey::new(scheme(&vector), &unhex(&vector["public_key"])).unwrap();
        assert_eq!(decoded.verify(&key, &deployment), Ok(&frame));
        let elsewhere = decoded.verify(&key, &[0; 32]);
        assert_eq!(elsewhere, Err(FrameError::Signature));
    }
}

#[test]
fn an_ed25519_key_signs_the_bytes_themselves() {
    let vectors = vectors();
    let vector = vectors.iter().find(|v| v["secret"].is_string()).unwrap();
    let key = SigningKey::from_bytes(&unhex(&vector["secret"]).try_into().unwrap());
    let signature = key.sign(&unhex(&vector["to_sign"])).to_bytes();
    let signed = SignedFrame::new(frame_of(vector), scheme(vector), signature);
    assert_eq!(signed.encode().unwrap(), unhex(&vector["encoded"]));
}

#[test]
fn the_high_s_twin_of_an_ecdsa_signature_is_refused() {
    let all = vectors();
    let twins: Vec<_> = all.iter().filter(|v| v["high_s"].is_string()).collect();
    assert_eq!(twins.len(), 2);
    for vector in twins {
        let deployment = unhex(&vector["deployment"]).try_into().unwrap();
        let key = PublicKey::new(scheme(vector), &unhex(&vector["public_key"])).unwrap();
        let twin = SignedFrame::decode(&unhex(&vector["high_s"])).unwrap();
        assert_eq!(twin.verify(&key, &deployment), Err(FrameError::Signature));
    }
}

#[test]
fn a_frame_signed_by_another_key_or_scheme_is_refused() {
    let frame = SignedFrame::decode(&encoded()).unwrap();
    assert!(frame.verify(&public(&device_key()), &DEPLOYMENT).is_ok());
    let stranger = public(&SigningKey::from_bytes(&[7; 32]));
    let refused = frame.verify(&stranger, &DEPLOYMENT);
    assert_eq!(refused, Err(FrameError::Signature));
    let other_scheme = PublicKey::new(SignatureScheme::Secp256r1, &[2; 33]).unwrap();
    let refused = frame.verify(&other_scheme, &DEPLOYMENT);
    assert_eq!(refused, Err(FrameError::Signature));
}

#[test]
fn every_byte_is_under_the_signature_or_the_encoding() {
    let bytes = encoded();
    let key = public(&device_key());
    for at in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[at] ^= 1 << (at % 8);
        let refused = SignedFrame::decode(&changed)
            .and_then(|frame| frame.verify(&key, &DEPLOYMENT).map(|_| ()));
        assert!(refused.is_err(), "byte {at}");
    }
}

#[test]
fn a_tagged_trailed_or_cut_frame_is_refused() {
    let bytes = encoded();
    let tagged = [&[0xd2][..], &bytes].concat();
    assert!(matches!(
        SignedFrame::decode(&tagged),
        Err(FrameError::Shape { what: "frame", .. })
    ));
    let trailed = [&bytes[..], &[0]].concat();
    assert_eq!(SignedFrame::decode(&trailed), Err(FrameError::Canonical));
    for cut in 0..bytes.len() {
        assert!(SignedFrame::decode(&bytes[..cut]).is_err(), "{cut}");
    }
}

#[test]
fn a_second_encoding_of_the_same_frame_is_refused() {
    let bytes = encoded();
    let of_indefinite_length = [&[0x9f], &bytes[1..], &[0xff]].concat();
    assert_eq!(
        SignedFrame::decode(&of_indefinite_length),
        Err(FrameError::Canonical)
    );
    // the payload is a byte string of at most 255 bytes: its length once in one byte, once in two
    let sign1 = from_cbor(&bytes);
    let payload = sign1.as_array().unwrap()[2].as_bytes().unwrap();
    let at = bytes
        .windows(payload.len())
        .position(|w| w == payload)
        .unwrap();
    assert_eq!(bytes[at - 2..at], [0x58, payload.len() as u8]);
    let long_length = [
        &bytes[..at - 2],
        &[0x59, 0, payload.len() as u8],
        &bytes[at..],
    ]
    .concat();
    assert_eq!(
        SignedFrame::decode(&long_length),
        Err(FrameError::Canonical)
    );
    // version 1 as a number of two bytes
    let long_version = [&payload[..1], &[0x18, 0x01], &payload[2..]].concat();
    assert_eq!(
        with_part(2, Value::Bytes(long_version)),
        Err(FrameError::Canonical)
    );
    let trailed_payload = [&payload[..], &[0]].concat();
    assert_eq!(
        with_part(2, Value::Bytes(trailed_payload)),
        Err(FrameError::Canonical)
    );
}

#[test]
fn headers_hold_the_algorithm_and_nothing_else() {
    let refused = |header: &[u8]| with_part(0, Value::Bytes(header.to_vec())).unwrap_err();
    assert_eq!(refused(&[]), FrameError::Algorithm);
    assert_eq!(refused(&[0xa0]), FrameError::Algorithm);
    assert_eq!(refused(&[0xa1, 0x01, 0x25]), FrameError::Algorithm);
    let with_key_id = [0xa2, 0x01, 0x27, 0x04, 0x41, 0x07];
    assert_eq!(refused(&with_key_id), FrameError::Algorithm);

    let key_id = Value::Map(vec![(4.into(), Value::Bytes(vec![7]))]);
    let unprotected = with_part(1, key_id).unwrap_err();
    assert!(unprotected
        .to_string()
        .starts_with("frame/shape: unprotected header"));
}

#[test]
fn a_missing_payload_and_a_signature_of_another_length_are_refused() {
    let shape = |result: Result<SignedFrame, FrameError>, part: &str| {
        assert!(matches!(result, Err(FrameError::Shape { what, .. }) if what == part));
    };
    shape(with_part(2, Value::Null), "payload");
    shape(with_part(3, Value::Null), "signature");
    for length in [0, 63, 65] {
        shape(with_part(3, Value::Bytes(vec![0; length])), "signature");
    }
}

#[test]
fn size_and_depth_are_bounded_before_anything_else() {
    let got = MAX_FRAME_BYTES + 1;
    let large = SignedFrame::decode(&vec![0x81; got]);
    assert_eq!(large, Err(FrameError::Size { got }));
    let deep = SignedFrame::decode(&vec![0x81; MAX_FRAME_BYTES]);
    assert_eq!(deep, Err(FrameError::Cbor { depth: 4 }));
}

#[test]
fn fields_out_of_their_range_are_refused_by_name() {
    let refused = |at: usize, field: Value| with_field(at, field).unwrap_err();
    assert_eq!(refused(0, 2.into()), FrameError::Version { got: 2 });
    let number = |what, got| FrameError::Number { what, got };
    assert_eq!(refused(1, (-1).into()), number("device", -1));
    assert_eq!(refused(2, (1i64 << 32).into()), number("pairing", 1 << 32));
    assert_eq!(refused(4, 256.into()), number("category", 256));
    assert_eq!(refused(6, 65_536.into()), number("first index", 65_536));
    assert_eq!(refused(3, 0.into()), DeviceError::Sequence.into());
    assert!(matches!(refused(4, 7.into()), FrameError::Value(_)));
    assert!(matches!(refused(1, 1.0.into()), FrameError::Shape { .. }));
    assert!(matches!(refused(1, true.into()), FrameError::Shape { .. }));
}

#[test]
fn readings_that_no_batch_takes_are_refused() {
    let with_readings = |readings: Vec<Value>| with_field(7, Value::Array(readings)).unwrap_err();
    let good = || raw_reading(1, 725, 5, 0);
    assert_eq!(with_readings(vec![]), FrameError::Readings { got: 0 });
    let many = vec![good(); 129];
    assert_eq!(with_readings(many), FrameError::Readings { got: 129 });
    let early = with_readings(vec![good(), raw_reading(1, 725, 4, 0)]);
    assert!(matches!(
        early,
        FrameError::Batch(DeviceError::Order { .. })
    ));
    let other_category = with_readings(vec![raw_reading(7, 55, 5, 0)]);
    assert!(matches!(
        other_category,
        FrameError::Batch(DeviceError::Category { .. })
    ));
    let next_hour = with_readings(vec![raw_reading(1, 725, 3_600_000, 0)]);
    assert!(matches!(
        next_hour,
        FrameError::Batch(DeviceError::Offset { .. })
    ));
    let unknown = with_readings(vec![raw_reading(99, 725, 5, 0)]);
    assert!(matches!(unknown, FrameError::Value(_)));
    let flagged = with_readings(vec![raw_reading(1, 725, 5, 8)]);
    assert!(matches!(flagged, FrameError::Value(_)));
}

#[test]
fn a_frame_ends_within_the_batch() {
    let frame = |first_index| Frame::new(HEAD, first_index, vec![reading(0); 2]);
    assert!(frame(65_533).is_ok());
    let (first_index, readings) = (65_534, 2);
    assert_eq!(
        frame(first_index),
        Err(FrameError::Index {
            first_index,
            readings
        })
    );
}

#[test]
fn the_largest_frame_is_far_below_the_bound() {
    let widest = Reading {
        measure: Measure::HeartRate,
        value: i64::MIN,
        offset_ms: 3_599_999,
        flags: ReadingFlags::MEASURED_GOOD,
    };
    let head = BatchHead {
        device: u64::MAX,
        pairing: u32::MAX,
        sequence: u64::MAX,
        category: Category::Cardiac,
        epoch: u32::MAX,
    };
    let frame = Frame::new(head, 65_407, vec![widest; 128]).unwrap();
    assert_eq!(signed(frame).encode().unwrap().len(), 2_287);
}

fn any_reading() -> impl Strategy<Value = (bool, i64, u32, bool, u8)> {
    (
        any::<bool>(),
        any::<i64>(),
        0u32..3_600_000,
        any::<bool>(),
        0u8..3,
    )
}

fn any_frame() -> impl Strategy<Value = Frame> {
    let head = (any::<u64>(), any::<u32>(), 1..=u64::MAX, any::<u32>());
    let readings = prop::collection::vec(any_reading(), 1..=128);
    (head, 0u16..65_000, readings).prop_map(
        |((device, pairing, sequence, epoch), first_index, mut readings)| {
            readings.sort_by_key(|r| r.2);
            let reading = |(pulse, value, offset_ms, simulated, quality)| Reading {
                measure: if pulse {
                    Measure::HeartRate
                } else {
                    Measure::SystolicPressure
                },
                value,
                offset_ms,
                flags: ReadingFlags {
                    simulated,
                    quality: [Quality::Good, Quality::Questionable, Quality::Poor]
                        [usize::from(quality)],
                },
            };
            let head = BatchHead {
                device,
                pairing,
                sequence,
                category: Category::Cardiac,
                epoch,
            };
            let readings = readings.into_iter().map(reading).collect();
            Frame::new(head, first_index, readings).unwrap()
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_frame_comes_back_whole_and_verifies(frame in any_frame()) {
        let signed = signed(frame);
        let decoded = SignedFrame::decode(&signed.encode().unwrap()).unwrap();
        prop_assert_eq!(&decoded, &signed);
        prop_assert!(decoded.verify(&public(&device_key()), &DEPLOYMENT).is_ok());
    }

    #[test]
    fn hostile_bytes_are_refused_without_a_panic(
        head in prop::sample::select(vec![vec![], vec![0x84], vec![0x84, 0x43, 0xa1, 1, 0x27, 0xa0]]),
        tail in prop::collection::vec(any::<u8>(), 0..300),
    ) {
        prop_assert!(SignedFrame::decode(&[head, tail].concat()).is_err());
    }
}
