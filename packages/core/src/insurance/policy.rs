//! What a policy is in, and what may be done then.

use core::fmt;

use serde::{Deserialize, Serialize};

use super::book::Amount;
use super::cover::Cover;
use super::terms::Terms;
use crate::decision::Seconds;

/// What is remembered of where a policy stands; the rest follows from the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    Offered {
        until: Seconds,
    },
    Withdrawn,
    /// Bound, and nothing has ended it.
    Live,
    Cancelled {
        at: Seconds,
    },
    Lapsed {
        at: Seconds,
    },
    /// Over: its lock is freed.
    Expired,
    /// Every claim is paid: its lock is freed.
    Exhausted,
}

/// The time of a policy: what its state follows from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Life {
    pub standing: Standing,
    /// First whole second not before it was bound; 0 while it is an offer.
    pub bound_at: Seconds,
    /// Payments of premium made.
    pub payments: u16,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema, cw_schema::Schemaifier)
)]
#[serde(rename_all = "snake_case")]
pub enum PolicyState {
    /// Waits for the patient.
    Offered,
    /// The offer's time is over; its premium waits to be given back.
    OfferOver,
    Withdrawn,
    /// Bound, in its waiting period.
    Bound,
    /// Covered.
    Active,
    /// Covered, but an instalment is due: claims wait until it is paid.
    Grace,
    /// The grace is over too; cover ended when the instalment was due.
    Overdue,
    /// Cover is over; what was measured under it can be filed.
    RunOff,
    /// Ended early; what was measured before can be filed.
    Cancelled,
    /// Ended for want of premium; what was measured before can be filed.
    Lapsed,
    /// The time to file is over too; the lock waits for somebody to expire the policy.
    Elapsed,
    /// Every claim is paid, and the premium earned.
    Exhausted,
    /// Over, and its lock freed.
    Expired,
}

impl PolicyState {
    pub const ALL: [PolicyState; 13] = [
        PolicyState::Offered,
        PolicyState::OfferOver,
        PolicyState::Withdrawn,
        PolicyState::Bound,
        PolicyState::Active,
        PolicyState::Grace,
        PolicyState::Overdue,
        PolicyState::RunOff,
        PolicyState::Cancelled,
        PolicyState::Lapsed,
        PolicyState::Elapsed,
        PolicyState::Exhausted,
        PolicyState::Expired,
    ];

    /// Whether money of it may still move.
    pub fn is_over(self) -> bool {
        matches!(
            self,
            PolicyState::Withdrawn | PolicyState::Exhausted | PolicyState::Expired
        )
    }
}

/// What is done to a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    Accept,
    /// By who offered it.
    Withdraw,
    /// By anybody.
    WithdrawOver,
    PayPremium,
    Cancel,
    Lapse,
    /// Of readings, days or an invoice.
    Claim,
    Expire,
    /// Bind another policy of the same patient and product.
    Rebind,
}

impl Act {
    pub const ALL: [Act; 9] = [
        Act::Accept,
        Act::Withdraw,
        Act::WithdrawOver,
        Act::PayPremium,
        Act::Cancel,
        Act::Lapse,
        Act::Claim,
        Act::Expire,
        Act::Rebind,
    ];
}

impl fmt::Display for Act {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Act::Accept => "accept",
            Act::Withdraw | Act::WithdrawOver => "withdraw the offer",
            Act::PayPremium => "pay a premium",
            Act::Cancel => "cancel",
            Act::Lapse => "lapse",
            Act::Claim => "claim",
            Act::Expire => "expire",
            Act::Rebind => "bind another",
        })
    }
}

impl PolicyState {
    /// The table: what it does not list is an error.
    pub fn allows(self, act: Act) -> bool {
        use PolicyState as S;
        match act {
            Act::Accept => matches!(self, S::Offered),
            Act::Withdraw => matches!(self, S::Offered | S::OfferOver),
            Act::WithdrawOver => matches!(self, S::OfferOver),
            Act::PayPremium => matches!(self, S::Bound | S::Active | S::Grace),
            Act::Cancel => matches!(self, S::Bound | S::Active | S::Grace),
            Act::Lapse => matches!(self, S::Overdue),
            Act::Claim => matches!(
                self,
                S::Active | S::Overdue | S::RunOff | S::Cancelled | S::Lapsed
            ),
            Act::Expire => matches!(self, S::Elapsed),
            Act::Rebind => matches!(self, S::Withdrawn | S::Elapsed | S::Exhausted | S::Expired),
        }
    }
}

