#![doc = include_str!("../README.md")]

mod device;
mod kind;
mod noise;
mod oxygen;
mod recording;
mod source;

pub use device::DeviceSim;
pub use kind::{Kind, UnknownKind};
pub use oxygen::Oxygen;
pub use recording::{Recording, RecordingError};
pub use source::{Pace, Source};
pub use vitals_sensors::{Identity, LinkStateError, Sample};
