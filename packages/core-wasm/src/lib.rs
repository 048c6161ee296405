#![doc = include_str!("../README.md")]

mod analysis;
mod batch;
mod claims;
mod device;
mod emergency;
mod error;
mod evidence;
mod finding;
mod identity;
mod insurer;
mod json;
mod keyring;
mod measures;
mod number;
mod package;
mod passphrase;
mod readers;
mod receipts;
mod registry;
mod round;
mod statement;
mod statistics;
mod tending;
mod types;
mod vault;
mod vault_session;

use wasm_bindgen::prelude::wasm_bindgen;

pub use batch::OpenedBatch;
pub use error::Refusal;

/// A panic is a fault of ours: it becomes an error with its place in the source, and not its text,
/// which may hold what was computed with. The module is not to be used after it.
#[wasm_bindgen(start)]
fn start() {
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string);
        let reason = format!("a fault in the core at {}", place.unwrap_or_default());
        wasm_bindgen::throw_val(Refusal::new("core/fault", reason).into());
    }));
}

/// Of the crate.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").into()
}
