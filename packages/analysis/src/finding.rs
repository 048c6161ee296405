//! What is found in readings: how soon somebody should look, what shows it, and why.

use serde::{Deserialize, Serialize};
use vitals_core::measure::Measure;
use vitals_core::time::Millis;

mod explain;

pub use explain::Explanation;

/// How soon somebody should look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    Notice,
    Urgent,
    Emergency,
}

/// By which rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// A threshold of the plan, crossed upwards.
    High,
    /// A threshold of the plan, crossed downwards.
    Low,
    /// Away from the person's own level at this time of day, for long enough.
    SustainedDeviation,
    /// A level that has risen or fallen for days.
    Trend,
    /// Readings that began to run otherwise than before.
    ChangePoint,
    News2,
    Adherence,
    /// The signal, not the person: too many readings cannot be used.
    Signal,
}

/// With the readings that show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// An opaque number: what becomes public of the rule.
    pub rule: u16,
    /// Where several are involved, the one that speaks loudest.
    pub measure: Measure,
    pub kind: FindingKind,
    pub severity: Severity,
    pub ladder: u8,
    /// First and last reading of the evidence, milliseconds since 1970; without evidence, the time
    /// that was looked at.
    pub from_ms: Millis,
    pub to_ms: Millis,
    /// Made by a program: some of the evidence was not measured on a person.
    pub simulated: bool,
    pub evidence: Vec<Evidence>,
    /// Absent in findings that were stored before explanations were.
    #[serde(default)]
    pub explanation: Option<Explanation>,
}

/// One reading of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Its place among all readings this monitor was given, from 0.
    pub index: u64,
    /// Fixed point at the measure's scale.
    pub value: i64,
    pub at_ms: Millis,
    /// Of which measure, where that is not the finding's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<Measure>,
}
