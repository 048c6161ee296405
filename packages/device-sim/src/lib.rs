//! A device in software: it holds a key, measures what it is given, signs frames and batches, and
//! speaks the device link (`docs/formats/device-link.md`) as a device with little memory would,
//! one message of a batch at a time.
//!
//! What it measures is a recording of a person's heartbeats, played at any speed, or oxygen
//! saturation made up from a seed and flagged as simulated in every reading.

mod device;
mod oxygen;
mod recording;

pub use device::DeviceSim;
pub use oxygen::Oxygen;
pub use recording::{Recording, RecordingError};
pub use vitals_sensors::{Identity, LinkStateError, Sample};
