//! The records of the registry that others read by raw key.

use vitals_core::bytes::{Reader, Writer};
use vitals_core::decision::Seconds;
use vitals_core::key::{PublicKey, SignatureScheme};
use vitals_core::measure::Category;
use vitals_core::rule::Assurance;
use vitals_core::set::Set;
use vitals_core::signing::DeploymentId;
use vitals_core::time::Millis;
use vitals_core::FormatError;

use crate::store::{Record, RecordMap};

const VERSION: u8 = 1;

/// The deployment id, under one key.
pub const DEPLOYMENT: RecordMap<(), Deployment> = RecordMap::new("i");
/// By device number.
pub const DEVICES: RecordMap<u64, Device> = RecordMap::new("d");
/// By device and pairing number.
pub const PAIRINGS: RecordMap<(u64, u32), Pairing> = RecordMap::new("p");

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deployment(pub DeploymentId);

impl Record for Deployment {
    const NAME: &'static str = "deployment id";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        Ok(Writer::versioned(VERSION).raw(&self.0).done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned(Self::NAME, VERSION, bytes)?;
        let id = Self(r.array()?);
        r.end()?;
        Ok(id)
    }
}

/// One storage read answers: usable? which key? which pairing now, what assurance, calibrated
/// until when, lost from when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    pub key: PublicKey,
    pub model: u32,
    pub firmware: u32,
    pub assurance: Assurance,
    pub categories: Set<Category>,
    /// Number of the last action.
    pub action: u64,
    /// Number of the last pairing, 0 where there was none.
    pub pairing: u32,
    /// The pairing that lasts.
    pub paired: Option<Paired>,
    pub lost_from_ms: Option<Millis>,
    pub calibrated_until: Option<Seconds>,
}

/// With whom a device is now, and since when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paired {
    pub patient: u64,
    pub from_ms: Millis,
}

impl Device {
    /// Whether it was in its patient's hands at a time, as far as anybody reported.
    pub fn was_lost_at(&self, at_ms: Millis) -> bool {
        self.lost_from_ms.is_some_and(|lost| at_ms >= lost)
    }

    pub fn was_calibrated_at(&self, at_ms: Millis) -> bool {
        self.calibrated_until
            .is_some_and(|until| at_ms < until.saturating_mul(1_000))
    }
}

/// A time that may be absent: zero means none, which no measured time is.
fn optional(value: u64) -> Option<u64> {
    (value != 0).then_some(value)
}

impl Record for Device {
    const NAME: &'static str = "device";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        let paired = self.paired.unwrap_or(Paired {
            patient: 0,
            from_ms: 0,
        });
        Ok(Writer::versioned(VERSION)
            .u8(self.key.scheme().code())
            .short("public key", self.key.bytes())?
            .u32(self.model)
            .u32(self.firmware)
            .u8(self.assurance.code())
            .u16(self.categories.bits())
            .u64(self.action)
            .u32(self.pairing)
            .u8(self.paired.is_some().into())
            .u64(paired.patient)
            .u64(paired.from_ms)
            .u64(self.lost_from_ms.unwrap_or(0))
            .u64(self.calibrated_until.unwrap_or(0))
            .done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned(Self::NAME, VERSION, bytes)?;
        let scheme = SignatureScheme::from_code(r.u8()?)?;
        let key = PublicKey::new(scheme, r.short()?)?;
        let (model, firmware) = (r.u32()?, r.u32()?);
        let assurance = Assurance::from_code(r.u8()?)?;
        let categories = Set::from_bits(r.u16()?)?;
        let (action, pairing) = (r.u64()?, r.u32()?);
        let is_paired = r.flag("paired")?;
        let paired = Paired {
            patient: r.u64()?,
            from_ms: r.u64()?,
        };
        let device = Self {
            key,
            model,
            firmware,
            assurance,
            categories,
            action,
            pairing,
            paired: is_paired.then_some(paired),
            lost_from_ms: optional(r.u64()?),
            calibrated_until: optional(r.u64()?),
        };
        r.end()?;
        Ok(device)
    }
}

/// Whose a device was and from when to when; never overwritten, only ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pairing {
    pub patient: u64,
    pub from_ms: Millis,
    pub to_ms: Option<Millis>,
}

impl Pairing {
    /// Whether it held over all of a measurement, both ends inside.
    pub fn held(&self, first_at: Millis, last_at: Millis) -> bool {
        self.from_ms <= first_at && self.to_ms.is_none_or(|to| last_at < to)
    }
}

impl Record for Pairing {
    const NAME: &'static str = "pairing";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        Ok(Writer::versioned(VERSION)
            .u64(self.patient)
            .u64(self.from_ms)
            .u64(self.to_ms.unwrap_or(0))
            .done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned(Self::NAME, VERSION, bytes)?;
        let pairing = Self {
            patient: r.u64()?,
            from_ms: r.u64()?,
            to_ms: optional(r.u64()?),
        };
        r.end()?;
        Ok(pairing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_come_back_whole() {
        let device = Device {
            key: PublicKey::new(SignatureScheme::Ed25519, &[9; 32]).unwrap(),
            model: 1,
            firmware: 2,
            assurance: Assurance::Maker,
            categories: Set::of(&[Category::Cardiac]),
            action: 3,
            pairing: 4,
            paired: Some(Paired {
                patient: 5,
                from_ms: 6,
            }),
            lost_from_ms: Some(7),
            calibrated_until: None,
        };
        assert_eq!(
            Device::from_bytes(&device.to_bytes().unwrap()),
            Ok(device.clone())
        );
        assert!(device.was_lost_at(7) && !device.was_lost_at(6));
        let pairing = Pairing {
            patient: 5,
            from_ms: 6,
            to_ms: Some(9),
        };
        assert_eq!(
            Pairing::from_bytes(&pairing.to_bytes().unwrap()),
            Ok(pairing)
        );
    }

    #[test]
    fn a_pairing_holds_from_its_start_until_just_before_its_end() {
        let ended = Pairing {
            patient: 1,
            from_ms: 10,
            to_ms: Some(20),
        };
        assert!(ended.held(10, 19));
        assert!(!ended.held(9, 19) && !ended.held(10, 20));
        let lasting = Pairing {
            to_ms: None,
            ..ended
        };
        assert!(lasting.held(10, u64::MAX));
    }
}
