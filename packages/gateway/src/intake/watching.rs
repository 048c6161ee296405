//! What watches a patient: the thresholds over each device's readings by themselves, and the person
//! over all of them. What it finds becomes an alert where somebody is to be told.
//!
//! Thresholds stay with the device: of two oximeters the one that reads well must not end, reading
//! by reading, the run of the one that reads badly. The person's monitor has none.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use vitals_analysis::{Alerts, Finding, Monitor, Plan, PlanError, Threshold};
use vitals_core::reading::Reading;
use vitals_core::time::Millis;

use crate::alarm::FIRST_RULE;
use crate::GatewayError;

/// How often time is told without a reading, and how far behind the clock: a device may be a slot
/// of five minutes late without its readings counting as late.
const TICK_MS: u64 = 300_000;

/// Serialised, another goes on from it. One of the same readings in the same order finds the same.
#[derive(Serialize, Deserialize)]
pub(super) struct Watching {
    plan: Plan,
    devices: BTreeMap<u64, Monitor>,
    person: Monitor,
    alerts: Alerts,
    ticked_ms: Millis,
}

/// The thresholds of the configuration with a care plan's over them: where both give a rule of one
/// number, the plan's holds.
pub(crate) fn effective(
    configured: &[Threshold],
    plan: Option<Plan>,
) -> Result<Plan, GatewayError> {
    let mut plan = plan.unwrap_or_default();
    let planned = |rule: u16| plan.thresholds.iter().any(|own| own.rule == rule);
    let more = configured.iter().filter(|one| !planned(one.rule));
    let more: Vec<_> = more.cloned().collect();
    plan.thresholds.extend(more);
    let mut rules = plan.thresholds.iter().map(|threshold| threshold.rule);
    if let Some(got) = rules.find(|rule| *rule >= FIRST_RULE) {
        let first = FIRST_RULE;
        return Err(GatewayError::RuleReserved { first, got });
    }
    plan.check()?;
    Ok(plan)
}

/// Whether thresholds of a configuration can be watched for.
pub fn check_thresholds(configured: &[Threshold]) -> Result<(), GatewayError> {
    effective(configured, None).map(drop)
}

impl Watching {
    pub fn new(plan: Plan) -> Result<Self, PlanError> {
        Ok(Self {
            devices: BTreeMap::new(),
            person: Monitor::of_plan(&of_person(&plan))?,
            alerts: Alerts::new(plan.alerts),
            plan,
            ticked_ms: 0,
        })
    }

    pub fn is_of(&self, plan: &Plan) -> bool {
        self.plan == *plan
    }

    /// See [`Monitor::set_plan`]: what was learned of the person stays where the plan still asks for
    /// it, a threshold that is the same goes on where it was.
    pub fn set_plan(&mut self, plan: Plan) -> Result<(), PlanError> {
        self.person.set_plan(&of_person(&plan))?;
        let of_device = of_device(&plan);
        for device in self.devices.values_mut() {
            device.set_plan(&of_device)?;
        }
        self.alerts.set_rules(plan.alerts);
        self.plan = plan;
        Ok(())
    }

    /// What somebody is to be told after the next reading of a device.
    pub fn take(
        &mut self,
        device: u64,
        reading: &Reading,
        at_ms: Millis,
    ) -> Result<Vec<Finding>, GatewayError> {
        let mut found = match self.plan.thresholds.is_empty() {
            true => Vec::new(),
            false => self.of(device)?.push(reading, at_ms),
        };
        if self.plan.personal.is_some() {
            found.extend(self.person.push(reading, at_ms));
        }
        Ok(self.told(found))
    }

    pub fn is_due(&self, now_ms: Millis) -> bool {
        // either way: a clock that was set back must not stop it for hours
        now_ms.abs_diff(self.ticked_ms) >= TICK_MS
    }

    /// What somebody is to be told because no reading came.
    pub fn tick(&mut self, now_ms: Millis) -> Vec<Finding> {
        self.ticked_ms = now_ms;
        let found = self.person.tick(now_ms.saturating_sub(TICK_MS));
        self.told(found)
    }

    fn told(&mut self, mut found: Vec<Finding>) -> Vec<Finding> {
        found.retain(|finding| self.alerts.take(finding).is_told());
        found
    }

    fn of(&mut self, device: u64) -> Result<&mut Monitor, GatewayError> {
        use std::collections::btree_map::Entry;
        match self.devices.entry(device) {
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(new) => {
                let thresholds = self.plan.thresholds.clone();
                Ok(new.insert(Monitor::new(thresholds)?))
            }
        }
    }
}

fn of_person(plan: &Plan) -> Plan {
    Plan {
        thresholds: Vec::new(),
        ..plan.clone()
    }
}

fn of_device(plan: &Plan) -> Plan {
    Plan {
        thresholds: plan.thresholds.clone(),
        ..Plan::default()
    }
}
