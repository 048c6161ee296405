//! A device in software: it holds a key, measures what it is given, signs frames and batches, and
//! speaks the device link (`docs/formats/device-link.md`) as a device with little memory would,
//! one message of a batch at a time.
//!
//! What it measures is a recording of a person's heartbeats, played at any speed, or oxygen
//! saturation made up from a seed and flagged as simulated in every reading.

mod batch;
mod device;
mod oxygen;
mod recording;

pub use device::{DeviceSim, Identity, SimError};
pub use oxygen::Oxygen;
pub use recording::{Recording, RecordingError};

use vitals_core::measure::Measure;
use vitals_core::reading::ReadingFlags;
use vitals_core::time::Millis;

/// One value at one time, before it has a place in a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sample {
    pub at_ms: Millis,
    pub measure: Measure,
    /// Fixed point at the measure's scale.
    pub value: i64,
    pub flags: ReadingFlags,
}