impl Life {
    /// Cover as it stands now: a cancellation, a lapse, or an instalment whose grace is over has
    /// ended it earlier. What was not paid for is covered only while its grace lasts.
    pub fn cover(&self, terms: &Terms, now: Seconds) -> Cover {
        let sold = Cover::sold(self.bound_at, terms);
        let ended = match self.standing {
            Standing::Live => self.overdue_since(terms, now),
            Standing::Cancelled { at } | Standing::Lapsed { at } => {
                Some(at.min(self.paid_until(terms)))
            }
            _ => Some(self.paid_until(terms)),
        };
        ended.map_or(sold, |at| sold.ended(at, terms))
    }

    fn paid_until(&self, terms: &Terms) -> Seconds {
        let covers = terms.premium.covers_s(self.payments, terms.term_s);
        self.bound_at.saturating_add(covers)
    }

    /// When the next payment is due, where one is left and nothing has ended the policy.
    pub fn next_due(&self, terms: &Terms) -> Option<Seconds> {
        if self.standing != Standing::Live {
            return None;
        }
        terms
            .premium
            .due(self.bound_at, self.payments, terms.term_s)
    }

    /// Since when a payment is due, where its grace is over.
    pub fn overdue_since(&self, terms: &Terms, now: Seconds) -> Option<Seconds> {
        let grace = Seconds::from(terms.premium.grace_s());
        self.next_due(terms)
            .filter(|due| now >= due.saturating_add(grace))
    }

    pub fn state(&self, terms: &Terms, now: Seconds) -> PolicyState {
        match self.standing {
            Standing::Offered { until } if now < until => PolicyState::Offered,
            Standing::Offered { .. } => PolicyState::OfferOver,
            Standing::Withdrawn => PolicyState::Withdrawn,
            Standing::Expired => PolicyState::Expired,
            Standing::Exhausted => PolicyState::Exhausted,
            Standing::Live | Standing::Cancelled { .. } | Standing::Lapsed { .. } => {
                self.bound_state(terms, now)
            }
        }
    }

    fn bound_state(&self, terms: &Terms, now: Seconds) -> PolicyState {
        let cover = self.cover(terms, now);
        if now >= cover.file_until {
            return PolicyState::Elapsed;
        }
        match self.standing {
            Standing::Cancelled { .. } => PolicyState::Cancelled,
            Standing::Lapsed { .. } => PolicyState::Lapsed,
            _ if self.overdue_since(terms, now).is_some() => PolicyState::Overdue,
            // before the end of cover: an instalment may be due so late that its grace outlasts it
            _ if self.next_due(terms).is_some_and(|due| now >= due) => PolicyState::Grace,
            _ if now >= cover.until => PolicyState::RunOff,
            _ if now < cover.from => PolicyState::Bound,
            _ => PolicyState::Active,
        }
    }

    /// What a cancellation now gives back of the premiums paid: their share for the paid time that
    /// is left, rounded down, but never so much that less than the minimum charge is kept.
    pub fn refund(&self, terms: &Terms, premium_paid: Amount, now: Seconds) -> Amount {
        let covers = terms.premium.covers_s(self.payments, terms.term_s);
        let used = now.saturating_sub(self.bound_at).min(covers);
        let unearned = share(premium_paid, covers.saturating_sub(used), covers);
        unearned.min(premium_paid.saturating_sub(terms.minimum_charge))
    }
}

/// amount · part / whole, rounded down. Exact for every amount where part ≤ whole, for every u64:
/// with amount = q · whole + r, q · part ≤ amount, and r · part < whole² ≤ 2^128. Nothing saturates
/// (a term has less than 2^29 seconds anyway).
fn share(amount: Amount, part: Seconds, whole: Seconds) -> Amount {
    let (part, whole) = (Amount::from(part), Amount::from(whole));
    let (Some(quotient), Some(remainder)) = (amount.checked_div(whole), amount.checked_rem(whole))
    else {
        return 0;
    };
    let of_remainder = remainder
        .saturating_mul(part)
        .checked_div(whole)
        .unwrap_or(0);
    quotient.saturating_mul(part).saturating_add(of_remainder)
}

#[cfg(test)]
mod tests;
