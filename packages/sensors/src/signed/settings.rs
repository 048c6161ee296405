//! How one sensor's payloads are read.

use serde::{Deserialize, Serialize};
use vitals_core::measure::Measure;

use crate::{Clock, SensorError};

/// UTC-12 to UTC+14.
pub const MAX_OFFSET_MIN: (i16, i16) = (-720, 840);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// What its model measures by the registry; values of anything else are left out.
    pub measures: Vec<Measure>,
    pub clock: Clock,
    /// The patient's number at a sensor that several people use; without one everybody's
    /// measurements are taken for the patient's.
    pub user: Option<u8>,
    /// Sign each heartbeat's rate where the payload has RR intervals, rather than the sensor's
    /// average: what heart rate variability is computed from.
    pub beats: bool,
}

impl Settings {
    /// Its own clock in UTC, everybody's measurements, averages.
    pub fn of(measures: &[Measure]) -> Self {
        Self {
            measures: measures.to_vec(),
            clock: Clock::default(),
            user: None,
            beats: false,
        }
    }

    pub fn check(&self) -> Result<(), SensorError> {
        let (west, east) = MAX_OFFSET_MIN;
        if self.measures.is_empty() {
            let rule = "a sensor measures something";
            return Err(SensorError::Settings { rule });
        }
        if !(west..=east).contains(&self.clock.utc_offset_min) {
            let rule = "a clock is 720 minutes west to 840 minutes east of UTC";
            return Err(SensorError::Settings { rule });
        }
        Ok(())
    }
}
