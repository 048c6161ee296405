//! How many guardians act together, and what waits for more of them.

use vitals_core::bytes::{Reader, Writer};
use vitals_core::decision::{Power, Seconds};
use vitals_core::FormatError;

use super::VERSION;
use crate::store::{Record, RecordMap};

/// By patient. Read only where a guardian acts.
pub const QUORUMS: RecordMap<u64, Quorums> = RecordMap::new("q");
/// By patient and proposal number.
pub const PROPOSALS: RecordMap<(u64, u64), Proposal> = RecordMap::new("r");

/// The longest message that is proposed, as JSON.
pub const MAX_PROPOSED_BYTES: usize = 4_096;

/// How many guardians it takes, by power; 0 where the patient set nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Quorums {
    pub grant: u8,
    pub revoke: u8,
    pub recover: u8,
    /// What the quorum to recover will be, and from when: it changes with notice.
    pub recover_next: Option<(u8, Seconds)>,
    /// Number of the last proposal.
    pub proposals: u64,
}

impl Quorums {
    /// How many guardians with this power act together now; none where nothing was set.
    pub fn of(&self, power: Power, now: Seconds) -> Option<u8> {
        let of = match power {
            Power::Grant => self.grant,
            Power::Revoke => self.revoke,
            Power::Recover => match self.recover_next {
                Some((next, from)) if now >= from => next,
                _ => self.recover,
            },
            Power::Read | Power::Acknowledge | Power::Claim => 0,
        };
        Some(of).filter(|of| *of > 0)
    }
}

impl Record for Quorums {
    const NAME: &'static str = "quorums";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        let (next, from) = self.recover_next.unwrap_or_default();
        Ok(Writer::versioned(VERSION)
            .u8(self.grant)
            .u8(self.revoke)
            .u8(self.recover)
            .u8(next)
            .u64(from)
            .u64(self.proposals)
            .done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned(Self::NAME, VERSION, bytes)?;
        let quorums = Self {
            grant: r.u8()?,
            revoke: r.u8()?,
            recover: r.u8()?,
            recover_next: Some((r.u8()?, r.u64()?)).filter(|(next, _)| *next > 0),
            proposals: r.u64()?,
        };
        r.end()?;
        Ok(quorums)
    }
}

/// A message that waits for approvals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    pub power: Power,
    /// First second it can no longer be approved.
    pub until: Seconds,
    /// The execute message, as JSON.
    pub msg: Vec<u8>,
    /// Who approved, at most 8; the proposer first.
    pub approvals: Vec<String>,
}

impl Proposal {
    pub fn is_open(&self, now: Seconds) -> bool {
        now < self.until
    }

    pub fn proposer(&self) -> &str {
        self.approvals.first().map_or("", String::as_str)
    }
}

impl Record for Proposal {
    const NAME: &'static str = "proposal";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        let len = u16::try_from(self.msg.len()).map_err(|_| FormatError::Length {
            what: "proposed message",
            expected: MAX_PROPOSED_BYTES,
            got: self.msg.len(),
        })?;
        let head = Writer::versioned(VERSION)
            .u8((self.power == Power::Revoke).into())
            .u64(self.until)
            .u16(len)
            .raw(&self.msg);
        let mut out = head;
        for account in &self.approvals {
            out = out.short("approval", account.as_bytes())?;
        }
        Ok(out.done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned(Self::NAME, VERSION, bytes)?;
        let power = match r.flag("revokes")? {
            true => Power::Revoke,
            false => Power::Grant,
        };
        let until = r.u64()?;
        let len = r.u16()?;
        let msg = r.take(len.into())?.to_vec();
        let mut approvals = Vec::new();
        while r.remaining() > 0 {
            approvals.push(r.short_str()?.into());
        }
        Ok(Self {
            power,
            until,
            msg,
            approvals,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quorums_and_proposals_come_back_whole() {
        for recover_next in [None, Some((3, 700))] {
            let quorums = Quorums {
                grant: 2,
                revoke: 1,
                recover: 0,
                recover_next,
                proposals: u64::MAX,
            };
            let bytes = quorums.to_bytes().unwrap();
            assert_eq!(Quorums::from_bytes(&bytes), Ok(quorums));
        }
        for power in [Power::Grant, Power::Revoke] {
            let proposal = Proposal {
                power,
                until: 9,
                msg: b"{}".to_vec(),
                approvals: vec!["a".into(), "b".into()],
            };
            let bytes = proposal.to_bytes().unwrap();
            assert_eq!(Proposal::from_bytes(&bytes), Ok(proposal));
        }
    }

    #[test]
    fn the_quorum_to_recover_changes_at_its_time_and_nothing_set_is_none() {
        let quorums = Quorums {
            grant: 2,
            recover: 3,
            recover_next: Some((1, 100)),
            ..Quorums::default()
        };
        assert_eq!(quorums.of(Power::Recover, 99), Some(3));
        assert_eq!(quorums.of(Power::Recover, 100), Some(1));
        assert_eq!(quorums.of(Power::Grant, 0), Some(2));
        assert_eq!(quorums.of(Power::Revoke, 0), None);
        assert_eq!(quorums.of(Power::Read, 0), None);
    }
}
