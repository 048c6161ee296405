//! A device's numbered actions against a second implementation's vectors
//! (`testdata/vectors/device_actions.json`): the bytes written, what is read from them, the digest
//! signed, and what must be refused.

use serde_json::Value;
use vitals_core::key::{PublicKey, SignatureScheme};
use vitals_core::registration::{FirmwareUpdate, KeyRotation, Retiring, Transfer};

fn vectors() -> Value {
    let text = include_str!("../../../testdata/vectors/device_actions.json");
    serde_json::from_str(text).unwrap()
}

fn items<'a>(vectors: &'a Value, key: &str) -> &'a [Value] {
    let items = vectors[key].as_array().unwrap();
    assert!(!items.is_empty(), "{key}");
    items
}

fn unhex(value: &Value, key: &str) -> Vec<u8> {
    hex::decode(value[key].as_str().unwrap()).unwrap()
}

fn array(value: &Value, key: &str) -> [u8; 32] {
    unhex(value, key).try_into().unwrap()
}

fn number(value: &Value, key: &str) -> u64 {
    value[key].as_str().unwrap().parse().unwrap()
}

#[test]
fn transfers_are_the_second_implementation_s_bytes_and_digests() {
    let vectors = vectors();
    let deployment = array(&vectors, "deployment");
    for vector in items(&vectors, "transfers") {
        let body = Transfer {
            device: number(vector, "device"),
            action: number(vector, "action"),
            from_patient: number(vector, "from_patient"),
            to_patient: number(vector, "to_patient"),
        };
        assert_eq!(body.to_bytes(), unhex(vector, "bytes"));
        assert_eq!(body.digest(&deployment), array(vector, "digest"));
        assert_eq!(Transfer::from_bytes(&body.to_bytes()), Ok(body));
    }
}

#[test]
fn firmware_updates_are_the_second_implementation_s_bytes_and_digests() {
    let vectors = vectors();
    let deployment = array(&vectors, "deployment");
    for vector in items(&vectors, "firmware_updates") {
        let body = FirmwareUpdate {
            device: number(vector, "device"),
            action: number(vector, "action"),
            firmware: u32::try_from(vector["firmware"].as_u64().unwrap()).unwrap(),
            image: array(vector, "image"),
        };
        assert_eq!(body.to_bytes(), unhex(vector, "bytes"));
        assert_eq!(body.digest(&deployment), array(vector, "digest"));
        assert_eq!(FirmwareUpdate::from_bytes(&body.to_bytes()), Ok(body));
    }
}

#[test]
fn key_rotations_are_the_second_implementation_s_bytes_and_digests() {
    let vectors = vectors();
    let deployment = array(&vectors, "deployment");
    for vector in items(&vectors, "key_rotations") {
        let scheme: SignatureScheme = serde_json::from_value(vector["scheme"].clone()).unwrap();
        let body = KeyRotation {
            device: number(vector, "device"),
            action: number(vector, "action"),
            key: PublicKey::new(scheme, &unhex(vector, "public_key")).unwrap(),
            from_sequence: number(vector, "from_sequence"),
        };
        let bytes = body.to_bytes().unwrap();
        assert_eq!(bytes, unhex(vector, "bytes"));
        assert_eq!(body.digest(&deployment), Ok(array(vector, "digest")));
        assert_eq!(KeyRotation::from_bytes(&bytes), Ok(body));
    }
    for refused in items(&vectors, "refused_rotations") {
        let read = KeyRotation::from_bytes(&unhex(refused, "bytes"));
        assert!(read.is_err(), "{}", refused["why"]);
    }
}

#[test]
fn retirings_are_the_second_implementation_s_bytes_and_digests() {
    let vectors = vectors();
    let deployment = array(&vectors, "deployment");
    for vector in items(&vectors, "retirings") {
        let body = Retiring {
            device: number(vector, "device"),
            action: number(vector, "action"),
            last_sequence: number(vector, "last_sequence"),
        };
        assert_eq!(body.to_bytes(), unhex(vector, "bytes"));
        assert_eq!(body.digest(&deployment), array(vector, "digest"));
        assert_eq!(Retiring::from_bytes(&body.to_bytes()), Ok(body));
    }
}
