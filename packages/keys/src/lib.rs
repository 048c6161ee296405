#![doc = include_str!("../README.md")]

mod agent;
mod error;
mod issue;
mod keys;
mod lock;
mod progress;
mod rotate;
mod sink;

pub use agent::Agent;
pub use error::KeysError;
pub use issue::{package_ref, recipient_hash, SEALER_HOURS};
pub use keys::Keys;
pub use lock::Lock;
pub use rotate::{Rotation, Skipped};
pub use sink::PackageSink;
