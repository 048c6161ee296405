//! Terms that stand, for tests to change one thing in.

use alloc::string::ToString;

use super::{Benefit, EvidenceTerms, InvoiceTerms, Premium, Reward, Silence, Terms};
use crate::measure::{Category, Measure};
use crate::rule::{Assurance, Comparison, Condition, Rule};

pub const DAY_S: u32 = 86_400;

pub fn rule() -> Rule {
    Rule {
        conditions: [Condition {
            measure: Measure::HeartRate,
            comparison: Comparison::AtLeast,
            threshold: 1_200,
        }]
        .to_vec(),
        readings: 3,
        spaced_s: 10,
        within_s: 60,
        anchored_within_s: 3_600,
        min_assurance: Assurance::Maker,
        accept_questionable: false,
        paired_for_s: 100,
        calibrated: true,
        accept_simulated: false,
    }
}

/// Thirty days, of which the first is waiting.
pub fn terms() -> Terms {
    Terms {
        benefit: Benefit::Fixed { amount: 1_000 },
        premium: Premium::Once { amount: 50 },
        minimum_charge: 5,
        term_s: 30 * DAY_S,
        waiting_s: DAY_S,
        file_within_s: 7 * DAY_S,
        evidence: EvidenceTerms::Disclosed {
            rule: rule(),
            models: [].to_vec(),
        },
        reward: None,
        terms_digest: [7; 32],
    }
}

/// Three payments, the last for the ten days that are left.
pub fn by_instalments() -> Terms {
    Terms {
        premium: Premium::Instalments {
            amount: 20,
            every_s: 10 * DAY_S,
            grace_s: 2 * DAY_S,
        },
        ..terms()
    }
}

pub fn invoice() -> InvoiceTerms {
    InvoiceTerms {
        category: Category::Cardiac,
        assess_within_s: 100,
        appeal_within_s: 50,
        arbitrate_within_s: 200,
        silence: Silence::Approves,
        arbiter: "arbiter".to_string(),
        fee: 10,
    }
}

pub fn of_invoices() -> Terms {
    Terms {
        evidence: EvidenceTerms::Invoice(invoice()),
        ..terms()
    }
}

pub fn reward() -> Reward {
    Reward {
        measure: Measure::Steps,
        least_a_day: 8_000,
        days: 5,
        rebate: 20,
        accept_simulated: false,
    }
}

pub fn with_reward() -> Terms {
    Terms {
        reward: Some(reward()),
        ..terms()
    }
}
