//! A rebate of premium for what the patient does on so many days.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::book::Amount;
use super::cover::day_of;
use crate::decision::Seconds;
use crate::measure::Measure;
use crate::reading::Quality;
use crate::rule::{Assurance, Evidence};
use crate::time::epoch_of;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reward {
    pub measure: Measure,
    /// What the readings of a day add up to at the least, in the measure's fixed point.
    pub least_a_day: u32,
    /// Distinct days.
    pub days: u16,
    pub rebate: Amount,
    pub accept_simulated: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RewardError {
    #[error("claims/reward_measure: the reward counts {asked:?}, a reading is of {got:?}")]
    Measure { asked: Measure, got: Measure },
    #[error(
        "claims/reward_assurance: readings of maker-attested devices count, one is of {got:?}"
    )]
    Assurance { got: Assurance },
    #[error("claims/reward_simulated: a simulated reading does not count")]
    Simulated,
    #[error("claims/reward_quality: a reading of {quality:?} signal does not count")]
    Quality { quality: Quality },
    #[error("claims/reward_implausible: {measure:?} of {value} is not plausible")]
    Implausible { measure: Measure, value: i64 },
    #[error(
        "claims/reward_before_policy: a reading of {at_ms} ms is before the policy's first day"
    )]
    BeforePolicy { at_ms: u64 },
    #[error("claims/reward_day: day {day} adds up to {got}, the product asks for {least}")]
    DayTooLittle { day: u16, got: i64, least: u32 },
}

impl Reward {
    /// The days, from 0 and rising, that the readings show; each reading is one that the chain
    /// knows was measured, and none is there twice. Devices add up: two dispensers hold two
    /// medicines, and two pedometers worn at once count each step twice.
    pub fn days_shown(
        &self,
        evidence: &[Evidence],
        bound_at: Seconds,
    ) -> Result<Vec<u16>, RewardError> {
        let mut days: BTreeMap<u16, i64> = BTreeMap::new();
        for item in evidence {
            self.check_item(item)?;
            let day = epoch_of(item.at_ms)
                .and_then(|epoch| day_of(bound_at, epoch))
                .ok_or(RewardError::BeforePolicy { at_ms: item.at_ms })?;
            let so_far = days.entry(day).or_default();
            *so_far = so_far.saturating_add(item.reading.value);
        }
        for (&day, &got) in &days {
            if got < i64::from(self.least_a_day) {
                let least = self.least_a_day;
                return Err(RewardError::DayTooLittle { day, got, least });
            }
        }
        Ok(days.into_keys().collect())
    }

    /// Whether a reading counts by itself.
    pub fn check_item(&self, item: &Evidence) -> Result<(), RewardError> {
        let (measure, value) = (item.reading.measure, item.reading.value);
        if measure != self.measure {
            return Err(RewardError::Measure {
                asked: self.measure,
                got: measure,
            });
        }
        if !measure.is_plausible(value) {
            return Err(RewardError::Implausible { measure, value });
        }
        if item.assurance != Assurance::Maker {
            return Err(RewardError::Assurance {
                got: item.assurance,
            });
        }
        if (item.simulated || item.reading.flags.simulated) && !self.accept_simulated {
            return Err(RewardError::Simulated);
        }
        match item.reading.flags.quality {
            Quality::Good => Ok(()),
            quality => Err(RewardError::Quality { quality }),
        }
    }
}

#[cfg(test)]
mod tests;
