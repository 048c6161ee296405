//! Configuration of the services: which sections there are, and how a service reads its own.
//!
//! A service flattens [`ServiceArgs`] into its options and reads `[chain]` and its own section from
//! `ServiceArgs::source`. Its settings implement [`Settings`], and their section stands in `SECTIONS` of
//! `config/command.rs` and in `config/example.toml`.

mod chain;
mod command;

pub use chain::{Chain, ServiceArgs};
pub use command::{run, Command};
pub use vitals_ops::config::{Fault, Settings, Source};

#[cfg(test)]
mod tests;
