#![doc = include_str!("../README.md")]

mod block;
mod broadcast;
mod contracts;
mod error;
mod feegrant;
mod input;
mod ledger;
mod node;
mod paid;
mod prepare;
mod price;
mod result;
mod rpc;
mod search;
mod tx;
mod wallet;
mod wire;

pub use block::Block;
pub use contracts::{Call, Instantiated, Stored};
pub use cosmrs::{Any, Coin};
pub use error::Error;
pub use feegrant::{Allowance, Granted, Period, EXECUTE};
pub use input::{check_prefix, prefix_of};
pub use node::{Account, CodeInfo, Codes, ContractInfo, Node, Status};
pub use paid::Paid;
pub use price::GasPrice;
pub use result::{Event, MsgResponse, TxResult};
pub use search::Seen;
pub use tx::{Pending, Sender};
pub use wallet::{address_of, verify, Wallet};

/// Every fallible function of this crate.
pub type Result<T> = std::result::Result<T, Error>;
