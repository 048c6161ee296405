//! Readings and signed bodies against a second implementation's vectors
//! (`testdata/vectors/{reading,signing,measured,alert,registration}.json`): the bytes written, what
//! is read from them, the digest signed, and what must be refused.

use serde_json::Value;
use vitals_core::alert::AlertNotice;
use vitals_core::key::{PublicKey, SignatureScheme};
use vitals_core::measure::{Category, Measure};
use vitals_core::measured::{GapNotice, GapReason, Measured, Seal, SealedBatch, BATCH_SIMULATED};
use vitals_core::reading::{Quality, Reading, ReadingFlags};
use vitals_core::registration::{PairingAction, Registration};
use vitals_core::signing::{deployment_id, preamble, signing_digest, Domain};

macro_rules! vectors {
    ($name:literal) => {
        serde_json::from_str::<Value>(include_str!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../testdata/vectors/",
            $name,
            ".json"
        )))
        .unwrap()
    };
}

fn items<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    let items = value[key].as_array().unwrap();
    assert!(!items.is_empty(), "{key}");
    items
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap()
}

fn unhex(value: &Value, key: &str) -> Vec<u8> {
    hex::decode(text(value, key)).unwrap()
}

fn array<const N: usize>(value: &Value, key: &str) -> [u8; N] {
    unhex(value, key).try_into().unwrap()
}

/// A number, or the text of one that may pass 2^53.
fn number<T: TryFrom<i128>>(value: &Value, key: &str) -> T {
    let number: i128 = match &value[key] {
        Value::String(text) => text.parse().unwrap(),
        other => other.as_u64().unwrap().into(),
    };
    T::try_from(number).ok().unwrap()
}

fn named<T: serde::de::DeserializeOwned>(value: &Value, key: &str) -> T {
    serde_json::from_value(value[key].clone()).unwrap()
}

fn assert_refused<T, E>(cases: &[Value], read: impl Fn(&[u8]) -> Result<T, E>) {
    for case in cases {
        let refused = read(&unhex(case, "bytes")).is_err();
        assert!(refused, "{} passed", text(case, "why"));
    }
}

fn reading(vector: &Value) -> Reading {
    Reading {
        measure: named(vector, "measure"),
        value: number(vector, "value"),
        offset_ms: number(vector, "offset_ms"),
        flags: ReadingFlags {
            simulated: vector["simulated"].as_bool().unwrap(),
            quality: match text(vector, "quality") {
                "good" => Quality::Good,
                "questionable" => Quality::Questionable,
                _ => Quality::Poor,
            },
        },
    }
}

#[test]
fn readings_are_the_second_implementation_s_bytes() {
    let vectors = vectors!("reading");
    for vector in items(&vectors, "readings") {
        let (reading, bytes) = (reading(vector), unhex(vector, "bytes"));
        let category: Category = named(vector, "category");
        assert_eq!(hex::encode(reading.to_bytes()), text(vector, "bytes"));
        assert_eq!(Reading::from_bytes(&bytes), Ok(reading));
        assert_eq!(reading.measure.category(), category);
    }
    assert_refused(items(&vectors, "refused"), Reading::from_bytes);
}

#[test]
fn the_vectors_hold_every_measure() {
    let vectors = vectors!("reading");
    for measure in vitals_core::measure::MEASURES.map(|row| row.measure) {
        let found = items(&vectors, "readings")
            .iter()
            .any(|v| named::<Measure>(v, "measure") == measure);
        assert!(found, "{measure:?}");
    }
}

fn domain(name: &str) -> Domain {
    match name {
        "register" => Domain::Register,
        "attest" => Domain::Attest,
        "pair" => Domain::Pair,
        "unpair" => Domain::Unpair,
        "anchor" => Domain::Anchor,
        "gap" => Domain::Gap,
        "alert" => Domain::Alert,
        "frame" => Domain::Frame,
        other => panic!("{other}"),
    }
}

#[test]
fn deployment_ids_and_signed_digests_are_the_second_implementation_s() {
    let vectors = vectors!("signing");
    for vector in items(&vectors, "deployments") {
        let id = deployment_id(text(vector, "chain_id"), text(vector, "registry"));
        assert_eq!(hex::encode(id), text(vector, "id"));
    }
    for vector in items(&vectors, "digests") {
        let (domain, deployment) = (domain(text(vector, "domain")), array(vector, "deployment"));
        assert_eq!(domain.as_str(), text(vector, "text"));
        let before = preamble(domain, &deployment);
        assert_eq!(hex::encode(before), text(vector, "preamble"));
        let digest = signing_digest(domain, &deployment, &unhex(vector, "body"));
        assert_eq!(hex::encode(digest), text(vector, "digest"));
    }
}

fn measured(vector: &Value) -> Measured {
    let simulated = vector["simulated"].as_bool().unwrap();
    Measured {
        device: number(vector, "device"),
        pairing: number(vector, "pairing"),
        sequence: number(vector, "sequence"),
        category: named(vector, "category"),
        epoch: number(vector, "epoch"),
        first_ms: number(vector, "first_ms"),
        last_ms: number(vector, "last_ms"),
        count: number(vector, "count"),
        root: array(vector, "root"),
        private_root: vector["private_root"]
            .is_string()
            .then(|| array(vector, "private_root")),
        flags: if simulated { BATCH_SIMULATED } else { 0 },
    }
}

