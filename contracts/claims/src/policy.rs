//! What may be done with a policy now, and which time it still pays for.

use cosmwasm_std::{Env, Timestamp};
use vitals_core::decision::Seconds;
use vitals_core::insurance::{day_of, day_window, to_ms, Act, Amount, PolicyState, Terms};
use vitals_core::rule::ClaimWindow;
use vitals_core::time::{epoch_of, Millis};

use crate::error::ContractError;
use crate::state::Policy;

pub(crate) fn now_s(env: &Env) -> Seconds {
    env.block.time.seconds()
}

pub(crate) fn now_ms(env: &Env) -> Millis {
    vitals_api::block::millis(env.block.time)
}

/// The first whole second that is not before `time`: cover never reaches back before binding.
pub(crate) fn whole_second_from(time: Timestamp) -> Seconds {
    let part = u64::from(time.subsec_nanos() > 0);
    time.seconds().saturating_add(part)
}

pub(crate) fn ensure_allows(
    number: u64,
    policy: &Policy,
    terms: &Terms,
    act: Act,
    now: Seconds,
) -> Result<(), ContractError> {
    let state = policy.life.state(terms, now);
    if state.allows(act) {
        return Ok(());
    }
    match policy.life.next_due(terms) {
        Some(due) if act == Act::Claim && state == PolicyState::Grace => {
            Err(ContractError::PremiumDue {
                policy: number,
                due,
                amount: terms.premium.payment().into(),
            })
        }
        _ => Err(ContractError::WrongState {
            policy: number,
            state,
            act,
        }),
    }
}

impl Policy {
    /// Of the premium paid, what is not due back.
    pub fn premium_kept(&self) -> Amount {
        self.premium_paid.saturating_sub(self.refund_due())
    }

    /// What a cancellation left to be given back, unless it is earned after all.
    pub fn refund_due(&self) -> Amount {
        self.cancelled.as_ref().map_or(0, |it| it.refund)
    }

    /// Whether something of this time is covered, over, and still to be filed.
    pub fn ensure_filed_in_time(
        &self,
        terms: &Terms,
        asked: ClaimWindow,
        now_ms: Millis,
    ) -> Result<(), ContractError> {
        let now = now_ms.div_euclid(1_000);
        let cover = self.life.cover(terms, now);
        if asked.from_ms < to_ms(cover.from) {
            return Err(ContractError::MeasuredBeforeCover {
                from_ms: asked.from_ms,
                covered_from: cover.from,
            });
        }
        if asked.to_ms >= to_ms(cover.until) {
            return Err(ContractError::MeasuredAfterCover {
                to_ms: asked.to_ms,
                covered_until: cover.until,
            });
        }
        ensure_over(asked, now_ms)?;
        ensure_fresh(asked, terms.file_within_s, now_ms)
    }

    /// One more claim: while it is open or paid it takes one of those the terms pay.
    pub fn ensure_slot(&self, number: u64, terms: &Terms) -> Result<(), ContractError> {
        let most = terms.benefit.most();
        if self.slots < most {
            return Ok(());
        }
        Err(ContractError::NoClaimLeft {
            policy: number,
            most,
        })
    }

    /// A new window keeps its distance from each that was paid.
    pub fn ensure_unused(&self, terms: &Terms, asked: ClaimWindow) -> Result<(), ContractError> {
        self.ensure_unused_before(terms, asked)?;
        let least_ms = terms.benefit.least_gap_ms();
        for (paid, claim) in self.paid.iter().zip(1u16..) {
            let gap_ms = paid.gap_ms(&asked);
            if gap_ms < least_ms {
                return Err(ContractError::TimeUsedUp {
                    claim,
                    asked,
                    paid: *paid,
                    gap_ms,
                    least_ms,
                });
            }
        }
        Ok(())
    }

    /// Nor is a new window, or day, one that an earlier policy was paid for.
    fn ensure_unused_before(&self, terms: &Terms, asked: ClaimWindow) -> Result<(), ContractError> {
        let least_ms = terms.benefit.least_gap_ms();
        match self.used_until_ms {
            Some(used_until_ms) if asked.from_ms.saturating_sub(used_until_ms) < least_ms => {
                Err(ContractError::UsedUpBefore {
                    asked,
                    used_until_ms,
                    least_ms,
                })
            }
            _ => Ok(()),
        }
    }

    /// Uses up a day that no earlier policy was paid for. The latest is kept, for the policy that
    /// follows.
    pub fn use_day(&mut self, terms: &Terms, day: u16) -> Result<(), ContractError> {
        if let Some(whole) = day_window(self.life.bound_at, day) {
            self.ensure_unused_before(terms, whole)?;
            if self.last_used_ms() < Some(whole.to_ms) {
                self.paid = vec![whole];
            }
        }
        Ok(())
    }

    /// The one day of the policy that a window lies in.
    pub fn day_of(&self, asked: ClaimWindow) -> Result<u16, ContractError> {
        let day = |at_ms| epoch_of(at_ms).and_then(|epoch| day_of(self.life.bound_at, epoch));
        match (day(asked.from_ms), day(asked.to_ms)) {
            (Some(first), Some(last)) if first == last => Ok(first),
            _ => Err(ContractError::NotOneDay { asked }),
        }
    }
}

/// A window that is not over could be claimed again under the policy that follows an exhausted
/// one, which begins no earlier than now: so it must end before now.
fn ensure_over(asked: ClaimWindow, now_ms: Millis) -> Result<(), ContractError> {
    if asked.to_ms < now_ms {
        return Ok(());
    }
    Err(ContractError::NotYetMeasured {
        to_ms: asked.to_ms,
        now_ms,
    })
}

fn ensure_fresh(
    asked: ClaimWindow,
    file_within_s: u32,
    now_ms: Millis,
) -> Result<(), ContractError> {
    let age_ms = now_ms.saturating_sub(asked.to_ms);
    if age_ms <= to_ms(file_within_s.into()) {
        return Ok(());
    }
    Err(ContractError::FiledTooLate {
        to_ms: asked.to_ms,
        file_within_s,
        now_ms,
    })
}

#[cfg(test)]
mod tests;
