//! Whom a grant is to, and whom a denial is of.

use std::fmt;

use cosmwasm_schema::cw_serde;
use cosmwasm_std::Uint64;

/// An account, or the members of a team.
#[cw_serde]
#[derive(Eq)]
pub enum Party {
    /// An address in lower case.
    Account(String),
    /// A team's number.
    Team(Uint64),
}

impl Party {
    pub fn is_account(&self, account: &str) -> bool {
        matches!(self, Self::Account(named) if named == account)
    }
}

impl fmt::Display for Party {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Account(account) => f.write_str(account),
            Self::Team(team) => write!(f, "team {team}"),
        }
    }
}
