//! A statement from the transactions in which a contract announced something of a product.

use vitals_ledger::LedgerEvent;

use super::{Movement, OwedChange, Source, Statement};
use crate::StatementError;

/// A transaction's events, with where it is in the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announced {
    pub source: Source,
    pub events: Vec<LedgerEvent>,
}

impl Statement {
    /// Reads every transaction once, however often it is given, and replays the movements up to the
    /// number `last`.
    pub fn drawn(
        claims: &str,
        product: u64,
        transactions: &[Announced],
        last: u64,
    ) -> Result<Self, StatementError> {
        let (mut movements, mut owed) = (Vec::new(), Vec::new());
        let mut read: Vec<&str> = Vec::new();
        for Announced { source, events } in transactions {
            if read.contains(&source.tx.as_str()) {
                continue;
            }
            read.push(&source.tx);
            for event in events {
                movements.extend(Movement::read(event, claims, product, source)?);
                owed.extend(OwedChange::read(event, claims, product, source)?);
            }
        }
        Self::replay(movements, &owed, last)
    }
}
