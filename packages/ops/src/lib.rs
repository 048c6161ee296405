#![doc = include_str!("../README.md")]

pub mod config;
mod connections;
mod control;
mod health;
pub mod logs;
mod metrics;
mod server;

pub use connections::{accept, Limits, Peer};
pub use control::{Answer, Asked, Control, ControlFile};
pub use health::{CheckReport, Health, Report};
pub use metrics::Metrics;
pub use server::{start, Server, Serving};

/// Why a service cannot be watched.
#[derive(Debug, thiserror::Error)]
pub enum OpsError {
    #[error("ops/listen: {address}: {cause}")]
    Listen { address: String, cause: String },
    #[error("ops/metrics: another recorder is installed: {cause}")]
    Metrics { cause: String },
    #[error("ops/file: {path}: {cause}")]
    File { path: String, cause: String },
    #[error("ops/random: the operating system gave no random bytes")]
    Random,
}
