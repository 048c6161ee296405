//! Transactions by the events they left.

use serde_json::json;

use crate::node::{time_ms, Node};
use crate::wire::{HeaderAnswer, SearchAnswer, TxAnswer};
use crate::{Error, Result, TxResult};

/// The most a node gives at once.
const PER_PAGE: u64 = 100;

/// One condition of a search: an attribute of an event has this value. Event types of contracts
/// begin with `wasm-`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen<'a> {
    pub event: &'a str,
    pub attribute: &'a str,
    pub value: &'a str,
}

impl Node {
    /// All transactions that left events which meet every condition, oldest first. What the node
    /// has pruned, or has not indexed yet, is not among them, and nothing says so; and an event
    /// may be another contract's: look at [`crate::Event::contract`]. A node that does not index
    /// is an [`Error::Rpc`].
    pub fn search(&self, conditions: &[Seen<'_>]) -> Result<Vec<TxResult>> {
        self.search_after(conditions, 0)
    }

    /// The same, of blocks after this height.
    pub fn search_after(&self, conditions: &[Seen<'_>], height: u64) -> Result<Vec<TxResult>> {
        let found = self.found(conditions, height)?;
        let read = |tx: TxAnswer| TxResult::read(tx.hash, tx.height, tx.tx_result);
        succeeded(found.into_iter().map(read))
    }

    /// Those that failed too, as the node tells of them.
    pub(crate) fn found(&self, conditions: &[Seen<'_>], height: u64) -> Result<Vec<TxAnswer>> {
        let query = format!("{} AND tx.height>{height}", query(conditions)?);
        let mut found: Vec<TxAnswer> = Vec::new();
        for page in 1u64.. {
            let answer: SearchAnswer = self.rpc().call(
                "tx_search",
                json!({
                    "query": query, "prove": false, "order_by": "asc",
                    "page": page.to_string(), "per_page": PER_PAGE.to_string(),
                }),
            )?;
            let over = answer.txs.is_empty() || page * PER_PAGE >= answer.total_count;
            found.extend(answer.txs);
            if over {
                break;
            }
        }
        Ok(found)
    }

    /// Time of a block that was committed, milliseconds since 1970.
    pub fn time_of(&self, height: u64) -> Result<u64> {
        let params = json!({"height": height.to_string()});
        let answer: HeaderAnswer = self.rpc().call("header", params)?;
        time_ms(&answer.header.time)
    }
}

/// A transaction that failed left no events of contracts.
fn succeeded(found: impl Iterator<Item = Result<TxResult>>) -> Result<Vec<TxResult>> {
    found
        .filter(|tx| !matches!(tx, Err(Error::Failed { .. })))
        .collect()
}

fn query(conditions: &[Seen<'_>]) -> Result<String> {
    let terms = conditions
        .iter()
        .map(Seen::term)
        .collect::<Result<Vec<_>>>()?;
    Ok(terms.join(" AND "))
}

impl Seen<'_> {
    fn term(&self) -> Result<String> {
        let plain = |text: &str, also: &str| {
            !text.is_empty()
                && text
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || also.contains(c))
        };
        let Seen {
            event,
            attribute,
            value,
        } = *self;
        if plain(event, "-_") && plain(attribute, "-_") && plain(value, "-_.:/") {
            return Ok(format!("{event}.{attribute}='{value}'"));
        }
        Err(Error::input(
            "search",
            format!("{event}.{attribute} of {value:?} is not of plain letters and digits"),
        ))
    }
}

#[cfg(test)]
#[path = "search_tests.rs"]
mod tests;
