//! What is sold: terms as data, so that a new product needs no new contract.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::{Binary, Uint128};
use vitals_core::measure::{Category, Measure};
use vitals_core::rule::Rule;

/// Coins of the chain, or a cw20 token by its contract.
#[cw_serde]
#[derive(Eq)]
pub enum DenomMsg {
    Native(String),
    Cw20(String),
}

#[cw_serde]
pub struct ProductMsg {
    pub denom: DenomMsg,
    pub terms: TermsMsg,
}

/// Terms of a product, fixed once created: another version is for policies bound after it.
#[cw_serde]
pub struct TermsMsg {
    pub benefit: BenefitMsg,
    pub premium: PremiumMsg,
    /// What of the premiums paid is kept when a policy is cancelled; at most the first payment.
    pub minimum_charge: Uint128,
    /// Seconds of cover, the waiting period included; at most ten years.
    pub term_s: u32,
    /// Seconds from binding in which nothing measured counts; below the term.
    pub waiting_s: u32,
    /// Seconds after the last reading of a claim, or after the care, in which it can be filed; at
    /// least 1, at most ten years.
    pub file_within_s: u32,
    pub evidence: EvidenceTermsMsg,
    /// A rebate of premium for what the patient does on so many days.
    pub reward: Option<RewardMsg>,
    /// SHA-256 of the terms in words.
    pub terms_digest: Binary,
}

#[cw_serde]
pub enum BenefitMsg {
    /// A fixed sum, once.
    Fixed { amount: Uint128 },
    /// For each event, 1 to 16 times.
    PerEvent {
        amount: Uint128,
        max_claims: u8,
        /// Seconds that must lie between the windows of two paid claims; at most ten years, and
        /// so that every claim fits into the cover. Nothing for invoices.
        separation_s: u32,
    },
    /// For each day on which the rule is met, 1 to 366 times, and no more than every policy has
    /// time for, whenever in an hour it is bound. A day is 24 epochs, counted from the
    /// epoch in which the policy was bound; each is paid once, and the readings of a claim lie in
    /// one.
    PerDay { amount: Uint128, max_days: u16 },
}

#[cw_serde]
pub enum PremiumMsg {
    /// When the policy is bound; zero for cover that costs nothing.
    Once { amount: Uint128 },
    /// When the policy is bound, and each so many seconds after; 2 to 120 in all.
    Instalments {
        amount: Uint128,
        every_s: u32,
        /// Seconds after an instalment is due in which it can still be paid; less than
        /// `file_within_s`, since claims wait for it.
        grace_s: u32,
    },
}

#[cw_serde]
pub enum EvidenceTermsMsg {
    /// Readings are published with a multiproof, and meet a rule.
    Disclosed {
        rule: Rule,
        /// Numbers of the device models that count, at most 8; none where any does.
        models: Vec<u32>,
    },
    /// An assessor decides on an invoice. Not paid by the day.
    Invoice(InvoiceTermsMsg),
    /// A zero-knowledge proof. Refused as unsupported until it exists.
    Private {},
}

#[cw_serde]
pub struct InvoiceTermsMsg {
    /// The care it is about: a grant must cover it.
    pub category: Category,
    /// Seconds from filing to the assessor's deadline; each of these 1 to ten years.
    pub assess_within_s: u32,
    pub appeal_within_s: u32,
    pub arbitrate_within_s: u32,
    /// What the assessor's silence means.
    pub silence: SilenceMsg,
    /// Decides appeals; not the insurer.
    pub arbiter: String,
    /// The arbiter's, for one claim: the claimant's deposit, and the insurer's bond.
    pub fee: Uint128,
}

#[cw_serde]
#[derive(Copy, Eq)]
pub enum SilenceMsg {
    /// The claim is approved in full.
    Approves,
    /// The claim goes to the arbiter.
    ToArbiter,
}

/// A day counts when the readings of the measure that are shown of it add up to the least. Readings
/// of maker-attested devices only.
#[cw_serde]
pub struct RewardMsg {
    /// Doses or steps.
    pub measure: Measure,
    /// In the fixed point of the measure; at least 1, at most what one claim can carry.
    pub least_a_day: u32,
    /// Distinct days, 1 to 366, and no more than every policy covers, whenever in an hour it is
    /// bound.
    pub days: u16,
    /// Of the premium: at least 1, at most all of it.
    pub rebate: Uint128,
    /// Readings made by a program count. For trials and demonstrations only.
    pub accept_simulated: bool,
}
