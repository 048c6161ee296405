//! What a device or gateway signs when it raises an alert: that, how it climbs, and a digest of
//! the encrypted detail. Nothing medical is in clear, severity included.

use alloc::vec::Vec;

use crate::bytes::{FormatError, Reader, Writer};
use crate::signing::{signing_digest, DeploymentId, Domain};
use crate::time::Millis;

const VERSION: u8 = 1;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertNotice {
    pub device: u64,
    pub pairing: u32,
    /// The device's own alert number, above its last: no notice is heard twice.
    pub number: u64,
    pub at_ms: Millis,
    /// An opaque number of the rule that fired: alerts of one rule are one alert while it is open.
    pub rule: u16,
    /// Which of the patient's ladders it climbs.
    pub ladder: u8,
    /// SHA-256 of the encrypted detail.
    pub digest: [u8; 32],
}

impl AlertNotice {
    pub fn to_bytes(&self) -> Vec<u8> {
        Writer::versioned(VERSION)
            .u64(self.device)
            .u32(self.pairing)
            .u64(self.number)
            .u64(self.at_ms)
            .u16(self.rule)
            .u8(self.ladder)
            .raw(&self.digest)
            .done()
    }

    pub fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned("alert notice", VERSION, bytes)?;
        let notice = Self {
            device: r.u64()?,
            pairing: r.u32()?,
            number: r.u64()?,
            at_ms: r.u64()?,
            rule: r.u16()?,
            ladder: r.u8()?,
            digest: r.array()?,
        };
        r.end()?;
        Ok(notice)
    }

    pub fn digest(&self, deployment: &DeploymentId) -> [u8; 32] {
        signing_digest(Domain::Alert, deployment, &self.to_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_comes_back_whole_and_no_other_length_is_one() {
        let notice = AlertNotice {
            device: 1,
            pairing: 2,
            number: 3,
            at_ms: 4,
            rule: 5,
            ladder: 6,
            digest: [7; 32],
        };
        let bytes = notice.to_bytes();
        assert_eq!(AlertNotice::from_bytes(&bytes), Ok(notice));
        assert!(AlertNotice::from_bytes(&bytes[1..]).is_err());
        assert!(AlertNotice::from_bytes(&[&bytes[..], &[0]].concat()).is_err());
    }
}
