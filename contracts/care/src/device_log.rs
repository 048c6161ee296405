//! What is known of a device's notices, in one record that each of them reads and writes.

use vitals_api::care::MAX_UNRESOLVED;
use vitals_api::store::Record;
use vitals_core::alert::AlertNotice;
use vitals_core::bytes::{Reader, Writer};
use vitals_core::FormatError;

use crate::error::ContractError;

/// Layout 1 held the number alone: its alerts are not counted as unresolved.
const LAYOUT: u8 = 2;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DeviceLog {
    /// Of the last notice, one that only counted included.
    pub number: u64,
    /// The pairing of the last notice, 0 where it is not known: the rest is of this one alone, so
    /// that nothing passes from a patient to the next.
    pub pairing: u32,
    /// Alerts raised in the pairing and not resolved.
    pub unresolved: u32,
    /// The last alert raised in the pairing, 0 where there is none.
    pub latest: u64,
}

impl DeviceLog {
    /// Every notice takes a number above its device's last, one that only counts included: none is
    /// heard twice. Numbers may be left out: a notice that could not be sent, of a pairing that
    /// ended say, must not silence those after it, and hides nothing its sender could not have
    /// kept back.
    pub fn taking(self, notice: &AlertNotice) -> Result<Self, ContractError> {
        if notice.number <= self.number {
            return Err(ContractError::AlertNumber {
                device: notice.device,
                got: notice.number,
                last: self.number,
            });
        }
        let number = notice.number;
        if notice.pairing == self.pairing {
            return Ok(Self { number, ..self });
        }
        Ok(Self {
            number,
            pairing: notice.pairing,
            ..Self::default()
        })
    }

    /// The alert that a notice of any rule may count on, where the device has as many unresolved
    /// as it may.
    pub fn crowded(&self) -> Option<u64> {
        (self.unresolved >= MAX_UNRESOLVED && self.latest != 0).then_some(self.latest)
    }

    pub fn raised(self, alert: u64) -> Self {
        Self {
            unresolved: self.unresolved.saturating_add(1),
            latest: alert,
            ..self
        }
    }

    /// After an alert of a pairing was resolved.
    pub fn resolved(self, pairing: u32) -> Self {
        if pairing != self.pairing {
            return self;
        }
        Self {
            unresolved: self.unresolved.saturating_sub(1),
            ..self
        }
    }
}

impl Record for DeviceLog {
    const NAME: &'static str = "log of a device";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        Ok(Writer::versioned(LAYOUT)
            .u64(self.number)
            .u32(self.pairing)
            .u32(self.unresolved)
            .u64(self.latest)
            .done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let (layout, mut r) = Reader::versioned_up_to(Self::NAME, LAYOUT, bytes)?;
        let mut log = Self {
            number: r.u64()?,
            ..Self::default()
        };
        if layout > 1 {
            (log.pairing, log.unresolved, log.latest) = (r.u32()?, r.u32()?, r.u64()?);
        }
        r.end()?;
        Ok(log)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOG: DeviceLog = DeviceLog {
        number: 5,
        pairing: 2,
        unresolved: 3,
        latest: 9,
    };

    fn notice(number: u64, pairing: u32) -> AlertNotice {
        AlertNotice {
            device: 1,
            pairing,
            number,
            at_ms: 1,
            rule: 1,
            ladder: 1,
            digest: [0; 32],
        }
    }

    #[test]
    fn a_log_comes_back_whole_and_layout_1_is_the_number_alone() {
        assert_eq!(DeviceLog::from_bytes(&LOG.to_bytes().unwrap()), Ok(LOG));
        let first = [1, 0, 0, 0, 0, 0, 0, 0, 5];
        let number = DeviceLog {
            number: 5,
            ..DeviceLog::default()
        };
        assert_eq!(DeviceLog::from_bytes(&first), Ok(number));
        assert!(DeviceLog::from_bytes(&first[..8]).is_err());
        assert!(DeviceLog::from_bytes(&[&first[..], &[0]].concat()).is_err());
        assert!(DeviceLog::from_bytes(&[3, 0, 0, 0, 0, 0, 0, 0, 5]).is_err());
    }

    #[test]
    fn a_number_is_taken_once_and_another_pairing_begins_anew() {
        for used in [0, 4, 5] {
            assert!(LOG.taking(&notice(used, 2)).is_err(), "{used}");
        }
        assert_eq!(
            LOG.taking(&notice(7, 2)),
            Ok(DeviceLog { number: 7, ..LOG })
        );
        let anew = LOG.taking(&notice(6, 3)).unwrap();
        assert_eq!((anew.unresolved, anew.latest, anew.pairing), (0, 0, 3));
    }

    #[test]
    fn a_device_is_crowded_at_the_most_unresolved_and_not_before() {
        let most = DeviceLog {
            unresolved: MAX_UNRESOLVED,
            ..LOG
        };
        assert_eq!(most.crowded(), Some(9));
        assert_eq!(most.resolved(2).crowded(), None);
        assert_eq!(most.resolved(1), most, "another pairing's");
        assert_eq!(most.resolved(2).raised(10).crowded(), Some(10));
    }
}
