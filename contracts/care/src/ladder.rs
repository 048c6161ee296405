//! Who is called, tier after tier. A ladder's versions are kept: an open alert climbs the one it
//! began on.

use vitals_api::care::{LadderInfo, TierMsg};
use vitals_api::store::Record;
use vitals_core::bytes::{Reader, Writer};
use vitals_core::FormatError;

const VERSION: u8 = 1;

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

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ladder {
    pub tiers: Vec<Tier>,
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
        let head = Writer::versioned(VERSION).u8(count("tiers", self.tiers.len())?);
        let whole = self
            .tiers
            .iter()
            .try_fold(head, |to, tier| tier.write(to))?;
        Ok(whole.done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned(Self::NAME, VERSION, bytes)?;
        let tiers = (0..r.u8()?)
            .map(|_| Tier::read(&mut r))
            .collect::<Result<_, FormatError>>()?;
        r.end()?;
        Ok(Self { tiers })
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
