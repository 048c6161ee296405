//! What the story's insurer sells: terms as data.

use cosmwasm_std::{Binary, Uint128};
use vitals_api::claims::{
    BenefitMsg, EvidenceTermsMsg, InvoiceTermsMsg, PremiumMsg, RewardMsg, SilenceMsg, TermsMsg,
};
use vitals_core::measure::{Category, Measure};
use vitals_core::rule::{Assurance, Comparison, Condition, Rule};

/// Ten readings at or above 90 beats a minute (scale 1), spaced a minute, within an hour: of the
/// time the recording took. Played faster, the terms in seconds are as much shorter.
pub const READINGS: u8 = 10;
pub const THRESHOLD: i32 = 900;
const SPACED_S: u32 = 60;
const WITHIN_S: u32 = 3_600;

/// Of an episode, in coins or tokens.
pub const EPISODE: u128 = 250_000;
pub const EPISODE_PREMIUM: u128 = 10_000;
/// Of a day with one.
pub const DAY: u128 = 5_000;
pub const DAY_PREMIUM: u128 = 1_000;
/// Given back for doses.
pub const REBATE: u128 = 2_000;
pub const REBATE_PREMIUM: u128 = 3_000;
/// Of an invoice.
pub const INVOICE: u128 = 40_000;
pub const INVOICE_PREMIUM: u128 = 2_000;
/// The arbiter's, for one dispute.
pub const FEE: u128 = 500;
/// Seconds for assessor, appeal and arbiter each: no longer than somebody who watches waits for,
/// long enough for a busy machine.
pub const DECIDE_S: u32 = 30;
pub const INSTALMENT: u128 = 400;
/// Seconds between instalments, and of grace.
pub const EVERY_S: u32 = 8;
pub const GRACE_S: u32 = 15;
/// Seconds to file a claim in, under a policy by instalments: the keeper looks twice before they
/// are over.
const FILE_S: u32 = 40;

const MONTH_S: u32 = 30 * 86_400;
const DAY_S: u32 = 86_400;

fn amount(amount: u128) -> Uint128 {
    Uint128::new(amount)
}

/// A month of cover, paid for once; claims are filed within a day.
fn month(benefit: BenefitMsg, premium: u128, evidence: EvidenceTermsMsg) -> TermsMsg {
    TermsMsg {
        benefit,
        premium: PremiumMsg::Once {
            amount: amount(premium),
        },
        minimum_charge: amount(0),
        term_s: MONTH_S,
        waiting_s: 0,
        file_within_s: DAY_S,
        evidence,
        reward: None,
        terms_digest: Binary::new(vec![1; 32]),
    }
}

fn disclosed(rule: Rule) -> EvidenceTermsMsg {
    EvidenceTermsMsg::Disclosed {
        rule,
        models: Vec::new(),
    }
}

/// A fast heart, at the speed of the recording.
pub fn rule(speed: u32) -> Rule {
    Rule {
        conditions: vec![Condition {
            measure: Measure::HeartRate,
            comparison: Comparison::AtLeast,
            threshold: THRESHOLD,
        }],
        readings: READINGS,
        spaced_s: SPACED_S.div_euclid(speed),
        within_s: WITHIN_S.div_euclid(speed),
        anchored_within_s: 7_200,
        min_assurance: Assurance::Maker,
        accept_questionable: false,
        paired_for_s: 0,
        calibrated: false,
        accept_simulated: false,
    }
}

/// The same of one reading: for cover too short for more.
pub fn one_reading() -> Rule {
    Rule {
        readings: 1,
        spaced_s: 0,
        ..rule(1)
    }
}

/// Two episodes, a minute apart.
pub fn episodes(rule: Rule) -> TermsMsg {
    let benefit = BenefitMsg::PerEvent {
        amount: amount(EPISODE),
        max_claims: 2,
        separation_s: 60,
    };
    month(benefit, EPISODE_PREMIUM, disclosed(rule))
}

/// Three days with an episode.
pub fn days(rule: Rule) -> TermsMsg {
    let benefit = BenefitMsg::PerDay {
        amount: amount(DAY),
        max_days: 3,
    };
    month(benefit, DAY_PREMIUM, disclosed(rule))
}

/// An episode, and premium back for so many days with the doses taken. The story's dispenser is
/// simulated.
pub fn rebate(doses: u32, days: u16) -> TermsMsg {
    let benefit = BenefitMsg::Fixed {
        amount: amount(DAY),
    };
    TermsMsg {
        reward: Some(RewardMsg {
            measure: Measure::DoseTaken,
            least_a_day: doses,
            days,
            rebate: amount(REBATE),
            accept_simulated: true,
        }),
        ..month(benefit, REBATE_PREMIUM, disclosed(one_reading()))
    }
}

/// Two invoices for the care of a heart.
pub fn invoices(arbiter: String) -> TermsMsg {
    let benefit = BenefitMsg::PerEvent {
        amount: amount(INVOICE),
        max_claims: 2,
        separation_s: 0,
    };
    let evidence = EvidenceTermsMsg::Invoice(InvoiceTermsMsg {
        category: Category::Cardiac,
        assess_within_s: DECIDE_S,
        appeal_within_s: DECIDE_S,
        arbitrate_within_s: DECIDE_S,
        silence: SilenceMsg::Approves,
        arbiter,
        fee: amount(FEE),
    });
    month(benefit, INVOICE_PREMIUM, evidence)
}

/// Three instalments of seconds each: what takes months elsewhere.
pub fn instalments() -> TermsMsg {
    let benefit = BenefitMsg::Fixed {
        amount: amount(DAY),
    };
    TermsMsg {
        premium: PremiumMsg::Instalments {
            amount: amount(INSTALMENT),
            every_s: EVERY_S,
            grace_s: GRACE_S,
        },
        term_s: 3 * EVERY_S,
        file_within_s: FILE_S,
        ..month(benefit, 0, disclosed(one_reading()))
    }
}
