//! The terms of a product: promises that can be met.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::book::{sum, times, Amount, MoneyError};
use super::reward::Reward;
use crate::decision::Seconds;
use crate::measure::Category;
use crate::rule::Rule;

mod check;
mod error;

pub use error::TermsError;

/// Checked terms, fixed once a version of a product has them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    pub benefit: Benefit,
    pub premium: Premium,
    /// Kept of the premiums paid when a policy is cancelled.
    pub minimum_charge: Amount,
    /// Seconds of cover, waiting included.
    pub term_s: u32,
    pub waiting_s: u32,
    pub file_within_s: u32,
    pub evidence: EvidenceTerms,
    pub reward: Option<Reward>,
    pub terms_digest: [u8; 32],
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Benefit {
    Fixed {
        amount: Amount,
    },
    PerEvent {
        amount: Amount,
        max_claims: u8,
        separation_s: u32,
    },
    PerDay {
        amount: Amount,
        max_days: u16,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Premium {
    Once {
        amount: Amount,
    },
    Instalments {
        amount: Amount,
        every_s: u32,
        grace_s: u32,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum EvidenceTerms {
    Disclosed {
        rule: Rule,
        /// Device models that count; any where there is none.
        models: Vec<u32>,
    },
    Invoice(InvoiceTerms),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvoiceTerms {
    pub category: Category,
    pub assess_within_s: u32,
    pub appeal_within_s: u32,
    pub arbitrate_within_s: u32,
    pub silence: Silence,
    /// An address in its normal form.
    pub arbiter: String,
    pub fee: Amount,
}

/// What an assessor's silence means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Silence {
    Approves,
    ToArbiter,
}

impl Benefit {
    /// Of one claim.
    pub fn amount(&self) -> Amount {
        match *self {
            Benefit::Fixed { amount }
            | Benefit::PerEvent { amount, .. }
            | Benefit::PerDay { amount, .. } => amount,
        }
    }

    /// Claims a policy pays at the most.
    pub fn most(&self) -> u16 {
        match *self {
            Benefit::Fixed { .. } => 1,
            Benefit::PerEvent { max_claims, .. } => max_claims.into(),
            Benefit::PerDay { max_days, .. } => max_days,
        }
    }

    pub fn is_per_day(&self) -> bool {
        matches!(self, Benefit::PerDay { .. })
    }

    /// Milliseconds between two paid windows at the least: without separation, they still share
    /// no instant.
    pub fn least_gap_ms(&self) -> u64 {
        let seconds = match *self {
            Benefit::PerEvent { separation_s, .. } => separation_s,
            Benefit::Fixed { .. } | Benefit::PerDay { .. } => 0,
        };
        u64::from(seconds).saturating_mul(1_000).max(1)
    }
}

impl Premium {
    /// One payment.
    pub fn payment(&self) -> Amount {
        match *self {
            Premium::Once { amount } | Premium::Instalments { amount, .. } => amount,
        }
    }

    /// Payments that cover a whole term.
    pub fn payments(&self, term_s: u32) -> u16 {
        match *self {
            Premium::Once { .. } => 1,
            Premium::Instalments { every_s, .. } => {
                let count = term_s.div_ceil(every_s.max(1));
                u16::try_from(count).unwrap_or(u16::MAX)
            }
        }
    }

    /// Seconds of the term that so many payments cover.
    pub fn covers_s(&self, payments: u16, term_s: u32) -> Seconds {
        let term = Seconds::from(term_s);
        match *self {
            Premium::Once { .. } => term,
            Premium::Instalments { every_s, .. } => Seconds::from(every_s)
                .saturating_mul(payments.into())
                .min(term),
        }
    }

    pub fn grace_s(&self) -> u32 {
        match *self {
            Premium::Once { .. } => 0,
            Premium::Instalments { grace_s, .. } => grace_s,
        }
    }
}

impl Terms {
    /// Seconds of the term that are covered.
    pub fn covered_s(&self) -> u32 {
        self.term_s.saturating_sub(self.waiting_s)
    }

    /// What a policy locks beside its premium when it is bound: every benefit, the rebate, and a
    /// bond for each claim that may be lost to an arbiter.
    pub fn lock(&self) -> Result<Amount, MoneyError> {
        let benefits = times(self.benefit.amount(), self.benefit.most())?;
        let bonds = times(self.bond(), self.benefit.most())?;
        sum(sum(benefits, self.rebate())?, bonds)
    }

    /// The most that a policy pays its payee.
    pub fn most_payable(&self) -> Result<Amount, MoneyError> {
        let benefits = times(self.benefit.amount(), self.benefit.most())?;
        sum(benefits, self.rebate())
    }

    /// The insurer's, for one claim.
    pub fn bond(&self) -> Amount {
        match &self.evidence {
            EvidenceTerms::Invoice(terms) => terms.fee,
            EvidenceTerms::Disclosed { .. } => 0,
        }
    }

    pub fn rebate(&self) -> Amount {
        self.reward.as_ref().map_or(0, |reward| reward.rebate)
    }

    /// Of the whole term.
    pub fn premiums(&self) -> Result<Amount, MoneyError> {
        times(self.premium.payment(), self.premium.payments(self.term_s))
    }
}

#[cfg(test)]
mod tests;
