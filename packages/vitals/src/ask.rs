//! Values that several commands take.

use std::path::Path;

use cosmwasm_std::Binary;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sha2::{Digest, Sha256};
use vitals_core::decision::{GroundRef, Seconds};
use vitals_vault_client::parse_ground;

use crate::failure::Failure;

/// Why the sender may: `patient`, `guardian` or `grant:<number>`.
pub fn ground(text: &str) -> Result<GroundRef, String> {
    match parse_ground(text) {
        Some(GroundRef::Emergency { .. }) | None => {
            Err("expected patient, guardian or grant:<number>".into())
        }
        Some(ground) => Ok(ground),
    }
}

pub fn time(text: &str) -> Result<Seconds, String> {
    vitals_insurance::parse_time(text).map_err(|error| error.to_string())
}

/// A name as messages spell it.
pub fn named<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    serde_json::from_value(Value::String(text.into())).map_err(|cause| cause.to_string())
}

/// `<name>=<url>`: what a vault goes by, and where it is.
pub fn vault(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, url)) if !name.is_empty() => Ok((name.into(), url.into())),
        _ => Err("expected <name>=<url>".into()),
    }
}

/// Hex of 32 bytes.
pub fn digest(text: &str) -> Result<Binary, String> {
    let mut bytes = [0u8; 32];
    match hex::decode_to_slice(text, &mut bytes) {
        Ok(()) => Ok(Binary::new(bytes.to_vec())),
        Err(_) => Err("expected 64 hex digits".into()),
    }
}

/// The SHA-256 of a file's bytes.
pub fn digest_of(path: &Path) -> Result<Binary, Failure> {
    let bytes = read_bytes(path)?;
    Ok(Binary::new(Sha256::digest(bytes).to_vec()))
}

pub fn read_bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|cause| Failure::file(path, cause))
}

#[cfg(test)]
mod tests {
    use vitals_core::insurance::PolicyState;

    use super::*;

    #[test]
    fn an_emergency_is_no_ground_for_insurance() {
        assert_eq!(ground("grant:7"), Ok(GroundRef::Grant { id: 7 }));
        assert_eq!(ground("patient"), Ok(GroundRef::Patient {}));
        for bad in ["emergency:7", "", "insurer"] {
            assert!(ground(bad).is_err(), "{bad:?} was taken");
        }
    }

    #[test]
    fn names_are_those_of_messages() {
        assert_eq!(named("run_off"), Ok(PolicyState::RunOff));
        let error = named::<PolicyState>("gone").unwrap_err();
        assert!(error.contains("`run_off`"), "{error}");
    }

    #[test]
    fn a_digest_is_64_hex_digits() {
        assert_eq!(digest(&"ab".repeat(32)).unwrap().len(), 32);
        for bad in ["", "ab", &"zz".repeat(32)] {
            assert!(digest(bad).is_err(), "{bad:?} was taken");
        }
    }
}
