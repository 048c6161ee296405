//! A responder's access in an emergency.

use vitals_core::bytes::{Reader, Writer};
use vitals_core::decision::Seconds;
use vitals_core::time::Window;
use vitals_core::FormatError;

use super::VERSION;
use crate::store::{Record, RecordMap};

/// By patient and emergency number.
pub const EMERGENCIES: RecordMap<(u64, u64), Emergency> = RecordMap::new("e");

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Emergency {
    pub responder: String,
    /// Measured epochs it opens.
    pub window: Window,
    pub opened_at: Seconds,
    /// First second it no longer holds, unless it was ended before.
    pub until: Seconds,
    pub ended_at: Option<Seconds>,
    pub review_by: Seconds,
    pub review: Option<Review>,
    /// SHA-256 of the written reason.
    pub reason: [u8; 32],
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Review {
    pub at: Seconds,
    pub upheld: bool,
}

impl Emergency {
    /// First second it no longer holds: what a decision takes as its end.
    pub fn over_at(&self) -> Seconds {
        self.ended_at.map_or(self.until, |at| at.min(self.until))
    }

    pub fn is_live(&self, now: Seconds) -> bool {
        now < self.over_at()
    }
}

impl Record for Emergency {
    const NAME: &'static str = "emergency";

    /// Seconds that never came are 0: block time is above.
    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        let (verdict, reviewed_at) = match self.review {
            None => (0, 0),
            Some(review) => (if review.upheld { 1 } else { 2 }, review.at),
        };
        Ok(Writer::versioned(VERSION)
            .u32(self.window.from)
            .u32(self.window.to)
            .u64(self.opened_at)
            .u64(self.until)
            .u64(self.ended_at.unwrap_or_default())
            .u64(self.review_by)
            .u8(verdict)
            .u64(reviewed_at)
            .raw(&self.reason)
            .short("responder", self.responder.as_bytes())?
            .done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned(Self::NAME, VERSION, bytes)?;
        let emergency = Self {
            window: Window::new(r.u32()?, r.u32()?)?,
            opened_at: r.u64()?,
            until: r.u64()?,
            ended_at: Some(r.u64()?).filter(|at| *at > 0),
            review_by: r.u64()?,
            review: review(r.u8()?, r.u64()?)?,
            reason: r.array()?,
            responder: r.short_str()?.into(),
        };
        r.end()?;
        Ok(emergency)
    }
}

fn review(verdict: u8, at: Seconds) -> Result<Option<Review>, FormatError> {
    match (verdict, at) {
        (0, 0) => Ok(None),
        (1 | 2, 1..) => Ok(Some(Review {
            at,
            upheld: verdict == 1,
        })),
        _ => Err(FormatError::Value {
            what: "review",
            got: verdict.into(),
            rule: "0 without a time, or 1 (upheld) or 2 (rejected) with one",
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn emergency() -> Emergency {
        Emergency {
            responder: "cosmos1responder".into(),
            window: Window { from: 1, to: 3 },
            opened_at: 100,
            until: 200,
            ended_at: None,
            review_by: 300,
            review: None,
            reason: [7; 32],
        }
    }

    #[test]
    fn an_emergency_comes_back_whole_ended_and_reviewed_or_not() {
        for ended_at in [None, Some(150)] {
            for review in [
                None,
                Some(Review {
                    at: 5,
                    upheld: true,
                }),
                Some(Review {
                    at: 6,
                    upheld: false,
                }),
            ] {
                let emergency = Emergency {
                    ended_at,
                    review,
                    ..emergency()
                };
                let bytes = emergency.to_bytes().unwrap();
                assert_eq!(Emergency::from_bytes(&bytes), Ok(emergency));
            }
        }
    }

    #[test]
    fn an_unknown_verdict_or_one_without_a_time_is_refused() {
        for (verdict, at) in [(3, 5), (0, 5), (1, 0), (2, 0)] {
            assert!(review(verdict, at).is_err(), "{verdict} {at}");
        }
    }

    #[test]
    fn it_holds_to_its_last_second_or_until_it_was_ended() {
        let open = emergency();
        assert!(open.is_live(199) && !open.is_live(200));
        let ended = Emergency {
            ended_at: Some(150),
            ..open
        };
        assert!(ended.is_live(149) && !ended.is_live(150));
    }
}
