//! What the VM tests share.
#![allow(dead_code, reason = "each test file uses its part")]

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::Arc;

use cosmwasm_std::{Binary, Deps, DepsMut, Empty, Env, MessageInfo, Reply, Response, StdResult};
use cw_multi_test::Contract;
use vitals_testing::{Code, Codes};
use vitals_testing_vm::{artifacts, Meter};

pub mod slope;

/// The artifacts of the sources as they are.
pub fn current() -> PathBuf {
    repository().join("artifacts")
}

/// The artifacts of a release.
pub fn released(version: &str) -> PathBuf {
    repository().join("testdata/artifacts").join(version)
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A code both native and compiled. Natively it is fast enough to fill a chain with; the calls to
/// be measured run in the VM.
pub struct Both {
    native: Code,
    compiled: Code,
    on_vm: Arc<AtomicBool>,
}

impl Both {
    fn code(&self) -> &dyn Contract<Empty> {
        match self.on_vm.load(Ordering::Relaxed) {
            true => &*self.compiled,
            false => &*self.native,
        }
    }
}

/// The current contracts both ways, natively until the switch is set.
pub fn both(meter: &Meter, on_vm: &Arc<AtomicBool>) -> Codes {
    let pair = |native: Code, compiled: Code| -> Code {
        Box::new(Both {
            native,
            compiled,
            on_vm: on_vm.clone(),
        })
    };
    let native = Codes::native();
    let compiled = artifacts(&current(), meter).expect("the artifacts are committed");
    Codes {
        consent: pair(native.consent, compiled.consent),
        registry: pair(native.registry, compiled.registry),
        anchor: pair(native.anchor, compiled.anchor),
        care: pair(native.care, compiled.care),
        claims: pair(native.claims, compiled.claims),
    }
}

impl Contract<Empty> for Both {
    fn instantiate(
        &self,
        deps: DepsMut<'_>,
        env: Env,
        info: MessageInfo,
        msg: Vec<u8>,
    ) -> StdResult<Response> {
        self.code().instantiate(deps, env, info, msg)
    }

    fn execute(
        &self,
        deps: DepsMut<'_>,
        env: Env,
        info: MessageInfo,
        msg: Vec<u8>,
    ) -> StdResult<Response> {
        self.code().execute(deps, env, info, msg)
    }

    fn query(&self, deps: Deps<'_>, env: Env, msg: Vec<u8>) -> StdResult<Binary> {
        self.code().query(deps, env, msg)
    }

    fn reply(&self, deps: DepsMut<'_>, env: Env, msg: Reply) -> StdResult<Response> {
        self.code().reply(deps, env, msg)
    }

    fn sudo(&self, deps: DepsMut<'_>, env: Env, msg: Vec<u8>) -> StdResult<Response> {
        self.code().sudo(deps, env, msg)
    }

    fn migrate(&self, deps: DepsMut<'_>, env: Env, msg: Vec<u8>) -> StdResult<Response> {
        self.code().migrate(deps, env, msg)
    }
}
