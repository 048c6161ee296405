//! What is sold.

use cosmwasm_std::{Binary, Uint128};
use vitals_api::claims::{
    BenefitMsg, EvidenceTermsMsg, InvoiceTermsMsg, PremiumMsg, RewardMsg, SilenceMsg, TermsMsg,
};
use vitals_core::measure::{Category, Measure};
use vitals_core::rule::{Assurance, Comparison, Condition, Rule};

use super::amount;

/// Of every product.
pub const BENEFIT: u128 = 250_000;
pub const PREMIUM: u128 = 10_000;
/// In each pool.
pub const DEPOSIT: u128 = 900_000;
/// The arbiter's.
pub const FEE: u128 = 5_000;
/// For a day of steps.
const REBATE: u128 = 8_000;
const DAY_S: u32 = 86_400;
/// So many steps in one reading count as a day.
pub const STEPS: i64 = 6_000;

/// One claim of so many readings, in a day.
pub fn readings(readings: u8) -> TermsMsg {
    TermsMsg {
        benefit: BenefitMsg::PerEvent {
            amount: amount(BENEFIT),
            max_claims: 1,
            separation_s: 0,
        },
        premium: PremiumMsg::Once {
            amount: amount(PREMIUM),
        },
        minimum_charge: Uint128::zero(),
        term_s: DAY_S,
        waiting_s: 0,
        file_within_s: DAY_S,
        evidence: EvidenceTermsMsg::Disclosed {
            rule: rule(readings),
            models: vec![],
        },
        reward: None,
        terms_digest: Binary::new(vec![7; 32]),
    }
}

/// A heart rate of 120 or more, so many times within half an hour.
fn rule(readings: u8) -> Rule {
    Rule {
        conditions: vec![Condition {
            measure: Measure::HeartRate,
            comparison: Comparison::AtLeast,
            threshold: 1_200,
        }],
        readings,
        spaced_s: 0,
        within_s: 1_800,
        anchored_within_s: 3_600,
        min_assurance: Assurance::Maker,
        accept_questionable: false,
        paired_for_s: 0,
        calibrated: false,
        accept_simulated: false,
    }
}

/// Over, with the time to file, three seconds after it is bound.
pub fn short() -> TermsMsg {
    TermsMsg {
        term_s: 2,
        file_within_s: 1,
        ..readings(1)
    }
}

/// Part of the premium back for one day.
pub fn reward() -> TermsMsg {
    TermsMsg {
        reward: Some(RewardMsg {
            measure: Measure::Steps,
            least_a_day: 5_000,
            days: 1,
            rebate: amount(REBATE),
            accept_simulated: false,
        }),
        ..readings(1)
    }
}

/// Two payments, the second due after so many seconds.
pub fn instalments(every_s: u32) -> TermsMsg {
    TermsMsg {
        premium: PremiumMsg::Instalments {
            amount: amount(PREMIUM),
            every_s,
            grace_s: 0,
        },
        term_s: every_s * 2,
        ..readings(1)
    }
}

/// The assessor has so many seconds, and silence approves.
pub fn invoices(arbiter: String, assess_within_s: u32) -> TermsMsg {
    TermsMsg {
        evidence: EvidenceTermsMsg::Invoice(InvoiceTermsMsg {
            category: Category::Cardiac,
            assess_within_s,
            appeal_within_s: DAY_S,
            arbitrate_within_s: DAY_S,
            silence: SilenceMsg::Approves,
            arbiter,
            fee: amount(FEE),
        }),
        ..readings(1)
    }
}
