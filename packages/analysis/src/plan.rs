//! What a care plan says to the monitor: the decrypted JSON of a plan.

use serde::{Deserialize, Serialize};
use vitals_core::adherence::ScheduledDose;
use vitals_core::time::Millis;

use crate::alerts::AlertRules;
use crate::news2::Spo2Scale;
use crate::threshold::{check_all, Threshold, ThresholdError};

/// Rule numbers that the personal rules take, from `first_rule`.
pub const PERSONAL_RULES: u16 = 40;
/// Rules from here on are a gateway's own conditions.
const RESERVED: u16 = 60_001;
/// Doses are held against so many slots of the schedule at most.
const MOST_SLOTS: u64 = 512;

/// All parts may be left out: what a plan does not say is not watched.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    #[serde(default)]
    pub thresholds: Vec<Threshold>,
    #[serde(default)]
    pub medication: Vec<Medication>,
    /// The person's own baseline, change points and trends, signal quality, NEWS2, adherence.
    #[serde(default)]
    pub personal: Option<Personal>,
    #[serde(default)]
    pub alerts: AlertRules,
    /// For people: nothing is watched by them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub goals: Vec<Goal>,
}

/// What is to be reached, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Goal {
    pub text: String,
    /// By when, where there is a date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_ms: Option<Millis>,
}

/// How personal rules are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Personal {
    /// The first of 40 rule numbers, drawn at random by who writes the plan: an alert's number is
    /// public, and whoever knows the first one can tell from it what the alert is about.
    pub first_rule: u16,
    /// Which of the patient's ladders its alerts climb.
    pub ladder: u8,
    /// Scored for this patient, an adult who is not pregnant.
    #[serde(default)]
    pub news2: Option<Spo2Scale>,
}

/// Doses at equal intervals. What is taken twice a day at unequal hours is two of these.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Medication {
    /// What is taken and how much of it, in words for people: nothing is computed from them.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    pub first_at_ms: Millis,
    pub every_ms: u32,
    pub doses: u32,
    /// How much before its time a dose may be taken.
    pub early_ms: u32,
    /// Until how much after its time it is on time.
    pub on_time_ms: u32,
    /// Until how much after its time it still counts; at least `on_time_ms`.
    pub late_ms: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    #[error(transparent)]
    Threshold(#[from] ThresholdError),
    #[error("plan/interval: a dose every 0 ms, the interval is positive")]
    Interval,
    #[error("plan/late: a dose is late until {late_ms} ms, that is at least the {on_time_ms} ms until which it is on time")]
    Late { late_ms: u32, on_time_ms: u32 },
    #[error("plan/personal: doses are held against the schedule by a personal rule, and `personal` is missing")]
    Personal,
    #[error("plan/first_rule: rules {first} to {last} are the personal ones, they lie below 60001 and hold no threshold's")]
    FirstRule { first: u16, last: u16 },
}

impl Plan {
    pub fn check(&self) -> Result<(), PlanError> {
        check_all(&self.thresholds)?;
        self.medication.iter().try_for_each(Medication::check)?;
        match self.personal {
            Some(personal) => self.check_rules(personal.first_rule),
            None if self.medication.is_empty() => Ok(()),
            None => Err(PlanError::Personal),
        }
    }

    fn check_rules(&self, first: u16) -> Result<(), PlanError> {
        let last = first.saturating_add(PERSONAL_RULES - 1);
        let taken = |threshold: &Threshold| (first..=last).contains(&threshold.rule);
        if last >= RESERVED || self.thresholds.iter().any(taken) {
            return Err(PlanError::FirstRule { first, last });
        }
        Ok(())
    }
}

impl Medication {
    fn check(&self) -> Result<(), PlanError> {
        let (late_ms, on_time_ms) = (self.late_ms, self.on_time_ms);
        if self.every_ms == 0 {
            return Err(PlanError::Interval);
        }
        match late_ms < on_time_ms {
            true => Err(PlanError::Late {
                late_ms,
                on_time_ms,
            }),
            false => Ok(()),
        }
    }

    /// When dose `dose`, from 0, is due.
    pub fn at(&self, dose: u32) -> Millis {
        let after = u64::from(dose).saturating_mul(self.every_ms.into());
        self.first_at_ms.saturating_add(after)
    }

    /// Its doses due in `[from_ms, to_ms)`, the latest 512.
    pub fn schedule(&self, from_ms: Millis, to_ms: Millis) -> Vec<ScheduledDose> {
        let before = |end_ms: Millis| {
            let due = end_ms.saturating_sub(self.first_at_ms);
            due.div_ceil(u64::from(self.every_ms).max(1))
                .min(self.doses.into())
        };
        let (first, end) = (before(from_ms), before(to_ms));
        let first = first.max(end.saturating_sub(MOST_SLOTS));
        let doses = (first..end).filter_map(|dose| u32::try_from(dose).ok());
        doses.map(|dose| self.due(dose)).collect()
    }

    fn due(&self, dose: u32) -> ScheduledDose {
        ScheduledDose {
            at_ms: self.at(dose),
            early_ms: self.early_ms,
            on_time_ms: self.on_time_ms,
            late_ms: self.late_ms,
        }
    }
}