#[test]
fn batches_are_the_second_implementation_s_bytes_and_digests() {
    let vectors = vectors!("measured");
    for vector in items(&vectors, "batches") {
        let measured = measured(vector);
        assert_eq!(hex::encode(measured.to_bytes()), text(vector, "measured"));
        let digest = measured.digest(&array(&vectors, "deployment"));
        assert_eq!(hex::encode(digest), text(vector, "digest"));
        let batch = SealedBatch {
            measured,
            signature: array(vector, "signature"),
            seal: Seal {
                generation: number(&vector["seal"], "generation"),
                digest: array(&vector["seal"], "digest"),
                length: number(&vector["seal"], "length"),
            },
        };
        assert_eq!(hex::encode(batch.to_bytes()), text(vector, "sealed"));
        let bytes = unhex(vector, "sealed");
        assert_eq!(SealedBatch::from_bytes(&bytes), Ok(batch));
    }
    assert_refused(items(&vectors, "refused_measured"), Measured::from_bytes);
    assert_refused(items(&vectors, "refused_sealed"), SealedBatch::from_bytes);
}

#[test]
fn gap_notices_are_the_second_implementation_s_bytes_and_digests() {
    let vectors = vectors!("measured");
    for vector in items(&vectors, "gaps") {
        let notice = GapNotice {
            device: number(vector, "device"),
            pairing: number(vector, "pairing"),
            from: number(vector, "from"),
            next: number(vector, "next"),
            last_at: number(vector, "last_at_ms"),
            reason: match number(vector, "reason") {
                1u8 => GapReason::PowerLost,
                2 => GapReason::StorageLost,
                3 => GapReason::ClockSet,
                4 => GapReason::PairingEnded,
                _ => GapReason::Halted,
            },
        };
        assert_eq!(hex::encode(notice.to_bytes()), text(vector, "bytes"));
        let digest = notice.digest(&array(&vectors, "deployment"));
        assert_eq!(hex::encode(digest), text(vector, "digest"));
        assert_eq!(GapNotice::from_bytes(&unhex(vector, "bytes")), Ok(notice));
    }
    assert_refused(items(&vectors, "refused_gaps"), GapNotice::from_bytes);
}

#[test]
fn alert_notices_are_the_second_implementation_s_bytes_and_digests() {
    let vectors = vectors!("alert");
    for vector in items(&vectors, "notices") {
        let notice = AlertNotice {
            device: number(vector, "device"),
            pairing: number(vector, "pairing"),
            number: number(vector, "number"),
            at_ms: number(vector, "at_ms"),
            rule: number(vector, "rule"),
            ladder: number(vector, "ladder"),
            digest: array(vector, "digest"),
        };
        assert_eq!(hex::encode(notice.to_bytes()), text(vector, "bytes"));
        let digest = notice.digest(&array(&vectors, "deployment"));
        assert_eq!(hex::encode(digest), text(vector, "signing_digest"));
        assert_eq!(AlertNotice::from_bytes(&unhex(vector, "bytes")), Ok(notice));
    }
    assert_refused(items(&vectors, "refused"), AlertNotice::from_bytes);
}

fn public_key(vector: &Value) -> PublicKey {
    let scheme: SignatureScheme = named(vector, "scheme");
    PublicKey::new(scheme, &unhex(vector, "public_key")).unwrap()
}

#[test]
fn registrations_are_the_second_implementation_s_bytes_and_digests() {
    let vectors = vectors!("registration");
    let deployment = array(&vectors, "deployment");
    for vector in items(&vectors, "registrations") {
        let registration = Registration {
            key: public_key(vector),
            model: number(vector, "model"),
            firmware: number(vector, "firmware"),
            serial_commitment: array(vector, "serial_commitment"),
            held_by_gateway: vector["held_by_gateway"].as_bool().unwrap(),
            registrant: text(vector, "registrant").into(),
        };
        let bytes = registration.to_bytes().unwrap();
        assert_eq!(hex::encode(&bytes), text(vector, "bytes"));
        for (domain, key) in [
            (Domain::Register, "register_digest"),
            (Domain::Attest, "attest_digest"),
        ] {
            let digest = registration.digest(domain, &deployment).unwrap();
            assert_eq!(hex::encode(digest), text(vector, key));
        }
        assert_eq!(Registration::from_bytes(&bytes), Ok(registration));
    }
    let refused = items(&vectors, "refused_registrations");
    assert_refused(refused, Registration::from_bytes);
}

#[test]
fn pairing_actions_are_the_second_implementation_s_bytes_and_digests() {
    let vectors = vectors!("registration");
    let deployment = array(&vectors, "deployment");
    for vector in items(&vectors, "pairings") {
        let action = PairingAction {
            device: number(vector, "device"),
            action: number(vector, "action"),
            patient: number(vector, "patient"),
        };
        assert_eq!(hex::encode(action.to_bytes()), text(vector, "bytes"));
        for (domain, key) in [
            (Domain::Pair, "pair_digest"),
            (Domain::Unpair, "unpair_digest"),
        ] {
            assert_eq!(
                hex::encode(action.digest(domain, &deployment)),
                text(vector, key)
            );
        }
        let read = PairingAction::from_bytes(&unhex(vector, "bytes"));
        assert_eq!(read, Ok(action));
    }
    assert_refused(
        items(&vectors, "refused_pairings"),
        PairingAction::from_bytes,
    );
}

#[cfg(all(feature = "sign", feature = "verify"))]
#[path = "vectors/signatures.rs"]
mod signatures;
