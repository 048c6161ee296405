//! What calls cost, by the rules of wasmd 0.70 and the SDK's key-value gas configuration.
//!
//! Counted for each call: the VM's own gas (instructions, imports, cryptography, copying; 140,000
//! of it are one SDK gas), and every access to storage with the bytes of key and value. A key is
//! as long as the chain stores it: 33 bytes more than the contract wrote, one for the kind of
//! entry and 32 for the contract. A raw query of another contract is a read.
//!
//! Not counted: the flat [`INSTANCE_GAS`] of every call, compiling, the bytes of the transaction,
//! signatures, events, reading of accounts and balances, and wasmd's own records of a contract.
//! These do not depend on what the contract does with its state.

use std::ops::{Add, AddAssign};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use cosmwasm_std::{Addr, CosmosMsg, Response, WasmMsg};

/// VM gas in one SDK gas (`DefaultGasMultiplier` of wasmd).
pub const VM_GAS_PER_SDK_GAS: u64 = 140_000;
/// SDK gas that wasmd takes for loading an instance (`DefaultInstanceCost`).
pub const INSTANCE_GAS: u64 = 60_000;
/// What an address conversion costs (`DefaultGasCostHumanAddress`, `…CanonicalAddress`).
pub(crate) const HUMANIZE_GAS: u64 = 4;
pub(crate) const CANONICALIZE_GAS: u64 = 5;

/// Bytes before each of a contract's keys in the chain's store.
const STORE_PREFIX: usize = 33;
// `KVGasConfig` of the SDK's store
const READ_FLAT: u64 = 1_000;
const READ_BYTE: u64 = 3;
const WRITE_FLAT: u64 = 2_000;
const WRITE_BYTE: u64 = 30;
const REMOVE_FLAT: u64 = 1_000;
const STEP_FLAT: u64 = 30;

pub(crate) fn vm_gas(sdk_gas: u64) -> u64 {
    sdk_gas.saturating_mul(VM_GAS_PER_SDK_GAS)
}

/// How often, and how many bytes of key and value in all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub count: u64,
    pub bytes: u64,
}

impl Tally {
    /// One access.
    pub(crate) fn of(key: &[u8], value: Option<&[u8]>) -> Self {
        let bytes = STORE_PREFIX + key.len() + value.map_or(0, <[u8]>::len);
        Self {
            count: 1,
            bytes: bytes as u64,
        }
    }

    fn gas(self, flat: u64, byte: u64) -> u64 {
        self.count * flat + self.bytes * byte
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.count += other.count;
        self.bytes += other.bytes;
    }
}

/// What calls used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    /// The VM's own, not counting storage.
    pub vm_gas: u64,
    pub reads: Tally,
    pub writes: Tally,
    pub removes: u64,
    /// Where iterators stood: once when they were made, once for each step; a step past the end
    /// has no bytes.
    pub steps: Tally,
    /// Reads of other contracts' storage.
    pub raw_queries: Tally,
    /// Queries that are not raw: their own usage is in the record of the call they made.
    pub other_queries: u64,
}

impl Usage {
    /// SDK gas of the accesses to storage.
    pub fn storage_gas(&self) -> u64 {
        self.reads.gas(READ_FLAT, READ_BYTE)
            + self.raw_queries.gas(READ_FLAT, READ_BYTE)
            + self.writes.gas(WRITE_FLAT, WRITE_BYTE)
            + self.removes * REMOVE_FLAT
            + self.steps.gas(STEP_FLAT, READ_BYTE)
    }

    /// SDK gas of execution and storage; wasmd rounds the VM's part up.
    pub fn sdk_gas(&self) -> u64 {
        self.vm_gas.div_ceil(VM_GAS_PER_SDK_GAS) + self.storage_gas()
    }

    /// Accesses to storage, of any kind.
    pub fn accesses(&self) -> u64 {
        self.reads.count
            + self.writes.count
            + self.removes
            + self.steps.count
            + self.raw_queries.count
    }
}

impl Add for Usage {
    type Output = Self;

    fn add(mut self, other: Self) -> Self {
        self.vm_gas += other.vm_gas;
        self.reads += other.reads;
        self.writes += other.writes;
        self.removes += other.removes;
        self.steps += other.steps;
        self.raw_queries += other.raw_queries;
        self.other_queries += other.other_queries;
        self
    }
}

