//! Watches devices, vaults and the queue, and raises an alert once for each condition until it is
//! over; a restart repeats none.

use std::collections::{BTreeMap, BTreeSet};

use vitals_api::registry::{DeviceInfo, DeviceStatus};
use vitals_core::measure::Measure;
use vitals_core::time::Millis;
use vitals_ledger::Account;

use crate::alarm::Condition;
use crate::blob::BlobStore;
use crate::steady::Lasting;
use crate::store::batch::{BatchRow, State};
use crate::store::device::DeviceRow;
use crate::troubles::vault;
use crate::{Gateway, GatewayError};

const HOUR_MS: u64 = 3_600_000;
const CALIBRATION_NOTICE_MS: u64 = 7 * 24 * HOUR_MS;
const BATTERY_LOW: u8 = 20;
const BATTERY_FULL_ENOUGH: u8 = 25;

/// When the condition of a device becomes an alert, and which of the patient's ladders it climbs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConditionRules {
    /// Without a stored reading for so long, a device in use that measures by itself counts as
    /// silent. Seconds. One that measures when somebody makes it never does.
    pub silent_after_s: u32,
    /// The same of single devices, whatever they measure; 0: never.
    pub silent_after_of: BTreeMap<u64, u32>,
    pub ladder: u8,
}

impl Default for ConditionRules {
    fn default() -> Self {
        Self {
            silent_after_s: 900,
            silent_after_of: BTreeMap::new(),
            ladder: 1,
        }
    }
}

/// What the registry says of a device beyond its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Standing {
    in_use: bool,
    measures_by_itself: bool,
    calibrated_until_ms: Option<Millis>,
}

impl Standing {
    pub(crate) fn of(info: &DeviceInfo) -> Self {
        let active = info.status == DeviceStatus::Active;
        Self {
            in_use: active && !info.recalled && info.lost_from_ms.is_none(),
            measures_by_itself: measures_by_itself(&info.measures),
            calibrated_until_ms: info.calibrated_until.map(|s| s.saturating_mul(1_000)),
        }
    }
}

/// Whether a model of these measures goes on by itself while it is worn. A cuff, a meter, a
/// thermometer or a dispenser waits for somebody, and a cuff counts the pulse too; a monitor that
/// has a cuff beside its oximeter goes on.
fn measures_by_itself(measures: &[Measure]) -> bool {
    let has = |measure| measures.contains(&measure);
    let is_cuff = has(Measure::SystolicPressure) || has(Measure::DiastolicPressure);
    has(Measure::OxygenSaturation)
        || has(Measure::RespiratoryRate)
        || (has(Measure::HeartRate) && !is_cuff)
}

impl ConditionRules {
    /// After how many seconds a device counts as silent; none: never, or not known yet.
    fn silent_after_s(&self, device: u64, standing: Option<Standing>) -> Option<u32> {
        match self.silent_after_of.get(&device) {
            Some(0) => None,
            Some(seconds) => Some(*seconds),
            None => standing
                .filter(|standing| standing.measures_by_itself)
                .map(|_| self.silent_after_s),
        }
    }
}

/// What is in neither list is over.
enum Level {
    Given,
    /// Neither given nor over, or not known yet: it stays as it was.
    Between,
}

impl Level {
    /// Of what must last to be given. Before a restart it may have lasted long already: until it
    /// changes, or has lasted anew, it stays as it was.
    fn lasting(lasting: Lasting, at_least_ms: u64) -> Option<Self> {
        match lasting {
            Lasting { ms, .. } if ms >= at_least_ms => Some(Self::Given),
            Lasting { changed: false, .. } => Some(Self::Between),
            Lasting { .. } => None,
        }
    }
}

type Found = Vec<(Condition, Level)>;

impl<L: Account, V: BlobStore> Gateway<L, V> {
    pub(crate) fn watch_conditions(&mut self, now_ms: Millis) -> Result<(), GatewayError> {
        self.steady.tick(now_ms);
        let mut found = Found::new();
        for device in self.store.devices()? {
            self.watch_device(&device, now_ms, &mut found)?;
        }
        self.watch_vaults(&mut found);
        self.watch_queue(&mut found)?;
        self.note_conditions(found, now_ms)
    }

    fn watch_device(
        &mut self,
        row: &DeviceRow,
        now_ms: Millis,
        found: &mut Found,
    ) -> Result<(), GatewayError> {
        let device = row.device;
        let standing = self.standings.get(&device).copied();
        let is_gateway = self.device.as_ref().is_some_and(|own| own.device == device);
        if is_gateway || !row.is_paired() || !standing.is_none_or(|standing| standing.in_use) {
            return Ok(());
        }
        let heard = self.store.heard(device)?;
        let seen = heard.last_seen_ms.unwrap_or(0);
        let silent = self.steady.lasts("device", device.to_string(), seen);
        let rules = &self.config.conditions;
        let after_s = rules.silent_after_s(device, standing);
        let for_s = u64::from(after_s.unwrap_or(rules.silent_after_s));
        let level = match (after_s, standing) {
            (Some(_), _) => Level::lasting(silent, for_s.saturating_mul(1_000)),
            (None, None) => Some(Level::Between),
            (None, Some(_)) => None,
        };
        found.extend(level.map(|level| (Condition::Silent { device, for_s }, level)));
        if let Some((percent, _)) = heard.battery {
            found.extend(battery(device, percent));
        }
        let until_ms = standing.and_then(|standing| standing.calibrated_until_ms);
        let clock_ms = self.trusted_ms(now_ms).unwrap_or(now_ms);
        found.extend(until_ms.and_then(|until_ms| calibration(device, until_ms, clock_ms)));
        Ok(())
    }

