//! A product's book: double entry, so that every coin that came in is somewhere.
//!
//! Each movement takes a sum from one account and gives it to another. Sources count what came in,
//! balances what is here, sinks what left; so sources = balances + sinks, whatever happens.
//! Movements are pure: they give the pool after them, or an error and nothing has changed.

use serde::{Deserialize, Serialize};

mod movement;

pub use movement::{Account, MoveKind};

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
    #[error("claims/not_there: {needed} should be {account}, {there} is")]
    NotThere {
        account: Account,
        needed: Amount,
        there: Amount,
    },
    #[error("claims/not_owed: {needed} should be owed, {owed} is")]
    NotOwed { needed: Amount, owed: Amount },
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pool {
    /// By [`Account`].
    sums: [Amount; 13],
    /// Of what left, what could not be paid and waits to be collected.
    owed: Amount,
    movements: u64,
}

impl Pool {
    /// What an account holds, or has counted.
    pub fn sum(&self, account: Account) -> Amount {
        self.sums.get(account as usize).copied().unwrap_or_default()
    }

    pub fn owed(&self) -> Amount {
        self.owed
    }

    /// Movements recorded so far: the last one's number.
    pub fn movements(&self) -> u64 {
        self.movements
    }

    /// What the contract must have of the product's denomination.
    pub fn kept(&self) -> Result<Amount, MoneyError> {
        Account::BALANCES
            .into_iter()
            .try_fold(self.owed, |kept, account| sum(kept, self.sum(account)))
    }

    pub fn record(self, kind: MoveKind, amount: Amount) -> Result<Self, MoneyError> {
        let (from, to) = kind.from_to();
        nonzero(amount)?;
        let taken = if from.is_source() {
            sum(self.sum(from), amount)?
        } else {
            self.less(from, amount)?
        };
        let given = sum(self.sum(to), amount)?;
        let movements = self.movements.checked_add(1).ok_or(MoneyError::TooLarge)?;
        Ok(Self {
            movements,
            ..self.with(from, taken).with(to, given)
        })
    }

    /// A payment that had left the book failed.
    pub fn owe(self, amount: Amount) -> Result<Self, MoneyError> {
        Ok(Self {
            owed: sum(self.owed, amount)?,
            ..self
        })
    }

    /// It was paid, or given back, after all.
    pub fn settle_owed(self, amount: Amount) -> Result<Self, MoneyError> {
        let owed = self.owed.checked_sub(amount).ok_or(MoneyError::NotOwed {
            needed: amount,
            owed: self.owed,
        })?;
        Ok(Self { owed, ..self })
    }

    fn less(&self, account: Account, needed: Amount) -> Result<Amount, MoneyError> {
        let there = self.sum(account);
        there.checked_sub(needed).ok_or(match account {
            Account::Free => MoneyError::PoolTooSmall {
                needed,
                free: there,
            },
            _ => MoneyError::NotThere {
                account,
                needed,
                there,
            },
        })
    }

    fn with(mut self, account: Account, amount: Amount) -> Self {
        if let Some(slot) = self.sums.get_mut(account as usize) {
            *slot = amount;
        }
        self
    }
}

pub(super) fn sum(a: Amount, b: Amount) -> Result<Amount, MoneyError> {
    a.checked_add(b).ok_or(MoneyError::TooLarge)
}

pub(super) fn times(a: Amount, times: u16) -> Result<Amount, MoneyError> {
    a.checked_mul(times.into()).ok_or(MoneyError::TooLarge)
}

fn nonzero(amount: Amount) -> Result<Amount, MoneyError> {
    if amount == 0 {
        return Err(MoneyError::Zero);
    }
    Ok(amount)
}

#[cfg(test)]
mod tests;
