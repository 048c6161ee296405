//! Teams, who is in them, and which teams an account is in.

use vitals_core::bytes::{Reader, Writer};
use vitals_core::decision::{Seconds, MAX_TEAMS};
use vitals_core::FormatError;

use super::VERSION;
use crate::store::{Record, RecordMap, Text};

/// By team.
pub const TEAMS: RecordMap<u64, Team> = RecordMap::new("t");
/// By team and account.
pub const MEMBERS: RecordMap<(u64, Text), Member> = RecordMap::new("m");
/// By account: one read gives a requester's standing and the denials to look for.
pub const MEMBERSHIPS: RecordMap<Text, Membership> = RecordMap::new("n");

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    pub admin: String,
    /// Whom the admin proposed as the next one.
    pub proposed: Option<String>,
    /// Members and invitations.
    pub places: u32,
}

impl Record for Team {
    const NAME: &'static str = "team";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        let proposed = self.proposed.as_deref().unwrap_or_default();
        Ok(Writer::versioned(VERSION)
            .u32(self.places)
            .short("admin", self.admin.as_bytes())?
            .short("proposed admin", proposed.as_bytes())?
            .done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned(Self::NAME, VERSION, bytes)?;
        let team = Self {
            places: r.u32()?,
            admin: r.short_str()?.into(),
            proposed: Some(r.short_str()?.to_string()).filter(|text| !text.is_empty()),
        };
        r.end()?;
        Ok(team)
    }
}

/// An account invited to a team, or in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member {
    /// False while it is only invited.
    pub joined: bool,
}

impl Record for Member {
    const NAME: &'static str = "member";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        Ok(Writer::versioned(VERSION).u8(self.joined.into()).done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned(Self::NAME, VERSION, bytes)?;
        let member = Self {
            joined: r.flag("joined")?,
        };
        r.end()?;
        Ok(member)
    }
}

/// The teams of an account.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Membership {
    /// At most [`MAX_TEAMS`], none twice.
    pub teams: Vec<u64>,
    /// When it last ceased to be a member of any; 0 where it never did.
    pub left_at: Seconds,
}

impl Record for Membership {
    const NAME: &'static str = "membership";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        let head = Writer::versioned(VERSION).u64(self.left_at);
        let all = self.teams.iter().fold(head, |w, team| w.u64(*team));
        Ok(all.done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned(Self::NAME, VERSION, bytes)?;
        let mut membership = Self {
            left_at: r.u64()?,
            teams: Vec::new(),
        };
        while r.remaining() > 0 && membership.teams.len() < MAX_TEAMS {
            membership.teams.push(r.u64()?);
        }
        r.end()?;
        Ok(membership)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_team_comes_back_whole_with_a_proposal_and_without() {
        for proposed in [None, Some("cosmos1next".to_string())] {
            let team = Team {
                admin: "cosmos1admin".into(),
                proposed,
                places: 256,
            };
            assert_eq!(Team::from_bytes(&team.to_bytes().unwrap()), Ok(team));
        }
    }

    #[test]
    fn a_member_is_invited_or_has_joined() {
        for joined in [false, true] {
            let bytes = Member { joined }.to_bytes().unwrap();
            assert_eq!(Member::from_bytes(&bytes), Ok(Member { joined }));
        }
        assert!(Member::from_bytes(&[1, 2]).is_err());
    }

    #[test]
    fn a_membership_holds_as_many_teams_as_an_account_may_have_and_no_more() {
        for count in 0..=8 {
            let membership = Membership {
                teams: (1..=count).collect(),
                left_at: 5,
            };
            let bytes = membership.to_bytes().unwrap();
            assert_eq!(Membership::from_bytes(&bytes), Ok(membership));
        }
        let nine = Membership {
            teams: (1..=9).collect(),
            left_at: 0,
        };
        assert!(Membership::from_bytes(&nine.to_bytes().unwrap()).is_err());
    }
}
