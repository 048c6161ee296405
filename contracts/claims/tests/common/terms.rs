//! Terms of products that are sold in the tests.

use cosmwasm_std::{Binary, Uint128};
use vitals_api::claims::{
    BenefitMsg, EvidenceTermsMsg, InvoiceTermsMsg, PremiumMsg, RewardMsg, SilenceMsg, TermsMsg,
};
use vitals_core::measure::{Category, Measure};
use vitals_core::rule::{Assurance, Comparison, Condition, Rule};

pub const BENEFIT: u128 = 1_000;
pub const PREMIUM: u128 = 50;
pub const DEPOSIT: u128 = 10_000;
pub const WAITING_S: u64 = 3_600;
pub const TERM_S: u64 = 86_400;
pub const FILE_WITHIN_S: u64 = 7_200;
pub const SEPARATION_S: u64 = 600;
/// A heart rate of 130, above the rule's threshold of 120.
pub const HIGH: i64 = 1_300;
pub const DAY_S: u64 = 86_400;

/// Of [`instalments`].
pub const EVERY_S: u64 = 21_600;
pub const GRACE_S: u64 = 1_800;

/// Of [`invoices`].
pub const FEE: u128 = 40;
pub const ASSESS_S: u64 = 1_000;
pub const APPEAL_S: u64 = 2_000;
pub const ARBITRATE_S: u64 = 3_000;

/// Of [`rewarded`].
pub const REBATE: u128 = 45;
pub const STEPS: i64 = 5_000;

/// Three readings of a heart rate of 120 or more, a second apart, within a minute.
pub fn rule() -> Rule {
    Rule {
        conditions: vec![Condition {
            measure: Measure::HeartRate,
            comparison: Comparison::AtLeast,
            threshold: 1_200,
        }],
        readings: 3,
        spaced_s: 1,
        within_s: 60,
        anchored_within_s: 3_600,
        min_assurance: Assurance::Maker,
        accept_questionable: false,
        paired_for_s: 0,
        calibrated: false,
        accept_simulated: false,
    }
}

/// Two claims, ten minutes apart, in a day.
pub fn terms() -> TermsMsg {
    TermsMsg {
        benefit: BenefitMsg::PerEvent {
            amount: Uint128::new(BENEFIT),
            max_claims: 2,
            separation_s: SEPARATION_S as u32,
        },
        premium: PremiumMsg::Once {
            amount: Uint128::new(PREMIUM),
        },
        minimum_charge: Uint128::zero(),
        term_s: TERM_S as u32,
        waiting_s: WAITING_S as u32,
        file_within_s: FILE_WITHIN_S as u32,
        evidence: disclosed(rule()),
        reward: None,
        terms_digest: Binary::new(vec![7; 32]),
    }
}

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

/// Three days of ten.
pub fn per_day() -> TermsMsg {
    TermsMsg {
        benefit: BenefitMsg::PerDay {
            amount: Uint128::new(BENEFIT),
            max_days: 3,
        },
        term_s: 10 * DAY_S as u32,
        ..terms()
    }
}

/// Four of them, six hours each.
pub fn instalments() -> TermsMsg {
    TermsMsg {
        premium: PremiumMsg::Instalments {
            amount: Uint128::new(PREMIUM),
            every_s: EVERY_S as u32,
            grace_s: GRACE_S as u32,
        },
        ..terms()
    }
}

/// Two days of 5,000 steps, in ten, give most of the premium back.
pub fn rewarded() -> TermsMsg {
    TermsMsg {
        term_s: 10 * DAY_S as u32,
        waiting_s: 0,
        file_within_s: 2 * DAY_S as u32,
        reward: Some(RewardMsg {
            measure: Measure::Steps,
            least_a_day: STEPS as u32,
            days: 2,
            rebate: Uint128::new(REBATE),
            accept_simulated: false,
        }),
        ..terms()
    }
}

/// Two invoices of cardiac care, in a day.
pub fn invoices(silence: SilenceMsg, arbiter: &str) -> TermsMsg {
    TermsMsg {
        benefit: BenefitMsg::PerEvent {
            amount: Uint128::new(BENEFIT),
            max_claims: 2,
            separation_s: 0,
        },
        waiting_s: 0,
        evidence: EvidenceTermsMsg::Invoice(InvoiceTermsMsg {
            category: Category::Cardiac,
            assess_within_s: ASSESS_S as u32,
            appeal_within_s: APPEAL_S as u32,
            arbitrate_within_s: ARBITRATE_S as u32,
            silence,
            arbiter: arbiter.into(),
            fee: Uint128::new(FEE),
        }),
        ..terms()
    }
}
