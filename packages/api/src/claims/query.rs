//! What can be asked, and the answers.

use cosmwasm_schema::{cw_serde, QueryResponses};
use cosmwasm_std::{Binary, Uint128, Uint64};
use vitals_core::decision::Seconds;
use vitals_core::insurance::{ClaimState, PolicyState};
use vitals_core::time::Millis;

use super::{DenomMsg, StaffPart, TermsMsg};

#[cw_serde]
#[derive(QueryResponses)]
pub enum QueryMsg {
    #[returns(crate::admin::AdminInfo)]
    Admin {},
    #[returns(ConfigInfo)]
    Config {},
    /// Denominations products are sold in, native ones first.
    #[returns(DenomsPage)]
    Denoms {
        start_after: Option<DenomMsg>,
        limit: Option<u32>,
    },
    /// Who works for an insurer, in order of their addresses.
    #[returns(StaffPage)]
    Staff {
        insurer: String,
        start_after: Option<String>,
        limit: Option<u32>,
    },
    /// A product with one version of its terms, the latest where none is named.
    #[returns(ProductInfo)]
    Product {
        product: Uint64,
        version: Option<u32>,
    },
    /// Products, in order of their numbers; of one insurer where one is named.
    #[returns(ProductsPage)]
    Products {
        insurer: Option<String>,
        start_after: Option<Uint64>,
        limit: Option<u32>,
    },
    /// Where a product's money is, and where all of it came from and went.
    #[returns(PoolInfo)]
    Pool { product: Uint64 },
    /// What a product may still have to pay, and what it has.
    #[returns(ExposureInfo)]
    Exposure { product: Uint64 },
    /// Withdrawals, terms and awards of a product that wait for a second person.
    #[returns(WaitingPage)]
    Waiting {
        product: Uint64,
        /// Of the last one seen. The withdrawal comes first, as claim 0 of policy 0; then terms,
        /// as claim 1 of policy 0.
        start_after: Option<ClaimId>,
        limit: Option<u32>,
    },
    #[returns(PolicyInfo)]
    Policy { policy: Uint64 },
    /// A patient's policies, oldest first.
    #[returns(PoliciesPage)]
    Policies {
        patient: Uint64,
        start_after: Option<Uint64>,
        limit: Option<u32>,
    },
    /// A product's policies, oldest first. A page that names a state may have fewer than `limit`:
    /// it goes on after `next`.
    #[returns(PoliciesPage)]
    ProductPolicies {
        product: Uint64,
        state: Option<PolicyState>,
        start_after: Option<Uint64>,
        limit: Option<u32>,
    },
    /// Days of a policy counted for its reward, in order, from 0: the one in which it was bound.
    #[returns(DaysPage)]
    RewardDays {
        policy: Uint64,
        start_after: Option<u16>,
        limit: Option<u32>,
    },
    /// What was done about a policy and its claims, in the order it was done.
    #[returns(HistoryPage)]
    History {
        policy: Uint64,
        /// Entries to leave out.
        skip: Option<u32>,
        limit: Option<u32>,
    },
    #[returns(ClaimInfo)]
    Claim { policy: Uint64, claim: u16 },
    /// A policy's claims, oldest first.
    #[returns(ClaimsPage)]
    Claims {
        policy: Uint64,
        start_after: Option<u16>,
        limit: Option<u32>,
    },
    /// A product's claims by policy and number, in any state or one. A page that names a state
    /// may have fewer than `limit`: it goes on after `next`.
    #[returns(ClaimsPage)]
    ProductClaims {
        product: Uint64,
        state: Option<ClaimState>,
        start_after: Option<ClaimId>,
        limit: Option<u32>,
    },
    /// What an account could not be paid and can collect.
    #[returns(OwedInfo)]
    Owed { product: Uint64, account: String },
}

#[cw_serde]
pub struct ConfigInfo {
    pub consent: String,
    pub registry: String,
    pub anchor: String,
    /// The least that deadlines of invoice terms are.
    pub least_deadline_s: u32,
}

