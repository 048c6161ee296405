//! Readings in, findings out, one open finding a rule.

use serde::{Deserialize, Serialize};
use vitals_core::reading::Reading;
use vitals_core::time::Millis;

use crate::finding::{Evidence, Finding};
use crate::news2::Consciousness;
use crate::person::{Figures, Person};
use crate::plan::{Plan, PlanError};
use crate::quality::assess;
use crate::threshold::{check_all, Threshold, ThresholdError, Watch};

/// Watches one person's readings against thresholds and, by a plan that asks for it, against the
/// person's own history. Serialised, it is the state from which another goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Monitor {
    watches: Vec<Watch>,
    seen: u64,
    #[serde(default)]
    person: Option<Box<Person>>,
}

impl Monitor {
    /// Thresholds alone.
    pub fn new(thresholds: Vec<Threshold>) -> Result<Self, ThresholdError> {
        check_all(&thresholds)?;
        let watches = thresholds.into_iter().map(Watch::new).collect();
        Ok(Self {
            watches,
            seen: 0,
            person: None,
        })
    }

    /// All that a plan asks for. The readings of all of the person's devices go in.
    pub fn of_plan(plan: &Plan) -> Result<Self, PlanError> {
        plan.check()?;
        let mut monitor = Self::new(plan.thresholds.clone())?;
        let personal = plan.personal;
        monitor.person = personal.map(|personal| Box::new(Person::new(plan, personal)));
        Ok(monitor)
    }

    /// Another plan of the same person: thresholds begin anew where they are others; what was
    /// learned of the person stays, unless the new plan asks for nothing personal.
    pub fn set_plan(&mut self, plan: &Plan) -> Result<(), PlanError> {
        let fresh = Self::of_plan(plan)?;
        if !self.watches(&plan.thresholds) {
            self.watches = fresh.watches;
        }
        match (&mut self.person, plan.personal) {
            (Some(person), Some(personal)) => person.set_plan(plan, personal),
            (person, _) => *person = fresh.person,
        }
        Ok(())
    }

    /// Whether it watches exactly these thresholds.
    pub fn watches(&self, thresholds: &[Threshold]) -> bool {
        self.watches.iter().map(|w| &w.threshold).eq(thresholds)
    }

    /// Takes the next reading, measured at `at_ms`. An implausible or poor reading counts neither
    /// for a rule nor against it. A rule whose finding is open fires again only after its readings
    /// have come back.
    pub fn push(&mut self, reading: &Reading, at_ms: Millis) -> Vec<Finding> {
        let evidence = Evidence {
            index: self.seen,
            value: reading.value,
            at_ms,
            measure: None,
        };
        self.seen = self.seen.saturating_add(1);
        let counts = assess(reading, None).counts();
        let mut found = match &mut self.person {
            Some(person) => person.take(reading, evidence, counts),
            None => Vec::new(),
        };
        if counts {
            let simulated = reading.flags.simulated;
            let watches = self.watches.iter_mut();
            let watches = watches.filter(|watch| watch.threshold.measure == reading.measure);
            found.extend(watches.filter_map(|watch| watch.take(evidence, simulated)));
        }
        found
    }

    /// That it is `now_ms`: doses that were not taken and readings that stay away are noticed
    /// without a reading. To be called once in five minutes or so.
    pub fn tick(&mut self, now_ms: Millis) -> Vec<Finding> {
        let person = self.person.as_mut();
        person.map_or_else(Vec::new, |person| person.tick(now_ms))
    }

    /// What somebody saw, for NEWS2.
    pub fn observe_consciousness(&mut self, state: Consciousness, at_ms: Millis) {
        if let Some(person) = &mut self.person {
            person.round().take_consciousness(state, at_ms, at_ms);
        }
    }

    /// Whether oxygen is given, for NEWS2.
    pub fn observe_oxygen(&mut self, given: bool, at_ms: Millis) {
        if let Some(person) = &mut self.person {
            person.round().take_oxygen(given, at_ms, at_ms);
        }
    }

    /// The figures behind the personal rules, of the last five minutes that are complete.
    pub fn figures(&self) -> Option<Figures> {
        self.person.as_ref().map(|person| person.figures())
    }
}
