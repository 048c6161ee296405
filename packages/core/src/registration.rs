//! What a device signs about itself: that it holds its key, whose it becomes, and how it changes.

mod actions;

pub use actions::{FirmwareUpdate, KeyRotation, Retiring, Transfer};

use alloc::string::String;
use alloc::vec::Vec;

use sha2::{Digest, Sha256};

use crate::bytes::{FormatError, Reader, Writer};
use crate::key::{PublicKey, SignatureScheme};
use crate::signing::{signing_digest, DeploymentId, Domain};

const VERSION: u8 = 1;

/// Bytes of the longest body below.
pub const MAX_BODY: usize = 333;

/// Signed by the device (possession) and, for full assurance, by its maker (attestation); by the
/// gateway too that holds the key of a sensor that cannot sign, where that is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registration {
    pub key: PublicKey,
    pub model: u32,
    /// major ‖ minor ‖ patch, 8, 8 and 16 bits, so that versions compare as numbers.
    pub firmware: u32,
    /// SHA-256 of a random salt and the serial number.
    pub serial_commitment: [u8; 32],
    /// The key is held by a gateway for a sensor that cannot sign.
    pub held_by_gateway: bool,
    /// The account that sends it: nobody else can register under this signature.
    pub registrant: String,
}

/// What a registration says of a serial number: SHA-256 of salt ‖ number. Whoever is told both can
/// check which device it is; nobody else can guess it.
pub fn serial_commitment(salt: &[u8; 32], serial: &str) -> [u8; 32] {
    Sha256::new()
        .chain_update(salt)
        .chain_update(serial)
        .finalize()
        .into()
}

impl Registration {
    pub fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        Ok(Writer::versioned(VERSION)
            .u8(self.key.scheme().code())
            .short("public key", self.key.bytes())?
            .u32(self.model)
            .u32(self.firmware)
            .raw(&self.serial_commitment)
            .u8(self.held_by_gateway.into())
            .short("registrant", self.registrant.as_bytes())?
            .done())
    }

    pub fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned("registration", VERSION, bytes)?;
        let scheme = SignatureScheme::from_code(r.u8()?)?;
        let registration = Self {
            key: PublicKey::new(scheme, r.short()?)?,
            model: r.u32()?,
            firmware: r.u32()?,
            serial_commitment: r.array()?,
            held_by_gateway: r.flag("held by gateway")?,
            registrant: r.short_str()?.into(),
        };
        r.end()?;
        Ok(registration)
    }

    pub fn digest(
        &self,
        domain: Domain,
        deployment: &DeploymentId,
    ) -> Result<[u8; 32], FormatError> {
        Ok(signing_digest(domain, deployment, &self.to_bytes()?))
    }
}

/// Signed by the device to pair with a patient, or to end it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairingAction {
    pub device: u64,
    /// The device's action number, exactly the last plus one: an old signature never works twice.
    pub action: u64,
    pub patient: u64,
}

impl PairingAction {
    pub fn to_bytes(&self) -> Vec<u8> {
        Writer::versioned(VERSION)
            .u64(self.device)
            .u64(self.action)
            .u64(self.patient)
            .done()
    }

    pub fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned("pairing action", VERSION, bytes)?;
        let action = Self {
            device: r.u64()?,
            action: r.u64()?,
            patient: r.u64()?,
        };
        r.end()?;
        Ok(action)
    }

    pub fn digest(&self, domain: Domain, deployment: &DeploymentId) -> [u8; 32] {
        signing_digest(domain, deployment, &self.to_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn registration() -> Registration {
        Registration {
            key: PublicKey::new(SignatureScheme::Secp256r1, &[3; 33]).unwrap(),
            model: 4,
            firmware: 0x0102_0003,
            serial_commitment: [9; 32],
            held_by_gateway: true,
            registrant: "cosmos1maker".into(),
        }
    }

    #[test]
    fn a_registration_comes_back_whole_and_cut_is_refused() {
        let bytes = registration().to_bytes().unwrap();
        assert_eq!(Registration::from_bytes(&bytes), Ok(registration()));
        for cut in 0..bytes.len() {
            assert!(Registration::from_bytes(&bytes[..cut]).is_err(), "{cut}");
        }
    }

    #[test]
    fn the_longest_registration_is_as_long_as_a_body_may_be() {
        let longest = Registration {
            registrant: "a".repeat(255),
            ..registration()
        };
        assert_eq!(longest.to_bytes().map(|bytes| bytes.len()), Ok(MAX_BODY));
    }

    #[test]
    fn a_registrant_too_long_is_refused_not_cut() {
        let long = Registration {
            registrant: "a".repeat(256),
            ..registration()
        };
        assert!(matches!(
            long.to_bytes(),
            Err(FormatError::Length { got: 256, .. })
        ));
    }

    #[test]
    fn a_pairing_action_comes_back_whole() {
        let action = PairingAction {
            device: 1,
            action: 2,
            patient: 3,
        };
        assert_eq!(PairingAction::from_bytes(&action.to_bytes()), Ok(action));
    }
}
