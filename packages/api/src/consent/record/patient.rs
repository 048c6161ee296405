//! A patient: who controls the number, its generation, and what there is of the rest.

use vitals_core::bytes::{Reader, Writer};
use vitals_core::time::Millis;
use vitals_core::FormatError;

use super::VERSION;
use crate::store::{Record, RecordMap};

/// Layout of a patient that was recovered; all others cost eight bytes less.
const RECOVERED: u8 = 2;

/// By patient number.
pub const PATIENTS: RecordMap<u64, Patient> = RecordMap::new("p");

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patient {
    pub controller: String,
    pub generation: u32,
    pub pending: bool,
    /// 0 where never raised.
    pub raised_at_ms: Millis,
    /// Denials in force: where there are none, nobody needs to look for one.
    pub denials: u32,
    /// Number of the last grant.
    pub grants: u64,
    /// The last recovery revoked all grants up to this number; 0 where there was none. See [`super::Grant::held_by`].
    pub recovered_through: u64,
}

impl Patient {
    /// Whether a batch sealed under `generation`, last measured at `last_at`, may be anchored: the
    /// open generation, or the one before it for what was measured before the raise. While the
    /// next generation is pending, nothing measured since the raise is.
    pub fn admits(&self, generation: u32, last_at: Millis) -> bool {
        let before_raise = last_at < self.raised_at_ms;
        if self.pending {
            return generation == self.generation && before_raise;
        }
        generation == self.generation
            || (generation.checked_add(1) == Some(self.generation) && before_raise)
    }
}

impl Record for Patient {
    const NAME: &'static str = "patient";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        let recovered = self.recovered_through > 0;
        let head = Writer::versioned(if recovered { RECOVERED } else { VERSION })
            .u32(self.generation)
            .u8(self.pending.into())
            .u64(self.raised_at_ms)
            .u32(self.denials)
            .u64(self.grants)
            .short("controller", self.controller.as_bytes())?;
        Ok(match recovered {
            true => head.u64(self.recovered_through).done(),
            false => head.done(),
        })
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let (version, mut r) = Reader::versioned_up_to(Self::NAME, RECOVERED, bytes)?;
        let patient = Self {
            generation: r.u32()?,
            pending: r.flag("pending")?,
            raised_at_ms: r.u64()?,
            denials: r.u32()?,
            grants: r.u64()?,
            controller: r.short_str()?.into(),
            recovered_through: match version {
                RECOVERED => r.u64()?,
                _ => 0,
            },
        };
        r.end()?;
        Ok(patient)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patient() -> Patient {
        Patient {
            controller: "cosmos1patient".into(),
            generation: 3,
            pending: false,
            raised_at_ms: 5_000,
            denials: 1,
            grants: 9,
            recovered_through: 0,
        }
    }

    #[test]
    fn a_patient_comes_back_whole_recovered_or_not() {
        for recovered_through in [0, 1, u64::MAX] {
            let patient = Patient {
                recovered_through,
                ..patient()
            };
            let bytes = patient.to_bytes().unwrap();
            assert_eq!(Patient::from_bytes(&bytes), Ok(patient));
        }
    }

    #[test]
    fn a_patient_of_the_first_release_reads_as_one_never_recovered_and_is_written_as_it_was() {
        let first = [
            &[1, 0, 0, 0, 3, 0][..],
            &5_000u64.to_be_bytes(),
            &[0, 0, 0, 1],
            &9u64.to_be_bytes(),
            &[14],
            b"cosmos1patient",
        ];
        let bytes = first.concat();
        assert_eq!(Patient::from_bytes(&bytes), Ok(patient()));
        assert_eq!(patient().to_bytes(), Ok(bytes));
    }

    #[test]
    fn the_open_generation_is_admitted_and_the_one_before_only_for_what_was_measured_before() {
        let p = patient();
        assert!(p.admits(3, 9_000));
        assert!(p.admits(2, 4_999));
        assert!(!p.admits(2, 5_000), "the raise's own millisecond is after");
        assert!(!p.admits(1, 10));
        assert!(!p.admits(4, 9_000));
    }

    #[test]
    fn while_a_generation_is_pending_nothing_measured_since_is_admitted() {
        let p = Patient {
            pending: true,
            ..patient()
        };
        assert!(p.admits(3, 4_999));
        assert!(!p.admits(3, 5_000));
        assert!(!p.admits(2, 4_999), "two generations back");
        assert!(!p.admits(4, 9_000), "not open yet");
    }
}
