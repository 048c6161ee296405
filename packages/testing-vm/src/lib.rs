//! Compiled contracts in cosmwasm-vm behind cw-multi-test's `Contract` trait: several together, on
//! the bytes a chain would run, with a meter. A crate of its own, since cosmwasm-vm and wasmer are
//! a build that ordinary contract tests need not pay for.
//!
//! A call runs in a fresh instance on a thread of its own, because the VM wants a storage it owns
//! while cw-multi-test lends one. The thread asks for storage, queries and addresses over a
//! channel (`line`); the caller's thread answers from what it was lent (`desk`), in order, until
//! the call is done. What was asked for is counted there (`meter`).

mod code;
mod contract;
mod desk;
mod line;
mod meter;
mod thread;

pub use code::{Code, CodeError};
pub use contract::{artifacts, VmContract};
pub use meter::{
    CallRecord, Entry, Meter, Tally, Usage, DEFAULT_LIMIT, INSTANCE_GAS, VM_GAS_PER_SDK_GAS,
};
