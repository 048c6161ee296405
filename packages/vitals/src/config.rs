//! Configuration of the services: which sections there are, and how a service reads its own.
//!
//! A service flattens [`ServiceArgs`] into its options and reads its own section and `[chain]` from
//! `ServiceArgs::source` by [`Service::read`]. Its settings implement [`Settings`] and [`Service`], and
//! their section stands in `SECTIONS` of `config/command.rs` and in `config/example.toml`.

mod chain;
mod command;
mod service;

pub use chain::{Chain, ServiceArgs};
pub use command::{run, Command};
pub use service::Service;
pub use vitals_ops::config::{Fault, Settings, Source};

#[cfg(test)]
mod tests;