impl std::iter::Sum for Usage {
    fn sum<I: Iterator<Item = Self>>(records: I) -> Self {
        records.fold(Self::default(), Add::add)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    Instantiate,
    Execute,
    Query,
    Migrate,
    Reply,
    Sudo,
}

/// One call into a contract. A transaction is several: the messages' and the replies'.
#[derive(Debug, Clone)]
pub struct CallRecord {
    pub contract: Addr,
    pub entry: Entry,
    pub usage: Usage,
    /// Whether the contract said yes.
    pub ok: bool,
}

/// Shared by the contracts of one chain.
#[derive(Clone, Default)]
pub struct Meter(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    records: Vec<CallRecord>,
    /// SDK gas of all calls so far.
    spent: u64,
    gas_limit: Option<u64>,
    allowances: Vec<Allowance>,
}

/// What a contract lets one of its messages use.
struct Allowance {
    sender: Addr,
    contract: String,
    msg: Vec<u8>,
    sdk_gas: u64,
}

impl Meter {
    /// The calls since this was last asked, in the order in which they ended.
    pub fn take(&self) -> Vec<CallRecord> {
        std::mem::take(&mut self.state().records)
    }

    /// Calls from now on may use this much SDK gas each; none is [`DEFAULT_LIMIT`].
    pub fn limit(&self, sdk_gas: Option<u64>) {
        self.state().gas_limit = sdk_gas;
    }

    pub(crate) fn spent(&self) -> u64 {
        self.state().spent
    }

    pub(crate) fn record(&self, record: CallRecord) {
        let mut state = self.state();
        state.spent = state.spent.saturating_add(record.usage.sdk_gas());
        state.records.push(record);
    }

    /// What a call may use where its sender set no limit.
    pub(crate) fn default_limit(&self) -> u64 {
        self.state().gas_limit.unwrap_or(DEFAULT_LIMIT)
    }

    /// Keeps the limits that a response sets to the messages it sends.
    pub(crate) fn allow(&self, sender: &Addr, response: &Response) {
        let limited = response.messages.iter().filter_map(|sub| {
            let CosmosMsg::Wasm(WasmMsg::Execute {
                contract_addr, msg, ..
            }) = &sub.msg
            else {
                return None;
            };
            Some(Allowance {
                sender: sender.clone(),
                contract: contract_addr.clone(),
                msg: msg.to_vec(),
                sdk_gas: sub.gas_limit?,
            })
        });
        self.state().allowances.extend(limited);
    }

    /// The limit that a contract set to this message, less what loading the instance takes of it.
    pub(crate) fn allowance(&self, sender: &Addr, contract: &Addr, msg: &[u8]) -> Option<u64> {
        let allowances = &mut self.state().allowances;
        let place = allowances.iter().position(|allowed| {
            allowed.sender == sender && allowed.contract == contract.as_str() && allowed.msg == msg
        })?;
        let allowed = allowances.remove(place);
        Some(allowed.sdk_gas.saturating_sub(INSTANCE_GAS))
    }

    /// A test that panicked elsewhere leaves the counts whole.
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// SDK gas: more than a block of most chains holds, and reached by an endless loop in seconds.
pub const DEFAULT_LIMIT: u64 = 50_000_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_read_costs_1000_and_3_for_each_byte_of_key_and_value() {
        let usage = Usage {
            reads: Tally::of(&[0; 7], Some(&[0; 10])),
            ..Usage::default()
        };
        assert_eq!(usage.storage_gas(), 1_000 + 3 * (33 + 7 + 10));
    }

    #[test]
    fn a_write_costs_2000_and_30_for_each_byte_and_a_removal_1000() {
        let usage = Usage {
            writes: Tally::of(&[0; 7], Some(&[0; 10])),
            removes: 1,
            ..Usage::default()
        };
        assert_eq!(usage.storage_gas(), 2_000 + 30 * (33 + 7 + 10) + 1_000);
    }

    #[test]
    fn a_part_of_an_sdk_gas_counts_as_one() {
        let usage = Usage {
            vm_gas: VM_GAS_PER_SDK_GAS + 1,
            ..Usage::default()
        };
        assert_eq!(usage.sdk_gas(), 2);
    }
}
