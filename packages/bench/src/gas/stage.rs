//! The stage: the contracts, who acts, and the figures so far.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use std::thread::sleep;
use std::time::Duration;

use anyhow::{ensure, Context, Result};
use cosmwasm_std::Uint64;
use serde::Serialize;
use vitals_api::registry;
use vitals_chain_client::{Coin, Node, Sender, TxResult};
use vitals_core::signing::DeploymentId;
use vitals_core::time::Millis;

use super::chain::Chain;
use super::contract::{message_name, Contract};
use super::cost::{Cost, State, Stored};
use super::Costs;

/// From the 128th transaction of an account on, its sequence number takes a byte more.
const SEQUENCES: u64 = 127;
/// A contract is told the height in decimal: it has three digits throughout. From 128 on it also takes two
/// bytes where the chain keeps at which height a contract was made.
const HEIGHTS: RangeInclusive<u64> = 128..=999;

pub struct Stage<'a> {
    pub chain: &'a Chain,
    pub(super) node: Node,
    senders: BTreeMap<String, Sender>,
    pub(super) at: BTreeMap<Contract, String>,
    pub deployment: DeploymentId,
    costs: Costs,
    /// `contract.message` of every message sent to a contract of ours.
    measured: BTreeSet<String>,
}

impl<'a> Stage<'a> {
    pub fn set(chain: &'a Chain) -> Result<Self> {
        let mut senders = BTreeMap::new();
        for name in chain.names() {
            senders.insert(name.to_string(), chain.sender(name)?);
        }
        let stage = Self {
            chain,
            node: chain.client()?,
            senders,
            at: BTreeMap::new(),
            deployment: [0; 32],
            costs: Costs::new(),
            measured: BTreeSet::new(),
        };
        stage.warm()?;
        Ok(stage)
    }

    /// An account's first transaction stores its key, and its number takes no byte; the first blocks' heights
    /// are shorter than the later ones'.
    fn warm(&self) -> Result<()> {
        let one = self.coins(1)?;
        for sender in self.senders.values() {
            sender.bank_send(sender.wallet().address(), &one)?;
        }
        while self.node.status()?.height < *HEIGHTS.start() {
            sleep(Duration::from_millis(200));
        }
        Ok(())
    }

    pub fn at(&self, contract: Contract) -> Result<&str> {
        let at = self.at.get(&contract).map(String::as_str);
        at.with_context(|| format!("{} is not deployed", contract.name()))
    }

    pub fn sender(&self, name: &str) -> Result<&Sender> {
        self.senders
            .get(name)
            .with_context(|| format!("nobody is called {name}"))
    }

    pub fn address(&self, name: &str) -> Result<String> {
        Ok(self.sender(name)?.wallet().address().to_string())
    }

    pub fn coins(&self, amount: u128) -> Result<Vec<Coin>> {
        let denom = self.chain.denom().parse();
        let denom = denom.map_err(|e| anyhow::anyhow!("{e:#}"))?;
        Ok(vec![Coin { denom, amount }])
    }

    pub fn now_ms(&self) -> Result<Millis> {
        Ok(self.node.status()?.time_ms)
    }

    pub fn now_s(&self) -> Result<u64> {
        Ok(self.now_ms()? / 1_000)
    }

    /// Returns once the chain's time is past an instant.
    pub fn wait_past(&self, at_ms: Millis) -> Result<()> {
        while self.now_ms()? <= at_ms {
            sleep(Duration::from_millis(100));
        }
        Ok(())
    }

    pub fn query<R: serde::de::DeserializeOwned>(
        &self,
        contract: Contract,
        msg: &impl Serialize,
    ) -> Result<R> {
        Ok(self.node.smart(self.at(contract)?, msg)?)
    }

    /// The number of a device's last action, as the registry counts.
    pub fn device_action(&self, device: Uint64) -> Result<u64> {
        let asked = registry::QueryMsg::Device { device };
        let info: registry::DeviceInfo = self.query(Contract::DeviceRegistry, &asked)?;
        Ok(info.action.u64())
    }

    /// What must be so before something is measured.
    pub fn act(&self, who: &str, contract: Contract, msg: &impl Serialize) -> Result<TxResult> {
        self.act_paid(who, contract, msg, &[])
    }

    pub fn act_paid(
        &self,
        who: &str,
        contract: Contract,
        msg: &impl Serialize,
        funds: &[Coin],
    ) -> Result<TxResult> {
        self.sender(who)?
            .execute(self.at(contract)?, msg, funds)
            .with_context(|| format!("{who}: {}", contract.name()))
    }

