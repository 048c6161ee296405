#![doc = include_str!("../README.md")]

mod due;
mod watch;

pub use due::Task;
pub use watch::{Done, Watch};

#[cfg(test)]
mod tests;