    fn watch_vaults(&mut self, found: &mut Found) {
        for name in self.vault_names() {
            let failing = self.troubles.get(&vault(&name)).is_some();
            let lasting = self.steady.lasts("vault", name.clone(), failing.into());
            let level = Level::lasting(lasting, HOUR_MS).filter(|_| failing);
            let condition = |level| (Condition::VaultUnreachable { vault: name }, level);
            found.extend(level.map(condition));
        }
    }

    /// Complete, and not on the chain. What waits for the patient's new keys has its own way.
    fn watch_queue(&mut self, found: &mut Found) -> Result<(), GatewayError> {
        let rows = self.store.unfinished()?;
        let complete = |row: &&BatchRow| !matches!(row.state, State::Open | State::Parked);
        let waiting: BTreeSet<String> = rows.iter().filter(complete).map(subject).collect();
        self.steady.keep("batch", |batch| waiting.contains(batch));
        let is_some = !waiting.is_empty();
        let mut batches = 0;
        for batch in waiting {
            batches += u64::from(self.steady.lasts("batch", batch, 0).ms >= HOUR_MS);
        }
        let level = match batches {
            0 if is_some && self.steady.passed_ms() < HOUR_MS => Level::Between,
            0 => return Ok(()),
            _ => Level::Given,
        };
        found.push((Condition::BatchesWaiting { batches }, level));
        Ok(())
    }

    fn note_conditions(&self, found: Found, now_ms: Millis) -> Result<(), GatewayError> {
        let mut open = self.store.open_conditions()?;
        for (condition, level) in found {
            let key = (condition.rule(), condition.subject());
            let known = open.remove(&key).is_some();
            if matches!(level, Level::Given) && !known {
                self.raise_condition(condition, now_ms)?;
            }
        }
        for ((rule, subject), _) in open {
            tracing::info!(rule, "a condition is over");
            self.store.close_condition(rule, &subject)?;
        }
        Ok(())
    }

    fn raise_condition(&self, condition: Condition, now_ms: Millis) -> Result<(), GatewayError> {
        let (rule, subject) = (condition.rule(), condition.subject());
        tracing::warn!(rule, "a condition is given");
        let ladder = self.config.conditions.ladder;
        let tx = self.store.begin()?;
        self.store.open_condition(rule, &subject, now_ms)?;
        self.store
            .put_alarm(&condition.occurred(now_ms), ladder, now_ms)?;
        Ok(tx.commit()?)
    }
}

fn subject(row: &BatchRow) -> String {
    format!("{}/{}", row.head.device, row.head.sequence)
}

fn battery(device: u64, percent: u8) -> Option<(Condition, Level)> {
    let level = match percent {
        low if low <= BATTERY_LOW => Level::Given,
        between if between <= BATTERY_FULL_ENOUGH => Level::Between,
        _ => return None,
    };
    Some((Condition::BatteryLow { device, percent }, level))
}

fn calibration(device: u64, until_ms: Millis, now_ms: Millis) -> Option<(Condition, Level)> {
    let condition = match until_ms {
        until if until <= now_ms => Condition::CalibrationOver { device, until_ms },
        until if until <= now_ms.saturating_add(CALIBRATION_NOTICE_MS) => {
            Condition::CalibrationDue { device, until_ms }
        }
        _ => return None,
    };
    Some((condition, Level::Given))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_waits_for_somebody_to_measure_is_told_from_what_is_worn() {
        use Measure::{
            BodyTemperature, DiastolicPressure, DoseTaken, Glucose, HeartRate, OxygenSaturation,
            RespiratoryRate, Steps, SystolicPressure,
        };
        let worn: [&[Measure]; 4] = [
            &[HeartRate],
            &[OxygenSaturation, HeartRate],
            &[RespiratoryRate],
            &[
                SystolicPressure,
                DiastolicPressure,
                OxygenSaturation,
                BodyTemperature,
            ],
        ];
        assert!(worn.iter().all(|measures| measures_by_itself(measures)));
        let used: [&[Measure]; 5] = [
            &[SystolicPressure, DiastolicPressure, HeartRate],
            &[Glucose],
            &[BodyTemperature],
            &[DoseTaken],
            &[Steps],
        ];
        assert!(!used.iter().any(|measures| measures_by_itself(measures)));
    }

    #[test]
    fn a_battery_is_low_from_20_per_cent_and_full_enough_above_25() {
        let level = |percent| battery(5, percent).map(|(_, level)| matches!(level, Level::Given));
        assert_eq!([0, 20].map(level), [Some(true); 2]);
        assert_eq!([21, 25].map(level), [Some(false); 2]);
        assert_eq!([26, 100].map(level), [None; 2]);
    }

    #[test]
    fn a_calibration_is_due_a_week_before_it_is_over() {
        let now = 100 * CALIBRATION_NOTICE_MS;
        let rule = |until| calibration(5, until, now).map(|(condition, _)| condition.rule());
        assert_eq!(rule(now + CALIBRATION_NOTICE_MS + 1), None);
        assert_eq!(rule(now + CALIBRATION_NOTICE_MS), Some(60_003));
        assert_eq!(rule(now + 1), Some(60_003));
        assert_eq!(rule(now), Some(60_004));
    }
}
