//! Software devices that sign for sensors which cannot, with keys that the gateway holds.
//!
//! One SQLite file holds them all. What [`SignedSensors::take`] kept is on disk before it returns,
//! and so is every number, seed and place that a line speaks of before the line goes: after any end
//! the sensors go on where they were, and no reading is lost or comes twice.

mod aside;
mod book;
mod keeping;
mod limits;
mod loading;
mod marks;
mod sensors;
mod settings;
mod store;
mod taking;

pub use aside::Aside;
pub use book::{Draft, SensorBook, SensorRow};
pub use limits::Limits;
pub use sensors::{SensorStatus, SignedSensors, MOST_KEPT};
pub use settings::{Settings, MAX_OFFSET_MIN};
pub use taking::{Arrival, Taken};
