//! What can go wrong. Each text begins with a stable code; those of the claim rule, of money and
//! of proofs come from the core.

use cosmwasm_std::{StdError, Uint128};
use vitals_api::claims::{StaffPart, MAX_LEAST_DEADLINE_S};
use vitals_api::registry::Unusable;
use vitals_api::ApiError;
use vitals_core::decision::Seconds;
use vitals_core::insurance::{Act, DisputeError, MoneyError, PolicyState, RewardError, TermsError};
use vitals_core::measure::Measure;
use vitals_core::proof::ProofError;
use vitals_core::rule::{ClaimWindow, RuleError};
use vitals_core::time::Millis;

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
    #[error(transparent)]
    Terms(#[from] TermsError),
    #[error(transparent)]
    Reward(#[from] RewardError),
    #[error(transparent)]
    Dispute(#[from] DisputeError),

    #[error("claims/anchored_before_policy: a batch anchored at {anchored_at_ms} ms was not anchored after the policy was bound at {bound_at_ms} ms")]
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
    #[error("claims/not_staff: {sender} is neither the insurer {insurer} nor its {part:?}")]
    NotStaff {
        sender: String,
        insurer: String,
        part: StaffPart,
    },
    #[error("claims/not_the_holder: a policy is taken out by the patient or a guardian with the power claim, not on another ground")]
    NotTheHolder,

    #[error("claims/denom: a denomination is 3 to 128 of a-z A-Z 0-9 / : . _ - and begins with a letter, got {got:?}")]
    Denom { got: String },
    #[error("claims/denom_not_admitted: products are not sold in {denom}")]
    DenomNotAdmitted { denom: String },
    #[error("claims/token_not_admitted: {token} is no token that was admitted")]
    TokenNotAdmitted { token: String },
    #[error("claims/not_a_token: {token} does not answer as a cw20 token: {cause}")]
    NotAToken { token: String, cause: String },
    #[error("claims/tokens_not_arrived: {token} says it sent {amount}, but has {has} of this contract's, and {kept} should be kept")]
    TokensNotArrived {
        token: String,
        amount: Uint128,
        has: Uint128,
        kept: Uint128,
    },
    #[error("claims/receive_message: what came with the tokens is not a message that takes funds: {cause}")]
    ReceiveMessage { cause: String },
    #[error("claims/nested_receive: tokens bring one message that takes funds, not other tokens")]
    NestedReceive,

    #[error("claims/staff_is_the_insurer: {account} may do everything in its own name")]
    StaffIsTheInsurer { account: String },
    #[error("claims/staff_is_an_arbiter: {account} decides appeals against the insurer, and does not work for it")]
    StaffIsAnArbiter { account: String },
    #[error("claims/too_many_staff: {insurer} has {most} accounts at work for it")]
    TooManyStaff { insurer: String, most: u8 },
    #[error("claims/second_person: {sender} asked for {amount} before, another person has to")]
    SecondPerson { sender: String, amount: Uint128 },

    #[error("claims/evidence_unsupported: private evidence does not exist yet")]
    EvidenceUnsupported,
    #[error("claims/arbiter: {arbiter} cannot decide appeals against itself: it is the insurer, works for it, or is this contract")]
    Arbiter { arbiter: String },
    #[error("claims/least_deadline: deadlines are bounded by 1 to {MAX_LEAST_DEADLINE_S} s, got {seconds}")]
    LeastDeadline { seconds: u32 },
    #[error(
        "claims/deadline_too_short: {field} is {seconds} s, here it is {least} s at the least"
    )]
    DeadlineTooShort {
        field: &'static str,
        seconds: u32,
        least: u32,
    },
    #[error("claims/no_model_measures: none of the models listed measures {} as {}", measure.info().display, measure.category().name())]
    NoModelMeasures { measure: Measure },
    #[error("claims/terms_changed: product {product} is sold on version {latest} of its terms, not {known}")]
    TermsChanged {
        product: u64,
        latest: u32,
        known: u32,
    },
    #[error("claims/not_on_sale: product {product} is not sold")]
    NotOnSale { product: u64 },

    #[error("claims/nothing_owed: product {product} owes {account} nothing")]
    NothingOwed { product: u64, account: String },
    #[error("claims/not_yet_unclaimed: {account} may collect alone until {from}, now is {now}")]
    NotYetUnclaimed {
        account: String,
        from: Seconds,
        now: Seconds,
    },
    #[error("claims/unknown_reply: no message of this contract is answered as {id}")]
    UnknownReply { id: u64 },

    #[error("claims/wrong_deposit: {got} came along, the deposit of a claim is {deposit}")]
    WrongDeposit { got: Uint128, deposit: Uint128 },
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
        "claims/measured_before_cover: measured or served from {from_ms} ms, cover begins at {covered_from} s"
    )]
    MeasuredBeforeCover {
        from_ms: Millis,
        covered_from: Seconds,
    },
    #[error(
        "claims/measured_after_cover: measured or served until {to_ms} ms, cover ended at {covered_until} s"
    )]
    MeasuredAfterCover {
        to_ms: Millis,
        covered_until: Seconds,
    },
    #[error("claims/not_yet_measured: measured or served until {to_ms} ms, now is {now_ms}")]
    NotYetMeasured { to_ms: Millis, now_ms: Millis },
    #[error("claims/filed_too_late: measured or served until {to_ms} ms, to be claimed within {file_within_s} s, now is {now_ms}")]
    FiledTooLate {
        to_ms: Millis,
        file_within_s: u32,
        now_ms: Millis,
    },
    #[error("claims/time_used_up: {}..{} lies {gap_ms} ms from {}..{} of claim {claim}, the product asks for {least_ms}", asked.from_ms, asked.to_ms, paid.from_ms, paid.to_ms)]
    TimeUsedUp {
        claim: u16,
        asked: ClaimWindow,
        paid: ClaimWindow,
        gap_ms: u64,
        least_ms: u64,
    },
    #[error("claims/used_up_before: {}..{} does not lie {least_ms} ms after {used_until_ms} ms, until which an earlier policy was paid", asked.from_ms, asked.to_ms)]
    UsedUpBefore {
        asked: ClaimWindow,
        used_until_ms: Millis,
        least_ms: u64,
    },

    #[error(
        "claims/payee_is_a_token: {payee} is a token's contract, from which nothing can be moved"
    )]
    PayeeIsAToken { payee: String },
    #[error("claims/offer_too_long: an offer stands until {latest} at the latest, got {until}")]
    OfferTooLong { until: Seconds, latest: Seconds },
    #[error("claims/not_the_policyholder: {sender} did not take out policy {policy}")]
    NotThePolicyholder { sender: String, policy: u64 },
    #[error("claims/premiums_paid: every premium of policy {policy} is paid")]
    PremiumsPaid { policy: u64 },
    #[error("claims/premium_due: policy {policy} pays claims again once the premium of {amount} that was due at {due} is paid")]
    PremiumDue {
        policy: u64,
        due: Seconds,
        amount: Uint128,
    },
    #[error("claims/claims_open: policy {policy} has {open} open claims, which are settled first")]
    ClaimsOpen { policy: u64, open: u16 },

    #[error("claims/claimed_by_invoice: policy {policy} pays invoices, not readings")]
    ClaimedByInvoice { policy: u64 },
    #[error("claims/claimed_by_readings: policy {policy} pays for readings, not invoices")]
    ClaimedByReadings { policy: u64 },
    #[error(
        "claims/no_claim_left: policy {policy} pays {most} claims, and has as many paid or open"
    )]
    NoClaimLeft { policy: u64, most: u16 },
    #[error("claims/model_not_listed: device {device} is of model {model}, which the product does not list")]
    ModelNotListed { device: u64, model: u32 },
    #[error("claims/device_unusable: device {device} was not in use when it measured at {at_ms} ms: {why:?}")]
    DeviceUnusable {
        device: u64,
        at_ms: Millis,
        why: Unusable,
    },
    #[error("claims/not_one_day: {}..{} ms is not within one day of the policy", asked.from_ms, asked.to_ms)]
    NotOneDay { asked: ClaimWindow },
    #[error("claims/day_paid: day {day} of policy {policy} is paid")]
    DayPaid { policy: u64, day: u16 },
    #[error("claims/no_reward: policy {policy} rewards nothing")]
    NoReward { policy: u64 },
    #[error("claims/rebated: the rebate of policy {policy} is paid")]
    Rebated { policy: u64 },
    #[error("claims/day_counted: day {day} of policy {policy} is counted")]
    DayCounted { policy: u64, day: u16 },

    #[error("claims/invoice_amount: an invoice asks for 1 to {benefit}, got {amount}")]
    InvoiceAmount { amount: Uint128, benefit: Uint128 },
    #[error("claims/invoice_known: claim {claim} of policy {policy} is on the same invoice")]
    InvoiceKnown { policy: u64, claim: u16 },
    #[error("claims/too_many_filed: policy {policy} takes {most} claims, refused ones included")]
    TooManyFiled { policy: u64, most: u16 },
    #[error("claims/not_an_invoice: claim {claim} of policy {policy} is on readings, and was paid at once")]
    NotAnInvoice { policy: u64, claim: u16 },
    #[error("claims/not_the_arbiter: appeals of policy {policy} are {arbiter}'s to decide, not {sender}'s")]
    NotTheArbiter {
        sender: String,
        arbiter: String,
        policy: u64,
    },
    #[error("claims/own_judge: {sender} decides on these invoices, or works for the insurer that does, and files or appeals none on a grant")]
    OwnJudge { sender: String },
    #[error("claims/own_claim: {sender} is a party to claim {claim} of policy {policy}, and does not decide on it")]
    OwnClaim {
        sender: String,
        policy: u64,
        claim: u16,
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
