//! Time that a policy covers, and its days.

use super::terms::{Premium, Terms};
use crate::decision::Seconds;
use crate::rule::ClaimWindow;
use crate::time::{epoch_of, epoch_start, Epoch, Millis, EPOCH_MS};

/// Epochs of a day of cover.
pub const DAY_EPOCHS: u32 = 24;

const EPOCH_S: u32 = 3_600;
const DAY_S: u32 = DAY_EPOCHS * EPOCH_S;
const DAY_MS: u64 = EPOCH_MS * DAY_EPOCHS as u64;

/// Where cover begins and ends, and filing does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cover {
    /// After the waiting period.
    pub from: Seconds,
    /// First second that is not covered.
    pub until: Seconds,
    pub file_until: Seconds,
}

impl Cover {
    /// As it is sold: `bound_at` is the first whole second not before binding.
    pub fn sold(bound_at: Seconds, terms: &Terms) -> Self {
        let until = bound_at.saturating_add(terms.term_s.into());
        Self {
            from: bound_at.saturating_add(terms.waiting_s.into()),
            until,
            file_until: until.saturating_add(terms.file_within_s.into()),
        }
    }

    /// Cover that ends at a time, should that be earlier.
    pub fn ended(self, at: Seconds, terms: &Terms) -> Self {
        let until = self.until.min(at);
        Self {
            until,
            file_until: until.saturating_add(terms.file_within_s.into()),
            ..self
        }
    }
}

impl Premium {
    /// When the next payment is due, where one is left.
    pub fn due(&self, bound_at: Seconds, payments: u16, term_s: u32) -> Option<Seconds> {
        (payments < self.payments(term_s))
            .then(|| bound_at.saturating_add(self.covers_s(payments, term_s)))
    }
}

/// The day, from 0, of an epoch under a policy: days are counted from the epoch in which it was
/// bound. None before that, or later than a number can say.
pub fn day_of(bound_at: Seconds, epoch: Epoch) -> Option<u16> {
    let first = epoch_of(to_ms(bound_at))?;
    let days = epoch.checked_sub(first)?.checked_div(DAY_EPOCHS)?;
    u16::try_from(days).ok()
}

/// From the first to the last millisecond of a day, both inside, as [`day_of`] counts.
pub fn day_window(bound_at: Seconds, day: u16) -> Option<ClaimWindow> {
    let first = epoch_of(to_ms(bound_at))?;
    let from_ms = epoch_start(first).saturating_add(DAY_MS.saturating_mul(day.into()));
    Some(ClaimWindow {
        from_ms,
        to_ms: from_ms.saturating_add(DAY_MS.saturating_sub(1)),
    })
}

/// Days of which every policy, whenever in an hour it is bound, covers a window of such a length,
/// both its ends inside.
pub(super) fn days_with_room(terms: &Terms, span_ms: u64) -> u32 {
    (0..EPOCH_S)
        .map(|bound_s| days_covered(bound_s, terms, span_ms))
        .min()
        .unwrap_or(0)
}

/// Days of a policy bound in such a second of its first epoch.
fn days_covered(bound_s: u32, terms: &Terms, span_ms: u64) -> u32 {
    let has_room = |seconds: u32| u64::from(seconds).saturating_mul(1_000) > span_ms;
    let into_day = bound_s.saturating_add(terms.waiting_s).rem_euclid(DAY_S);
    let first_s = terms.covered_s().min(DAY_S.saturating_sub(into_day));
    let rest_s = terms.covered_s().saturating_sub(first_s);
    let full = if has_room(DAY_S) {
        rest_s.div_euclid(DAY_S)
    } else {
        0
    };
    [first_s, rest_s.rem_euclid(DAY_S)]
        .into_iter()
        .filter(|seconds| has_room(*seconds))
        .fold(full, |days, _| days.saturating_add(1))
}

pub fn to_ms(seconds: Seconds) -> Millis {
    seconds.saturating_mul(1_000)
}

#[cfg(test)]
mod tests;
