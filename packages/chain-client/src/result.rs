//! What an executed transaction left behind.

use base64::engine::general_purpose::STANDARD as BASE64;
use base64::Engine;
use cosmrs::proto::cosmos::base::abci::v1beta1::TxMsgData;
use cosmrs::proto::cosmwasm::wasm::v1::{MsgExecuteContractResponse, MsgMigrateContractResponse};
use cosmrs::proto::traits::{Message, Name};

use crate::wire::{ExecResult, WireEvent};
use crate::{Error, Result};

/// The attribute that wasmd writes into every event of a contract. Contracts cannot write names
/// that begin with an underscore, so this one says truly who emitted the event.
const CONTRACT: &str = "_contract_address";

/// A transaction that succeeded in a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TxResult {
    /// SHA-256 of the transaction, upper-case hex as explorers show it.
    pub hash: String,
    pub height: u64,
    pub gas_used: u64,
    pub gas_wanted: u64,
    pub events: Vec<Event>,
    /// One for each message, in order.
    pub responses: Vec<MsgResponse>,
}

/// An event with its attributes in order; names may repeat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    pub ty: String,
    pub attributes: Vec<(String, String)>,
}

/// What a message returned, as the protobuf type that `type_url` names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MsgResponse {
    pub type_url: String,
    pub value: Vec<u8>,
}

impl Event {
    /// The first attribute of that name.
    pub fn attribute(&self, key: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, value)| value.as_str())
    }

    /// The contract that emitted the event, as the chain attests; `None` for events of the SDK.
    pub fn contract(&self) -> Option<&str> {
        let of_contract = self.ty == "wasm" || self.ty.starts_with("wasm-");
        of_contract.then(|| self.attribute(CONTRACT)).flatten()
    }
}

impl TxResult {
    /// Events of one type that one contract emitted. A contract's `Event::new("consent")` has
    /// type `wasm-consent` here, its plain attributes are in type `wasm`.
    pub fn events_of<'a>(
        &'a self,
        ty: &'a str,
        contract: &'a str,
    ) -> impl Iterator<Item = &'a Event> {
        self.events
            .iter()
            .filter(move |event| event.ty == ty && event.contract() == Some(contract))
    }

    /// The first attribute of that name in such events.
    pub fn attribute(&self, ty: &str, contract: &str, key: &str) -> Option<&str> {
        self.events
            .iter()
            .filter(|event| event.ty == ty && event.contract() == Some(contract))
            .find_map(|event| event.attribute(key))
    }

    /// The bytes that the contract returned for a message, by the message's position; `None` if
    /// there is no such message or it neither executed nor migrated a contract.
    pub fn contract_data(&self, message: usize) -> Result<Option<Vec<u8>>> {
        let Some(response) = self.responses.get(message) else {
            return Ok(None);
        };
        if response.is::<MsgExecuteContractResponse>() {
            let decoded: MsgExecuteContractResponse = response.decode()?;
            return Ok(Some(decoded.data));
        }
        if response.is::<MsgMigrateContractResponse>() {
            let decoded: MsgMigrateContractResponse = response.decode()?;
            return Ok(Some(decoded.data));
        }
        Ok(None)
    }

    /// The first message's response.
    pub(crate) fn first_response<M: Message + Name + Default>(&self) -> Result<M> {
        match self.responses.first() {
            Some(response) if response.is::<M>() => response.decode(),
            other => Err(Error::decode(
                "message response",
                format!(
                    "expected {}, found {:?}",
                    M::type_url(),
                    other.map(|response| &response.type_url)
                ),
            )),
        }
    }

    /// Reads an execution result; a failed one becomes [`Error::Failed`].
    pub(crate) fn read(hash: String, height: u64, executed: ExecResult) -> Result<Self> {
        if executed.code != 0 {
            return Err(Error::Failed {
                hash: Some(hash),
                code: executed.code,
                codespace: executed.codespace,
                log: executed.log,
            });
        }
        Ok(Self {
            hash,
            height,
            gas_used: gas(executed.gas_used)?,
            gas_wanted: gas(executed.gas_wanted)?,
            events: executed.events.into_iter().map(Event::from).collect(),
            responses: responses(&executed.data)?,
        })
    }
}

impl MsgResponse {
    fn is<M: Name>(&self) -> bool {
        self.type_url == M::type_url()
    }

    fn decode<M: Message + Default>(&self) -> Result<M> {
        M::decode(self.value.as_slice()).map_err(|cause| Error::decode("message response", cause))
    }
}

impl From<WireEvent> for Event {
    fn from(event: WireEvent) -> Self {
        let attributes = event.attributes.into_iter();
        Self {
            ty: event.ty,
            attributes: attributes.map(|pair| (pair.key, pair.value)).collect(),
        }
    }
}

fn gas(amount: i64) -> Result<u64> {
    u64::try_from(amount).map_err(|cause| Error::decode("gas", cause))
}

fn responses(data: &str) -> Result<Vec<MsgResponse>> {
    let bytes = BASE64
        .decode(data)
        .map_err(|cause| Error::decode("transaction data", cause))?;
    let data = TxMsgData::decode(bytes.as_slice())
        .map_err(|cause| Error::decode("transaction data", cause))?;
    let responses = data.msg_responses.into_iter();
    Ok(responses
        .map(|any| MsgResponse {
            type_url: any.type_url,
            value: any.value,
        })
        .collect())
}

#[cfg(test)]
#[path = "result_tests.rs"]
mod tests;
