//! The transactions this system sends: contracts, and coins.

use std::io::Write;

use cosmrs::bank::MsgSend;
use cosmrs::cosmwasm::{
    MsgExecuteContract, MsgInstantiateContract, MsgMigrateContract, MsgStoreCode, MsgUpdateAdmin,
};
use cosmrs::proto::cosmwasm::wasm::v1::{MsgInstantiateContractResponse, MsgStoreCodeResponse};
use cosmrs::tx::Msg;
use cosmrs::{AccountId, Any, Coin};
use flate2::write::GzEncoder;
use flate2::Compression;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::{input, Error, Result, Sender, TxResult};

/// One message to a contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    contract: AccountId,
    msg: Vec<u8>,
    funds: Vec<Coin>,
}

impl Call {
    /// Encodes the message as JSON; a `serde_json::Value` does as well as a message type.
    pub fn new<T: Serialize + ?Sized>(contract: &str, msg: &T, funds: &[Coin]) -> Result<Self> {
        Ok(Self {
            contract: input::address("contract", contract)?,
            msg: input::json("message", msg)?,
            funds: funds.to_vec(),
        })
    }

    /// The message as the transaction carries it, for [`Sender::send`] and [`Sender::simulate`].
    pub fn into_message(self, sender: &Sender) -> Result<Any> {
        message(MsgExecuteContract {
            sender: sender.wallet().account_id().clone(),
            contract: self.contract,
            msg: self.msg,
            funds: self.funds,
        })
    }
}

/// An uploaded code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    pub code_id: u64,
    /// SHA-256 of the wasm, as the chain reports it and as checked here.
    pub checksum: [u8; 32],
    pub tx: TxResult,
}

/// A new contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instantiated {
    pub address: String,
    pub tx: TxResult,
}

impl Sender {
    /// Calls a contract.
    pub fn execute<T: Serialize + ?Sized>(
        &self,
        contract: &str,
        msg: &T,
        funds: &[Coin],
    ) -> Result<TxResult> {
        self.execute_many(vec![Call::new(contract, msg, funds)?])
    }

    /// Calls contracts in one transaction: all succeed or none has an effect.
    pub fn execute_many(&self, calls: Vec<Call>) -> Result<TxResult> {
        if calls.is_empty() {
            return Err(Error::input("calls", "expected at least one"));
        }
        let calls = calls.into_iter();
        let messages = calls
            .map(|call| call.into_message(self))
            .collect::<Result<_>>()?;
        self.send(messages)
    }

    /// Uploads a contract's wasm, compressed: nodes take requests of 1 MB by default, and
    /// simulation doubles the bytes.
    pub fn store_code(&self, wasm: &[u8]) -> Result<Stored> {
        let tx = self.send_one(MsgStoreCode {
            sender: self.wallet().account_id().clone(),
            wasm_byte_code: gzip(wasm)?,
            instantiate_permission: None,
        })?;
        let response: MsgStoreCodeResponse = tx.first_response()?;
        let checksum: [u8; 32] = Sha256::digest(wasm).into();
        if response.checksum != checksum {
            return Err(Error::decode(
                "stored code",
                "the chain reports another checksum than the code's",
            ));
        }
        Ok(Stored {
            code_id: response.code_id,
            checksum,
            tx,
        })
    }

    /// Makes a contract from an uploaded code. Without an admin it can never be migrated.
    pub fn instantiate<T: Serialize + ?Sized>(
        &self,
        code_id: u64,
        msg: &T,
        label: &str,
        admin: Option<&str>,
        funds: &[Coin],
    ) -> Result<Instantiated> {
        let tx = self.send_one(MsgInstantiateContract {
            sender: self.wallet().account_id().clone(),
            admin: admin
                .map(|admin| input::address("admin", admin))
                .transpose()?,
            code_id,
            label: Some(label.to_string()),
            msg: input::json("message", msg)?,
            funds: funds.to_vec(),
        })?;
        let response: MsgInstantiateContractResponse = tx.first_response()?;
        Ok(Instantiated {
            address: response.address,
            tx,
        })
    }

    /// Moves a contract to another code; its admin only.
    pub fn migrate<T: Serialize + ?Sized>(
        &self,
        contract: &str,
        code_id: u64,
        msg: &T,
    ) -> Result<TxResult> {
        self.send_one(MsgMigrateContract {
            sender: self.wallet().account_id().clone(),
            contract: input::address("contract", contract)?,
            code_id,
            msg: input::json("message", msg)?,
        })
    }

    /// Hands the right to migrate to another account; the admin only.
    pub fn update_admin(&self, contract: &str, new_admin: &str) -> Result<TxResult> {
        self.send_one(MsgUpdateAdmin {
            sender: self.wallet().account_id().clone(),
            new_admin: input::address("admin", new_admin)?,
            contract: input::address("contract", contract)?,
        })
    }

    /// Sends coins to an account.
    pub fn bank_send(&self, to: &str, coins: &[Coin]) -> Result<TxResult> {
        self.send_one(MsgSend {
            from_address: self.wallet().account_id().clone(),
            to_address: input::address("recipient", to)?,
            amount: coins.to_vec(),
        })
    }

    fn send_one(&self, msg: impl Msg) -> Result<TxResult> {
        self.send(vec![message(msg)?])
    }
}

fn message(msg: impl Msg) -> Result<Any> {
    msg.into_any()
        .map_err(|cause| Error::input("message", format!("{cause:#}")))
}

fn gzip(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder
        .write_all(wasm)
        .and_then(|()| encoder.finish())
        .map_err(|cause| Error::input("wasm", cause))
}
