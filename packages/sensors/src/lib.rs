#![doc = include_str!("../README.md")]

pub mod csv;
mod decimal;
mod error;
pub mod gatt;
mod lines;
mod link;
mod measurement;
pub mod opensignals;
pub mod signed;
mod time;
mod unit;

pub use decimal::Decimal;
pub use error::SensorError;
pub use link::{Change, DeviceLink, Framing, Identity, LinkStateError, Restored, RestoredBatch};
pub use measurement::{rate, Measurement, Stamp};
pub use signed::{Settings, SignedSensors, Taken};
pub use time::{Clock, ClockUse};
pub use unit::Conversion;

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
