//! The claim rule: one to three conditions that hold together over one window of readings.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::measure::{Category, Measure};
use crate::reading::{Quality, Reading};
use crate::time::Millis;

pub const MAX_CONDITIONS: usize = 3;

/// Readings a condition may ask for, and readings one multiproof may carry.
pub const MAX_READINGS: u8 = 30;

/// How sure it is that a device measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema, cw_schema::Schemaifier)
)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Assurance {
    /// A gateway signs for a sensor that cannot.
    Gateway = 1,
    SelfDeclared = 2,
    /// The maker attests the device.
    Maker = 3,
}

impl Assurance {
    pub fn code(self) -> u8 {
        self as u8
    }

    pub fn from_code(code: u8) -> Result<Self, crate::FormatError> {
        match code {
            1 => Ok(Self::Gateway),
            2 => Ok(Self::SelfDeclared),
            3 => Ok(Self::Maker),
            other => Err(crate::FormatError::Value {
                what: "assurance",
                got: other.into(),
                rule: "1 gateway, 2 self-declared, 3 maker",
            }),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema, cw_schema::Schemaifier)
)]
#[serde(rename_all = "snake_case")]
pub enum Comparison {
    AtLeast,
    AtMost,
}

/// One measure against one threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema, cw_schema::Schemaifier)
)]
#[cfg_attr(feature = "schema", schemaifier(mute_warnings))]
#[serde(deny_unknown_fields)]
pub struct Condition {
    pub measure: Measure,
    pub comparison: Comparison,
    /// Fixed point at the measure's scale: 1200 is 120.0 beats a minute.
    pub threshold: i32,
}

impl Condition {
    pub fn holds(&self, value: i64) -> bool {
        let threshold = i64::from(self.threshold);
        match self.comparison {
            Comparison::AtLeast => value >= threshold,
            Comparison::AtMost => value <= threshold,
        }
    }
}

/// What evidence must show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema, cw_schema::Schemaifier)
)]
#[cfg_attr(feature = "schema", schemaifier(mute_warnings))]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// One to three, of different measures; each must hold.
    pub conditions: Vec<Condition>,
    /// Readings each condition takes, 1 to 30.
    pub readings: u8,
    /// Seconds between two of them at the least.
    pub spaced_s: u32,
    /// Seconds from the first to the last of all at the most.
    pub within_s: u32,
    /// Seconds from a measurement to the block that anchored it at the most.
    pub anchored_within_s: u32,
    pub min_assurance: Assurance,
    /// Poorest signal that counts: readings flagged worse do not.
    pub accept_questionable: bool,
    /// Seconds the device must have been paired with the patient before the first reading.
    pub paired_for_s: u32,
    /// The device must be within its calibration when it measures.
    pub calibrated: bool,
    /// Readings made by a program count. For trials and demonstrations only.
    pub accept_simulated: bool,
}

/// A reading with what the chain knows of its batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Evidence {
    pub reading: Reading,
    pub at_ms: Millis,
    pub anchored_at_ms: Millis,
    pub assurance: Assurance,
    pub paired_from_ms: Millis,
    pub calibrated: bool,
    pub simulated: bool,
}

/// The time a claim uses up: from its first reading to its last, both inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimWindow {
    pub from_ms: Millis,
    pub to_ms: Millis,
}

/// The first term that is not met.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuleError {
    #[error(
        "claims/rule_conditions: a rule has 1 to 3 conditions of different measures, got {got}"
    )]
    Conditions { got: usize },
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

impl Rule {
    /// Refuses a rule that no evidence could ever meet, or that is not one.
    pub fn check(&self) -> Result<(), RuleError> {
        let distinct = self.conditions.iter().enumerate().all(|(i, c)| {
            !self
                .conditions
                .iter()
                .take(i)
                .any(|other| other.measure == c.measure)
        });
        if self.conditions.is_empty() || self.conditions.len() > MAX_CONDITIONS || !distinct {
            return Err(RuleError::Conditions {
                got: self.conditions.len(),
            });
        }
        if self.readings == 0 || self.readings > MAX_READINGS {
            return Err(RuleError::Readings {
                got: self.readings,
                most: MAX_READINGS,
            });
        }
        self.check_times()?;
        self.conditions.iter().try_for_each(check_threshold)?;
        self.check_proof_size()
    }

    fn check_times(&self) -> Result<(), RuleError> {
        let gaps = u64::from(self.readings.saturating_sub(1));
        if gaps.saturating_mul(self.spaced_s.into()) > u64::from(self.within_s) {
            return Err(RuleError::Spacing {
                readings: self.readings,
                spaced_s: self.spaced_s,
                within_s: self.within_s,
            });
        }
        if self.anchored_within_s == 0 {
            return Err(RuleError::Freshness {
                anchored_within_s: self.anchored_within_s,
            });
        }
        Ok(())
    }

