//! The learned model, which the monitor does not use because it lost (docs/analysis.md): whether a person's measures still go together as they used to.
//!
//! Distances from the baseline, smoothed (a multivariate EWMA chart, C. A. Lowry and others,
//! Technometrics 34, 1992) over about twenty minutes and, for what is small and lasts, over hours,
//! are compared with their own covariance by the Mahalanobis distance. The covariance is learned from the person's readings: distances are
//! clipped (so that a few wild readings do not make it), pairs are summed where both are there,
//! older days weigh less, and it is shrunk towards its diagonal. What is missing is left out of the
//! distance (the marginal distribution), not filled in. Everything remembered is whole numbers: the
//! same readings give the same state on every machine.

use serde::{Deserialize, Serialize};
use vitals_core::measure::Measure;
use vitals_core::time::Millis;

mod chart;
mod solve;

use chart::Chart;

/// Written with the state. A state of another version is not read: the model learns anew.
pub const MODEL_VERSION: u16 = 1;
/// What it looks at, in this order.
pub const MODEL_MEASURES: [Measure; SIZE] = [
    Measure::HeartRate,
    Measure::OxygenSaturation,
    Measure::RespiratoryRate,
    Measure::BodyTemperature,
    Measure::SystolicPressure,
    Measure::DiastolicPressure,
];
const SIZE: usize = 6;
/// A new distance weighs one part of so many: 20 minutes, 80 minutes, 5 hours.
const SMOOTHING: [i64; 3] = [4, 16, 64];

/// The state of the model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Model {
    version: u16,
    charts: Vec<Chart>,
}

/// What a measure has of the distance; they sum to about a thousand, and a measure that makes the
/// others more ordinary has a negative share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contribution {
    pub measure: Measure,
    pub per_mille: i64,
}

/// How far the measures are from the person's pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anomaly {
    /// In thousandths of the limit that ordinary days set.
    pub ratio_milli: i64,
    pub contributions: Vec<Contribution>,
    pub missing: Vec<Measure>,
    /// Days that set the limit.
    pub days: u16,
}

impl Default for Model {
    fn default() -> Self {
        Self {
            version: MODEL_VERSION,
            charts: SMOOTHING.map(Chart::new).into(),
        }
    }
}

impl Model {
    pub fn is_current(&self) -> bool {
        self.version == MODEL_VERSION
    }

    /// Takes the distances of one slot, in the order of `MODEL_MEASURES`, in thousandths of the
    /// spread. What is told is the chart that is farther out. None before it has learned enough, or
    /// with fewer than two measures.
    pub fn take(&mut self, distances: &[Option<i64>; SIZE], at_ms: Millis) -> Option<Anomaly> {
        let charts = self.charts.iter_mut();
        let judged = charts.filter_map(|chart| chart.take(distances, at_ms));
        judged.max_by_key(|anomaly| anomaly.ratio_milli)
    }
}

#[cfg(test)]
mod tests;
