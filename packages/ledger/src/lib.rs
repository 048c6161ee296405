//! What gateway, vault, key agent and keeper need of a chain. `vitals-chain-client` gives it over
//! a node's RPC; the tests give it over cw-multi-test. Services are written against this alone.

use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde::Serialize;
use serde_json::Value;

mod deployment;

pub use deployment::{Deployment, DeploymentError};

/// Why a chain did not do or answer something.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LedgerError {
    /// Try again: nothing is known to have happened.
    #[error("chain/unreachable: {cause}")]
    Unreachable { cause: String },
    /// The chain refused; the text begins with the contract's stable code where a contract did.
    #[error("{reason}")]
    Refused { reason: String },
    /// The node answered something else than was asked.
    #[error("chain/answer: {what}: {cause}")]
    Answer { what: String, cause: String },
}

impl LedgerError {
    /// The stable code of a refusal: what stands before the first colon.
    pub fn code(&self) -> &str {
        match self {
            Self::Refused { reason } => reason.split(':').next().unwrap_or(reason),
            Self::Unreachable { .. } => "chain/unreachable",
            Self::Answer { .. } => "chain/answer",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Funds {
    pub denom: String,
    pub amount: u128,
}

/// One message to a contract.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    pub contract: String,
    pub msg: Value,
    pub funds: Vec<Funds>,
}

impl Call {
    pub fn new(contract: &str, msg: &impl Serialize) -> Result<Self, LedgerError> {
        Ok(Self {
            contract: contract.into(),
            msg: serde_json::to_value(msg).map_err(|cause| LedgerError::Answer {
                what: "message".into(),
                cause: cause.to_string(),
            })?,
            funds: Vec::new(),
        })
    }

    pub fn with_funds(mut self, denom: &str, amount: u128) -> Self {
        self.funds.push(Funds {
            denom: denom.into(),
            amount,
        });
        self
    }
}

/// An event of a contract, as the chain reports it (its type begins with `wasm-`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerEvent {
    pub ty: String,
    pub attributes: Vec<(String, String)>,
}

impl LedgerEvent {
    pub fn attribute(&self, key: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(k, _)| k == key)
            .map(|(_, v)| v.as_str())
    }
}

/// What became of a transaction.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TxOutcome {
    pub hash: String,
    pub height: u64,
    /// 0 where the chain does not meter.
    pub gas_used: u64,
    pub events: Vec<LedgerEvent>,
}

impl TxOutcome {
    /// An attribute of the first event of this name (without `wasm-`) by this contract. Only the
    /// runtime writes `_contract_address`, so no other contract can pass for it.
    pub fn attribute(&self, contract: &str, event: &str, key: &str) -> Option<&str> {
        self.events
            .iter()
            .filter(|e| e.ty.strip_prefix("wasm-") == Some(event))
            .find(|e| e.attribute("_contract_address") == Some(contract))
            .and_then(|e| e.attribute(key))
    }
}

/// Reading a chain.
pub trait Reader {
    fn chain_id(&self) -> Result<String, LedgerError>;

    /// Time of the latest block, milliseconds since 1970.
    fn block_time_ms(&self) -> Result<u64, LedgerError>;

    /// Height of the latest block.
    fn height(&self) -> Result<u64, LedgerError>;

    fn query(&self, contract: &str, msg: &Value) -> Result<Value, LedgerError>;

    fn balance(&self, account: &str, denom: &str) -> Result<u128, LedgerError>;
}

/// How far a node's latest block lies behind a clock: whole seconds, 0 where it is ahead. Of what
/// the chain was told since, a revocation perhaps, the node has not heard: each service says from
/// what age on it decides nothing by it.
pub fn block_age_s(block_ms: u64, now_ms: u64) -> u64 {
    now_ms.saturating_sub(block_ms) / 1_000
}

/// Acting on a chain as one account.
pub trait Account: Reader {
    fn address(&self) -> &str;

    /// One transaction with these messages: all of them happen, or none.
    fn execute(&self, calls: &[Call]) -> Result<TxOutcome, LedgerError>;
}

/// A typed smart query.
pub fn query<T: DeserializeOwned>(
    reader: &(impl Reader + ?Sized),
    contract: &str,
    msg: &impl Serialize,
) -> Result<T, LedgerError> {
    let answer = |cause: serde_json::Error| LedgerError::Answer {
        what: format!("query of {contract}"),
        cause: cause.to_string(),
    };
    let msg = serde_json::to_value(msg).map_err(answer)?;
    serde_json::from_value(reader.query(contract, &msg)?).map_err(answer)
}

impl<T: Reader + ?Sized> Reader for Arc<T> {
    fn chain_id(&self) -> Result<String, LedgerError> {
        (**self).chain_id()
    }

    fn block_time_ms(&self) -> Result<u64, LedgerError> {
        (**self).block_time_ms()
    }

    fn height(&self) -> Result<u64, LedgerError> {
        (**self).height()
    }

    fn query(&self, contract: &str, msg: &Value) -> Result<Value, LedgerError> {
        (**self).query(contract, msg)
    }

    fn balance(&self, account: &str, denom: &str) -> Result<u128, LedgerError> {
        (**self).balance(account, denom)
    }
}

impl<T: Account + ?Sized> Account for Arc<T> {
    fn address(&self) -> &str {
        (**self).address()
    }

    fn execute(&self, calls: &[Call]) -> Result<TxOutcome, LedgerError> {
        (**self).execute(calls)
    }
}