    /// All readings of a category may sit in one batch, which has one proof.
    fn check_proof_size(&self) -> Result<(), RuleError> {
        for category in Category::ALL {
            let measures = self
                .conditions
                .iter()
                .filter(|c| c.measure.category() == category)
                .count();
            let got = u8::try_from(measures)
                .unwrap_or(u8::MAX)
                .saturating_mul(self.readings);
            if got > MAX_READINGS {
                return Err(RuleError::CategoryTooMany {
                    category,
                    got,
                    most: MAX_READINGS,
                });
            }
        }
        Ok(())
    }

    /// Whether the evidence meets the rule, and the time it uses up. Evidence must be in order of
    /// time within each measure, as multiproofs are.
    pub fn evaluate(&self, evidence: &[Evidence]) -> Result<ClaimWindow, RuleError> {
        for item in evidence {
            self.check_item(item)?;
        }
        for condition in &self.conditions {
            self.check_condition(condition, evidence)?;
        }
        self.window(evidence)
    }

    fn check_item(&self, item: &Evidence) -> Result<(), RuleError> {
        let measure = item.reading.measure;
        let condition = self
            .conditions
            .iter()
            .find(|c| c.measure == measure)
            .ok_or(RuleError::MeasureNotAsked { measure })?;
        if !condition.holds(item.reading.value) {
            return Err(RuleError::ThresholdNotMet {
                measure,
                value: item.reading.value,
                comparison: condition.comparison,
                threshold: condition.threshold,
            });
        }
        if (item.simulated || item.reading.flags.simulated) && !self.accept_simulated {
            return Err(RuleError::Simulated);
        }
        self.check_quality(item.reading.flags.quality)?;
        self.check_device(item)
    }

    fn check_quality(&self, quality: Quality) -> Result<(), RuleError> {
        match quality {
            Quality::Good => Ok(()),
            Quality::Questionable if self.accept_questionable => Ok(()),
            Quality::Questionable | Quality::Poor => Err(RuleError::Quality { quality }),
        }
    }

    fn check_device(&self, item: &Evidence) -> Result<(), RuleError> {
        if item.assurance < self.min_assurance {
            return Err(RuleError::Assurance {
                got: item.assurance,
                least: self.min_assurance,
            });
        }
        if self.calibrated && !item.calibrated {
            return Err(RuleError::NotCalibrated);
        }
        let paired_ms = item.at_ms.saturating_sub(item.paired_from_ms);
        if paired_ms < seconds_to_ms(self.paired_for_s) {
            return Err(RuleError::PairedTooShort {
                got_s: ms_to_seconds(paired_ms),
                least_s: self.paired_for_s,
            });
        }
        let age_ms = item.anchored_at_ms.saturating_sub(item.at_ms);
        if age_ms > seconds_to_ms(self.anchored_within_s) {
            return Err(RuleError::AnchoredTooLate {
                got_s: ms_to_seconds(age_ms),
                most_s: self.anchored_within_s,
            });
        }
        Ok(())
    }

    fn check_condition(
        &self,
        condition: &Condition,
        evidence: &[Evidence],
    ) -> Result<(), RuleError> {
        let measure = condition.measure;
        let mut times: Vec<Millis> = evidence
            .iter()
            .filter(|e| e.reading.measure == measure)
            .map(|e| e.at_ms)
            .collect();
        times.sort_unstable();
        if times.len() < usize::from(self.readings) {
            return Err(RuleError::TooFew {
                measure,
                least: self.readings,
                got: times.len(),
            });
        }
        for (earlier, later) in times.iter().zip(times.iter().skip(1)) {
            let got_ms = later.saturating_sub(*earlier);
            // two readings of one measure at one time are one reading
            if got_ms < seconds_to_ms(self.spaced_s).max(1) {
                return Err(RuleError::TooClose {
                    measure,
                    got_ms,
                    least_s: self.spaced_s,
                });
            }
        }
        Ok(())
    }

    fn window(&self, evidence: &[Evidence]) -> Result<ClaimWindow, RuleError> {
        let from_ms = evidence.iter().map(|e| e.at_ms).min().unwrap_or(0);
        let to_ms = evidence.iter().map(|e| e.at_ms).max().unwrap_or(0);
        let got_ms = to_ms.saturating_sub(from_ms);
        if got_ms > seconds_to_ms(self.within_s) {
            return Err(RuleError::TooLong {
                got_ms,
                most_s: self.within_s,
            });
        }
        Ok(ClaimWindow { from_ms, to_ms })
    }
}

/// A threshold at the very end of the plausible range can still be met; beyond it cannot.
fn check_threshold(condition: &Condition) -> Result<(), RuleError> {
    let (low, high) = condition.measure.info().plausible;
    let threshold = i64::from(condition.threshold);
    if low <= threshold && threshold <= high {
        return Ok(());
    }
    Err(RuleError::Threshold {
        measure: condition.measure,
        threshold: condition.threshold,
        low,
        high,
    })
}

fn seconds_to_ms(seconds: u32) -> u64 {
    u64::from(seconds).saturating_mul(1_000)
}

fn ms_to_seconds(ms: u64) -> u64 {
    ms.div_euclid(1_000)
}

#[cfg(test)]
mod tests;
