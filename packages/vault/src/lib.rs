#![doc = include_str!("../README.md")]

mod ask;
mod authenticate;
mod connections;
mod input;
mod log;
mod nonces;
mod objects;
mod quota;
mod refusal;
mod release;
mod server;
mod store;
mod vault;

pub use log::{DisclosureLog, LogError};
pub use objects::{Objects, ObjectsError};
pub use server::{serve, ServeError};
pub use vault::{Chain, Config, ConfigError, Vault};