    /// Measures a message under its own name, `contract.message`.
    pub fn measure(
        &mut self,
        who: &str,
        contract: Contract,
        msg: &impl Serialize,
    ) -> Result<TxResult> {
        let name = message_name(contract, msg)?;
        self.measure_as(&name, who, contract, msg)
    }

    /// Measures a message under a name of this bench.
    pub fn measure_as(
        &mut self,
        name: &str,
        who: &str,
        contract: Contract,
        msg: &impl Serialize,
    ) -> Result<TxResult> {
        self.measure_paid(name, who, contract, msg, &[])
    }

    pub fn measure_paid(
        &mut self,
        name: &str,
        who: &str,
        contract: Contract,
        msg: &impl Serialize,
        funds: &[Coin],
    ) -> Result<TxResult> {
        self.measured.insert(message_name(contract, msg)?);
        let at = self.at(contract)?.to_string();
        self.measure_at(name, who, &at, msg, funds)
    }

    /// Measures a message to any contract.
    pub fn measure_at(
        &mut self,
        name: &str,
        who: &str,
        contract: &str,
        msg: &impl Serialize,
        funds: &[Coin],
    ) -> Result<TxResult> {
        let (done, cost) = self
            .probe_at(who, contract, msg, funds)
            .with_context(|| name.to_string())?;
        self.keep(name, cost)?;
        Ok(done)
    }

    /// Sends a message and says what it cost, for the caller to keep or not.
    pub fn probe(
        &mut self,
        who: &str,
        contract: Contract,
        msg: &impl Serialize,
    ) -> Result<(TxResult, Cost)> {
        self.measured.insert(message_name(contract, msg)?);
        self.probe_at(who, self.at(contract)?, msg, &[])
    }

    pub fn probe_at(
        &self,
        who: &str,
        contract: &str,
        msg: &impl Serialize,
        funds: &[Coin],
    ) -> Result<(TxResult, Cost)> {
        self.check_sequence(who)?;
        let before = self.states(contract)?;
        let done = self
            .sender(who)?
            .execute(contract, msg, funds)
            .with_context(|| who.to_string())?;
        let after = self.states(contract)?;
        let changed = before.iter().zip(&after);
        let cost = Cost {
            gas: done.gas_used,
            tx_bytes: self.chain.tx_bytes(&done.hash)?,
            loads: u64::try_from(done.events.iter().filter(|e| e.ty == "execute").count())?,
            stored: changed.fold(Stored::default(), |sum, (before, after)| {
                sum.and(Stored::between(before, after))
            }),
        };
        ensure!(
            HEIGHTS.contains(&done.height),
            "block {} is not of one width with the others: its figures would not compare",
            done.height
        );
        Ok((done, cost))
    }

    pub fn keep(&mut self, name: &str, cost: Cost) -> Result<()> {
        eprintln!("{name:<44} {:>9}", cost.gas);
        let before = self.costs.insert(name.to_string(), cost);
        ensure!(before.is_none(), "{name} was measured twice");
        Ok(())
    }

    pub fn cost(&self, name: &str) -> Result<Cost> {
        let cost = self.costs.get(name).copied();
        cost.with_context(|| format!("{name} was not measured"))
    }

    fn check_sequence(&self, who: &str) -> Result<()> {
        let sequence = self.node.account(&self.address(who)?)?.sequence;
        ensure!(
            (1..=SEQUENCES).contains(&sequence),
            "{who}'s sequence {sequence} is not one byte wide: its figures would not compare"
        );
        Ok(())
    }

    /// Of the contract called and of all of ours, which it may call in turn.
    fn states(&self, contract: &str) -> Result<Vec<State>> {
        let ours = self.at.values().map(String::as_str);
        let others = ours.filter(|at| *at != contract);
        std::iter::once(contract)
            .chain(others)
            .map(|at| self.chain.state(at))
            .collect()
    }

    pub fn measured(&self) -> &BTreeSet<String> {
        &self.measured
    }

    pub fn into_costs(self) -> Costs {
        self.costs
    }
}

/// The number in an attribute of an event of a contract of ours.
pub fn number(done: &TxResult, event: &str, key: &str) -> Result<u64> {
    let ty = format!("wasm-{event}");
    done.events
        .iter()
        .filter(|e| e.ty == ty)
        .find_map(|e| e.attribute(key))
        .with_context(|| format!("no {key} in an event {event}"))?
        .parse()
        .with_context(|| format!("{key} of {event} is not a number"))
}
