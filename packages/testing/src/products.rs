//! What an insurer of the suite sells: terms of each kind, with figures that are easy to add up.

use cosmwasm_std::{Binary, Uint128};
use vitals_api::claims::{
    BenefitMsg, EvidenceTermsMsg, InvoiceTermsMsg, PremiumMsg, RewardMsg, SilenceMsg, TermsMsg,
};
use vitals_core::measure::{Category, Measure};
use vitals_core::rule::{Assurance, Comparison, Condition, Rule};

const DAY_S: u32 = 86_400;

/// Of one claim, and of one payment of premium.
pub const BENEFIT: u128 = 1_000;
pub const PREMIUM: u128 = 50;

/// Of [`episodes`].
pub const TERM_S: u32 = DAY_S;
pub const WAITING_S: u32 = 3_600;
pub const FILE_WITHIN_S: u32 = 7_200;
pub const SEPARATION_S: u32 = 600;
/// A heart rate of 130, above the threshold of [`rule`].
pub const HIGH: i64 = 1_300;

/// Of [`instalments`].
pub const EVERY_S: u32 = 21_600;
pub const GRACE_S: u32 = 1_800;

/// Of [`invoices`].
pub const FEE: u128 = 40;
pub const ASSESS_S: u32 = 1_000;
pub const APPEAL_S: u32 = 2_000;
pub const ARBITRATE_S: u32 = 3_000;

/// Of [`rewarded`]; steps that count as a day.
pub const REBATE: u128 = 45;
pub const STEPS: u32 = 5_000;

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

/// Two episodes by [`rule`] in a day, after an hour of waiting, for a premium paid once.
pub fn episodes() -> TermsMsg {
    TermsMsg {
        benefit: per_event(SEPARATION_S),
        premium: PremiumMsg::Once {
            amount: Uint128::new(PREMIUM),
        },
        minimum_charge: Uint128::zero(),
        term_s: TERM_S,
        waiting_s: WAITING_S,
        file_within_s: FILE_WITHIN_S,
        evidence: EvidenceTermsMsg::Disclosed {
            rule: rule(),
            models: vec![],
        },
        reward: None,
        terms_digest: Binary::new(vec![7; 32]),
    }
}

/// Twice.
fn per_event(separation_s: u32) -> BenefitMsg {
    BenefitMsg::PerEvent {
        amount: Uint128::new(BENEFIT),
        max_claims: 2,
        separation_s,
    }
}

/// Three days with an episode, of ten.
pub fn per_day() -> TermsMsg {
    TermsMsg {
        benefit: BenefitMsg::PerDay {
            amount: Uint128::new(BENEFIT),
            max_days: 3,
        },
        term_s: 10 * DAY_S,
        ..episodes()
    }
}

/// [`episodes`] paid for by four instalments, for six hours each.
pub fn instalments() -> TermsMsg {
    TermsMsg {
        premium: PremiumMsg::Instalments {
            amount: Uint128::new(PREMIUM),
            every_s: EVERY_S,
            grace_s: GRACE_S,
        },
        ..episodes()
    }
}

/// Episodes in ten days; two days of 5,000 steps give most of the premium back.
pub fn rewarded() -> TermsMsg {
    TermsMsg {
        term_s: 10 * DAY_S,
        waiting_s: 0,
        file_within_s: 2 * DAY_S,
        reward: Some(RewardMsg {
            measure: Measure::Steps,
            least_a_day: STEPS,
            days: 2,
            rebate: Uint128::new(REBATE),
            accept_simulated: false,
        }),
        ..episodes()
    }
}

/// Two invoices of cardiac care in a day.
pub fn invoices(silence: SilenceMsg, arbiter: &str) -> TermsMsg {
    TermsMsg {
        benefit: per_event(0),
        waiting_s: 0,
        evidence: EvidenceTermsMsg::Invoice(InvoiceTermsMsg {
            category: Category::Cardiac,
            assess_within_s: ASSESS_S,
            appeal_within_s: APPEAL_S,
            arbitrate_within_s: ARBITRATE_S,
            silence,
            arbiter: arbiter.into(),
            fee: Uint128::new(FEE),
        }),
        ..episodes()
    }
}
