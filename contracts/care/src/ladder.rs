//! Who is called, tier after tier. A ladder's versions are kept: an open alert climbs the one it
//! began on.

use vitals_api::care::{LadderInfo, TierMsg};
use vitals_api::store::Record;
use vitals_core::bytes::{Reader, Writer};
use vitals_core::FormatError;

/// Layout 1 knew no emergency tier.
const LAYOUT: u8 = 2;

/// One version of one of a patient's ladders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LadderRef {
    pub ladder: u8,
    /// From 1.
    pub version: u32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tier {
    pub responders: Vec<String>,
    /// Seconds until the next tier may be called.
    pub within_s: u32,
}

/// Of no tiers where the patient has none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ladder {
    pub tiers: Vec<Tier>,
    /// The last tier is the emergency services, or who calls them.
    pub ends_in_emergency: bool,
}

impl Ladder {
    pub fn tier(&self, tier: u8) -> Option<&Tier> {
        self.tiers.get(usize::from(tier))
    }

    /// The tier after, where there is one.
    pub fn next(&self, tier: u8) -> Option<u8> {
        let next = tier.checked_add(1)?;
        self.tier(next).map(|_| next)
    }

    pub fn is_emergency(&self, tier: u8) -> bool {
        self.ends_in_emergency && self.tier(tier).is_some() && self.next(tier).is_none()
    }

    /// Whether an account is in a tier up to this one.
    pub fn has_called(&self, who: &str, tier: u8) -> bool {
        self.tiers
            .iter()
            .take(usize::from(tier).saturating_add(1))
            .any(|called| called.responders.iter().any(|r| r == who))
    }

    pub fn info(self) -> LadderInfo {
        let tiers = self.tiers.into_iter().map(|tier| TierMsg {
            responders: tier.responders,
            within_s: tier.within_s,
        });
        LadderInfo {
            tiers: tiers.collect(),
            ends_in_emergency: self.ends_in_emergency,
        }
    }
}

impl Tier {
    fn write(&self, to: Writer) -> Result<Writer, FormatError> {
        let head = to
            .u32(self.within_s)
            .u8(count("responders", self.responders.len())?);
        self.responders.iter().try_fold(head, |to, responder| {
            to.short("responder", responder.as_bytes())
        })
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, FormatError> {
        let within_s = from.u32()?;
        let responders = (0..from.u8()?)
            .map(|_| Ok(from.short_str()?.into()))
            .collect::<Result<_, FormatError>>()?;
        Ok(Self {
            responders,
            within_s,
        })
    }
}

fn count(what: &'static str, len: usize) -> Result<u8, FormatError> {
    u8::try_from(len).map_err(|_| FormatError::Length {
        what,
        expected: u8::MAX.into(),
        got: len,
    })
}

impl Record for Ladder {
    const NAME: &'static str = "ladder";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        let head = Writer::versioned(LAYOUT).u8(count("tiers", self.tiers.len())?);
        let whole = self
            .tiers
            .iter()
            .try_fold(head, |to, tier| tier.write(to))?;
        Ok(whole.u8(self.ends_in_emergency.into()).done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let (layout, mut r) = Reader::versioned_up_to(Self::NAME, LAYOUT, bytes)?;
        let tiers = (0..r.u8()?)
            .map(|_| Tier::read(&mut r))
            .collect::<Result<_, FormatError>>()?;
        let ends_in_emergency = layout > 1 && r.flag("ends in emergency")?;
        r.end()?;
        Ok(Self {
            tiers,
            ends_in_emergency,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ladder() -> Ladder {
        let tier = |names: &[&str], within_s| Tier {
            responders: names.iter().map(|n| (*n).into()).collect(),
            within_s,
        };
        Ladder {
            tiers: vec![tier(&["a", "b"], 60), tier(&["c"], 120)],
            ends_in_emergency: true,
        }
    }

    #[test]
    fn a_ladder_comes_back_whole_and_cut_is_refused() {
        let bytes = ladder().to_bytes().unwrap();
        assert_eq!(Ladder::from_bytes(&bytes), Ok(ladder()));
        for cut in 0..bytes.len() {
            assert!(Ladder::from_bytes(&bytes[..cut]).is_err(), "{cut}");
        }
    }

    #[test]
    fn layout_1_has_no_emergency_tier() {
        let first = [
            1, 2, 0, 0, 0, 60, 2, 1, b'a', 1, b'b', 0, 0, 0, 120, 1, 1, b'c',
        ];
        let without = Ladder {
            ends_in_emergency: false,
            ..ladder()
        };
        assert_eq!(Ladder::from_bytes(&first), Ok(without));
        assert!(Ladder::from_bytes(&[&first[..], &[1]].concat()).is_err());
    }

    #[test]
    fn only_the_last_tier_is_the_emergency_tier_and_only_where_it_is_marked() {
        assert!(ladder().is_emergency(1) && !ladder().is_emergency(0));
        assert!(!ladder().is_emergency(2), "there is none");
        let plain = Ladder {
            ends_in_emergency: false,
            ..ladder()
        };
        assert!(!plain.is_emergency(1));
        assert!(!Ladder::default().is_emergency(0));
    }

    #[test]
    fn a_tier_not_yet_called_has_called_nobody() {
        let ladder = ladder();
        assert!(ladder.has_called("b", 0));
        assert!(!ladder.has_called("c", 0));
        assert!(ladder.has_called("a", 1) && ladder.has_called("c", 1));
        assert!(!ladder.has_called("d", u8::MAX));
    }

    #[test]
    fn the_last_tier_has_none_after_it() {
        assert_eq!(ladder().next(0), Some(1));
        assert_eq!(ladder().next(1), None);
        assert_eq!(ladder().next(u8::MAX), None);
    }
}
