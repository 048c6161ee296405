//! claims: products, pools, policies, claims, money.

use cosmwasm_schema::{cw_serde, QueryResponses};
use cosmwasm_std::{Binary, Uint128, Uint64};
use vitals_core::decision::{GroundRef, Seconds};
use vitals_core::rule::Rule;
use vitals_core::time::Millis;

use crate::admin::AdminMsg;
use crate::anchor::BatchId;

/// Claims one policy may pay.
pub const MAX_CLAIMS: u8 = 16;
/// Batches one claim may rest on.
pub const MAX_EVIDENCE: usize = 6;
/// Bytes of one multiproof: 30 leaves and their nodes.
pub const MAX_PROOF_BYTES: usize = 16_384;
/// Ten years, the longest term, in seconds.
pub const MAX_TERM_S: u32 = 315_360_000;

#[cw_serde]
pub struct InstantiateMsg {
    pub owner: String,
    pub consent: String,
    pub registry: String,
    pub anchor: String,
}

#[cw_serde]
pub enum ExecuteMsg {
    /// Housekeeping, see [`AdminMsg`].
    Admin(AdminMsg),

    /// Owner: lets products be sold in a native denomination.
    AdmitDenom { denom: String },
    /// An account with a live insurer credential: creates a product. Its number is in the event
    /// `product_created`. Fails while paused, and on terms that can never be met.
    CreateProduct { product: ProductMsg },
    /// The product's insurer, or anybody for it: adds to the product's pool. Takes one amount of
    /// the product's denomination.
    Deposit { product: Uint64 },
    /// The product's insurer: takes out of the pool what is not locked.
    Withdraw { product: Uint64, amount: Uint128 },
    /// The patient, or a guardian with the power `claim`: takes out a policy, paying the premium
    /// of the product exactly. The benefit of every claim is locked; the payee is fixed. The
    /// policy's number is in the event `policy_bound`. Fails while paused, when the pool has too
    /// little free, or when the patient has a live policy of the product: one in its waiting
    /// period, under cover, or whose time to file runs.
    Bind {
        product: Uint64,
        patient: Uint64,
        ground: GroundRef,
        payee: String,
    },
    /// The patient, a guardian with the power `claim`, or whoever holds a grant for payment and
    /// disclosure: claims, publishing the readings for ever. Paid in the same transaction when
    /// they meet the product's rule, else an error names the first term not met. Never paused.
    Claim {
        policy: Uint64,
        ground: GroundRef,
        evidence: Vec<EvidenceMsg>,
    },
    /// Anybody, once cover and the time to file are over: ends the policy and frees its lock.
    Expire { policy: Uint64 },
}

/// Terms of a product, fixed once created.
#[cw_serde]
pub struct ProductMsg {
    pub denom: String,
    /// Paid for each claim.
    pub benefit: Uint128,
    /// Paid by the holder when the policy is bound.
    pub premium: Uint128,
    /// Seconds of cover.
    pub term_s: u32,
    /// Seconds from binding in which nothing measured counts; below the term.
    pub waiting_s: u32,
    /// Seconds after the last reading of a claim in which it can be filed; at least 1, at most
    /// ten years.
    pub file_within_s: u32,
    /// How many claims a policy pays, 1 to 16.
    pub max_claims: u8,
    /// Seconds that must lie between the windows of two paid claims; at most ten years, and so
    /// that every claim fits into the cover.
    pub separation_s: u32,
    /// SHA-256 of the terms in words.
    pub terms_digest: Binary,
    pub evidence: EvidenceKind,
    pub rule: Rule,
}

#[cw_serde]
pub enum EvidenceKind {
    /// Readings are published with a multiproof.
    Disclosed,
    /// An assessor decides on an invoice. Refused as unsupported until it exists.
    Invoice,
    /// A zero-knowledge proof. Refused as unsupported until it exists.
    Private,
}

/// One batch, and one compact multiproof of its readings.
#[cw_serde]
pub struct EvidenceMsg {
    pub batch: BatchId,
    pub proof: Binary,
}

#[cw_serde]
#[derive(QueryResponses)]
pub enum QueryMsg {
    #[returns(crate::admin::AdminInfo)]
    Admin {},
    #[returns(ConfigInfo)]
    Config {},
    #[returns(ProductInfo)]
    Product { product: Uint64 },
    #[returns(PoolInfo)]
    Pool { product: Uint64 },
    #[returns(PolicyInfo)]
    Policy { policy: Uint64 },
    /// A patient's policies, oldest first.
    #[returns(PoliciesPage)]
    Policies {
        patient: Uint64,
        start_after: Option<Uint64>,
        limit: Option<u32>,
    },
    #[returns(ClaimInfo)]
    Claim { policy: Uint64, claim: u8 },
    /// A policy's paid claims, oldest first (at most 16).
    #[returns(ClaimsList)]
    Claims { policy: Uint64 },
}

#[cw_serde]
pub struct ConfigInfo {
    pub consent: String,
    pub registry: String,
    pub anchor: String,
}

#[cw_serde]
pub struct ProductInfo {
    pub product: Uint64,
    pub insurer: String,
    pub terms: ProductMsg,
}

/// deposits + premiums = free + locked + paid + withdrawn, always.
#[cw_serde]
pub struct PoolInfo {
    pub denom: String,
    pub deposits: Uint128,
    pub premiums: Uint128,
    pub free: Uint128,
    /// Unpaid benefits of live policies, and their unearned premiums.
    pub locked: Uint128,
    pub paid: Uint128,
    pub withdrawn: Uint128,
}

#[cw_serde]
pub enum PolicyState {
    /// Bound, in its waiting period.
    Bound,
    /// Covered.
    Active,
    /// Cover is over; what was measured under it can be filed.
    RunOff,
    /// The time to file is over too; the lock waits for somebody to expire the policy.
    Elapsed,
    /// Every claim is paid, and the premium earned.
    Exhausted,
    /// Over, and its lock freed.
    Expired,
}

#[cw_serde]
pub struct PolicyInfo {
    pub policy: Uint64,
    pub product: Uint64,
    pub patient: Uint64,
    pub payee: String,
    pub state: PolicyState,
    pub bound_at: Seconds,
    pub covered_from: Seconds,
    pub covered_until: Seconds,
    pub file_until: Seconds,
    pub claims_paid: u8,
    pub locked: Uint128,
}

#[cw_serde]
pub struct PoliciesPage {
    pub policies: Vec<PolicyInfo>,
}

#[cw_serde]
pub struct ClaimInfo {
    pub policy: Uint64,
    /// Number within the policy, from 1.
    pub claim: u8,
    pub claimant: String,
    pub amount: Uint128,
    /// The time it used up.
    pub from_ms: Millis,
    pub to_ms: Millis,
    pub paid_at: Seconds,
}

#[cw_serde]
pub struct ClaimsList {
    pub claims: Vec<ClaimInfo>,
}
