//! One threshold over a stream of readings.

use serde::{Deserialize, Serialize};
use vitals_core::time::Millis;

use super::{Threshold, MAX_EVIDENCE};
use crate::finding::{Evidence, Explanation, Finding};

/// A threshold and how far its readings are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Watch {
    pub threshold: Threshold,
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

impl Watch {
    pub fn new(threshold: Threshold) -> Self {
        Self {
            threshold,
            run: Run::default(),
            open: false,
        }
    }

    pub fn take(&mut self, evidence: Evidence, simulated: bool) -> Option<Finding> {
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
            false => self.fire(evidence),
            true => self.recover(),
        }
    }

    fn fire(&mut self, last: Evidence) -> Option<Finding> {
        let to_ms = last.at_ms;
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
            explanation: Some(Explanation::Threshold {
                value: last.value,
                limit: self.threshold.value,
                readings: run.length,
                for_ms: lasted,
            }),
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
