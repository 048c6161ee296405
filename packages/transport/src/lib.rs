#![doc = include_str!("../README.md")]

pub mod broker;
mod counts;
pub mod credentials;
pub mod endpoint;
mod error;
mod message;
mod origin;
mod queue;
mod runner;
mod tls;
mod topic;
mod watched_file;

pub use error::TransportError;
pub use message::{Ack, Delivery, Outbox, Payload, Received};
pub use origin::Plain;
pub use watched_file::{WatchedFile, LOOK_EVERY};
