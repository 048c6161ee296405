//! The edge: takes what devices sign, stores it for good before it says so, watches it, seals it
//! for the patient's readers, puts the ciphertext into every vault and anchors it exactly once.
//!
//! [`Gateway`] is driven from outside: [`Gateway::handle_line`] for each line a device sends,
//! [`Gateway::tick`] every second or so. It has no clock, and no thread but one for each vault. All
//! state is in its store; a gateway that is killed at any instant and opened again goes on where it was.
//!
//! It reads what it measures and no more: readings, seeds and window keys lie encrypted in the
//! store under a key file, keys of past hours are erased as the hours pass, and no log line at any
//! level holds a reading, a name or a key.

mod alarm;
mod alerts;
mod anchoring;
mod at_rest;
mod back_off;
mod backup;
mod blob;
mod care_plan;
mod chain;
mod closing;
mod conditions;
mod config;
mod couriers;
mod damage;
mod delivery;
mod devices;
mod error;
mod fetching;
mod gaps;
mod gateway;
mod intake;
mod kept;
mod keys;
mod packages;
mod parking;
mod passphrase;
mod plans;
mod readers;
mod sealing;
mod secrets;
mod sending;
mod settling;
mod status;
mod steady;
mod store;
mod troubles;
mod vault;
mod verdict;

pub use alarm::{Condition, Occurred};
pub use backup::{back_up, restore, BackupKey, BackupSources};
pub use blob::{Blob, BlobError, BlobStore, FileBlobs, MemoryBlobs};
pub use conditions::ConditionRules;
pub use config::Config;
pub use error::GatewayError;
pub use fetching::{Fetch, Fetched, Looked};
pub use gateway::{DeviceLine, Gateway, Progress};
pub use intake::{check_thresholds, Answer, DeviceLimits, Inbound, Intake, GROUP};
pub use packages::KeyPackages;
pub use parking::Parked;
pub use plans::CarePlans;
pub use readers::Witness;
pub use secrets::{GatewayDevice, Secrets};
pub use status::{Counts, Failing, Generation, OpenCondition, Status, VaultStatus, Waiting};
pub use store::batch::Flagged;
pub use store::quarantine::Quarantined;
pub use vault::GrantedVault;

#[cfg(test)]
extern crate self as vitals_gateway;
#[cfg(test)]
mod full_disk_tests;
#[cfg(test)]
#[path = "../tests/support/mod.rs"]
mod support;
