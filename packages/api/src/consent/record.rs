//! The records of consent that others read by raw key, a file each.

mod credential;
mod custodian;
mod denial;
mod emergency;
mod grant;
mod guardian;
mod patient;
mod quorum;
mod receipt;
mod recovery;
mod team;

pub use credential::{Credential, CREDENTIALS};
pub use custodian::{Custodian, Custody, Packages, CUSTODIES};
pub use denial::{Denial, DENIALS, TEAM_DENIALS};
pub use emergency::{Emergency, Review, EMERGENCIES};
pub use grant::{Grant, Package, GRANTS};
pub use guardian::{Guardian, Span, GUARDIANS};
pub use patient::{Patient, PATIENTS};
pub use quorum::{Proposal, Quorums, MAX_PROPOSED_BYTES, PROPOSALS, QUORUMS};
pub use receipt::{Anchored, RECEIPTS};
pub use recovery::{Decided, Recovery, Stage, Vote, RECOVERIES};
pub use team::{Member, Membership, Team, MEMBERS, MEMBERSHIPS, TEAMS};

/// The first layout of each record.
const VERSION: u8 = 1;
