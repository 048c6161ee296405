//! The messages of each contract, and the records contracts read from each other by raw key.
//!
//! A contract's module holds its messages (`msg` types at the top), its readable records
//! (`record`), and what its readers call. A record begins with a version byte; a missing or
//! unknown one is an error, never a default.

pub mod access;
pub mod admin;
pub mod anchor;
pub mod block;
pub mod care;
pub mod claims;
pub mod consent;
pub mod error;
pub mod index;
pub mod migrate;
pub mod page;
pub mod parse;
pub mod registry;
pub mod store;
pub mod verify;

pub use error::ApiError;
