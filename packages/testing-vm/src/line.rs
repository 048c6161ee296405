//! The VM's side of the channel: storage, querier and address conversion that ask the caller.

use std::sync::mpsc::{channel, Sender};

use cosmwasm_std::{Binary, ContractResult, Order, Record, SystemResult};
use cosmwasm_vm::{Backend, BackendApi, BackendError, BackendResult, GasInfo, Querier, Storage};

use crate::meter::{vm_gas, CANONICALIZE_GAS, HUMANIZE_GAS};

/// An answer with the SDK gas that it cost.
pub type Reply<T> = Sender<(T, u64)>;

/// What a contract asks of its chain.
pub enum Request {
    Get(Vec<u8>, Reply<Option<Vec<u8>>>),
    Set(Vec<u8>, Vec<u8>, Reply<()>),
    Remove(Vec<u8>, Reply<()>),
    /// From (inclusive), to (exclusive).
    Scan(Option<Vec<u8>>, Option<Vec<u8>>, Order, Reply<u32>),
    Next(u32, Reply<Option<Record>>),
    Query(Vec<u8>, Reply<SystemResult<ContractResult<Binary>>>),
    Validate(String, Reply<Result<(), String>>),
    Canonicalize(String, Reply<Result<Vec<u8>, String>>),
    Humanize(Vec<u8>, Reply<Result<String, String>>),
}

#[derive(Clone)]
pub struct Line(Sender<Request>);

impl Line {
    pub fn new(requests: Sender<Request>) -> Self {
        Self(requests)
    }

    pub fn backend(&self) -> Backend<Line, Line, Line> {
        Backend {
            api: self.clone(),
            storage: self.clone(),
            querier: self.clone(),
        }
    }

    fn ask<T>(&self, request: impl FnOnce(Reply<T>) -> Request) -> BackendResult<T> {
        let (reply, answer) = channel();
        let sent = self.0.send(request(reply)).is_ok();
        match answer.recv() {
            Ok((value, sdk_gas)) if sent => {
                (Ok(value), GasInfo::with_externally_used(vm_gas(sdk_gas)))
            }
            _ => {
                let gone = BackendError::unknown("the caller stopped answering");
                (Err(gone), GasInfo::free())
            }
        }
    }

    /// Addresses cost what wasmd's API says, whatever the answer.
    fn convert<T>(
        &self,
        sdk_gas: u64,
        request: impl FnOnce(Reply<Result<T, String>>) -> Request,
    ) -> BackendResult<T> {
        let (answer, _) = self.ask(request);
        let converted = answer.and_then(|said| said.map_err(BackendError::user_err));
        (converted, GasInfo::with_cost(vm_gas(sdk_gas)))
    }
}

impl Storage for Line {
    fn get(&self, key: &[u8]) -> BackendResult<Option<Vec<u8>>> {
        self.ask(|reply| Request::Get(key.to_vec(), reply))
    }

    fn scan(
        &mut self,
        start: Option<&[u8]>,
        end: Option<&[u8]>,
        order: Order,
    ) -> BackendResult<u32> {
        let (start, end) = (start.map(<[u8]>::to_vec), end.map(<[u8]>::to_vec));
        self.ask(|reply| Request::Scan(start, end, order, reply))
    }

    fn next(&mut self, iterator_id: u32) -> BackendResult<Option<Record>> {
        self.ask(|reply| Request::Next(iterator_id, reply))
    }

    fn set(&mut self, key: &[u8], value: &[u8]) -> BackendResult<()> {
        self.ask(|reply| Request::Set(key.to_vec(), value.to_vec(), reply))
    }

    fn remove(&mut self, key: &[u8]) -> BackendResult<()> {
        self.ask(|reply| Request::Remove(key.to_vec(), reply))
    }
}

impl Querier for Line {
    fn query_raw(
        &self,
        request: &[u8],
        _gas_limit: u64,
    ) -> BackendResult<SystemResult<ContractResult<Binary>>> {
        self.ask(|reply| Request::Query(request.to_vec(), reply))
    }
}

impl BackendApi for Line {
    fn addr_validate(&self, input: &str) -> BackendResult<()> {
        let gas = CANONICALIZE_GAS + HUMANIZE_GAS;
        self.convert(gas, |reply| Request::Validate(input.into(), reply))
    }

    fn addr_canonicalize(&self, human: &str) -> BackendResult<Vec<u8>> {
        self.convert(CANONICALIZE_GAS, |reply| {
            Request::Canonicalize(human.into(), reply)
        })
    }

    fn addr_humanize(&self, canonical: &[u8]) -> BackendResult<String> {
        self.convert(HUMANIZE_GAS, |reply| {
            Request::Humanize(canonical.to_vec(), reply)
        })
    }
}
