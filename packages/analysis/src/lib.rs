//! What readings say, worked out where they arrive: at the gateway and in the browser.
//!
//! Pure: no input, no output, no clock. Nothing here removes a reading or changes one. Medical
//! constants name their source; personal thresholds come from the caller.

mod alerts;
mod baseline;
mod beats;
mod change;
mod finding;
mod hrv;
mod latch;
mod monitor;
mod news2;
mod person;
mod plan;
mod quality;
mod slot;
mod threshold;
mod trend;

pub use alerts::{AlertRules, Alerts, Outcome};
pub use baseline::{Baseline, Usual};

pub use beats::{
    intervals, Beat, BeatError, EcgDetector, HeartRate, PpgDetector, RateMeter, Signal,
    RATE_WINDOW_S,
};
pub use finding::{Evidence, Explanation, Finding, FindingKind, Severity};
pub use hrv::{
    classify, series, spectrum, time_domain, variability, HrvError, Interval, IntervalClass,
    Spectrum, TimeDomain, Variability, LEAST_COVERAGE_PERCENT, LEAST_WINDOW_MS, LONGEST_WINDOW_MS,
};
pub use latch::OrdinaryDays;
pub use monitor::Monitor;
pub use news2::{
    news2, Consciousness, News2, Observations, Parameter, Risk, Round, RoundScore, Spo2Scale,
    MAX_AGE_MS,
};
pub use person::{Figures, FIGURES_OF};
pub use plan::{Goal, Medication, Personal, Plan, PlanError, PERSONAL_RULES};
pub use quality::{
    assess, judge, Assessment, Before, Doubt, QualityError, SignalQuality, Timed, Window,
    WindowQuality, MAX_BEAT_CHANGE_PERCENT,
};
pub use threshold::{Threshold, ThresholdError, MAX_EVIDENCE};
pub use trend::{theil_sen, Slope};
/// Doses against a schedule: the one implementation, in `vitals-core`.
pub use vitals_core::adherence;
