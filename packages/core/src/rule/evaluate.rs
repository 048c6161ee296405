//! Evidence against a rule.

use alloc::vec::Vec;

use crate::reading::{Quality, Reading};
use crate::rule::{seconds_to_ms, ClaimWindow, Condition, Evidence, Rule, RuleError};
use crate::time::Millis;

impl Rule {
    /// Whether the evidence meets the rule, and the time it uses up. In any order.
    pub fn evaluate(&self, evidence: &[Evidence]) -> Result<ClaimWindow, RuleError> {
        for item in evidence {
            self.check_item(item)?;
        }
        for condition in &self.conditions {
            self.check_condition(condition, evidence)?;
        }
        self.window(evidence)
    }

    /// Whether a reading counts by itself.
    pub fn check_item(&self, item: &Evidence) -> Result<(), RuleError> {
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
        check_plausible(&item.reading)?;
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
            if got_ms < self.spacing_ms() {
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

/// A value no living person has is the sensor's fault, whatever the threshold.
fn check_plausible(reading: &Reading) -> Result<(), RuleError> {
    if reading.measure.is_plausible(reading.value) {
        return Ok(());
    }
    let (low, high) = reading.measure.info().plausible;
    Err(RuleError::Implausible {
        measure: reading.measure,
        value: reading.value,
        low,
        high,
    })
}

fn ms_to_seconds(ms: u64) -> u64 {
    ms.div_euclid(1_000)
}
