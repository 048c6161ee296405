//! The consent decision: may this account do this, with that kind of data, for that purpose, over
//! that window? One pure function, called by contract, vault and web app.
//!
//! A request names the ground it rests on, so deciding costs the same however many grants a
//! patient has: the ground, the denial of the account, the denials of at most [`MAX_TEAMS`] teams.

use serde::{Deserialize, Serialize};

use crate::measure::Category;
use crate::set::Set;
use crate::time::Window;

mod grounds;
mod refusal;
mod vocabulary;

use grounds::{decide_emergency, decide_grant, decide_guardian, decide_patient};

pub use grounds::{guardians_power, roles_for};
pub use refusal::Refusal;
pub use vocabulary::{Action, Power, Purpose, Role};

/// Block time, in seconds since 1970 UTC.
pub type Seconds = u64;

/// How many teams an account may belong to; bounds the denials a decision looks at.
pub const MAX_TEAMS: usize = 8;

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Request<'a> {
    pub patient: u64,
    pub who: &'a str,
    pub purpose: Purpose,
    pub category: Category,
    pub action: Action,
    pub window: Window,
}

/// A consent as the decision sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantTerms {
    pub purposes: Set<Purpose>,
    pub categories: Set<Category>,
    pub actions: Set<Action>,
    /// Measured epochs it reaches.
    pub window: Window,
    pub valid_from: Seconds,
    pub valid_until: Seconds,
    pub revoked: bool,
}

/// Why the requester is who the grant names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The grant names the account.
    Grantee,
    /// The grant names a team that the account is a member of.
    Member { team: u64 },
    /// Neither.
    Stranger,
}

/// What a request rests on, with the facts the decision needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ground<'a> {
    Patient {
        controller: &'a str,
    },
    Grant {
        id: u64,
        terms: &'a GrantTerms,
        standing: Standing,
        /// Roles that hold at the time of asking.
        live_roles: Set<Role>,
    },
    Guardian {
        account: &'a str,
        powers: Set<Power>,
        until: Seconds,
    },
    Emergency {
        id: u64,
        responder: &'a str,
        window: Window,
        until: Seconds,
        /// Whether its responder's credential as one holds at the time of asking.
        live: bool,
    },
}

/// Denials of the requester by this patient.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Denials {
    pub account: bool,
    /// One of the requester's teams.
    pub team: Option<u64>,
}

/// What a request names as its ground, and what a permission cites.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema, cw_schema::Schemaifier)
)]
#[serde(rename_all = "snake_case")]
pub enum GroundRef {
    Patient {},
    Grant { id: u64 },
    Guardian {},
    Emergency { id: u64 },
}

/// The decision.
pub fn decide(
    request: &Request<'_>,
    ground: &Ground<'_>,
    denials: &Denials,
    now: Seconds,
) -> Result<GroundRef, Refusal> {
    match ground {
        Ground::Patient { controller } => decide_patient(request, controller),
        Ground::Grant {
            id,
            terms,
            standing,
            live_roles,
        } => {
            check_denials(request, denials)?;
            decide_grant(request, *id, terms, *standing, *live_roles, now)
        }
        Ground::Guardian {
            account,
            powers,
            until,
        } => {
            check_denials(request, denials)?;
            decide_guardian(request, account, *powers, *until, now)
        }
        Ground::Emergency {
            id,
            responder,
            window,
            until,
            live,
        } => {
            // a denial of a team does not beat an emergency
            check_account(request, denials)?;
            decide_emergency(request, *id, responder, (window, *until), *live, now)
        }
    }
}

fn check_denials(request: &Request<'_>, denials: &Denials) -> Result<(), Refusal> {
    check_account(request, denials)?;
    match denials.team {
        Some(team) => Err(Refusal::TeamDenied { team }),
        None => Ok(()),
    }
}

fn check_account(request: &Request<'_>, denials: &Denials) -> Result<(), Refusal> {
    if !denials.account {
        return Ok(());
    }
    Err(Refusal::AccountDenied {
        who: request.who.into(),
    })
}

#[cfg(test)]
mod tests;
