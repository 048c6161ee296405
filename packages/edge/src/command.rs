//! What a person may ask of a gateway, whether it runs or not.

use base64::engine::general_purpose::STANDARD as BASE64;
use base64::Engine;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{json, Value};
use vitals_core::time::Millis;
use vitals_gateway::{BlobStore, Gateway, Quarantined};
use vitals_ledger::Account;
use vitals_ops::Answer;

use crate::orders::STATUS;

/// Names a batch, and brings what it held.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Batch {
    pub device: u64,
    pub sequence: u64,
    /// Base64 of what the patient's key agent opened.
    #[serde(default)]
    pub content: String,
}

/// Carries out a command; none where there is no such.
pub fn act<L: Account, V: BlobStore>(
    gateway: &mut Gateway<L, V>,
    command: &str,
    body: &[u8],
    now_ms: Millis,
) -> Option<Answer> {
    Some(match command {
        STATUS => told(gateway.status()),
        "close" => told(gateway.close_all()),
        "retry" => told(gateway.retry_refused(now_ms)),
        "quarantine" => read(body).and_then(|limit| {
            let found = gateway.quarantined(limit);
            told(found.map(|all| all.iter().map(aside).collect::<Vec<_>>()))
        }),
        "parked" => told(gateway.parked()),
        "parked-export" => read(body).and_then(|batch: Batch| {
            let file = gateway.parked_file(batch.device, batch.sequence);
            told(file.map(|file| BASE64.encode(file)))
        }),
        "parked-restore" => read(body).and_then(|batch| restore(gateway, &batch, now_ms)),
        _ => return None,
    })
}

/// Without the line itself: it holds readings.
fn aside(one: &Quarantined) -> Value {
    json!({
        "first_ms": one.first_ms, "last_ms": one.last_ms, "times": one.times, "code": one.code,
        "source": one.source, "device": one.device, "sequence": one.sequence,
    })
}

fn restore<L: Account, V: BlobStore>(
    gateway: &mut Gateway<L, V>,
    batch: &Batch,
    now_ms: Millis,
) -> Answer {
    let content = BASE64
        .decode(&batch.content)
        .map_err(|cause| format!("edge/request: content: {cause}"))?;
    let (device, sequence) = (batch.device, batch.sequence);
    told(gateway.restore(device, sequence, &content, now_ms))
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, String> {
    serde_json::from_slice(body).map_err(|cause| format!("edge/request: {cause}"))
}

fn told<T: Serialize, E: ToString>(done: Result<T, E>) -> Answer {
    let value: Value = json!(done.map_err(|error| error.to_string())?);
    Ok(value)
}
