//! Lines as CSV.

use std::io::Write;

use vitals_core::insurance::Account;

use super::{Line, Statement};
use crate::{show_time, StatementError};

const HEAD: [&str; 15] = [
    "movement",
    "time",
    "height",
    "transaction",
    "kind",
    "from",
    "to",
    "amount",
    "policy",
    "claim",
    "account",
    "free_after",
    "locked_after",
    "held_after",
    "kept_after",
];

impl Statement {
    /// Writes lines with a head; amounts in the smallest unit. What is kept is all that the
    /// contract holds of the product: free, locked and held.
    pub fn write(out: impl Write, lines: &[&Line]) -> Result<(), StatementError> {
        let mut table = csv::Writer::from_writer(out);
        table.write_record(HEAD).map_err(refused)?;
        for line in lines {
            table.write_record(line.cells()).map_err(refused)?;
        }
        table.flush().map_err(refused)
    }
}

impl Line {
    fn cells(&self) -> [String; 15] {
        let moved = &self.movement;
        let (from, to) = moved.kind.from_to();
        let after = |account| self.after.sum(account);
        let balances = Account::BALANCES.map(after);
        let kept = balances.into_iter().fold(0, u128::saturating_add);
        let number = |number: Option<u64>| number.map(|n| n.to_string()).unwrap_or_default();
        [
            moved.number.to_string(),
            show_time(moved.source.at),
            moved.source.height.to_string(),
            moved.source.tx.clone(),
            moved.kind.name().into(),
            from.name().into(),
            to.name().into(),
            moved.amount.to_string(),
            number(moved.policy),
            number(moved.claim.map(u64::from)),
            moved.account.clone().unwrap_or_default(),
            after(Account::Free).to_string(),
            after(Account::Locked).to_string(),
            after(Account::Held).to_string(),
            kept.to_string(),
        ]
    }
}

fn refused(cause: impl ToString) -> StatementError {
    StatementError::Write {
        cause: cause.to_string(),
    }
}
