//! A guardian: an account with some of a patient's powers, for a time.

use vitals_core::bytes::{Reader, Writer};
use vitals_core::decision::{Power, Refusal, Seconds};
use vitals_core::set::Set;
use vitals_core::FormatError;

use super::VERSION;
use crate::store::{Record, RecordMap, Text};

/// Layout of a guardian of whom it is known when it was given what; in the first release it was not.
const DATED: u8 = 2;

/// By patient and guardian.
pub const GUARDIANS: RecordMap<(u64, Text), Guardian> = RecordMap::new("w");

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guardian {
    pub powers: Set<Power>,
    /// First second its powers no longer hold; of the power to recover, `recovers` tells.
    pub until: Seconds,
    /// While its power to recover counts: it begins and ends with notice, so that a thief who holds
    /// the account neither disarms the guardians nor appoints its own in time.
    pub recovers: Option<Span>,
    /// When it was last given a power or more time: a recovery ends what a thief gave. 0 where the
    /// first release did.
    pub given_at: Seconds,
}

/// Seconds `[from, until)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub from: Seconds,
    pub until: Seconds,
}

impl Span {
    pub fn holds(&self, now: Seconds) -> bool {
        self.from <= now && now < self.until
    }
}

impl Guardian {
    /// As the first release meant it: what is given holds from the beginning to the end.
    pub fn plain(powers: Set<Power>, until: Seconds) -> Self {
        Self {
            powers,
            until,
            recovers: powers
                .contains(Power::Recover)
                .then_some(Span { from: 0, until }),
            given_at: 0,
        }
    }

    /// Whether all of this, powers until a date, is given already and holds now.
    pub fn has_all(&self, powers: &Set<Power>, until: Seconds, now: Seconds) -> bool {
        now < self.until && until <= self.until && self.powers.contains_all(powers)
    }

    /// That its powers hold now and contain this one.
    pub fn ensure_live(&self, who: &str, power: Power, now: Seconds) -> Result<(), Refusal> {
        if power == Power::Recover {
            return self.ensure_recovers(who, now);
        }
        if now >= self.until {
            let until = self.until;
            return Err(Refusal::GuardianExpired { until, now });
        }
        if !self.powers.contains(power) {
            return Err(needed(who, power));
        }
        Ok(())
    }

    fn ensure_recovers(&self, who: &str, now: Seconds) -> Result<(), Refusal> {
        match self.recovers {
            None => Err(needed(who, Power::Recover)),
            Some(Span { from, .. }) if now < from => Err(Refusal::RecoversLater { from, now }),
            Some(Span { until, .. }) if now >= until => {
                Err(Refusal::GuardianExpired { until, now })
            }
            Some(_) => Ok(()),
        }
    }

    pub fn recovers_at(&self, now: Seconds) -> bool {
        self.recovers.is_some_and(|span| span.holds(now))
    }

    /// Whether nothing is left of it: no power is given, and its power to recover has ended. One
    /// that has only expired is not over: what keys it got may reach further.
    pub fn is_over(&self, now: Seconds) -> bool {
        self.powers.is_empty() && self.recovers.is_none_or(|span| now >= span.until)
    }
}

fn needed(who: &str, power: Power) -> Refusal {
    Refusal::PowerNeeded {
        who: who.into(),
        power,
    }
}

impl Record for Guardian {
    const NAME: &'static str = "guardian";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        let written = |version| {
            Writer::versioned(version)
                .u16(self.powers.bits())
                .u64(self.until)
        };
        if *self == Self::plain(self.powers, self.until) {
            return Ok(written(VERSION).done());
        }
        let span = self.recovers.unwrap_or(Span { from: 0, until: 0 });
        Ok(written(DATED)
            .u64(self.given_at)
            .u8(self.recovers.is_some().into())
            .u64(span.from)
            .u64(span.until)
            .done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let (version, mut r) = Reader::versioned_up_to(Self::NAME, DATED, bytes)?;
        let mut guardian = Self::plain(Set::from_bits(r.u16()?)?, r.u64()?);
        if version == DATED {
            guardian.given_at = r.u64()?;
            let recovers = r.flag("recovers")?;
            let span = Span {
                from: r.u64()?,
                until: r.u64()?,
            };
            guardian.recovers = recovers.then_some(span);
        }
        r.end()?;
        Ok(guardian)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recovering(from: Seconds, until: Seconds) -> Guardian {
        Guardian {
            powers: Set::of(&[Power::Read, Power::Recover]),
            until: 500,
            recovers: Some(Span { from, until }),
            given_at: 0,
        }
    }

    #[test]
    fn a_guardian_comes_back_whole_in_either_layout() {
        let plain = Guardian::plain(Set::of(&[Power::Read]), 9);
        let none = Guardian {
            recovers: None,
            ..recovering(0, 0)
        };
        let dated = Guardian {
            given_at: 7,
            ..recovering(0, 500)
        };
        for (guardian, version) in [
            (plain, 1),
            (recovering(0, 500), 1),
            (recovering(5, 500), 2),
            (recovering(0, 700), 2),
            (none, 2),
            (dated, 2),
        ] {
            let bytes = guardian.to_bytes().unwrap();
            assert_eq!(bytes.first(), Some(&version), "{guardian:?}");
            assert_eq!(Guardian::from_bytes(&bytes), Ok(guardian));
        }
    }

    #[test]
    fn a_guardian_of_the_first_release_counts_as_always_having_recovered() {
        let recover = [&[1, 0, 33][..], &500u64.to_be_bytes()].concat();
        assert_eq!(Guardian::from_bytes(&recover), Ok(recovering(0, 500)));
        assert!(recovering(0, 500).recovers_at(1));
        let read = [&[1, 0, 1][..], &500u64.to_be_bytes()].concat();
        let read = Guardian::from_bytes(&read).unwrap();
        assert!(!read.recovers_at(1) && read.ensure_live("g", Power::Read, 499).is_ok());
    }

    #[test]
    fn a_guardian_has_all_of_what_is_no_more_and_no_longer_than_it_was_given_while_that_holds() {
        let guardian = recovering(0, 500);
        let has = |powers: &[Power], until, now| guardian.has_all(&Set::of(powers), until, now);
        assert!(has(&[Power::Read, Power::Recover], 500, 499) && has(&[Power::Read], 9, 0));
        assert!(!has(&[Power::Read], 501, 499), "longer");
        assert!(!has(&[Power::Read, Power::Claim], 9, 0), "more");
        assert!(!has(&[Power::Read], 500, 500), "over");
    }

    #[test]
    fn the_power_to_recover_holds_in_its_own_span_and_the_others_until_the_date() {
        let guardian = recovering(100, 700);
        let live = |power, now| guardian.ensure_live("g", power, now).is_ok();
        assert!(live(Power::Read, 99) && !live(Power::Recover, 99));
        assert!(live(Power::Read, 499) && live(Power::Recover, 100));
        assert!(!live(Power::Read, 500) && live(Power::Recover, 699));
        assert!(!live(Power::Recover, 700));
        assert!(!guardian.is_over(700), "keys it got may reach further");
        let dismissed = Guardian {
            powers: Set::EMPTY,
            ..guardian
        };
        assert!(!dismissed.is_over(699) && dismissed.is_over(700));
    }
}
