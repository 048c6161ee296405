//! What can go wrong. Each text begins with a stable code; those of the claim rule, of money and
//! of proofs come from the core.

use cosmwasm_std::{StdError, Uint128};
use vitals_api::claims::{EvidenceKind, PolicyState};
use vitals_api::ApiError;
use vitals_core::decision::Seconds;
use vitals_core::money::MoneyError;
use vitals_core::proof::ProofError;
use vitals_core::rule::{ClaimWindow, RuleError};
use vitals_core::time::Millis;

use crate::policy::Act;

#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ContractError {
    #[error(transparent)]
    Api(#[from] ApiError),
    #[error(transparent)]
    Rule(#[from] RuleError),
    #[error(transparent)]
    Money(#[from] MoneyError),
    #[error(transparent)]
    Proof(#[from] ProofError),

    #[error("claims/anchored_before_policy: a batch anchored at {anchored_at_ms} ms was known when the policy was bound at {bound_at_ms} ms")]
    AnchoredBeforePolicy {
        anchored_at_ms: Millis,
        bound_at_ms: Millis,
    },
    #[error("claims/unpaired: device {device} was unpaired at {unpaired_ms} ms, before it measured at {at_ms} ms")]
    Unpaired {
        device: u64,
        unpaired_ms: Millis,
        at_ms: Millis,
    },
    #[error("claims/payee_is_the_contract: what is paid to this contract can never be moved")]
    PayeeIsTheContract,
    #[error("claims/not_an_insurer: {sender} holds no live credential as an insurer")]
    NotAnInsurer { sender: String },
    #[error("claims/not_the_insurer: product {product} is not {sender}'s")]
    NotTheInsurer { sender: String, product: u64 },
    #[error("claims/not_the_holder: a policy is taken out by the patient or a guardian with the power claim, not on another ground")]
    NotTheHolder,

    #[error("claims/denom: a denomination is 3 to 128 of a-z A-Z 0-9 / : . _ - and begins with a letter, got {got:?}")]
    Denom { got: String },
    #[error("claims/denom_not_admitted: products are not sold in {denom}")]
    DenomNotAdmitted { denom: String },
    #[error("claims/evidence_unsupported: {kind:?} evidence does not exist yet")]
    EvidenceUnsupported { kind: EvidenceKind },
    #[error("claims/terms_bounds: {term} is {least} to {most}, got {got}")]
    TermsBounds {
        term: &'static str,
        least: u32,
        most: u32,
        got: u32,
    },
    #[error("claims/no_cover: waiting {waiting_s} s leaves nothing of a term of {term_s} s")]
    NoCover { waiting_s: u32, term_s: u32 },
    #[error("claims/cover_too_short: {claims} claims take {needed_ms} ms of cover, the terms leave {cover_ms}")]
    CoverTooShort {
        claims: u8,
        needed_ms: u64,
        cover_ms: u64,
    },
    #[error(
        "claims/rule_batches: the rule takes at least {least} batches, a claim at most {most}"
    )]
    RuleBatches { least: u64, most: usize },

    #[error("claims/wrong_premium: {got} came along, the premium is {premium}")]
    WrongPremium { got: Uint128, premium: Uint128 },
    #[error("claims/policy_live: patient {patient} has policy {policy} of product {product}, which is {state:?}")]
    PolicyLive {
        patient: u64,
        product: u64,
        policy: u64,
        state: PolicyState,
    },
    #[error("claims/wrong_state: policy {policy} is {state:?}, which does not allow to {act}")]
    WrongState {
        policy: u64,
        state: PolicyState,
        act: Act,
    },

    #[error(
        "claims/another_patients_batch: a batch of patient {got} shows nothing of patient {holder}"
    )]
    AnotherPatientsBatch { got: u64, holder: u64 },
    #[error("claims/too_many_readings: a claim on this product rests on at most {most} readings, got {got}")]
    TooManyReadings { most: usize, got: usize },
    #[error(
        "claims/device_lost: device {device} was lost from {lost_from_ms}, a reading is of {at_ms}"
    )]
    DeviceLost {
        device: u64,
        lost_from_ms: Millis,
        at_ms: Millis,
    },
    #[error(
        "claims/measured_before_cover: measured from {from_ms}, cover begins at {covered_from} s"
    )]
    MeasuredBeforeCover {
        from_ms: Millis,
        covered_from: Seconds,
    },
    #[error(
        "claims/measured_after_cover: measured until {to_ms}, cover ended at {covered_until} s"
    )]
    MeasuredAfterCover {
        to_ms: Millis,
        covered_until: Seconds,
    },
    #[error("claims/not_yet_measured: the last reading is of {to_ms}, now is {now_ms}; the device's clock runs ahead")]
    NotYetMeasured { to_ms: Millis, now_ms: Millis },
    #[error("claims/filed_too_late: measured until {to_ms}, to be claimed within {file_within_s} s, now is {now_ms}")]
    FiledTooLate {
        to_ms: Millis,
        file_within_s: u32,
        now_ms: Millis,
    },
    #[error("claims/time_used_up: {}..{} lies {gap_ms} ms from {}..{} of claim {claim}, the product asks for {least_ms}", asked.from_ms, asked.to_ms, paid.from_ms, paid.to_ms)]
    TimeUsedUp {
        claim: u8,
        asked: ClaimWindow,
        paid: ClaimWindow,
        gap_ms: u64,
        least_ms: u64,
    },

    #[error("claims/numbers_used_up: there is no number left for another")]
    NumbersUsedUp,
}

/// The contract's own storage holds what the contract wrote; where it does not, say what is wrong.
pub(crate) fn unreadable(what: &'static str) -> impl Fn(StdError) -> ContractError {
    move |cause| {
        ContractError::Api(ApiError::Unreadable {
            what,
            contract: "own storage".into(),
            cause: cause.to_string(),
        })
    }
}

pub(crate) fn not_found(what: &'static str, key: impl ToString) -> ContractError {
    ContractError::Api(ApiError::NotFound {
        what,
        key: key.to_string(),
    })
}
