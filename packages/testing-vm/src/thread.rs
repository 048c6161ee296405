//! One call of a contract in an instance of its own, on the thread it is called from.

use cosmwasm_std::{ContractResult, StdError, StdResult};
use cosmwasm_vm::internals::instance_from_module;
use cosmwasm_vm::{Instance, VmError, VmResult};
use wasmer::Store;

use crate::code::Code;
use crate::line::Line;
use crate::meter::{vm_gas, Entry};

pub type Vm = Instance<Line, Line, Line>;

/// The answer, and the VM gas that was used without what storage and queries cost.
pub fn run<T>(
    code: &Code,
    line: &Line,
    entry: Entry,
    sdk_gas: u64,
    call: impl FnOnce(&mut Vm) -> VmResult<ContractResult<T>>,
) -> (StdResult<T>, u64) {
    let store = Store::new(code.engine());
    let limit = vm_gas(sdk_gas);
    match instance_from_module(store, code.module(), line.backend(), limit, None) {
        Ok(mut vm) => {
            vm.set_storage_readonly(entry == Entry::Query);
            let said = settle(call(&mut vm), sdk_gas);
            (said, vm.create_gas_report().used_internally)
        }
        Err(error) => (settle(Err(error), sdk_gas), 0),
    }
}

/// A contract's own error is its text alone, as cw-multi-test has it of native code; what the VM
/// itself says begins with a name of ours.
fn settle<T>(said: VmResult<ContractResult<T>>, sdk_gas: u64) -> StdResult<T> {
    match said {
        Ok(ContractResult::Ok(said)) => Ok(said),
        Ok(ContractResult::Err(text)) => Err(StdError::msg(text)),
        Err(VmError::GasDepletion { .. }) => Err(StdError::msg(format!(
            "vm/out_of_gas: the call needs more than {sdk_gas} gas"
        ))),
        Err(error) => Err(StdError::msg(format!("vm/failed: {error}"))),
    }
}