#[cw_serde]
pub struct DenomsPage {
    pub denoms: Vec<DenomMsg>,
}

#[cw_serde]
pub struct StaffInfo {
    pub account: String,
    pub parts: Vec<StaffPart>,
}

#[cw_serde]
pub struct StaffPage {
    pub staff: Vec<StaffInfo>,
}

#[cw_serde]
pub struct ProductInfo {
    pub product: Uint64,
    pub insurer: String,
    pub denom: DenomMsg,
    pub on_sale: bool,
    /// Withdrawals, awards and what new terms lock take two people above it.
    pub two_people_above: Option<Uint128>,
    /// Version of the latest terms, from 1.
    pub latest: u32,
    /// Version of these terms.
    pub version: u32,
    pub terms: TermsMsg,
}

#[cw_serde]
pub struct ProductsPage {
    pub products: Vec<ProductInfo>,
}

/// deposits + premiums + claim_deposits + reclaimed = free + locked + held + paid + rebated +
/// withdrawn + refunded + returned + fees, always.
#[cw_serde]
pub struct PoolInfo {
    pub denom: DenomMsg,
    pub deposits: Uint128,
    pub premiums: Uint128,
    pub claim_deposits: Uint128,
    pub reclaimed: Uint128,
    /// What the insurer may withdraw, and new policies may lock.
    pub free: Uint128,
    /// Unpaid benefits of policies that are not over, their unearned premiums, possible rebates
    /// and bonds.
    pub locked: Uint128,
    /// Others' money: premiums of offers, deposits of claims.
    pub held: Uint128,
    pub paid: Uint128,
    pub rebated: Uint128,
    pub withdrawn: Uint128,
    pub refunded: Uint128,
    pub returned: Uint128,
    pub fees: Uint128,
    /// Of what left, what could not be paid and waits to be collected.
    pub owed: Uint128,
    /// Movements so far: each has an event with its number.
    pub movements: Uint64,
}

#[cw_serde]
pub struct ExposureInfo {
    pub product: Uint64,
    pub denom: DenomMsg,
    pub free: Uint128,
    pub locked: Uint128,
    /// Policies bound and not over, and ever bound.
    pub policies_live: Uint64,
    pub policies_bound: Uint64,
    pub claims_open: Uint64,
    pub claims_paid: Uint64,
    /// The most that live policies may still be paid: benefits and rebates.
    pub most_payable: Uint128,
    /// Premiums less refunds, and without those that are held for offers.
    pub premiums_net: Uint128,
    /// Benefits and rebates paid.
    pub paid: Uint128,
    /// Paid for each 10,000 of net premium, rounded down; nothing without premium.
    pub loss_ratio_bp: Option<Uint128>,
}

#[cw_serde]
pub struct ClaimId {
    pub policy: Uint64,
    pub claim: u16,
}

/// What one person has asked for: an award where a claim is named, else terms where their digest
/// is, else a withdrawal.
#[cw_serde]
pub struct WaitingInfo {
    pub claim: Option<ClaimId>,
    /// SHA-256 of the terms as they are stored.
    pub terms: Option<Binary>,
    /// Of terms, what a policy would lock.
    pub amount: Uint128,
    pub by: String,
    pub at: Seconds,
}

#[cw_serde]
pub struct WaitingPage {
    pub waiting: Vec<WaitingInfo>,
}

