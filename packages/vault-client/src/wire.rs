//! Bodies of answers.

use cosmwasm_std::{Binary, Uint64};
use serde::{Deserialize, Serialize};

use crate::BySession;

/// Names the ground a release rests on.
pub const GROUND_HEADER: &str = "vitals-ground";

/// Names category and hour that an alert's detail is kept under: `cardiac/480000`.
pub const PLACE_HEADER: &str = "vitals-place";

/// Of every answer but success.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorBody {
    /// Stable: `vault/…`, or of the contract that refused, such as `consent/grant_revoked`.
    pub code: String,
    /// Without the code before it.
    pub reason: String,
}

/// A release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProvedReceipt {
    /// Its place in this vault's log of the patient, from 0.
    pub index: u32,
    /// Bytes of a `vitals_core::receipt::Receipt`.
    pub receipt: Binary,
    /// That it is in the log whose head is anchored; absent until it is.
    pub proof: Option<Binary>,
    /// Where who was shown it asked by a session.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_session: Option<BySession>,
}

/// Of the vault's log of one patient, as the chain keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnchoredHead {
    pub count: u32,
    /// 32 bytes.
    pub root: Binary,
}

/// Oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReceiptsPage {
    /// The account that anchors this vault's log; absent where it anchors none.
    pub account: Option<String>,
    /// Receipts of the patient there are.
    pub count: u32,
    /// What the vault's proofs lead to, unless another head was asked for. Take it from the chain to
    /// check them.
    pub anchored: Option<AnchoredHead>,
    pub receipts: Vec<ProvedReceipt>,
}

/// What an erasure deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErasureReport {
    pub patient: Uint64,
    /// Ciphertext of batches, and details of alerts.
    pub blobs: u64,
    pub packages: u64,
    pub shares: u64,
    pub plans: u64,
    pub bytes: Uint64,
    /// Files of writes that were interrupted.
    pub leftovers: u64,
    /// SHA-256 of each, lower-case hex: the vault takes none of them again.
    pub digests: Vec<String>,
    /// The request stopped at the most it does: ask again.
    pub more: bool,
}
