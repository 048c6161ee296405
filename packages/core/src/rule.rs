//! The claim rule: one to three conditions that hold together over one window of readings.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::measure::{Category, Measure};
use crate::reading::Reading;
use crate::time::{Millis, EPOCH_MS};

mod error;
mod evaluate;
mod search;

pub use error::RuleError;
pub use search::{Area, Bar, Candidate, Found, Span};

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

impl ClaimWindow {
    /// Milliseconds between the end of the one and the start of the other, whichever is first;
    /// none where they share an instant.
    pub fn gap_ms(&self, other: &ClaimWindow) -> u64 {
        let after = other.from_ms.saturating_sub(self.to_ms);
        let before = self.from_ms.saturating_sub(other.to_ms);
        after.max(before)
    }
}

impl Rule {
    /// Refuses a rule that no evidence could ever meet, or that is not one.
    pub fn check(&self) -> Result<(), RuleError> {
        self.check_conditions()?;
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

    fn check_conditions(&self) -> Result<(), RuleError> {
        let got = self.conditions.len();
        if got == 0 || got > MAX_CONDITIONS {
            return Err(RuleError::Conditions {
                got,
                most: MAX_CONDITIONS,
            });
        }
        for (at, condition) in self.conditions.iter().enumerate() {
            let measure = condition.measure;
            if self
                .conditions
                .iter()
                .take(at)
                .any(|c| c.measure == measure)
            {
                return Err(RuleError::MeasureTwice { measure });
            }
        }
        Ok(())
    }

    /// Milliseconds between two readings of one measure at the least: two at one time are one.
    pub fn spacing_ms(&self) -> u64 {
        seconds_to_ms(self.spaced_s).max(1)
    }

    /// Milliseconds from the first to the last reading at the least.
    pub fn least_span_ms(&self) -> u64 {
        u64::from(self.readings.saturating_sub(1)).saturating_mul(self.spacing_ms())
    }

    /// Batches below which no evidence is enough: a batch holds one category of one epoch, and an
    /// epoch only so many readings at this spacing.
    pub fn least_batches(&self) -> u64 {
        let an_epoch = (EPOCH_MS - 1)
            .div_euclid(self.spacing_ms())
            .saturating_add(1);
        let epochs = u64::from(self.readings).div_ceil(an_epoch);
        let categories = Category::ALL
            .into_iter()
            .filter(|category| self.asks_for(*category))
            .fold(0u64, |count, _| count.saturating_add(1));
        epochs.saturating_mul(categories)
    }

    fn asks_for(&self, category: Category) -> bool {
        self.conditions
            .iter()
            .any(|c| c.measure.category() == category)
    }

    fn check_times(&self) -> Result<(), RuleError> {
        if self.least_span_ms() > seconds_to_ms(self.within_s) {
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

#[cfg(test)]
mod tests;
