//! Why something was not prepared, read or added up.

use vitals_core::insurance::{MoneyError, PolicyState, TermsError};
use vitals_core::proof::ProofError;
use vitals_ledger::LedgerError;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InsuranceError {
    #[error("insurance/terms_file: {cause}")]
    TermsFile { cause: String },
    #[error("insurance/terms_digest: the terms name no digest of their words: add terms_digest, or name the document")]
    TermsDigest,
    #[error(
        "insurance/terms_digest_differs: the terms name {named}, the document's is {document}"
    )]
    OtherWords { named: String, document: String },
    #[error("insurance/arbiter: a product of invoices names an arbiter")]
    Arbiter,
    #[error("insurance/amount: {text:?} is not an amount with its denomination, such as 100uvital, or 100cw20:<address of the token's contract>")]
    Amount { text: String },
    #[error("insurance/denomination: the product is in {product}, not in {got}")]
    Denomination { product: String, got: String },
    #[error("insurance/time: {text:?} is neither a time as RFC 3339, such as 2026-11-23T00:00:00Z, nor seconds since 1970")]
    Time { text: String },
    #[error(
        "insurance/not_of_readings: product {product} is not paid for readings: file an invoice"
    )]
    NotOfReadings { product: u64 },
    #[error("insurance/no_reward: product {product} has no reward")]
    NoReward { product: u64 },
    #[error("insurance/policy_state: policy {policy} is {state:?}, in which nothing is claimed")]
    State { policy: u64, state: PolicyState },
    #[error("insurance/all_claimed: each of the {most} claims that policy {policy} pays is made")]
    AllClaimed { policy: u64, most: u16 },
    #[error("insurance/rebated: the reward of policy {policy} is paid")]
    Rebated { policy: u64 },
    #[error("insurance/no_readings: none of the patient's readings that were opened is of what the product asks for, within the time it asks for")]
    NoReadings,
    /// What stands in the way, the nearest term first.
    #[error("insurance/not_met: no readings meet the rule: {reasons}")]
    NotMet { reasons: String },
    #[error("insurance/too_many_batches: a claim takes readings of at most {most} batches, these are of {got}")]
    TooManyBatches { got: usize, most: usize },
    #[error("insurance/proof: {0}")]
    Proof(#[from] ProofError),
    #[error("insurance/another_batch: what the chain gave is not the batch that the claim names")]
    AnotherBatch,
    #[error("insurance/shredded: the patient took the batch's root away: its readings cannot be verified any more")]
    Shredded,
    #[error("claims/evidence_unsupported: private evidence does not exist yet")]
    PrivateEvidence,
    #[error(transparent)]
    Terms(#[from] TermsError),
    #[error(transparent)]
    Money(#[from] MoneyError),
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

/// Why a statement does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StatementError {
    #[error("statement/missing: movements {first} to {last} of {of} are missing: the node has pruned them, or has not indexed them yet")]
    Missing { first: u64, last: u64, of: u64 },
    #[error("statement/twice: movement {number} was announced twice, and not alike")]
    Twice { number: u64 },
    #[error("statement/event: transaction {tx}: {name} is {value:?}, expected {expected}")]
    Event {
        tx: String,
        name: &'static str,
        value: String,
        expected: &'static str,
    },
    #[error("statement/impossible: movement {number}: {cause}")]
    Impossible { number: u64, cause: MoneyError },
    #[error("statement/differs: {account} is {chain} on the chain, the events add up to {events}")]
    Differs {
        account: &'static str,
        chain: u128,
        events: u128,
    },
    #[error("statement/write: {cause}")]
    Write { cause: String },
}
