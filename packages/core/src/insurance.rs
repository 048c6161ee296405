//! Insurance: what a product promises, what a policy is in, where every coin of a pool is, and how
//! a claim on an invoice is decided. No chain types; the contract stores these and moves the money.

mod book;
mod cover;
#[cfg(test)]
mod fixture;
mod invoice;
mod limits;
mod policy;
mod prepare;
mod reward;
mod terms;

pub use book::{Account, Amount, MoneyError, MoveKind, Pool};
pub use cover::{day_of, day_window, to_ms, Cover, DAY_EPOCHS};
pub use invoice::{ClaimAct, ClaimState, DepositFate, Dispute, DisputeError, Outcome, Stage};
pub use limits::{
    MAX_CLAIMS, MAX_DAYS, MAX_EVIDENCE, MAX_INSTALMENTS, MAX_PRODUCT_MODELS, MAX_TERM_S,
};
pub use policy::{Act, Life, PolicyState, Standing};
pub use prepare::{Claimable, RewardSearch, Shortfall, Shown, ShownDay};
pub use reward::{Reward, RewardError};
pub use terms::{Benefit, EvidenceTerms, InvoiceTerms, Premium, Silence, Terms, TermsError};
