#![doc = include_str!("../README.md")]

mod agent;
mod audience;
mod custody;
mod erase;
mod error;
mod generation;
mod issue;
mod keys;
mod lock;
mod random;
mod recovery;
mod roll;
mod rotate;
mod sink;
mod state;
mod vaults;

pub use agent::Agent;
pub use audience::recipient_hash;
pub use custody::{Custody, EMERGENCY_HOURS};
pub use error::KeysError;
pub use issue::{package_ref, SEALER_HOURS, TEAM_HOURS};
pub use keys::Keys;
pub use lock::Lock;
pub use recovery::{Recovery, Unreached};
pub use roll::{Rolled, Tended, ROLL_HOURS};
pub use rotate::{Rotation, Skipped};
pub use sink::PackageSink;
pub use vaults::{Named, Vaults};
