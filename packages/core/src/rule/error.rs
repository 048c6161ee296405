//! Why a rule is none, and which term evidence does not meet.

use crate::measure::{Category, Measure};
use crate::reading::Quality;
use crate::rule::{Assurance, Comparison};

/// The first term that is not met.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuleError {
    #[error("claims/rule_conditions: a rule has 1 to {most} conditions, got {got}")]
    Conditions { got: usize, most: usize },
    #[error(
        "claims/rule_measure_twice: {measure:?} is in two conditions; each is of another measure"
    )]
    MeasureTwice { measure: Measure },
    #[error("claims/rule_readings: a condition takes 1 to {most} readings, got {got}")]
    Readings { got: u8, most: u8 },
    #[error("claims/rule_spacing: {readings} readings spaced {spaced_s} s do not fit within {within_s} s")]
    Spacing {
        readings: u8,
        spaced_s: u32,
        within_s: u32,
    },
    #[error("claims/rule_threshold: {threshold} is outside the plausible {low} to {high} of {measure:?}")]
    Threshold {
        measure: Measure,
        threshold: i32,
        low: i64,
        high: i64,
    },
    #[error("claims/rule_freshness: readings anchored within {anchored_within_s} s cannot be; at least 1 s is needed")]
    Freshness { anchored_within_s: u32 },
    #[error("claims/rule_category: one proof carries at most {most} readings, {category:?} would take {got}")]
    CategoryTooMany {
        category: Category,
        got: u8,
        most: u8,
    },

    #[error("claims/measure_not_asked: {measure:?} is in no condition")]
    MeasureNotAsked { measure: Measure },
    #[error(
        "claims/below_threshold: {measure:?} of {value} does not reach {comparison:?} {threshold}"
    )]
    ThresholdNotMet {
        measure: Measure,
        value: i64,
        comparison: Comparison,
        threshold: i32,
    },
    #[error("claims/implausible: {measure:?} of {value} is outside the plausible {low} to {high}")]
    Implausible {
        measure: Measure,
        value: i64,
        low: i64,
        high: i64,
    },
    #[error("claims/simulated: a simulated reading does not count")]
    Simulated,
    #[error("claims/quality: a reading of {quality:?} signal does not count")]
    Quality { quality: Quality },
    #[error("claims/assurance: the device's assurance is {got:?}, the product asks for {least:?}")]
    Assurance { got: Assurance, least: Assurance },
    #[error("claims/not_calibrated: the device was out of calibration when it measured")]
    NotCalibrated,
    #[error("claims/paired_too_short: paired {got_s} s before it measured, the product asks for {least_s}")]
    PairedTooShort { got_s: u64, least_s: u32 },
    #[error("claims/anchored_too_late: anchored {got_s} s after it was measured, the product allows {most_s}")]
    AnchoredTooLate { got_s: u64, most_s: u32 },
    #[error("claims/too_few_readings: {measure:?} needs {least} readings, got {got}")]
    TooFew {
        measure: Measure,
        least: u8,
        got: usize,
    },
    #[error("claims/spaced_too_close: two readings of {measure:?} lie {got_ms} ms apart, the product asks for {least_s} s")]
    TooClose {
        measure: Measure,
        got_ms: u64,
        least_s: u32,
    },
    #[error(
        "claims/window_too_long: the readings span {got_ms} ms, the product allows {most_s} s"
    )]
    TooLong { got_ms: u64, most_s: u32 },
}
