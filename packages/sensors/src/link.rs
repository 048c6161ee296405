//! A device's side of the device link (`docs/formats/device-link.md`), for devices in software:
//! readings in, lines out, lines in.
//!
//! It keeps nothing on disk. What must not be forgotten is told as [`Change`]s, in order; a device
//! that writes them down before it sends a line, and hands them back with [`DeviceLink::restore`],
//! goes on where it was after any end.

mod batch;
mod behind;
mod device;
mod framing;
mod restore;
mod taking;

pub use device::{Change, DeviceLink, Identity};
pub use framing::{Framing, LinkStateError};
pub use restore::{Restored, RestoredBatch};
