//! How readings are cut into frames, and what can go wrong on the link.

use vitals_core::device::DeviceError;
use vitals_core::frame::{FrameError, MAX_FRAME_READINGS};
use vitals_core::link::LinkError;
use vitals_core::time::Millis;

#[derive(Debug, thiserror::Error)]
pub enum LinkStateError {
    #[error(
        "device_link/frame_readings: a frame has 1 to {MAX_FRAME_READINGS} readings, got {got}"
    )]
    FrameReadings { got: usize },
    #[error("device_link/time: {at_ms} ms has no epoch")]
    Time { at_ms: Millis },
    #[error("device_link/closed: batch {sequence} takes no more readings")]
    Closed { sequence: u64 },
    #[error("device_link/random: the operating system gave no random bytes")]
    Random,
    #[error(transparent)]
    Batch(#[from] DeviceError),
    #[error(transparent)]
    Frame(#[from] FrameError),
    #[error(transparent)]
    Line(#[from] LinkError),
}

/// How many readings go into a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Framing {
    most: usize,
    wait: bool,
}

impl Framing {
    /// Frames of `readings`, 1 to 128; fewer only when the batch is closed.
    pub fn full(readings: usize) -> Result<Self, LinkStateError> {
        if readings == 0 || readings > MAX_FRAME_READINGS {
            return Err(LinkStateError::FrameReadings { got: readings });
        }
        Ok(Self {
            most: readings,
            wait: true,
        })
    }

    /// What there is as soon as the frame before is answered: nothing waits for company.
    pub const AT_ONCE: Self = Self {
        most: MAX_FRAME_READINGS,
        wait: false,
    };

    /// Of `left` readings, how many go into the next frame.
    pub(super) fn next(&self, left: usize, closed: bool) -> Option<usize> {
        match left {
            0 => None,
            left if left < self.most && self.wait && !closed => None,
            left => Some(left.min(self.most)),
        }
    }
}
