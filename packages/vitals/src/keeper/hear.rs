//! What contracts announced since it last heard.

use vitals_chain_client::{Node, Seen, Sender};
use vitals_keeper::{Memory, ANNOUNCEMENTS};
use vitals_ledger::{Deployment, Reader, TxOutcome};

use crate::failure::Failure;

/// Only what the node still has of it.
pub fn hear(chain: &Sender, at: &Deployment, memory: &mut Memory) -> Result<(), Failure> {
    let node: &Node = chain.node();
    let height = node.height()?;
    let mut events = Vec::new();
    for announced in ANNOUNCEMENTS {
        let event = format!("wasm-{}", announced.event);
        let by = Seen {
            event: &event,
            attribute: "_contract_address",
            value: announced.contract(at),
        };
        let found = node.search_after(&[by], memory.heard_through())?;
        let outcomes = found.into_iter().map(TxOutcome::from);
        events.extend(outcomes.flat_map(|outcome| outcome.events));
    }
    memory.hear(at, &events, height);
    Ok(())
}
