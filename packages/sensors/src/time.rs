//! When something was measured: by the sensor's clock where it has one that can be believed, by
//! the time of arrival where it has none.

use serde::{Deserialize, Serialize};
use vitals_core::time::Millis;

use crate::{SensorError, Stamp};

/// What vitals-anchor allows a clock to run ahead of the chain's.
pub const MAX_AHEAD_MS: u64 = 120_000;

/// Older than any memory of a home device that is still collected: two years.
pub const MAX_AGE_MS: u64 = 2 * 366 * 24 * 3_600_000;

const MINUTE_MS: i64 = 60_000;

/// Whose time counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockUse {
    /// The sensor's where it sends one, else that of arrival.
    #[default]
    Sensor,
    /// Always that of arrival: for a sensor whose clock nobody sets.
    Arrival,
}

/// How a sensor's time stamps are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Clock {
    pub uses: ClockUse,
    /// Minutes east of UTC that the sensor's clock shows: GATT date and time has no zone.
    pub utc_offset_min: i16,
}

impl Clock {
    /// The time of a measurement that came at `arrived_ms`.
    pub fn time(&self, stamp: Stamp, arrived_ms: Millis) -> Result<Millis, SensorError> {
        match (stamp, self.uses) {
            (Stamp::Local { ms }, ClockUse::Sensor) => self.believed(ms, arrived_ms),
            _ => Ok(arrived_ms),
        }
    }

    fn believed(&self, local_ms: i64, arrived_ms: Millis) -> Result<Millis, SensorError> {
        let utc_ms = local_ms.saturating_sub(i64::from(self.utc_offset_min) * MINUTE_MS);
        let at_ms = u64::try_from(utc_ms).unwrap_or(0);
        if at_ms > arrived_ms.saturating_add(MAX_AHEAD_MS) {
            return Err(SensorError::TimeAhead { at_ms, arrived_ms });
        }
        if at_ms < arrived_ms.saturating_sub(MAX_AGE_MS) {
            return Err(SensorError::TimePast { at_ms, arrived_ms });
        }
        Ok(at_ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 1_800_000_000_000;

    fn at(clock: Clock, ms: i64) -> Result<Millis, SensorError> {
        clock.time(Stamp::Local { ms }, NOW)
    }

    #[test]
    fn a_clock_east_of_greenwich_shows_a_later_time() {
        let clock = Clock {
            utc_offset_min: 120,
            ..Clock::default()
        };
        let local = NOW.cast_signed() + 7_200_000;
        assert_eq!(at(clock, local), Ok(NOW));
        assert!(matches!(
            at(Clock::default(), local),
            Err(SensorError::TimeAhead { .. })
        ));
    }

    #[test]
    fn a_clock_may_be_two_minutes_ahead_and_two_years_behind() {
        let (clock, now) = (Clock::default(), NOW.cast_signed());
        assert_eq!(at(clock, now + 120_000), Ok(NOW + 120_000));
        assert!(at(clock, now + 120_001).is_err());
        let oldest = NOW - MAX_AGE_MS;
        assert_eq!(at(clock, oldest.cast_signed()), Ok(oldest));
        assert!(matches!(
            at(clock, oldest.cast_signed() - 1),
            Err(SensorError::TimePast { .. })
        ));
        assert!(at(clock, i64::MIN).is_err() && at(clock, i64::MAX).is_err());
    }

    #[test]
    fn arrival_counts_where_there_is_no_time_or_none_to_believe() {
        assert_eq!(Clock::default().time(Stamp::Arrival, NOW), Ok(NOW));
        let clock = Clock {
            uses: ClockUse::Arrival,
            ..Clock::default()
        };
        assert_eq!(at(clock, 0), Ok(NOW));
    }
}
