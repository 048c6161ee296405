//! The shapes of CometBFT's JSON. Numbers of 64 bits are strings there, empty lists and bytes
//! may be null.

use serde::{de, Deserialize, Deserializer};

#[derive(Deserialize)]
pub(crate) struct AbciQuery {
    pub response: AbciResponse,
}

#[derive(Deserialize)]
pub(crate) struct AbciResponse {
    pub code: u32,
    #[serde(default)]
    pub codespace: String,
    #[serde(default)]
    pub log: String,
    pub value: Option<String>,
    #[serde(deserialize_with = "number")]
    pub height: u64,
}

#[derive(Deserialize)]
pub(crate) struct StatusAnswer {
    pub node_info: NodeInfo,
    pub sync_info: SyncInfo,
}

#[derive(Deserialize)]
pub(crate) struct NodeInfo {
    pub network: String,
}

#[derive(Deserialize)]
pub(crate) struct SyncInfo {
    #[serde(deserialize_with = "number")]
    pub latest_block_height: u64,
    pub latest_block_time: String,
    pub catching_up: bool,
}

#[derive(Deserialize)]
pub(crate) struct BroadcastAnswer {
    pub code: u32,
    #[serde(default)]
    pub codespace: String,
    #[serde(default)]
    pub log: String,
}

#[derive(Deserialize)]
pub(crate) struct TxAnswer {
    pub hash: String,
    #[serde(deserialize_with = "number")]
    pub height: u64,
    pub tx_result: ExecResult,
    /// The transaction itself, base64.
    #[serde(default)]
    pub tx: String,
}

#[derive(Deserialize)]
pub(crate) struct BlockAnswer {
    pub block: BlockBody,
}

#[derive(Deserialize)]
pub(crate) struct BlockBody {
    pub header: Header,
    pub data: BlockData,
}

#[derive(Deserialize)]
pub(crate) struct Header {
    pub time: String,
}

#[derive(Deserialize)]
pub(crate) struct BlockData {
    #[serde(default, deserialize_with = "or_default")]
    pub txs: Vec<String>,
}

#[derive(Deserialize)]
pub(crate) struct BlockResults {
    #[serde(default, deserialize_with = "or_default")]
    pub txs_results: Vec<ExecResult>,
}

#[derive(Deserialize)]
pub(crate) struct ExecResult {
    pub code: u32,
    #[serde(default)]
    pub codespace: String,
    #[serde(default)]
    pub log: String,
    #[serde(default, deserialize_with = "or_default")]
    pub data: String,
    #[serde(deserialize_with = "signed")]
    pub gas_wanted: i64,
    #[serde(deserialize_with = "signed")]
    pub gas_used: i64,
    #[serde(default, deserialize_with = "or_default")]
    pub events: Vec<WireEvent>,
}

#[derive(Deserialize)]
pub(crate) struct WireEvent {
    #[serde(rename = "type")]
    pub ty: String,
    #[serde(default, deserialize_with = "or_default")]
    pub attributes: Vec<WireAttribute>,
}

#[derive(Deserialize)]
pub(crate) struct WireAttribute {
    #[serde(default)]
    pub key: String,
    #[serde(default)]
    pub value: String,
}

pub(crate) fn number<'de, D: Deserializer<'de>>(from: D) -> Result<u64, D::Error> {
    String::deserialize(from)?
        .parse()
        .map_err(de::Error::custom)
}

fn signed<'de, D: Deserializer<'de>>(from: D) -> Result<i64, D::Error> {
    String::deserialize(from)?
        .parse()
        .map_err(de::Error::custom)
}

pub(crate) fn or_default<'de, D, T>(from: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Ok(Option::<T>::deserialize(from)?.unwrap_or_default())
}

#[derive(Deserialize)]
pub(crate) struct SearchAnswer {
    #[serde(default, deserialize_with = "or_default")]
    pub txs: Vec<TxAnswer>,
    #[serde(deserialize_with = "number")]
    pub total_count: u64,
}

#[derive(Deserialize)]
pub(crate) struct HeaderAnswer {
    pub header: Header,
}
