//! The test suite: actors, a clock, signing devices and the five contracts on cw-multi-test.

pub mod device;
pub mod suite;

pub use device::TestDevice;
pub use suite::Suite;
