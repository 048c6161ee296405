//! Why terms are none.

use crate::insurance::{Amount, MoneyError};
use crate::measure::Measure;
use crate::rule::RuleError;

/// The first term that is out of bounds, or a promise that can never be met.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TermsError {
    #[error(transparent)]
    Money(#[from] MoneyError),
    #[error(transparent)]
    Rule(#[from] RuleError),

    #[error("claims/terms_bounds: {term} is {least} to {most}, got {got}")]
    Bounds {
        term: &'static str,
        least: u32,
        most: u32,
        got: u32,
    },
    #[error("claims/no_cover: waiting {waiting_s} s leaves nothing of a term of {term_s} s")]
    NoCover { waiting_s: u32, term_s: u32 },
    #[error("claims/cover_too_short: {claims} claims take {needed_ms} ms of cover, the terms leave {cover_ms}")]
    CoverTooShort {
        claims: u16,
        needed_ms: u64,
        cover_ms: u64,
    },
    #[error("claims/too_few_days: {term} asks for {got} days, a policy has time for {room}")]
    TooFewDays {
        term: &'static str,
        got: u16,
        room: u32,
    },
    #[error(
        "claims/rule_batches: the rule takes at least {least} batches, a claim at most {most}"
    )]
    RuleBatches { least: u64, most: usize },
    #[error("claims/model_twice: model {model} is listed twice")]
    ModelTwice { model: u32 },
    #[error("claims/grace_too_long: claims wait for a grace of {grace_s} s, and are to be filed within {file_within_s} s; the grace is shorter than that")]
    GraceTooLong { grace_s: u32, file_within_s: u32 },
    #[error("claims/minimum_charge: {minimum} is kept when a policy is cancelled, more than the {payment} of one payment")]
    MinimumCharge { minimum: Amount, payment: Amount },
    #[error("claims/invoice_per_day: invoices are not paid by the day")]
    InvoicePerDay,
    #[error("claims/reward_measure_unknown: a reward counts doses or steps, got {got:?}")]
    RewardMeasure { got: Measure },
    #[error("claims/reward_out_of_reach: a day of {least} {measure:?} is asked for, one claim can show {most}")]
    RewardOutOfReach {
        measure: Measure,
        least: u32,
        most: u64,
    },
    #[error(
        "claims/rebate_too_large: the rebate is {rebate}, more than the {premiums} of all premiums"
    )]
    RebateTooLarge { rebate: Amount, premiums: Amount },
}
