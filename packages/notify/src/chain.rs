//! Blocks of a chain, one after the other.

use vitals_chain_client::{Error, Node};
use vitals_ledger::{LedgerError, LedgerEvent, Reader};

/// What contracts announced in one block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Milliseconds since 1970.
    pub time_ms: u64,
    /// In order; of transactions that failed there are none.
    pub events: Vec<LedgerEvent>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    Block(Seen),
    /// The node keeps no block before this one.
    Pruned {
        lowest: u64,
    },
}

/// A chain whose blocks can be read.
pub trait Blocks: Reader {
    /// Of a height that the chain has reached.
    fn block(&self, height: u64) -> Result<Found, LedgerError>;

    /// Time of a block, milliseconds since 1970; none where the node does not keep it.
    fn time_of(&self, height: u64) -> Result<Option<u64>, LedgerError>;
}

impl Blocks for Node {
    fn block(&self, height: u64) -> Result<Found, LedgerError> {
        let block = match Node::block(self, height) {
            Ok(block) => block,
            Err(error) => {
                return match lowest(&error).filter(|lowest| *lowest > height) {
                    Some(lowest) => Ok(Found::Pruned { lowest }),
                    None => Err(error.into()),
                }
            }
        };
        let mut events = Vec::new();
        for tx in block.txs {
            match tx {
                Ok(tx) => events.extend(tx.events),
                // It did nothing.
                Err(Error::Failed { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        let of_contracts = events
            .into_iter()
            .filter(|event| event.contract().is_some());
        Ok(Found::Block(Seen {
            time_ms: block.time_ms,
            events: of_contracts.map(LedgerEvent::from).collect(),
        }))
    }

    fn time_of(&self, height: u64) -> Result<Option<u64>, LedgerError> {
        match Node::time_of(self, height) {
            Ok(time_ms) => Ok(Some(time_ms)),
            Err(error) if lowest(&error).is_some() => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}

/// CometBFT: "height 5 is not available, lowest height is 12".
fn lowest(error: &Error) -> Option<u64> {
    let (_, rest) = error.log()?.split_once("lowest height is ")?;
    let digits = rest.split(|c: char| !c.is_ascii_digit()).next()?;
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_that_pruned_says_what_it_still_has() {
        let refused = |log: &str| Error::Rpc {
            method: "block",
            code: -32603,
            log: log.into(),
        };
        let pruned = "Internal error: height 5 is not available, lowest height is 12";
        assert_eq!(lowest(&refused(pruned)), Some(12));
        let ahead = "height 9 must be less than or equal to the current blockchain height 8";
        assert_eq!(lowest(&refused(ahead)), None);
    }
}
