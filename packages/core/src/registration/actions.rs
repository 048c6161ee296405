//! Numbered actions of a registered device, besides pairing.

use alloc::vec::Vec;

use super::VERSION;
use crate::bytes::{FormatError, Reader, Writer};
use crate::key::{PublicKey, SignatureScheme};
use crate::signing::{signing_digest, DeploymentId, Domain};

/// Signed by the device when one patient hands it to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    pub device: u64,
    /// The device's action number, exactly the last plus one, here and below.
    pub action: u64,
    pub from_patient: u64,
    pub to_patient: u64,
}

impl Transfer {
    pub fn to_bytes(&self) -> Vec<u8> {
        Writer::versioned(VERSION)
            .u64(self.device)
            .u64(self.action)
            .u64(self.from_patient)
            .u64(self.to_patient)
            .done()
    }

    pub fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned("transfer", VERSION, bytes)?;
        let transfer = Self {
            device: r.u64()?,
            action: r.u64()?,
            from_patient: r.u64()?,
            to_patient: r.u64()?,
        };
        r.end()?;
        Ok(transfer)
    }

    pub fn digest(&self, deployment: &DeploymentId) -> [u8; 32] {
        signing_digest(Domain::Transfer, deployment, &self.to_bytes())
    }
}

/// Signed by the device: what it runs now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirmwareUpdate {
    pub device: u64,
    pub action: u64,
    /// As in a registration.
    pub firmware: u32,
    /// SHA-256 of the image it runs.
    pub image: [u8; 32],
}

impl FirmwareUpdate {
    pub fn to_bytes(&self) -> Vec<u8> {
        Writer::versioned(VERSION)
            .u64(self.device)
            .u64(self.action)
            .u32(self.firmware)
            .raw(&self.image)
            .done()
    }

    pub fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned("firmware update", VERSION, bytes)?;
        let update = Self {
            device: r.u64()?,
            action: r.u64()?,
            firmware: r.u32()?,
            image: r.array()?,
        };
        r.end()?;
        Ok(update)
    }

    pub fn digest(&self, deployment: &DeploymentId) -> [u8; 32] {
        signing_digest(Domain::UpdateFirmware, deployment, &self.to_bytes())
    }
}

/// Signed by the device's key and by the one that follows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRotation {
    pub device: u64,
    pub action: u64,
    pub key: PublicKey,
    /// Sequence number of the first batch the new key signs.
    pub from_sequence: u64,
}

impl KeyRotation {
    pub fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        Ok(Writer::versioned(VERSION)
            .u64(self.device)
            .u64(self.action)
            .u8(self.key.scheme().code())
            .short("public key", self.key.bytes())?
            .u64(self.from_sequence)
            .done())
    }

    pub fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned("key rotation", VERSION, bytes)?;
        let (device, action) = (r.u64()?, r.u64()?);
        let scheme = SignatureScheme::from_code(r.u8()?)?;
        let rotation = Self {
            device,
            action,
            key: PublicKey::new(scheme, r.short()?)?,
            from_sequence: r.u64()?,
        };
        r.end()?;
        Ok(rotation)
    }

    pub fn digest(&self, deployment: &DeploymentId) -> Result<[u8; 32], FormatError> {
        let body = self.to_bytes()?;
        Ok(signing_digest(Domain::RotateKey, deployment, &body))
    }
}

/// Signed by the device as its last word, so that a tail left out is seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retiring {
    pub device: u64,
    pub action: u64,
    /// Number of the last batch it closed, 0 where it closed none.
    pub last_sequence: u64,
}

impl Retiring {
    pub fn to_bytes(&self) -> Vec<u8> {
        Writer::versioned(VERSION)
            .u64(self.device)
            .u64(self.action)
            .u64(self.last_sequence)
            .done()
    }

    pub fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned("retirement", VERSION, bytes)?;
        let retiring = Self {
            device: r.u64()?,
            action: r.u64()?,
            last_sequence: r.u64()?,
        };
        r.end()?;
        Ok(retiring)
    }

    pub fn digest(&self, deployment: &DeploymentId) -> [u8; 32] {
        signing_digest(Domain::Retire, deployment, &self.to_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads what was written, and nothing shorter, longer or of another version.
    fn comes_back<T: PartialEq + core::fmt::Debug>(
        body: &T,
        bytes: &[u8],
        read: fn(&[u8]) -> Result<T, FormatError>,
    ) {
        assert_eq!(read(bytes).as_ref(), Ok(body));
        for cut in 0..bytes.len() {
            assert!(read(&bytes[..cut]).is_err(), "{cut}");
        }
        assert!(read(&[bytes, &[0]].concat()).is_err());
        assert!(read(&[&[2], &bytes[1..]].concat()).is_err());
    }

    #[test]
    fn actions_come_back_whole_and_nothing_else_is_read() {
        let (device, action) = (1, 2);
        let transfer = Transfer {
            device,
            action,
            from_patient: 3,
            to_patient: 4,
        };
        comes_back(&transfer, &transfer.to_bytes(), Transfer::from_bytes);
        let update = FirmwareUpdate {
            device,
            action,
            firmware: 3,
            image: [4; 32],
        };
        comes_back(&update, &update.to_bytes(), FirmwareUpdate::from_bytes);
        let rotation = KeyRotation {
            device,
            action,
            key: PublicKey::new(SignatureScheme::Secp256k1, &[3; 33]).unwrap(),
            from_sequence: 4,
        };
        let bytes = rotation.to_bytes().unwrap();
        comes_back(&rotation, &bytes, KeyRotation::from_bytes);
        let retiring = Retiring {
            device,
            action,
            last_sequence: 3,
        };
        comes_back(&retiring, &retiring.to_bytes(), Retiring::from_bytes);
    }

    #[test]
    fn bytes_that_read_as_two_actions_are_signed_as_one() {
        let retiring = Retiring {
            device: 1,
            action: 2,
            last_sequence: 3,
        };
        let pairing = crate::registration::PairingAction::from_bytes(&retiring.to_bytes()).unwrap();
        let deployment = [0; 32];
        for domain in [Domain::Pair, Domain::Unpair] {
            assert_ne!(
                pairing.digest(domain, &deployment),
                retiring.digest(&deployment)
            );
        }
    }
}
