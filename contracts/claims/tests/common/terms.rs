//! Terms of products that are sold in the tests: those of the suite, and some of these alone.
//! Seconds are those of block times, so `u64`, where terms have `u32`.

use cosmwasm_std::Uint128;
use vitals_api::claims::{BenefitMsg, EvidenceTermsMsg, TermsMsg};
use vitals_core::rule::Rule;
use vitals_testing::products;

pub use vitals_testing::products::{
    episodes as terms, instalments, invoices, per_day, rewarded, rule, BENEFIT, FEE, HIGH, PREMIUM,
    REBATE,
};

pub const DEPOSIT: u128 = 10_000;
pub const DAY_S: u64 = 86_400;
pub const WAITING_S: u64 = products::WAITING_S as u64;
pub const TERM_S: u64 = products::TERM_S as u64;
pub const FILE_WITHIN_S: u64 = products::FILE_WITHIN_S as u64;
pub const SEPARATION_S: u64 = products::SEPARATION_S as u64;
pub const EVERY_S: u64 = products::EVERY_S as u64;
pub const GRACE_S: u64 = products::GRACE_S as u64;
pub const ASSESS_S: u64 = products::ASSESS_S as u64;
pub const APPEAL_S: u64 = products::APPEAL_S as u64;
pub const ARBITRATE_S: u64 = products::ARBITRATE_S as u64;
pub const STEPS: i64 = products::STEPS as i64;

pub fn disclosed(rule: Rule) -> EvidenceTermsMsg {
    EvidenceTermsMsg::Disclosed {
        rule,
        models: vec![],
    }
}

/// [`terms`] with another rule.
pub fn ruled(change: impl FnOnce(&mut Rule)) -> TermsMsg {
    let mut rule = rule();
    change(&mut rule);
    TermsMsg {
        evidence: disclosed(rule),
        ..terms()
    }
}

pub fn fixed() -> TermsMsg {
    TermsMsg {
        benefit: BenefitMsg::Fixed {
            amount: Uint128::new(BENEFIT),
        },
        ..terms()
    }
}
