//! Doses against the plan's schedule, as a finding.

use serde::{Deserialize, Serialize};
use vitals_core::adherence::{assess, Dose, Period, Report};
use vitals_core::measure::Measure;
use vitals_core::time::Millis;

use super::rules::{Found, Rules};
use crate::baseline::DAY_MS;
use crate::finding::{Evidence, Explanation, Finding, FindingKind, Severity};
use crate::latch::Latch;
use crate::plan::{Medication, Plan};

/// Readings of doses that are remembered.
const MOST: usize = 512;
/// A week is looked at, with a day before it for doses that were taken early.
const DAYS: u64 = 7;
/// So many missed in the week is urgent where at the same time fewer than 80 % of the days are
/// covered, which the Pharmacy Quality Alliance calls not adherent.
const URGENT_MISSED: u32 = 3;
const LEAST_COVERED_PER_MILLE: u16 = 800;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Doses {
    medication: Vec<Medication>,
    taken: Vec<Taken>,
    latch: Latch,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Taken {
    evidence: Evidence,
    simulated: bool,
}

impl Doses {
    pub fn new(plan: &Plan) -> Self {
        Self {
            medication: plan.medication.clone(),
            taken: Vec::new(),
            latch: Latch::default(),
        }
    }

    pub fn set_plan(&mut self, plan: &Plan) {
        if self.medication != plan.medication {
            self.medication.clone_from(&plan.medication);
            self.latch = Latch::default();
        }
    }

    pub fn take(&mut self, evidence: Evidence, simulated: bool) {
        if self.taken.len() >= MOST {
            self.taken.remove(0);
        }
        self.taken.push(Taken {
            evidence,
            simulated,
        });
    }

    pub fn assess(&mut self, rules: Rules, now_ms: Millis) -> Option<Finding> {
        if self.medication.is_empty() {
            return None;
        }
        let week = self.report(now_ms, DAYS)?;
        let today = self.report(now_ms, 1)?;
        let amiss = today.missed > 0 || today.extra > 0;
        let severity = self.latch.step(severity(&week).filter(|_| amiss), !amiss)?;
        let since = now_ms.saturating_sub(DAYS * DAY_MS);
        let recent = self.taken.iter().filter(|one| one.evidence.at_ms >= since);
        Some(rules.finding(Found {
            measure: Measure::DoseTaken,
            kind: FindingKind::Adherence,
            severity,
            evidence: recent.clone().map(|one| one.evidence).collect(),
            simulated: recent.clone().any(|one| one.simulated),
            at_ms: now_ms,
            explanation: Explanation::Adherence {
                missed: week.missed,
                due: week.due(),
                extra: week.extra,
                days: DAYS as u16,
            },
        }))
    }

    fn report(&self, now_ms: Millis, days: u64) -> Option<Report> {
        let to_ms = now_ms.saturating_add(1);
        let from_ms = to_ms.saturating_sub(days * DAY_MS);
        let (early, late) = (from_ms.saturating_sub(DAY_MS), to_ms.saturating_add(DAY_MS));
        let schedule: Vec<_> = self
            .medication
            .iter()
            .flat_map(|medication| medication.schedule(early, late))
            .collect();
        let doses: Vec<Dose> = self.taken.iter().flat_map(Taken::doses).collect();
        let period = Period { from_ms, to_ms };
        assess(&schedule, &doses, period, now_ms).ok()
    }
}

impl Taken {
    /// A reading counts doses; no dispenser gives a hundred, and the measure allows no more.
    fn doses(&self) -> impl Iterator<Item = Dose> {
        let count = usize::try_from(self.evidence.value).unwrap_or(0).min(100);
        let at_ms = self.evidence.at_ms;
        std::iter::repeat_n(Dose { at_ms }, count)
    }
}

fn severity(week: &Report) -> Option<Severity> {
    let covered = week.days_covered_per_mille().unwrap_or(1_000);
    match week.missed >= URGENT_MISSED && covered < LEAST_COVERED_PER_MILLE {
        true => Some(Severity::Urgent),
        false => Some(Severity::Notice),
    }
}
