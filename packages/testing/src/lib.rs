//! The test suite: actors, a clock, signing devices and the five contracts on cw-multi-test.

pub mod access;
pub mod codes;
pub mod device;
pub mod named;
pub mod sequences;
pub mod suite;

pub use codes::{Code, Codes};
pub use device::TestDevice;
pub use suite::Suite;
