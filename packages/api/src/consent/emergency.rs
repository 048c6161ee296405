//! Emergencies, and the custodians of their packages: what is asked and answered.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::{Binary, Uint64};
use vitals_core::decision::Seconds;
use vitals_core::time::Window;

/// Custodians of a patient.
pub const MAX_CUSTODIANS: usize = 8;
/// How far an emergency reaches back at most: 14 days.
pub const MAX_HOURS_BACK: u32 = 336;
/// A responder's emergencies without a review.
pub const MAX_UNREVIEWED: u32 = 16;

/// A custodian's share of the emergency package.
#[cw_serde]
pub struct EmergencyPackageMsg {
    pub custodian: String,
    /// SHA-256 of the share, 32 bytes.
    pub digest: Binary,
}

#[cw_serde]
pub struct CustodiansInfo {
    /// Empty where the patient named none: then an emergency opens nothing.
    pub custodians: Vec<String>,
    /// Shares it takes; 0 where there are none.
    pub threshold: u8,
    /// Where packages were put.
    pub packages: Option<EmergencyPackages>,
}

#[cw_serde]
pub struct EmergencyPackages {
    /// Measured epochs the shares open.
    pub window: Window,
    /// Whose secret they open.
    pub generation: u32,
    pub packages: Vec<EmergencyPackageMsg>,
}

#[cw_serde]
pub struct EmergencyInfo {
    pub emergency: Uint64,
    pub responder: String,
    /// Measured epochs it lets read.
    pub window: Window,
    pub opened_at: Seconds,
    /// First second it no longer holds, unless it was ended before.
    pub until: Seconds,
    pub ended_at: Option<Seconds>,
    /// SHA-256 of the written reason, 32 bytes.
    pub reason: Binary,
    /// First second at which a review is overdue.
    pub review_by: Seconds,
    pub review: Option<ReviewInfo>,
}

#[cw_serde]
pub struct ReviewInfo {
    pub at: Seconds,
    pub upheld: bool,
}

/// Oldest first.
#[cw_serde]
pub struct EmergenciesPage {
    pub emergencies: Vec<EmergencyInfo>,
}

/// Whether an account may open an emergency now, apart from denials by the patient.
#[cw_serde]
pub struct ResponderInfo {
    pub may_open: bool,
    /// Code and reason where it may not.
    pub why_not: Option<String>,
    pub unreviewed: u32,
    /// Emergencies that were rejected and not forgiven by `Reinstate`.
    pub rejected: u32,
    /// The first deadline of its reviews.
    pub review_by: Option<Seconds>,
}

#[cw_serde]
pub struct HooksInfo {
    pub contracts: Vec<String>,
}
