//! A recovery: guardians give a patient another account, after a time in which the account that
//! controls it may object.

use vitals_core::bytes::{Reader, Writer};
use vitals_core::decision::Seconds;
use vitals_core::FormatError;

use super::VERSION;
use crate::consent::PROPOSAL_OPEN_S;
use crate::store::{Record, RecordMap};

/// By patient.
pub const RECOVERIES: RecordMap<u64, Recovery> = RecordMap::new("y");

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recovery {
    pub stage: Stage,
    /// One a guardian, in the order given; none once they decided.
    pub votes: Vec<Vote>,
}

/// That a guardian wants the patient to have this account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vote {
    pub guardian: String,
    pub account: String,
    pub at: Seconds,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// Guardians vote.
    Collecting,
    /// Enough did; the account may veto until it is complete.
    Waiting(Decided),
    /// The account objected: now all guardians are needed.
    Vetoed { at: Seconds, began: Seconds },
    /// All did; no veto holds.
    Overriding(Decided),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    pub account: String,
    /// First second it may be completed.
    pub ready_at: Seconds,
    /// See [`Recovery::began`].
    pub began: Seconds,
}

impl Vote {
    pub fn is_open(&self, now: Seconds) -> bool {
        now < self.at.saturating_add(PROPOSAL_OPEN_S)
    }
}

impl Recovery {
    /// When guardians set about it: the first of the votes that led here, a veto in between or not.
    pub fn began(&self, now: Seconds) -> Seconds {
        match &self.stage {
            Stage::Collecting => {
                let open = self.votes.iter().filter(|vote| vote.is_open(now));
                open.map(|vote| vote.at).min().unwrap_or(now)
            }
            Stage::Waiting(decided) | Stage::Overriding(decided) => decided.began,
            Stage::Vetoed { began, .. } => *began,
        }
    }

    /// Whether it is past: nothing in it stands for longer than seven days.
    pub fn has_lapsed(&self, now: Seconds) -> bool {
        let since = match &self.stage {
            Stage::Collecting => return !self.votes.iter().any(|vote| vote.is_open(now)),
            Stage::Waiting(decided) | Stage::Overriding(decided) => decided.ready_at,
            Stage::Vetoed { at, .. } => *at,
        };
        now >= since.saturating_add(PROPOSAL_OPEN_S)
    }
}

impl Record for Recovery {
    const NAME: &'static str = "recovery";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        let (stage, at, began, account) = match &self.stage {
            Stage::Collecting => (0, 0, 0, ""),
            Stage::Waiting(d) => (1, d.ready_at, d.began, d.account.as_str()),
            Stage::Vetoed { at, began } => (2, *at, *began, ""),
            Stage::Overriding(d) => (3, d.ready_at, d.began, d.account.as_str()),
        };
        let mut out = Writer::versioned(VERSION)
            .u8(stage)
            .u64(at)
            .u64(began)
            .short("account", account.as_bytes())?;
        for vote in &self.votes {
            out = out
                .u64(vote.at)
                .short("guardian", vote.guardian.as_bytes())?
                .short("account", vote.account.as_bytes())?;
        }
        Ok(out.done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned(Self::NAME, VERSION, bytes)?;
        let (stage, at, began) = (r.u8()?, r.u64()?, r.u64()?);
        let decided = Decided {
            account: r.short_str()?.into(),
            ready_at: at,
            began,
        };
        let stage = match stage {
            0 => Stage::Collecting,
            1 => Stage::Waiting(decided),
            2 => Stage::Vetoed { at, began },
            3 => Stage::Overriding(decided),
            other => {
                return Err(FormatError::Value {
                    what: "stage of a recovery",
                    got: other.into(),
                    rule: "0 to 3",
                })
            }
        };
        let mut votes = Vec::new();
        while r.remaining() > 0 {
            votes.push(Vote {
                at: r.u64()?,
                guardian: r.short_str()?.into(),
                account: r.short_str()?.into(),
            });
        }
        Ok(Self { stage, votes })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decided() -> Decided {
        Decided {
            account: "cosmos1new".into(),
            ready_at: 100,
            began: 4,
        }
    }

    fn vote() -> Vote {
        Vote {
            guardian: "cosmos1guardian".into(),
            account: "cosmos1new".into(),
            at: 100,
        }
    }

    #[test]
    fn a_recovery_comes_back_whole_in_every_stage() {
        for stage in [
            Stage::Collecting,
            Stage::Waiting(decided()),
            Stage::Vetoed { at: 5, began: 4 },
            Stage::Overriding(decided()),
        ] {
            for votes in [vec![], vec![vote(), vote()]] {
                let recovery = Recovery {
                    stage: stage.clone(),
                    votes,
                };
                let bytes = recovery.to_bytes().unwrap();
                assert_eq!(Recovery::from_bytes(&bytes), Ok(recovery));
            }
        }
        let mut bytes = vec![1, 4];
        bytes.extend([0; 17]);
        assert!(Recovery::from_bytes(&bytes).is_err());
    }

    #[test]
    fn a_recovery_began_with_the_first_vote_that_counts_or_led_to_where_it_is() {
        let votes = vec![vote(), Vote { at: 90, ..vote() }];
        let began = |stage, now| {
            let votes = votes.clone();
            Recovery { stage, votes }.began(now)
        };
        assert_eq!(began(Stage::Collecting, 100), 90);
        assert_eq!(began(Stage::Collecting, 90 + PROPOSAL_OPEN_S), 100);
        for stage in [
            Stage::Waiting(decided()),
            Stage::Vetoed { at: 5, began: 4 },
            Stage::Overriding(decided()),
        ] {
            assert_eq!(began(stage, 100), 4);
        }
    }

    #[test]
    fn every_stage_lapses_seven_days_after_it_began_or_was_ready() {
        let last = 100 + PROPOSAL_OPEN_S - 1;
        for stage in [
            Stage::Collecting,
            Stage::Waiting(decided()),
            Stage::Vetoed { at: 100, began: 4 },
            Stage::Overriding(decided()),
        ] {
            let recovery = Recovery {
                stage,
                votes: vec![vote()],
            };
            assert!(!recovery.has_lapsed(last), "{recovery:?}");
            assert!(recovery.has_lapsed(last + 1), "{recovery:?}");
        }
    }
}
