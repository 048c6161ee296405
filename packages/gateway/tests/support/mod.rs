//! A chain small enough to hold in one's head, and a gateway with its devices around it.
#![allow(dead_code)] // each test file uses its part

pub mod bench;
pub mod chain;
pub mod frames;
pub mod planned;

pub use bench::Bench;
