//! What a device signed about itself, read before anybody sends it.

use cosmwasm_std::Binary;
use serde::Serialize;
use vitals_core::key::SignatureScheme;
use vitals_core::registration::{PairingAction, Registration};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::JsValue;

use crate::json::give;
use crate::Refusal;

#[derive(Serialize)]
struct Key {
    scheme: SignatureScheme,
    bytes: Binary,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SignedRegistration {
    key: Key,
    model: u32,
    firmware: u32,
    serial_commitment: String,
    held_by_gateway: bool,
    registrant: String,
}

#[derive(Serialize)]
struct SignedPairing {
    device: String,
    action: String,
    patient: String,
}

impl SignedRegistration {
    fn of(body: &[u8]) -> Result<Self, Refusal> {
        let signed = Registration::from_bytes(body)?;
        Ok(Self {
            key: Key {
                scheme: signed.key.scheme(),
                bytes: signed.key.bytes().into(),
            },
            model: signed.model,
            firmware: signed.firmware,
            serial_commitment: hex::encode(signed.serial_commitment),
            held_by_gateway: signed.held_by_gateway,
            registrant: signed.registrant,
        })
    }
}

impl SignedPairing {
    fn of(body: &[u8]) -> Result<Self, Refusal> {
        let signed = PairingAction::from_bytes(body)?;
        Ok(Self {
            device: signed.device.to_string(),
            action: signed.action.to_string(),
            patient: signed.patient.to_string(),
        })
    }
}

/// What the `body` of a registration says. Its signatures are the registry's to check.
#[wasm_bindgen(js_name = readRegistration, unchecked_return_type = "SignedRegistration")]
pub fn read_registration(body: &[u8]) -> Result<JsValue, Refusal> {
    give(&SignedRegistration::of(body)?)
}

/// What the `body` of a pairing, or of its end, says. Its signature is the registry's to check.
#[wasm_bindgen(js_name = readPairing, unchecked_return_type = "SignedPairing")]
pub fn read_pairing(body: &[u8]) -> Result<JsValue, Refusal> {
    give(&SignedPairing::of(body)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{from_str, to_value, Value};

    const VECTORS: &str = include_str!("../../../testdata/vectors/registration.json");

    fn vectors(of: &str) -> Vec<Value> {
        let all: Value = from_str(VECTORS).unwrap();
        all[of].as_array().unwrap().clone()
    }

    fn bytes(vector: &Value, name: &str) -> Vec<u8> {
        hex::decode(vector[name].as_str().unwrap()).unwrap()
    }

    #[test]
    fn a_pairing_says_its_device_action_and_patient_to_the_last_digit() {
        for vector in vectors("pairings") {
            let read = to_value(SignedPairing::of(&bytes(&vector, "bytes")).unwrap()).unwrap();
            for name in ["device", "action", "patient"] {
                assert_eq!(read[name], vector[name]);
            }
        }
    }

    #[test]
    fn a_registration_says_its_key_model_and_sender() {
        for vector in vectors("registrations") {
            let read = SignedRegistration::of(&bytes(&vector, "bytes")).unwrap();
            assert_eq!(read.key.bytes.as_slice(), bytes(&vector, "public_key"));
            let read = to_value(read).unwrap();
            assert_eq!(read["key"]["scheme"], vector["scheme"]);
            assert_eq!(read["heldByGateway"], vector["held_by_gateway"]);
            assert_eq!(read["serialCommitment"], vector["serial_commitment"]);
            for name in ["model", "firmware", "registrant"] {
                assert_eq!(read[name], vector[name]);
            }
        }
    }

    #[test]
    fn what_is_no_body_is_refused_with_the_format_s_code() {
        for vector in vectors("refused_pairings") {
            let refused = SignedPairing::of(&bytes(&vector, "bytes")).err().unwrap();
            assert!(refused.code.starts_with("format/"), "{}", vector["why"]);
        }
        for vector in vectors("refused_registrations") {
            assert!(SignedRegistration::of(&bytes(&vector, "bytes")).is_err());
        }
    }
}
