//! What a policy is in, what may be done then, and which claims its time allows.

use std::fmt;

use cosmwasm_std::{Env, Timestamp};
use vitals_api::claims::PolicyState;
use vitals_core::decision::Seconds;
use vitals_core::rule::ClaimWindow;
use vitals_core::time::Millis;

use crate::error::ContractError;
use crate::state::Policy;
use crate::terms::Terms;

/// What is done to a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    Claim,
    Expire,
    /// Bind another policy of the same patient and product.
    Rebind,
}

impl fmt::Display for Act {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Act::Claim => "claim",
            Act::Expire => "expire",
            Act::Rebind => "bind another",
        })
    }
}

/// The table: what it does not list is an error.
pub fn allows(state: &PolicyState, act: Act) -> bool {
    matches!(
        (state, act),
        (PolicyState::Active | PolicyState::RunOff, Act::Claim)
            | (PolicyState::Elapsed, Act::Expire)
            | (
                PolicyState::Exhausted | PolicyState::Elapsed | PolicyState::Expired,
                Act::Rebind
            )
    )
}

pub(crate) fn ensure_allows(
    number: u64,
    policy: &Policy,
    terms: &Terms,
    act: Act,
    now: Seconds,
) -> Result<(), ContractError> {
    let state = policy.state(terms, now);
    if allows(&state, act) {
        return Ok(());
    }
    Err(ContractError::WrongState {
        policy: number,
        state,
        act,
    })
}

pub(crate) fn now_s(env: &Env) -> Seconds {
    env.block.time.seconds()
}

pub(crate) fn now_ms(env: &Env) -> Millis {
    vitals_api::block::millis(env.block.time)
}

/// The first whole second that is not before `time`: cover never reaches back before binding.
fn whole_second_from(time: Timestamp) -> Seconds {
    let part = u64::from(time.subsec_nanos() > 0);
    time.seconds().saturating_add(part)
}

/// When cover begins and ends, and when filing does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cover {
    pub from: Seconds,
    pub until: Seconds,
    pub file_until: Seconds,
}

impl Cover {
    pub fn bound_at(time: Timestamp, terms: &Terms) -> Self {
        let start = whole_second_from(time);
        let until = start.saturating_add(terms.term_s.into());
        Self {
            from: start.saturating_add(terms.waiting_s.into()),
            until,
            file_until: until.saturating_add(terms.file_within_s.into()),
        }
    }
}

impl Policy {
    pub fn claims_paid(&self) -> u8 {
        u8::try_from(self.paid.len()).unwrap_or(u8::MAX)
    }

    pub fn state(&self, terms: &Terms, now: Seconds) -> PolicyState {
        if self.claims_paid() >= terms.max_claims {
            PolicyState::Exhausted
        } else if self.locked == 0 {
            // while a claim is unpaid its benefit is locked, until the policy is expired
            PolicyState::Expired
        } else if now < self.covered_from {
            PolicyState::Bound
        } else if now < self.covered_until {
            PolicyState::Active
        } else if now < self.file_until {
            PolicyState::RunOff
        } else {
            PolicyState::Elapsed
        }
    }

    /// Whether readings of this time can be claimed now, and have not been.
    pub fn ensure_claimable(
        &self,
        terms: &Terms,
        asked: ClaimWindow,
        now_ms: Millis,
    ) -> Result<(), ContractError> {
        self.ensure_covers(asked)?;
        ensure_in_time(terms, asked, now_ms)?;
        self.ensure_unused(terms, asked)
    }

    fn ensure_covers(&self, asked: ClaimWindow) -> Result<(), ContractError> {
        if asked.from_ms < to_ms(self.covered_from) {
            return Err(ContractError::MeasuredBeforeCover {
                from_ms: asked.from_ms,
                covered_from: self.covered_from,
            });
        }
        if asked.to_ms >= to_ms(self.covered_until) {
            return Err(ContractError::MeasuredAfterCover {
                to_ms: asked.to_ms,
                covered_until: self.covered_until,
            });
        }
        Ok(())
    }

    fn ensure_unused(&self, terms: &Terms, asked: ClaimWindow) -> Result<(), ContractError> {
        let least_ms = terms.least_gap_ms();
        for (paid, claim) in self.paid.iter().zip(1u8..) {
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
}

/// A window that is not over could be claimed again under the policy that follows an exhausted
/// one, which begins no earlier than now: so it must end before now.
fn ensure_in_time(terms: &Terms, asked: ClaimWindow, now_ms: Millis) -> Result<(), ContractError> {
    if asked.to_ms >= now_ms {
        return Err(ContractError::NotYetMeasured {
            to_ms: asked.to_ms,
            now_ms,
        });
    }
    let age_ms = now_ms.saturating_sub(asked.to_ms);
    if age_ms > to_ms(terms.file_within_s.into()) {
        return Err(ContractError::FiledTooLate {
            to_ms: asked.to_ms,
            file_within_s: terms.file_within_s,
            now_ms,
        });
    }
    Ok(())
}

fn to_ms(seconds: Seconds) -> Millis {
    seconds.saturating_mul(1_000)
}

#[cfg(test)]
mod tests;
