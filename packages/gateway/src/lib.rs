//! The edge: takes what devices sign, stores it for good before it says so, watches it, seals it
//! for the patient's readers, puts the ciphertext into every vault and anchors it exactly once.
//!
//! [`Gateway`] is driven from outside: [`Gateway::handle_line`] for each line a device sends,
//! [`Gateway::tick`] every second or so. It starts no thread and has no clock. All state is in its
//! store; a gateway that is killed at any instant and opened again goes on where it was.
//!
//! It reads what it measures and no more: readings, seeds and window keys lie encrypted in the
//! store under a key file, keys of past hours are erased as the hours pass, and no log line at any
//! level holds a reading, a name or a key.

mod alerts;
mod anchoring;
mod at_rest;
mod blob;
mod chain;
mod closing;
mod config;
mod delivery;
mod devices;
mod error;
mod frames;
mod gateway;
mod intake;
mod keys;
mod parking;
mod sealing;
mod secrets;
mod status;
mod store;
mod vault;

pub use blob::{Blob, BlobError, BlobStore, FileBlobs, MemoryBlobs};
pub use config::Config;
pub use error::GatewayError;
pub use gateway::{DeviceLine, Gateway, Progress};
pub use secrets::{GatewayDevice, Secrets};
pub use status::{Counts, Generation, Status, Waiting};
pub use store::quarantine::Quarantined;
pub use vault::{GrantedVault, KeyPackages};
