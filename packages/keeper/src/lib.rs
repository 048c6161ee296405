#![doc = include_str!("../README.md")]

mod calling;
mod consent;
mod due;
mod heard;
mod memory;
mod owed;
mod review;
mod seen;
mod task;
mod turns;
mod watch;

pub use calling::{Done, Outcome};
pub use heard::{Announcement, ANNOUNCEMENTS};
pub use memory::{Memory, MemoryError};
pub use review::{Review, ReviewStage};
pub use task::Task;
pub use turns::Turns;
pub use watch::{Manner, Watch};

#[cfg(test)]
mod fake;
#[cfg(test)]
mod tests;
