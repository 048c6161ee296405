//! One module for each thing the contract does.

pub mod anchor;
pub mod gap;

mod cached;
mod checks;
mod devices;
