//! A product's pool: every coin that came in is free, locked, paid or withdrawn.
//!
//! deposits + premiums = free + locked + paid + withdrawn, whatever happens. Steps are pure: they
//! give the pool after them, or an error and nothing has changed.

use serde::{Deserialize, Serialize};

/// Smallest units of the product's denomination.
pub type Amount = u128;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    #[error("claims/zero_amount: an amount is at least 1")]
    Zero,
    #[error("claims/amount_too_large: sums of money stay below 2^128")]
    TooLarge,
    #[error("claims/pool_too_small: {needed} is needed, {free} is free")]
    PoolTooSmall { needed: Amount, free: Amount },
    #[error("claims/not_locked: {needed} should be locked, {locked} is")]
    NotLocked { needed: Amount, locked: Amount },
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pool {
    deposits: Amount,
    premiums: Amount,
    free: Amount,
    locked: Amount,
    paid: Amount,
    withdrawn: Amount,
}

impl Pool {
    pub fn deposits(&self) -> Amount {
        self.deposits
    }

    pub fn premiums(&self) -> Amount {
        self.premiums
    }

    /// What the insurer may withdraw, and new policies may lock.
    pub fn free(&self) -> Amount {
        self.free
    }

    /// Unpaid benefits of policies, and their unearned premiums.
    pub fn locked(&self) -> Amount {
        self.locked
    }

    pub fn paid(&self) -> Amount {
        self.paid
    }

    pub fn withdrawn(&self) -> Amount {
        self.withdrawn
    }

    /// Money of the insurer comes in, free.
    pub fn deposit(self, amount: Amount) -> Result<Self, MoneyError> {
        Ok(Self {
            deposits: sum(self.deposits, nonzero(amount)?)?,
            free: sum(self.free, amount)?,
            ..self
        })
    }

    /// Free money goes back to the insurer.
    pub fn withdraw(self, amount: Amount) -> Result<Self, MoneyError> {
        Ok(Self {
            free: self.less_free(nonzero(amount)?)?,
            withdrawn: sum(self.withdrawn, amount)?,
            ..self
        })
    }

    /// A policy is sold: its premium comes in, and is locked with every benefit it may pay. What
    /// it locks is [`policy_lock`].
    pub fn sell(self, premium: Amount, benefits: Amount) -> Result<Self, MoneyError> {
        let lock = sum(premium, benefits)?;
        let joined = Self {
            premiums: sum(self.premiums, premium)?,
            free: sum(self.free, premium)?,
            ..self
        };
        Ok(Self {
            free: joined.less_free(lock)?,
            locked: sum(joined.locked, lock)?,
            ..joined
        })
    }

    /// A benefit is paid out of what is locked.
    pub fn pay(self, benefit: Amount) -> Result<Self, MoneyError> {
        Ok(Self {
            locked: unlock(self.locked, benefit)?,
            paid: sum(self.paid, benefit)?,
            ..self
        })
    }

    /// A policy is over: its premium is earned, and what it still locked is free.
    pub fn release(self, locked: Amount) -> Result<Self, MoneyError> {
        Ok(Self {
            locked: unlock(self.locked, locked)?,
            free: sum(self.free, locked)?,
            ..self
        })
    }

    fn less_free(&self, needed: Amount) -> Result<Amount, MoneyError> {
        self.free
            .checked_sub(needed)
            .ok_or(MoneyError::PoolTooSmall {
                needed,
                free: self.free,
            })
    }
}

/// What `claims` claims pay at the most.
pub fn most_benefits(benefit: Amount, claims: u8) -> Result<Amount, MoneyError> {
    benefit
        .checked_mul(claims.into())
        .ok_or(MoneyError::TooLarge)
}

/// What a policy locks when it is sold: its premium, unearned, and its benefits, unpaid.
pub fn policy_lock(premium: Amount, benefits: Amount) -> Result<Amount, MoneyError> {
    sum(premium, benefits)
}

/// What of a lock remains once `amount` of it is paid.
pub fn unlock(locked: Amount, amount: Amount) -> Result<Amount, MoneyError> {
    locked.checked_sub(amount).ok_or(MoneyError::NotLocked {
        needed: amount,
        locked,
    })
}

fn sum(a: Amount, b: Amount) -> Result<Amount, MoneyError> {
    a.checked_add(b).ok_or(MoneyError::TooLarge)
}

fn nonzero(amount: Amount) -> Result<Amount, MoneyError> {
    if amount == 0 {
        return Err(MoneyError::Zero);
    }
    Ok(amount)
}

#[cfg(test)]
mod tests;
