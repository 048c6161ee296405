//! Receipts of vaults: what is asked and answered.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::{Binary, Uint64};
use vitals_core::decision::{Action, GroundRef, Purpose, Seconds};
use vitals_core::measure::Category;

/// Logs one message may anchor.
pub const MAX_ANCHORED: usize = 30;

/// The head of a vault's log of one patient. See `vitals_core::receipt`.
#[cw_serde]
pub struct LogMsg {
    pub patient: Uint64,
    /// Receipts in the log.
    pub count: u32,
    /// Its Merkle root, 32 bytes.
    pub root: Binary,
    /// That it follows from the head anchored last; at most 1,057 bytes.
    pub proof: Binary,
}

#[cw_serde]
pub struct AnchoredLog {
    pub vault: String,
    pub count: u32,
    pub root: Binary,
    /// Block time it was anchored at.
    pub at: Seconds,
}

/// In order of the vaults' addresses.
#[cw_serde]
pub struct LogsPage {
    pub logs: Vec<AnchoredLog>,
}

/// A receipt that is in the log anchored last.
#[cw_serde]
pub struct ReceiptInfo {
    pub patient: Uint64,
    /// Of the vault's clock.
    pub at: Seconds,
    /// SHA-256 of what was released.
    pub digest: Binary,
    pub purpose: Option<Purpose>,
    pub category: Option<Category>,
    pub action: Action,
    pub ground: GroundRef,
    /// Account it was released to.
    pub who: String,
}
