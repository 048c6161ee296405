//! The test suite: actors, a clock, signing devices and the five contracts on cw-multi-test.

pub mod access;
pub mod codes;
pub mod contract;
pub mod device;
pub mod named;
pub mod pages;
pub mod products;
pub mod schema;
pub mod sequences;
pub mod suite;
pub mod token;

pub use codes::{Code, Codes};
pub use contract::Contract;
pub use device::TestDevice;
pub use suite::Suite;
pub use token::Token;
