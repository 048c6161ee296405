//! cw-multi-test's `Contract` over compiled code.

use std::path::Path;
use std::sync::mpsc::channel;
use std::thread;

use cosmwasm_std::{
    Binary, Checksum, ContractResult, Deps, DepsMut, Empty, Env, MessageInfo, Reply, Response,
    StdResult,
};
use cosmwasm_vm::{
    call_execute, call_instantiate, call_migrate, call_query, call_reply, call_sudo, VmResult,
};
use cw_multi_test::Contract;
use vitals_testing::Codes;

use crate::code::{Code, CodeError};
use crate::desk::{Desk, Lent};
use crate::line::Line;
use crate::meter::{CallRecord, Entry, Meter};
use crate::thread::{run, Vm};

/// A compiled contract as cw-multi-test takes it.
///
/// cw-multi-test itself knows no gas. A call may use [`Meter::limit`]; a message that a contract
/// sends with a limit may use that, less the instance's flat cost, in the contract it calls; what
/// that contract calls in turn is not held to the same limit. Running out is an error that the
/// sender can catch, also where no limit was set, unlike on a chain.
pub struct VmContract {
    code: Code,
    meter: Meter,
}

impl VmContract {
    pub fn new(code: Code, meter: Meter) -> Self {
        Self { code, meter }
    }

    /// Runs a call and answers it from what cw-multi-test lent.
    fn call<T: Send + 'static>(
        &self,
        desk: Desk<'_>,
        frame: Frame,
        call: impl FnOnce(&mut Vm, &Env) -> VmResult<ContractResult<T>> + Send + 'static,
    ) -> StdResult<T> {
        let Frame {
            entry,
            env,
            sdk_gas,
        } = frame;
        let contract = env.contract.address.clone();
        let sdk_gas = sdk_gas.unwrap_or_else(|| self.meter.default_limit());
        let (requests, inbox) = channel();
        let code = self.code.clone();
        let vm = thread::spawn(move || {
            let line = Line::new(requests);
            run(&code, &line, entry, sdk_gas, |vm| call(vm, &env))
        });
        let mut usage = desk.serve(&inbox);
        let (said, vm_gas) = vm.join().expect("the VM reports errors and does not panic");
        usage.vm_gas = vm_gas;
        self.meter.record(CallRecord {
            contract,
            entry,
            usage,
            ok: said.is_ok(),
        });
        said
    }

    /// A call that may write and answers with a response.
    fn change(
        &self,
        deps: DepsMut<'_>,
        frame: Frame,
        call: impl FnOnce(&mut Vm, &Env) -> VmResult<ContractResult<Response>> + Send + 'static,
    ) -> StdResult<Response> {
        let desk = Desk {
            storage: Lent::Writable(deps.storage),
            api: deps.api,
            querier: &*deps.querier,
            meter: &self.meter,
        };
        let sender = frame.env.contract.address.clone();
        let response = self.call(desk, frame, call)?;
        self.meter.allow(&sender, &response);
        Ok(response)
    }
}

/// Which call this is, and what it may use.
struct Frame {
    entry: Entry,
    env: Env,
    sdk_gas: Option<u64>,
}

impl Frame {
    fn new(entry: Entry, env: Env) -> Self {
        Self {
            entry,
            env,
            sdk_gas: None,
        }
    }
}

impl Contract<Empty> for VmContract {
    fn instantiate(
        &self,
        deps: DepsMut<'_>,
        env: Env,
        info: MessageInfo,
        msg: Vec<u8>,
    ) -> StdResult<Response> {
        self.change(deps, Frame::new(Entry::Instantiate, env), move |vm, env| {
            call_instantiate(vm, env, &info, &msg)
        })
    }

    fn execute(
        &self,
        deps: DepsMut<'_>,
        env: Env,
        info: MessageInfo,
        msg: Vec<u8>,
    ) -> StdResult<Response> {
        let sdk_gas = self
            .meter
            .allowance(&info.sender, &env.contract.address, &msg);
        let frame = Frame {
            entry: Entry::Execute,
            env,
            sdk_gas,
        };
        self.change(deps, frame, move |vm, env| {
            call_execute(vm, env, &info, &msg)
        })
    }

    fn query(&self, deps: Deps<'_>, env: Env, msg: Vec<u8>) -> StdResult<Binary> {
        let desk = Desk {
            storage: Lent::Readable(deps.storage),
            api: deps.api,
            querier: &*deps.querier,
            meter: &self.meter,
        };
        self.call(desk, Frame::new(Entry::Query, env), move |vm, env| {
            call_query(vm, env, &msg)
        })
    }

    fn reply(&self, deps: DepsMut<'_>, env: Env, msg: Reply) -> StdResult<Response> {
        self.change(deps, Frame::new(Entry::Reply, env), move |vm, env| {
            call_reply(vm, env, &msg)
        })
    }

    fn sudo(&self, deps: DepsMut<'_>, env: Env, msg: Vec<u8>) -> StdResult<Response> {
        self.change(deps, Frame::new(Entry::Sudo, env), move |vm, env| {
            call_sudo(vm, env, &msg)
        })
    }

    fn migrate(&self, deps: DepsMut<'_>, env: Env, msg: Vec<u8>) -> StdResult<Response> {
        self.change(deps, Frame::new(Entry::Migrate, env), move |vm, env| {
            call_migrate(vm, env, &msg)
        })
    }

    fn checksum(&self) -> Option<Checksum> {
        Some(self.code.checksum())
    }
}

/// The five contracts of a directory of artifacts, all under one meter.
pub fn artifacts(directory: &Path, meter: &Meter) -> Result<Codes, CodeError> {
    let contract = |name: &str| -> Result<vitals_testing::Code, CodeError> {
        let code = Code::read(&directory.join(format!("{name}.wasm")))?;
        Ok(Box::new(VmContract::new(code, meter.clone())))
    };
    Ok(Codes {
        consent: contract("consent")?,
        registry: contract("device_registry")?,
        anchor: contract("vitals_anchor")?,
        care: contract("care")?,
        claims: contract("claims")?,
    })
}
