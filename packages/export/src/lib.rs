#![doc = include_str!("../README.md")]

mod batch;
mod care;
mod consent;
mod device;
mod error;
mod export;
mod folder;
mod manifest;
mod policies;
mod receipts;
mod rows;
mod state;

pub use error::ExportError;
pub use export::{Export, Progress};
pub use manifest::{Exported, Listed, Manifest};
