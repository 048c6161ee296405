//! Every movement of a product's money, in order, and whether they add up to what the chain has.
//!
//! Movements are numbered from 1 without a hole, so that a missing one is seen. They are replayed
//! through the book that the contract keeps, from nothing; at the end every account, and what
//! could not be paid yet, must be what the chain says, to the last coin.

use std::collections::BTreeMap;

use vitals_api::claims::PoolInfo;
use vitals_core::decision::Seconds;
use vitals_core::insurance::{Account, Pool};

use crate::StatementError;

mod drawn;
mod movement;
mod table;

pub use drawn::Announced;
pub use movement::{Movement, OwedChange, Source};

/// A movement, and the book after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub movement: Movement,
    pub after: Pool,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Statement {
    pub lines: Vec<Line>,
    /// Of what left, what waits to be collected.
    pub owed: u128,
}

impl Statement {
    /// Replays movements, in any order, up to the number `last`.
    pub fn replay(
        movements: Vec<Movement>,
        owed: &[OwedChange],
        last: u64,
    ) -> Result<Self, StatementError> {
        let movements = in_order(movements, last)?;
        let mut book = Pool::default();
        let mut lines = Vec::with_capacity(movements.len());
        for movement in movements {
            book = book
                .record(movement.kind, movement.amount)
                .map_err(|cause| StatementError::Impossible {
                    number: movement.number,
                    cause,
                })?;
            lines.push(Line {
                movement,
                after: book,
            });
        }
        let owed = owed_in_the_end(owed, &lines);
        Ok(Self { lines, owed })
    }

    /// Whether every sum is the chain's.
    pub fn reconcile(&self, chain: &PoolInfo) -> Result<(), StatementError> {
        let book = self.closing();
        let sums = Account::ALL.map(|account| (account.name(), book.sum(account)));
        for ((account, events), chain) in sums.into_iter().zip(chain_sums(chain)) {
            same(account, chain, events)?;
        }
        same("owed", chain.owed.u128(), self.owed)?;
        same(
            "movements",
            chain.movements.u64().into(),
            book.movements().into(),
        )
    }

    /// The book after the last movement.
    pub fn closing(&self) -> Pool {
        self.lines
            .last()
            .map_or_else(Pool::default, |line| line.after)
    }

    /// The book before a time.
    pub fn before(&self, from: Seconds) -> Pool {
        let mut latest_first = self.lines.iter().rev();
        let earlier = latest_first.find(|line| line.movement.source.at < from);
        earlier.map_or_else(Pool::default, |line| line.after)
    }

    /// Lines from a time until just before another.
    pub fn between(&self, from: Option<Seconds>, to: Option<Seconds>) -> Vec<&Line> {
        let inside = |at: Seconds| from.is_none_or(|f| f <= at) && to.is_none_or(|t| at < t);
        let lines = self.lines.iter();
        lines
            .filter(|line| inside(line.movement.source.at))
            .collect()
    }
}

/// By number from 1 to `last`, none missing. What came after `last` is left for another time.
fn in_order(movements: Vec<Movement>, last: u64) -> Result<Vec<Movement>, StatementError> {
    let mut by_number: BTreeMap<u64, Movement> = BTreeMap::new();
    for movement in movements.into_iter().filter(|m| m.number <= last) {
        let number = movement.number;
        match by_number.insert(number, movement.clone()) {
            Some(other) if other != movement => return Err(StatementError::Twice { number }),
            _ => {}
        }
    }
    let mut due = 1;
    for &number in by_number.keys() {
        if number > due {
            return Err(missing(due, number - 1, last));
        }
        due = number.saturating_add(1);
    }
    if due <= last {
        return Err(missing(due, last, last));
    }
    Ok(by_number.into_values().collect())
}

fn missing(first: u64, last: u64, of: u64) -> StatementError {
    StatementError::Missing { first, last, of }
}

/// What failed to be paid, less what was collected and what went back to the pool.
fn owed_in_the_end(changes: &[OwedChange], lines: &[Line]) -> u128 {
    let sum = |changes: &mut dyn Iterator<Item = u128>| changes.fold(0, u128::saturating_add);
    let failed = sum(&mut changes.iter().filter_map(|change| match change {
        OwedChange::Failed { amount } => Some(*amount),
        OwedChange::Collected { .. } => None,
    }));
    let collected = sum(&mut changes.iter().filter_map(|change| match change {
        OwedChange::Collected { amount } => Some(*amount),
        OwedChange::Failed { .. } => None,
    }));
    let reclaimed = lines
        .last()
        .map_or(0, |line| line.after.sum(Account::Reclaimed));
    failed.saturating_sub(collected).saturating_sub(reclaimed)
}

/// In the order of [`Account::ALL`].
fn chain_sums(chain: &PoolInfo) -> [u128; 13] {
    [
        chain.deposits,
        chain.premiums,
        chain.claim_deposits,
        chain.reclaimed,
        chain.free,
        chain.locked,
        chain.held,
        chain.paid,
        chain.rebated,
        chain.withdrawn,
        chain.refunded,
        chain.returned,
        chain.fees,
    ]
    .map(|sum| sum.u128())
}

fn same(account: &'static str, chain: u128, events: u128) -> Result<(), StatementError> {
    if chain == events {
        return Ok(());
    }
    Err(StatementError::Differs {
        account,
        chain,
        events,
    })
}

#[cfg(test)]
mod tests;
