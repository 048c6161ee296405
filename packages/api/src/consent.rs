//! consent: patients, people, permission.

use vitals_core::decision::Seconds;

pub mod emergency;
pub mod event;
pub mod hook;
mod msg;
mod party;
mod query;
pub mod read;
pub mod receipt;
pub mod record;
pub mod recovery;

pub use msg::*;
pub use party::Party;
pub use query::*;

/// Grants that a search looks through, newest first: a decision without a ground, and a denial
/// that asks whether the account may hold keys.
pub const MAX_SEARCH: u64 = 64;
/// Key packages one message may replace.
pub const MAX_PACKAGES: usize = 30;
/// Members of a team and invitations to it.
pub const MAX_MEMBERS: u32 = 256;
/// How far ahead the key packages of a team's members reach at most, in seconds: an account that
/// left a team later than that ago may hold keys still.
pub const TEAM_ROLL_S: Seconds = 7 * 86_400;
/// How long an issuer attests at most, in seconds: five years, so that what a removed issuer
/// attested comes to an end.
pub const MAX_CREDENTIAL_S: Seconds = 5 * 366 * 86_400;
/// Guardians of a patient, those that serve out their notice included.
pub const MAX_GUARDIANS: usize = 8;
/// How long a proposal, a vote to recover, a veto and a decided recovery stand, in seconds.
pub const PROPOSAL_OPEN_S: Seconds = 7 * 86_400;
/// Proposals of one guardian that wait for approvals.
pub const MAX_PROPOSALS_EACH: usize = 2;
/// Those of all guardians of a patient: as many as each may have, so that none keeps another from
/// proposing.
pub const MAX_OPEN_PROPOSALS: usize = MAX_GUARDIANS * MAX_PROPOSALS_EACH;
