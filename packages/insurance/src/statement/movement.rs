//! Events of the contract, read back.

use std::str::FromStr;

use vitals_api::claims::event;
use vitals_core::decision::Seconds;
use vitals_core::insurance::MoveKind;
use vitals_ledger::LedgerEvent;

use crate::StatementError;

/// The transaction an event is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    pub tx: String,
    pub height: u64,
    /// Block time.
    pub at: Seconds,
}

/// One `money_moved`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Movement {
    pub number: u64,
    pub kind: MoveKind,
    pub amount: u128,
    pub policy: Option<u64>,
    pub claim: Option<u16>,
    pub account: Option<String>,
    pub source: Source,
}

/// One `payment_failed` or `collected`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwedChange {
    Failed { amount: u128 },
    Collected { amount: u128 },
}

impl Movement {
    /// The event as it was announced of this product by this contract; none of another event.
    pub fn read(
        seen: &LedgerEvent,
        claims: &str,
        product: u64,
        source: &Source,
    ) -> Result<Option<Self>, StatementError> {
        if !is_of(seen, event::Movement::NAME, claims, product) {
            return Ok(None);
        }
        let read = Read { seen, source };
        let kind = read.text("kind");
        Ok(Some(Self {
            number: read.number("movement")?,
            kind: MoveKind::from_name(kind)
                .ok_or_else(|| read.other("kind", kind, "a movement of money"))?,
            amount: read.number("amount")?,
            policy: read.optional("policy")?,
            claim: read.optional("claim")?,
            account: seen.attribute("account").map(str::to_string),
            source: source.clone(),
        }))
    }
}

impl OwedChange {
    pub fn read(
        seen: &LedgerEvent,
        claims: &str,
        product: u64,
        source: &Source,
    ) -> Result<Option<Self>, StatementError> {
        let amount = || Read { seen, source }.number("amount");
        if is_of(seen, "payment_failed", claims, product) {
            return Ok(Some(Self::Failed { amount: amount()? }));
        }
        if is_of(seen, "collected", claims, product) {
            return Ok(Some(Self::Collected { amount: amount()? }));
        }
        Ok(None)
    }
}

/// Only the runtime writes `_contract_address`, so no other contract can pass for this one.
fn is_of(seen: &LedgerEvent, name: &str, claims: &str, product: u64) -> bool {
    seen.ty.strip_prefix("wasm-") == Some(name)
        && seen.attribute("_contract_address") == Some(claims)
        && seen.attribute("product") == Some(product.to_string().as_str())
}

struct Read<'a> {
    seen: &'a LedgerEvent,
    source: &'a Source,
}

impl<'a> Read<'a> {
    fn text(&self, name: &str) -> &'a str {
        self.seen.attribute(name).unwrap_or_default()
    }

    fn number<T: FromStr>(&self, name: &'static str) -> Result<T, StatementError> {
        let text = self.text(name);
        text.parse().map_err(|_| self.other(name, text, "a number"))
    }

    fn optional<T: FromStr>(&self, name: &'static str) -> Result<Option<T>, StatementError> {
        match self.seen.attribute(name) {
            Some(_) => self.number(name).map(Some),
            None => Ok(None),
        }
    }

    fn other(&self, name: &'static str, value: &str, expected: &'static str) -> StatementError {
        StatementError::Event {
            tx: self.source.tx.clone(),
            name,
            value: value.into(),
            expected,
        }
    }
}