#[cw_serde]
pub struct PolicyInfo {
    pub policy: Uint64,
    pub product: Uint64,
    /// Of the product's terms.
    pub version: u32,
    pub patient: Uint64,
    /// Who offered or bound it, and is refunded the first payment; none where version 0.1.0 did not keep it.
    pub policyholder: Option<String>,
    pub payee: String,
    pub state: PolicyState,
    /// While it is an offer: until when it stands.
    pub offered_until: Option<Seconds>,
    /// Times of a bound policy; zero while it is an offer.
    pub bound_at: Seconds,
    pub covered_from: Seconds,
    /// As it stands now: a cancellation or a lapse has moved it earlier.
    pub covered_until: Seconds,
    pub file_until: Seconds,
    pub premium_paid: Uint128,
    /// When the next instalment is due, and how much it is; none and zero where none can be paid.
    pub next_due: Option<Seconds>,
    pub next_amount: Uint128,
    /// Events, days or invoices paid, and how many the terms pay at the most.
    pub claims_paid: u16,
    pub claims_most: u16,
    pub claims_open: u16,
    /// Last instant that earlier policies of the patient and product used up.
    pub used_until_ms: Option<Millis>,
    /// Days shown for the reward, and whether the rebate is paid.
    pub reward_days: u16,
    pub rebated: bool,
    pub locked: Uint128,
    /// Decides appeals, where the product is of invoices.
    pub arbiter: Option<String>,
}

#[cw_serde]
pub struct PoliciesPage {
    pub policies: Vec<PolicyInfo>,
    /// To go on after; none where the list is at its end.
    pub next: Option<Uint64>,
}

#[cw_serde]
pub struct DaysPage {
    pub days: Vec<u16>,
}

#[cw_serde]
pub struct ClaimInfo {
    pub policy: Uint64,
    /// Number within the policy, from 1.
    pub claim: u16,
    pub state: ClaimState,
    pub claimant: String,
    pub filed_at: Seconds,
    /// Paid so far.
    pub paid: Uint128,
    pub evidence: ClaimEvidenceInfo,
}

#[cw_serde]
pub enum ClaimEvidenceInfo {
    /// Published readings, and the time they used up, from the first to the last, both inside.
    Disclosed {
        from_ms: Millis,
        to_ms: Millis,
    },
    Invoice(Box<InvoiceInfo>),
}

#[cw_serde]
pub struct InvoiceInfo {
    pub digest: Binary,
    pub claimed: Uint128,
    pub served_from: Seconds,
    pub served_until: Seconds,
    pub deposit: Uint128,
    /// Until when whoever is to act may; none once the claim is closed.
    pub deadline: Option<Seconds>,
    pub assessed: Option<VerdictInfo>,
    pub appealed: Option<AppealInfo>,
    pub arbitrated: Option<VerdictInfo>,
    pub closed_at: Option<Seconds>,
}

#[cw_serde]
pub struct VerdictInfo {
    pub award: Uint128,
    pub by: String,
    pub at: Seconds,
    pub reason: Option<Binary>,
}

#[cw_serde]
pub struct AppealInfo {
    pub at: Seconds,
    /// None where the assessor's silence took it to the arbiter, as is the reason.
    pub by: Option<String>,
    pub reason: Option<Binary>,
}

#[cw_serde]
pub struct ClaimsPage {
    pub claims: Vec<ClaimInfo>,
    /// To go on after; none where the list is at its end.
    pub next: Option<ClaimId>,
}

#[cw_serde]
pub enum HistoryKind {
    Offered,
    OfferWithdrawn,
    Bound,
    PremiumPaid,
    Cancelled,
    Lapsed,
    ClaimFiled,
    ClaimAssessed,
    ClaimAppealed,
    ClaimArbitrated,
    ClaimClosed,
    ClaimPaid,
    Rebated,
    Ended,
}

#[cw_serde]
pub struct HistoryEntry {
    pub at: Seconds,
    pub kind: HistoryKind,
    pub by: Option<String>,
    pub claim: Option<u16>,
    pub amount: Option<Uint128>,
}

#[cw_serde]
pub struct HistoryPage {
    pub entries: Vec<HistoryEntry>,
}

#[cw_serde]
pub struct OwedInfo {
    pub amount: Uint128,
    /// Since when, and from when on anybody may give it back to the pool; none where nothing is
    /// owed.
    pub since: Option<Seconds>,
    pub reclaimable_from: Option<Seconds>,
}
