//! Compiled modules: each code is compiled once in a process.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use cosmwasm_std::Checksum;
use cosmwasm_vm::internals::{check_wasm, compile_module, Logger};
use cosmwasm_vm::{capabilities_from_csv, Size, VmError, WasmLimits};
use thiserror::Error;
use wasmer::{Engine, Module};

/// What a chain of wasmd 0.70 offers to contracts.
const CAPABILITIES: &str = "iterator,staking,stargate,ibc2,\
    cosmwasm_1_1,cosmwasm_1_2,cosmwasm_1_3,cosmwasm_1_4,cosmwasm_2_0,cosmwasm_2_1,cosmwasm_2_2";
/// wasmd's `contractMemoryLimit`.
const MEMORY: Size = Size::mebi(32);

/// Why bytes are no code.
#[derive(Debug, Error)]
pub enum CodeError {
    #[error("{path} cannot be read: {source}")]
    Unreadable {
        path: String,
        source: std::io::Error,
    },
    #[error("a chain would refuse this code, {checksum}: {source}")]
    Refused { checksum: Checksum, source: VmError },
}

/// A contract's code, checked as a chain checks it when it is stored, and compiled.
#[derive(Clone)]
pub struct Code(Arc<Compiled>);

struct Compiled {
    checksum: Checksum,
    module: Module,
    engine: Engine,
}

impl Code {
    /// Of a file of WebAssembly.
    pub fn read(path: &Path) -> Result<Self, CodeError> {
        let wasm = std::fs::read(path).map_err(|source| CodeError::Unreadable {
            path: path.display().to_string(),
            source,
        })?;
        Self::new(&wasm)
    }

    /// Of WebAssembly. The same bytes are compiled once in a process. They are not kept on disk:
    /// loading compiled code from there cannot be done without `unsafe`.
    pub fn new(wasm: &[u8]) -> Result<Self, CodeError> {
        static COMPILED: OnceLock<Mutex<HashMap<Checksum, Code>>> = OnceLock::new();
        let checksum = Checksum::generate(wasm);
        let mut compiled = COMPILED
            .get_or_init(Mutex::default)
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(code) = compiled.get(&checksum) {
            return Ok(code.clone());
        }
        let code = compile(wasm, checksum)?;
        compiled.insert(checksum, code.clone());
        Ok(code)
    }

    pub fn checksum(&self) -> Checksum {
        self.0.checksum
    }

    pub(crate) fn module(&self) -> &Module {
        &self.0.module
    }

    pub(crate) fn engine(&self) -> Engine {
        self.0.engine.clone()
    }
}

fn compile(wasm: &[u8], checksum: Checksum) -> Result<Code, CodeError> {
    let refused = |source| CodeError::Refused { checksum, source };
    let offered = capabilities_from_csv(CAPABILITIES);
    check_wasm(wasm, &offered, &WasmLimits::default(), Logger::Off).map_err(refused)?;
    let (module, engine) = compile_module(wasm, Some(MEMORY)).map_err(refused)?;
    Ok(Code(Arc::new(Compiled {
        checksum,
        module,
        engine,
    })))
}
