//! The records of consent that others read by raw key.

use vitals_core::bytes::{Reader, Writer};
use vitals_core::decision::{GrantTerms, Power, Refusal, Seconds};
use vitals_core::set::Set;
use vitals_core::time::{Millis, Window};
use vitals_core::FormatError;

use crate::store::{Record, RecordMap, Text};

const VERSION: u8 = 1;

/// By patient number.
pub const PATIENTS: RecordMap<u64, Patient> = RecordMap::new("p");
/// By patient and grant number.
pub const GRANTS: RecordMap<(u64, u64), Grant> = RecordMap::new("g");
/// By patient and denied account.
pub const DENIALS: RecordMap<(u64, Text), Denial> = RecordMap::new("d");
/// By role bit and account.
pub const CREDENTIALS: RecordMap<(u32, Text), Credential> = RecordMap::new("c");
/// By patient and guardian.
pub const GUARDIANS: RecordMap<(u64, Text), Guardian> = RecordMap::new("w");

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
        Ok(Writer::versioned(VERSION)
            .u32(self.generation)
            .u8(self.pending.into())
            .u64(self.raised_at_ms)
            .u32(self.denials)
            .u64(self.grants)
            .short("controller", self.controller.as_bytes())?
            .done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned(Self::NAME, VERSION, bytes)?;
        let patient = Self {
            generation: r.u32()?,
            pending: r.flag("pending")?,
            raised_at_ms: r.u64()?,
            denials: r.u32()?,
            grants: r.u64()?,
            controller: r.short_str()?.into(),
        };
        r.end()?;
        Ok(patient)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    pub grantee: String,
    pub terms: GrantTerms,
    pub package: Option<Package>,
}

/// Digests of a key package and of the recipient it opens for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    pub digest: [u8; 32],
    pub recipient_hash: [u8; 32],
}

impl Record for Grant {
    const NAME: &'static str = "grant";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        let t = &self.terms;
        let head = Writer::versioned(VERSION)
            .u16(t.purposes.bits())
            .u16(t.categories.bits())
            .u16(t.actions.bits())
            .u32(t.window.from)
            .u32(t.window.to)
            .u64(t.valid_from)
            .u64(t.valid_until)
            .u8(t.revoked.into())
            .short("grantee", self.grantee.as_bytes())?;
        Ok(match &self.package {
            None => head.u8(0).done(),
            Some(p) => head.u8(1).raw(&p.digest).raw(&p.recipient_hash).done(),
        })
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned(Self::NAME, VERSION, bytes)?;
        let terms = GrantTerms {
            purposes: Set::from_bits(r.u16()?)?,
            categories: Set::from_bits(r.u16()?)?,
            actions: Set::from_bits(r.u16()?)?,
            window: Window::new(r.u32()?, r.u32()?)?,
            valid_from: r.u64()?,
            valid_until: r.u64()?,
            revoked: r.flag("revoked")?,
        };
        let grantee = r.short_str()?.into();
        let package = match r.flag("package")? {
            false => None,
            true => Some(Package {
                digest: r.array()?,
                recipient_hash: r.array()?,
            }),
        };
        r.end()?;
        Ok(Self {
            grantee,
            terms,
            package,
        })
    }
}

/// An account the patient refuses everything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Denial {
    pub since: Seconds,
}

impl Record for Denial {
    const NAME: &'static str = "denial";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        Ok(Writer::versioned(VERSION).u64(self.since).done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned(Self::NAME, VERSION, bytes)?;
        let denial = Self { since: r.u64()? };
        r.end()?;
        Ok(denial)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    pub until: Seconds,
    pub issuer: String,
}

impl Credential {
    pub fn is_live(&self, now: Seconds) -> bool {
        now < self.until
    }
}

impl Record for Credential {
    const NAME: &'static str = "credential";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        Ok(Writer::versioned(VERSION)
            .u64(self.until)
            .short("issuer", self.issuer.as_bytes())?
            .done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned(Self::NAME, VERSION, bytes)?;
        let credential = Self {
            until: r.u64()?,
            issuer: r.short_str()?.into(),
        };
        r.end()?;
        Ok(credential)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guardian {
    pub powers: Set<Power>,
    pub until: Seconds,
}

impl Guardian {
    /// That its powers hold now and contain this one.
    pub fn ensure_live(&self, who: &str, power: Power, now: Seconds) -> Result<(), Refusal> {
        if now >= self.until {
            let until = self.until;
            return Err(Refusal::GuardianExpired { until, now });
        }
        if !self.powers.contains(power) {
            return Err(Refusal::PowerNeeded {
                who: who.into(),
                power,
            });
        }
        Ok(())
    }
}

impl Record for Guardian {
    const NAME: &'static str = "guardian";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        Ok(Writer::versioned(VERSION)
            .u16(self.powers.bits())
            .u64(self.until)
            .done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned(Self::NAME, VERSION, bytes)?;
        let guardian = Self {
            powers: Set::from_bits(r.u16()?)?,
            until: r.u64()?,
        };
        r.end()?;
        Ok(guardian)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vitals_core::decision::{Action, Purpose};
    use vitals_core::measure::Category;

    fn patient() -> Patient {
        Patient {
            controller: "cosmos1patient".into(),
            generation: 3,
            pending: false,
            raised_at_ms: 5_000,
            denials: 1,
            grants: 9,
        }
    }

    #[test]
    fn records_come_back_whole() {
        assert_eq!(
            Patient::from_bytes(&patient().to_bytes().unwrap()),
            Ok(patient())
        );
        let some = Package {
            digest: [4; 32],
            recipient_hash: [5; 32],
        };
        for package in [None, Some(some)] {
            let grant = Grant {
                grantee: "cosmos1clinician".into(),
                terms: GrantTerms {
                    purposes: Set::of(&[Purpose::Treatment]),
                    categories: Set::of(&[Category::Cardiac]),
                    actions: Set::of(&[Action::Read]),
                    window: Window { from: 1, to: 2 },
                    valid_from: 3,
                    valid_until: 4,
                    revoked: true,
                },
                package,
            };
            assert_eq!(Grant::from_bytes(&grant.to_bytes().unwrap()), Ok(grant));
        }
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
