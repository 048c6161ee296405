//! Whether readings and signals can be what they say: they are judged, never removed.
//!
//! Plausible ranges are those of `vitals_core::measure`. How fast a measure may change has its
//! source beside each limit; where none is known, none is set.

mod change;
mod signal;
mod window;

use serde::{Deserialize, Serialize};
use vitals_core::reading::{Quality, Reading};

pub use change::{Before, MAX_BEAT_CHANGE_PERCENT};
pub use signal::SignalQuality;
pub(crate) use signal::{Contact, Counts};
pub use window::{judge, QualityError, Timed, Window, WindowQuality};

/// What speaks against a reading, a window of readings or a window of signal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// Outside what a living person can have.
    Implausible,
    /// Changed faster than the body can.
    Sudden,
    /// The device itself calls it questionable, or poor.
    DeviceQuestions,
    DevicePoor,
    /// The value did not move for longer than a living person's does.
    FlatLine,
    /// Values or samples that should be there are not: no contact, or nothing was received.
    Dropout,
    /// At the end of the sensor's range.
    Saturated,
    /// Too few heartbeats to say anything of the signal.
    FewBeats,
    /// Intervals that neighbouring beats of one rhythm do not have: artefacts, or an arrhythmia.
    Irregular,
    /// The beats do not look alike: noise, or beats of several kinds.
    Unlike,
}

/// What speaks for and against one reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Assessment {
    /// A living person can have this value (the range of `vitals_core::measure`).
    pub plausible: bool,
    /// What the device says of it.
    pub quality: Quality,
    /// Too far from the reading before it for the time between them.
    pub sudden: bool,
}

impl Assessment {
    /// Good enough to count for or against a threshold. A sudden change counts: it may be real.
    pub fn counts(&self) -> bool {
        self.plausible && self.quality != Quality::Poor
    }

    /// The same as a list.
    pub fn doubts(&self) -> impl Iterator<Item = Doubt> {
        [
            (!self.plausible).then_some(Doubt::Implausible),
            self.sudden.then_some(Doubt::Sudden),
            (self.quality == Quality::Questionable).then_some(Doubt::DeviceQuestions),
            (self.quality == Quality::Poor).then_some(Doubt::DevicePoor),
        ]
        .into_iter()
        .flatten()
    }
}

/// Judges a reading by itself and by the reading of the same measure before it.
pub fn assess(reading: &Reading, before: Option<Before>) -> Assessment {
    Assessment {
        plausible: reading.measure.is_plausible(reading.value),
        quality: reading.flags.quality,
        sudden: before.is_some_and(|before| change::is_sudden(reading, before)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vitals_core::measure::{Measure, MEASURES};
    use vitals_core::reading::ReadingFlags;

    fn reading(measure: Measure, value: i64, quality: Quality) -> Reading {
        Reading {
            measure,
            value,
            offset_ms: 0,
            flags: ReadingFlags {
                simulated: false,
                quality,
            },
        }
    }

    #[test]
    fn every_measure_is_plausible_at_the_edge_of_its_range_and_not_past_it() {
        for info in MEASURES {
            let (low, high) = info.plausible;
            for (value, plausible) in [
                (low, true),
                (high, true),
                (low - 1, false),
                (high + 1, false),
            ] {
                let judged = assess(&reading(info.measure, value, Quality::Good), None);
                assert_eq!(judged.plausible, plausible, "{} {value}", info.display);
                assert_eq!(judged.doubts().eq([Doubt::Implausible]), !plausible);
            }
        }
    }

    #[test]
    fn what_the_device_calls_poor_does_not_count_and_what_it_doubts_does() {
        let with = |quality| assess(&reading(Measure::HeartRate, 700, quality), None);
        assert!(!with(Quality::Poor).counts());
        assert!(with(Quality::Questionable).counts());
        assert!(with(Quality::Poor).doubts().eq([Doubt::DevicePoor]));
        assert!(with(Quality::Questionable)
            .doubts()
            .eq([Doubt::DeviceQuestions]));
    }
}
