//! Whole blocks, for followers of events.

use base64::engine::general_purpose::STANDARD as BASE64;
use base64::Engine;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::node::{time_ms, Node};
use crate::wire::{BlockAnswer, BlockResults};
use crate::{Error, Result, TxResult};

/// A committed block and what its transactions did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    pub height: u64,
    /// Milliseconds since 1970: what contracts of this block saw as the time.
    pub time_ms: u64,
    /// In order of execution; a transaction that failed is an [`Error::Failed`] with its hash.
    pub txs: Vec<Result<TxResult>>,
}

impl Node {
    /// Reads one committed block with its results. A height beyond the latest, or one that the
    /// node has pruned, is an [`Error::Rpc`].
    pub fn block(&self, height: u64) -> Result<Block> {
        let params = json!({"height": height.to_string()});
        let block: BlockAnswer = self.rpc().call("block", params.clone())?;
        let results: BlockResults = self.rpc().call("block_results", params)?;
        read_block(height, block, results)
    }
}

/// Upper-case hex of the SHA-256, which is how CometBFT names a transaction.
pub(crate) fn tx_hash(tx: &[u8]) -> String {
    hex::encode_upper(Sha256::digest(tx))
}

fn read_block(height: u64, block: BlockAnswer, results: BlockResults) -> Result<Block> {
    let txs = block.block.data.txs;
    if txs.len() != results.txs_results.len() {
        return Err(Error::decode(
            "block",
            format!(
                "{} transactions but {} results",
                txs.len(),
                results.txs_results.len()
            ),
        ));
    }
    let hashes = txs
        .iter()
        .map(|tx| BASE64.decode(tx).map(|bytes| tx_hash(&bytes)))
        .collect::<std::result::Result<Vec<_>, _>>()
        .map_err(|cause| Error::decode("block", cause))?;
    let executed = hashes.into_iter().zip(results.txs_results);
    Ok(Block {
        height,
        time_ms: time_ms(&block.block.header.time)?,
        txs: executed
            .map(|(hash, result)| TxResult::read(hash, height, result))
            .collect(),
    })
}

#[cfg(test)]
#[path = "block_tests.rs"]
mod tests;
