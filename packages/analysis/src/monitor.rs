//! A streaming detector: readings in, findings out, one open finding a rule.

use serde::{Deserialize, Serialize};
use vitals_core::reading::Reading;
use vitals_core::time::Millis;

use crate::quality::assess;
use crate::threshold::{Evidence, Finding, Threshold, ThresholdError};

/// The latest readings of a run that a finding carries.
pub const MAX_EVIDENCE: usize = 64;

/// Watches one person's readings from one device against thresholds. Serialised, it is the state
/// from which another goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Monitor {
    watches: Vec<Watch>,
    seen: u64,
}

/// One threshold and how far its readings are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Watch {
    threshold: Threshold,
    run: Run,
    open: bool,
}

/// Readings in a row that crossed the threshold or, while a finding is open, that came back.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Run {
    length: u64,
    from_ms: Millis,
    simulated: bool,
    latest: Vec<Evidence>,
}

impl Monitor {
    pub fn new(thresholds: Vec<Threshold>) -> Result<Self, ThresholdError> {
        for (at, threshold) in thresholds.iter().enumerate() {
            threshold.check()?;
            let rule = threshold.rule;
            if thresholds.iter().take(at).any(|other| other.rule == rule) {
                return Err(ThresholdError::Rule { rule });
            }
        }
        let watches = thresholds.into_iter().map(Watch::new).collect();
        Ok(Self { watches, seen: 0 })
    }

    /// Whether it watches exactly these thresholds.
    pub fn watches(&self, thresholds: &[Threshold]) -> bool {
        self.watches.iter().map(|w| &w.threshold).eq(thresholds)
    }

    /// Takes the next reading, measured at `at_ms`. An implausible or poor reading counts neither
    /// for a threshold nor against it. A rule whose finding is open fires again only after its
    /// readings have come back.
    pub fn push(&mut self, reading: &Reading, at_ms: Millis) -> Vec<Finding> {
        let evidence = Evidence {
            index: self.seen,
            value: reading.value,
            at_ms,
        };
        self.seen = self.seen.saturating_add(1);
        if !assess(reading, None).counts() {
            return Vec::new();
        }
        self.watches
            .iter_mut()
            .filter(|watch| watch.threshold.measure == reading.measure)
            .filter_map(|watch| watch.take(evidence, reading.flags.simulated))
            .collect()
    }
}

impl Watch {
    fn new(threshold: Threshold) -> Self {
        Self {
            threshold,
            run: Run::default(),
            open: false,
        }
    }

    fn take(&mut self, evidence: Evidence, simulated: bool) -> Option<Finding> {
        let value = evidence.value;
        let continues = match self.open {
            false => self.threshold.is_crossed_by(value),
            true => self.threshold.is_recovered_by(value),
        };
        if !continues {
            self.run = Run::default();
            return None;
        }
        self.run.push(evidence, simulated);
        match self.open {
            false => self.fire(evidence.at_ms),
            true => self.recover(),
        }
    }

    fn fire(&mut self, to_ms: Millis) -> Option<Finding> {
        let lasted = to_ms.saturating_sub(self.run.from_ms);
        if self.run.length < self.threshold.for_readings.into() || lasted < self.threshold.for_ms {
            return None;
        }
        let run = std::mem::take(&mut self.run);
        self.open = true;
        Some(Finding {
            rule: self.threshold.rule,
            measure: self.threshold.measure,
            kind: self.threshold.kind(),
            severity: self.threshold.severity,
            ladder: self.threshold.ladder,
            from_ms: run.from_ms,
            to_ms,
            simulated: run.simulated,
            evidence: run.latest,
        })
    }

    fn recover(&mut self) -> Option<Finding> {
        if self.run.length >= self.threshold.for_readings.into() {
            self.run = Run::default();
            self.open = false;
        }
        None
    }
}

impl Run {
    fn push(&mut self, evidence: Evidence, simulated: bool) {
        if self.length == 0 {
            self.from_ms = evidence.at_ms;
        }
        self.length = self.length.saturating_add(1);
        self.simulated |= simulated;
        if self.latest.len() == MAX_EVIDENCE {
            self.latest.remove(0);
        }
        self.latest.push(evidence);
    }
}
