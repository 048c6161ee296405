//! Reading from a node.

use base64::engine::general_purpose::STANDARD as BASE64;
use base64::Engine;
use cosmrs::proto::cosmos::auth::v1beta1::{QueryAccountInfoRequest, QueryAccountInfoResponse};
use cosmrs::proto::cosmos::bank::v1beta1::{QueryBalanceRequest, QueryBalanceResponse};
use cosmrs::proto::cosmos::base::query::v1beta1::PageRequest;
use cosmrs::proto::cosmwasm::wasm::v1::{
    CodeInfoResponse, QueryCodeRequest, QueryCodesRequest, QueryCodesResponse,
    QueryContractInfoRequest, QueryContractInfoResponse, QueryRawContractStateRequest,
    QueryRawContractStateResponse, QuerySmartContractStateRequest, QuerySmartContractStateResponse,
};
use cosmrs::tendermint::Time;
use serde::de::DeserializeOwned;
use serde::Serialize;
use serde_json::json;

use crate::rpc::Rpc;
use crate::wire::{StatusAnswer, TxAnswer};
use crate::{input, Error, Result, TxResult};

/// Codes in one page of [`Node::codes`].
const PAGE: u64 = 100;

/// A node, by the URL of its CometBFT RPC endpoint. Clones share connections; all methods block.
///
/// Nothing the node says is proven to this client: use a node that you trust, best your own.
#[derive(Debug, Clone)]
pub struct Node {
    rpc: Rpc,
}

/// Where the node is on its chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    pub chain_id: String,
    /// The latest block.
    pub height: u64,
    /// The latest block's time, milliseconds since 1970.
    pub time_ms: u64,
    /// Still replaying older blocks.
    pub catching_up: bool,
}

/// What a transaction of an account must name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Account {
    pub number: u64,
    pub sequence: u64,
}

/// A contract's entry in the chain's registry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContractInfo {
    pub code_id: u64,
    pub creator: String,
    /// Who may migrate; `None` if nobody.
    pub admin: Option<String>,
    pub label: String,
}

/// An uploaded code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeInfo {
    pub code_id: u64,
    pub creator: String,
    /// SHA-256 of the wasm.
    pub checksum: [u8; 32],
}

/// A page of codes, in order of id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Codes {
    pub codes: Vec<CodeInfo>,
    /// Where the next page begins, if there is one.
    pub next: Option<Vec<u8>>,
}

impl Node {
    /// Takes `http://host:port` (and `https://` with the feature `tls`); does not connect yet.
    pub fn new(rpc_url: &str) -> Result<Self> {
        Rpc::new(rpc_url).map(|rpc| Self { rpc })
    }

    /// The URL as given.
    pub fn url(&self) -> &str {
        self.rpc.url()
    }

    pub(crate) fn rpc(&self) -> &Rpc {
        &self.rpc
    }

    /// Chain id and latest block.
    pub fn status(&self) -> Result<Status> {
        let answer: StatusAnswer = self.rpc.call("status", json!({}))?;
        Ok(Status {
            chain_id: answer.node_info.network,
            height: answer.sync_info.latest_block_height,
            time_ms: time_ms(&answer.sync_info.latest_block_time)?,
            catching_up: answer.sync_info.catching_up,
        })
    }

    /// Asks a contract. Its own error is readable with [`Error::contract_error`].
    pub fn smart<T: Serialize + ?Sized, R: DeserializeOwned>(
        &self,
        contract: &str,
        query: &T,
    ) -> Result<R> {
        let request = QuerySmartContractStateRequest {
            address: input::address("contract", contract)?.into(),
            query_data: input::json("query", query)?,
        };
        let (answer, _): (QuerySmartContractStateResponse, _) = self
            .rpc
            .query("/cosmwasm.wasm.v1.Query/SmartContractState", &request)?;
        serde_json::from_slice(&answer.data).map_err(|cause| Error::decode("smart query", cause))
    }

    /// Reads one key of a contract's storage; `None` if it is absent (contracts cannot store
    /// empty values).
    pub fn raw(&self, contract: &str, key: &[u8]) -> Result<Option<Vec<u8>>> {
        let request = QueryRawContractStateRequest {
            address: input::address("contract", contract)?.into(),
            query_data: key.to_vec(),
        };
        let (answer, _): (QueryRawContractStateResponse, _) = self
            .rpc
            .query("/cosmwasm.wasm.v1.Query/RawContractState", &request)?;
        Ok((!answer.data.is_empty()).then_some(answer.data))
    }

    /// An account's balance in one denomination; zero if it has none.
    pub fn balance(&self, address: &str, denom: &str) -> Result<u128> {
        let request = QueryBalanceRequest {
            address: input::address("address", address)?.into(),
            denom: denom.to_string(),
        };
        let (answer, _): (QueryBalanceResponse, _) = self
            .rpc
            .query("/cosmos.bank.v1beta1.Query/Balance", &request)?;
        let coin = answer
            .balance
            .ok_or_else(|| Error::decode("balance", "no coin in the answer"))?;
        coin.amount
            .parse()
            .map_err(|cause| Error::decode("balance", cause))
    }

