//! Personal thresholds, and what is found when one is crossed.

use serde::{Deserialize, Serialize};
use vitals_core::measure::Measure;
use vitals_core::rule::Comparison;

use crate::finding::{FindingKind, Severity};

mod watch;

pub(crate) use watch::Watch;

/// The latest readings of a run that a finding carries.
pub const MAX_EVIDENCE: usize = 64;

/// When a person's readings of one measure call for somebody's attention.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    /// An opaque number: what becomes public of the rule. One threshold a number.
    pub rule: u16,
    pub measure: Measure,
    pub comparison: Comparison,
    /// Fixed point at the measure's scale: at most 899 is below 90.0 %.
    pub value: i64,
    /// Readings in a row that must cross it; also how many in a row end the finding. 1 to 64.
    pub for_readings: u16,
    /// How long those readings must last at least, in milliseconds.
    #[serde(default)]
    pub for_ms: u64,
    /// How far back behind the value readings must come to end the finding, so that a value that
    /// dithers about the threshold is found once. Not negative.
    #[serde(default)]
    pub hysteresis: i64,
    pub severity: Severity,
    /// Which of the patient's ladders its alerts climb.
    pub ladder: u8,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ThresholdError {
    #[error(
        "threshold/for_readings: rule {rule} asks for {got} readings in a row, 1 to 64 are allowed"
    )]
    ForReadings { rule: u16, got: u16 },
    #[error("threshold/hysteresis: rule {rule} has hysteresis {got}, it is not negative")]
    Hysteresis { rule: u16, got: i64 },
    #[error("threshold/rule: rule {rule} stands twice")]
    Rule { rule: u16 },
}

impl Threshold {
    pub(crate) fn check(&self) -> Result<(), ThresholdError> {
        let (rule, got) = (self.rule, self.for_readings);
        if got == 0 || usize::from(got) > MAX_EVIDENCE {
            return Err(ThresholdError::ForReadings { rule, got });
        }
        if self.hysteresis < 0 {
            let got = self.hysteresis;
            return Err(ThresholdError::Hysteresis { rule, got });
        }
        Ok(())
    }

    pub(crate) fn is_crossed_by(&self, value: i64) -> bool {
        match self.comparison {
            Comparison::AtLeast => value >= self.value,
            Comparison::AtMost => value <= self.value,
        }
    }

    /// Beyond the hysteresis, on the safe side.
    pub(crate) fn is_recovered_by(&self, value: i64) -> bool {
        match self.comparison {
            Comparison::AtLeast => value < self.value.saturating_sub(self.hysteresis),
            Comparison::AtMost => value > self.value.saturating_add(self.hysteresis),
        }
    }

    pub(crate) fn kind(&self) -> FindingKind {
        match self.comparison {
            Comparison::AtLeast => FindingKind::High,
            Comparison::AtMost => FindingKind::Low,
        }
    }
}

/// Each by itself, and no number twice.
pub(crate) fn check_all(thresholds: &[Threshold]) -> Result<(), ThresholdError> {
    for (at, threshold) in thresholds.iter().enumerate() {
        threshold.check()?;
        let rule = threshold.rule;
        if thresholds.iter().take(at).any(|other| other.rule == rule) {
            return Err(ThresholdError::Rule { rule });
        }
    }
    Ok(())
}
