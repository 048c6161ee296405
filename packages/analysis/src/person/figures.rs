//! The figures behind the findings: for charts, and to measure how well the rules do.

use serde::{Deserialize, Serialize};
use vitals_core::measure::Measure;

use super::early_warning::EarlyWarning;
use super::stream::Stream;

/// What has a baseline, in this order.
pub const FIGURES_OF: [Measure; 7] = [
    Measure::HeartRate,
    Measure::OxygenSaturation,
    Measure::RespiratoryRate,
    Measure::BodyTemperature,
    Measure::SystolicPressure,
    Measure::DiastolicPressure,
    Measure::Glucose,
];

/// Of five minutes that are complete. None where there is too little history, or no reading.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// Since 1970, in five minutes.
    pub slot: u64,
    /// The farthest any measure measured now has been from what is usual over the last half hour,
    /// in thousandths of the spread.
    pub deviation_milli: Option<i64>,
    /// The highest cumulative sum of those measures, in thousandths of its limit.
    pub change_milli: Option<i64>,
    /// How far each of `FIGURES_OF` was from what is usual, in thousandths of the spread.
    pub distances_milli: [Option<i64>; FIGURES_OF.len()],
    /// NEWS2 of what was observed; 0 where the plan does not ask for it.
    pub news2_at_least: u8,
}

impl Figures {
    pub(super) fn of(slot: u64, streams: &[Stream], early_warning: &EarlyWarning) -> Self {
        let now = || {
            streams
                .iter()
                .filter(|stream| stream.distance_in(slot).is_some())
        };
        let distance = |measure: Measure| {
            let stream = streams.iter().find(|stream| stream.measure() == measure)?;
            stream.distance_in(slot)
        };
        let level = |stream: &Stream| Some(stream.level()?.milli.saturating_abs());
        Self {
            slot,
            deviation_milli: now().filter_map(level).max(),
            change_milli: now().filter_map(Stream::change_milli).max(),
            distances_milli: FIGURES_OF.map(distance),
            news2_at_least: early_warning.at_least(),
        }
    }
}
