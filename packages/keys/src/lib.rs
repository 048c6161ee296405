#![doc = include_str!("../README.md")]

mod agent;
mod audience;
mod custody;
mod erase;
mod error;
mod issue;
mod recovery;
mod roll;
mod rotate;
mod sink;
mod state;
mod vaults;

pub use agent::Agent;
pub use custody::Custody;
pub use error::KeysError;
pub use recovery::Unreached;
pub use roll::{Rolled, Tended};
pub use rotate::{Rotation, Skipped};
pub use sink::PackageSink;
pub use vaults::{Named, Vaults};
pub use vitals_keyring::{
    package_ref, recipient_hash, KeyringError, Keys, Lock, Recovery, EMERGENCY_HOURS, ROLL_HOURS,
    SEALER_BACK_HOURS, SEALER_HOURS, TEAM_HOURS,
};
