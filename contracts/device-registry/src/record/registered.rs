//! What is kept of a device besides the record that others read.

use cosmwasm_std::CanonicalAddr;
use vitals_api::store::{Key, KeyShape, Record};
use vitals_core::bytes::{Reader, Writer};
use vitals_core::key::PublicKey;
use vitals_core::FormatError;

use super::VERSION;

/// Layout 1 had the number alone, and the origin in a record of its own.
const REGISTERED_LAYOUT: u8 = 2;

/// Found by a key: whose it is or was, and what the registration said that only queries need. One
/// record, since each costs over 3,000 gas before its first byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registered {
    pub device: u64,
    pub origin: Option<Origin>,
}

/// The registrant is in canonical form, half as long as its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    pub registrant: CanonicalAddr,
    pub serial_commitment: [u8; 32],
    pub gateway: Option<u64>,
}

impl Record for Registered {
    const NAME: &'static str = "device with key";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        let Some(origin) = &self.origin else {
            return Ok(Writer::versioned(VERSION).u64(self.device).done());
        };
        let w = Writer::versioned(REGISTERED_LAYOUT)
            .u64(self.device)
            .raw(&origin.serial_commitment)
            .short("registrant", origin.registrant.as_slice())?;
        Ok(match origin.gateway {
            Some(gateway) => w.u64(gateway).done(),
            None => w.done(),
        })
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let (layout, mut r) = Reader::versioned_up_to(Self::NAME, REGISTERED_LAYOUT, bytes)?;
        let device = r.u64()?;
        let origin = match layout {
            1 => None,
            _ => Some(Origin {
                serial_commitment: r.array()?,
                registrant: r.short()?.into(),
                gateway: if r.remaining() > 0 {
                    Some(r.u64()?)
                } else {
                    None
                },
            }),
        };
        r.end()?;
        Ok(Self { device, origin })
    }
}

/// The origin of a device as release 0.1.0 kept it, by device number; never written any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeparateOrigin {
    pub registrant: String,
    pub serial_commitment: [u8; 32],
}

impl Record for SeparateOrigin {
    const NAME: &'static str = "registration";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        Ok(Writer::versioned(VERSION)
            .raw(&self.serial_commitment)
            .short("registrant", self.registrant.as_bytes())?
            .done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned(Self::NAME, VERSION, bytes)?;
        let origin = Self {
            serial_commitment: r.array()?,
            registrant: r.short_str()?.into(),
        };
        r.end()?;
        Ok(origin)
    }
}

/// A patient's device, by both numbers: the last pairing there was of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PatientDevice {
    pub pairing: u32,
}

impl Record for PatientDevice {
    const NAME: &'static str = "patient's device";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        Ok(Writer::versioned(VERSION).u32(self.pairing).done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned(Self::NAME, VERSION, bytes)?;
        let pairing = r.u32()?;
        r.end()?;
        Ok(Self { pairing })
    }
}

/// That a device's patient gives it to another. It stands while it is the device's last action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offer {
    pub action: u64,
    pub to_patient: u64,
}

impl Record for Offer {
    const NAME: &'static str = "transfer of device";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        Ok(Writer::versioned(VERSION)
            .u64(self.action)
            .u64(self.to_patient)
            .done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned(Self::NAME, VERSION, bytes)?;
        let offer = Self {
            action: r.u64()?,
            to_patient: r.u64()?,
        };
        r.end()?;
        Ok(offer)
    }
}

/// A public key as a storage key: scheme ‖ bytes.
pub struct ByKey<'a>(pub &'a PublicKey);

impl KeyShape for ByKey<'_> {
    type Of<'a> = ByKey<'a>;
}

impl Key for ByKey<'_> {
    fn flat(&self) -> Vec<u8> {
        [&[self.0.scheme().code()][..], self.0.bytes()].concat()
    }

    fn shown(&self) -> String {
        format!("{:?}", self.0)
    }
}
