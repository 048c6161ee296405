//! Handing signed bytes to the node.

use std::thread::sleep;
use std::time::Duration;

use base64::engine::general_purpose::STANDARD as BASE64;
use base64::Engine;
use serde_json::json;

use crate::wire::BroadcastAnswer;
use crate::{Error, Node, Result};

/// How often the same bytes are handed over when no answer came.
const MAX_BROADCASTS: u32 = 3;

const PAUSE: Duration = Duration::from_millis(100);

/// What is known about the bytes afterwards.
pub(crate) enum Broadcast {
    /// The node has them.
    Accepted,
    /// The node may have them.
    Unanswered,
    /// The node does not have them.
    Refused(Error),
}

/// Broadcasts, and repeats the same bytes while no answer comes.
pub(crate) fn broadcast(node: &Node, tx: &[u8], hash: &str) -> Broadcast {
    let params = json!({"tx": BASE64.encode(tx)});
    for attempt in 0..MAX_BROADCASTS {
        let answer = node
            .rpc()
            .call::<BroadcastAnswer>("broadcast_tx_sync", params.clone());
        match read_broadcast(answer, hash) {
            Broadcast::Unanswered => sleep(PAUSE),
            // An earlier try may have been taken: only the chain knows.
            Broadcast::Refused(_) if attempt > 0 => return Broadcast::Unanswered,
            outcome => return outcome,
        }
    }
    Broadcast::Unanswered
}

fn read_broadcast(answer: Result<BroadcastAnswer>, hash: &str) -> Broadcast {
    match answer {
        Ok(answer) if answer.code == 0 => Broadcast::Accepted,
        Ok(answer) => Broadcast::Refused(Error::Rejected {
            hash: hash.to_string(),
            code: answer.code,
            codespace: answer.codespace,
            log: answer.log,
        }),
        Err(error) if is_refusal(&error) => Broadcast::Refused(error),
        Err(_) => Broadcast::Unanswered,
    }
}

/// Answers that say that the node did not take the transaction. Others, such as a confirmation
/// that did not come in time, leave it open.
fn is_refusal(error: &Error) -> bool {
    match error {
        Error::Rpc { log, .. } => ["already exists in cache", "mempool is full", "too large"]
            .iter()
            .any(|reason| log.to_lowercase().contains(reason)),
        Error::Http { status, .. } => (400..500).contains(status),
        _ => false,
    }
}