    /// An account's number and next sequence. One that never received coins or a fee grant does
    /// not exist: [`Error::Query`].
    pub fn account(&self, address: &str) -> Result<Account> {
        self.account_at(address).map(|(account, _)| account)
    }

    /// Also returns the height of the state it was read from.
    pub(crate) fn account_at(&self, address: &str) -> Result<(Account, u64)> {
        let request = QueryAccountInfoRequest {
            address: input::address("address", address)?.into(),
        };
        let (answer, height): (QueryAccountInfoResponse, _) = self
            .rpc
            .query("/cosmos.auth.v1beta1.Query/AccountInfo", &request)?;
        let info = answer
            .info
            .ok_or_else(|| Error::decode("account", "no account in the answer"))?;
        let account = Account {
            number: info.account_number,
            sequence: info.sequence,
        };
        Ok((account, height))
    }

    /// Who made a contract, from which code, and who may change it.
    pub fn contract_info(&self, contract: &str) -> Result<ContractInfo> {
        let request = QueryContractInfoRequest {
            address: input::address("contract", contract)?.into(),
        };
        let (answer, _): (QueryContractInfoResponse, _) = self
            .rpc
            .query("/cosmwasm.wasm.v1.Query/ContractInfo", &request)?;
        let info = answer
            .contract_info
            .ok_or_else(|| Error::decode("contract info", "none in the answer"))?;
        Ok(ContractInfo {
            code_id: info.code_id,
            creator: info.creator,
            admin: (!info.admin.is_empty()).then_some(info.admin),
            label: info.label,
        })
    }

    /// An uploaded code's creator and hash, without the code.
    pub fn code_info(&self, code_id: u64) -> Result<CodeInfo> {
        // `QueryCodeInfoRequest` and `QueryCodeInfoResponse` are newer than the protobuf types
        // at hand, whose fields read here have the same numbers: id 1, creator 2, hash 3.
        let request = QueryCodeRequest { code_id };
        let (answer, _): (CodeInfoResponse, _) = self
            .rpc
            .query("/cosmwasm.wasm.v1.Query/CodeInfo", &request)?;
        answer.try_into()
    }

    /// Uploaded codes, up to 100 a page; pass [`Codes::next`] for the following page.
    pub fn codes(&self, page: Option<&[u8]>) -> Result<Codes> {
        let request = QueryCodesRequest {
            pagination: Some(PageRequest {
                key: page.unwrap_or_default().to_vec(),
                limit: PAGE,
                ..PageRequest::default()
            }),
        };
        let (answer, _): (QueryCodesResponse, _) =
            self.rpc.query("/cosmwasm.wasm.v1.Query/Codes", &request)?;
        let codes = answer.code_infos.into_iter();
        Ok(Codes {
            codes: codes.map(CodeInfo::try_from).collect::<Result<_>>()?,
            next: answer
                .pagination
                .map(|page| page.next_key)
                .filter(|key| !key.is_empty()),
        })
    }

    /// Looks up a transaction by its hash in hex; `None` if it is in no block that the node has
    /// indexed, [`Error::Failed`] if it is in a block and failed.
    pub fn tx(&self, hash: &str) -> Result<Option<TxResult>> {
        let mut bytes = [0u8; 32];
        hex::decode_to_slice(hash, &mut bytes)
            .map_err(|cause| Error::input("transaction hash", cause))?;
        let params = json!({"hash": BASE64.encode(bytes), "prove": false});
        match self.rpc.call::<TxAnswer>("tx", params) {
            Ok(answer) => TxResult::read(answer.hash, answer.height, answer.tx_result).map(Some),
            Err(Error::Rpc { log, .. }) if log.ends_with("not found") => Ok(None),
            Err(error) => Err(error),
        }
    }
}

impl TryFrom<CodeInfoResponse> for CodeInfo {
    type Error = Error;

    fn try_from(info: CodeInfoResponse) -> Result<Self> {
        let checksum = info.data_hash.as_slice().try_into();
        Ok(Self {
            code_id: info.code_id,
            creator: info.creator,
            checksum: checksum.map_err(|cause| Error::decode("code hash", cause))?,
        })
    }
}

/// Milliseconds since 1970 of an RFC 3339 time.
pub(crate) fn time_ms(text: &str) -> Result<u64> {
    let time = Time::parse_from_rfc3339(text).map_err(|cause| Error::decode("time", cause))?;
    let since = time
        .duration_since(Time::unix_epoch())
        .map_err(|cause| Error::decode("time", cause))?;
    u64::try_from(since.as_millis()).map_err(|cause| Error::decode("time", cause))
}

#[cfg(test)]
#[path = "node_tests.rs"]
mod tests;
