//! The claims contract from a command's side: who asks, who sends.

use clap::Args;
use cosmwasm_std::Uint64;
use serde::de::DeserializeOwned;
use vitals_api::claims::cw20::ReceiveMsg;
use vitals_api::claims::{DenomMsg, ExecuteMsg, PolicyInfo, ProductInfo, QueryMsg};
use vitals_api::page::MAX_LIMIT;
use vitals_chain_client::{Node, Sender};
use vitals_insurance::{funded, Money};
use vitals_ledger::{Account, Call, Deployment};

use crate::connect::{AccountArgs, DeploymentArgs, NodeArgs};
use crate::failure::Failure;
use crate::say;

/// Options of a command that only asks.
#[derive(Debug, Args)]
pub struct AskArgs {
    #[command(flatten)]
    node: NodeArgs,
    #[command(flatten)]
    deployment: DeploymentArgs,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Options of a command that sends.
#[derive(Debug, Args)]
pub struct SendArgs {
    #[command(flatten)]
    pub account: AccountArgs,
    #[command(flatten)]
    pub deployment: DeploymentArgs,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// The contract, read from a node.
pub struct Counter {
    pub node: Node,
    pub at: Deployment,
    pub json: bool,
}

/// The contract, and an account that sends to it.
pub struct Desk {
    pub counter: Counter,
    sender: Sender,
}

impl AskArgs {
    pub fn open(&self) -> Result<Counter, Failure> {
        Ok(Counter {
            node: self.node.connect()?,
            at: self.deployment.read()?,
            json: self.json,
        })
    }
}

impl SendArgs {
    pub fn open(&self) -> Result<Desk, Failure> {
        let counter = Counter {
            node: self.account.node()?,
            at: self.deployment.read()?,
            json: self.json,
        };
        Ok(Desk {
            counter,
            sender: self.account.connect()?,
        })
    }

    /// Sends one message that takes no funds.
    pub fn execute(&self, msg: &ExecuteMsg) -> Result<(), Failure> {
        self.open()?.execute(msg)
    }
}

impl Counter {
    pub fn ask<T: DeserializeOwned>(&self, asked: &QueryMsg) -> Result<T, Failure> {
        Ok(vitals_ledger::query(&self.node, &self.at.claims, asked)?)
    }

    /// A list whose pages say where it goes on: `asked` has where to go on, `page` gives a page's
    /// entries and the next such place.
    pub fn all<P: DeserializeOwned, T, C>(
        &self,
        asked: impl Fn(Option<C>, Option<u32>) -> QueryMsg,
        page: impl Fn(P) -> (Vec<T>, Option<C>),
    ) -> Result<Vec<T>, Failure> {
        let mut all = Vec::new();
        let mut next = None;
        loop {
            let (entries, goes_on) = page(self.ask(&asked(next, Some(MAX_LIMIT)))?);
            all.extend(entries);
            if goes_on.is_none() {
                return Ok(all);
            }
            next = goes_on;
        }
    }

    pub fn product(&self, product: u64, version: Option<u32>) -> Result<ProductInfo, Failure> {
        self.ask(&QueryMsg::Product {
            product: Uint64::new(product),
            version,
        })
    }

    pub fn policy(&self, policy: u64) -> Result<PolicyInfo, Failure> {
        self.ask(&QueryMsg::Policy {
            policy: Uint64::new(policy),
        })
    }

    /// What a policy's money is in.
    pub fn denom_of(&self, policy: &PolicyInfo) -> Result<DenomMsg, Failure> {
        Ok(self.product(policy.product.u64(), None)?.denom)
    }
}

impl Desk {
    pub fn execute(&self, msg: &ExecuteMsg) -> Result<(), Failure> {
        self.send(Call::new(&self.counter.at.claims, msg)?)
    }

    /// Sends a message with the funds it takes.
    pub fn pay(&self, msg: &ReceiveMsg, money: &Money) -> Result<(), Failure> {
        if !self.counter.json {
            println!("paying {money}");
        }
        self.send(funded(&self.counter.at.claims, msg, money)?)
    }

    fn send(&self, call: Call) -> Result<(), Failure> {
        let done = Account::execute(&self.sender, &[call])?;
        say::done(&done, &self.counter.at.claims, self.counter.json);
        Ok(())
    }
}
