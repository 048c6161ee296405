//! What is found in one measure.

use vitals_core::measure::Measure;
use vitals_core::time::Millis;

use super::super::rules::{Found, Rules};
use super::{Now, Stream, DAYS};
use crate::baseline::DAY_MS;
use crate::change::Sum;
use crate::finding::{Evidence, Explanation, Finding, FindingKind, Severity};
use crate::slot::{Closed, SLOT_MS};
use crate::trend::{theil_sen, Slope};

/// Distances, in thousandths of the spread, from which a sustained deviation is a notice and
/// urgent, and below which it is over. The first is where the evaluation has it raise one false
/// alarm in five days (docs/analysis.md).
const NOTICE_MILLI: i64 = 6_000;
const URGENT_MILLI: i64 = 9_000;
const OVER_MILLI: i64 = 2_000;
/// The same of a change, in thousandths of the limit.
const CHANGE_MILLI: i64 = 1_250;
const CHANGE_OVER_MILLI: i64 = 600;
/// Slots in a row with too many unusable readings.
const UNUSABLE_SLOTS: u8 = 3;

impl Stream {
    pub(super) fn deviation(&mut self, rules: Rules, now: Now) -> Option<Finding> {
        let level = self.level();
        let away = level.map_or(0, |level| level.milli.saturating_abs());
        let found = match away {
            URGENT_MILLI.. => Some(Severity::Urgent),
            NOTICE_MILLI.. => Some(Severity::Notice),
            _ => None,
        };
        let distance = now.usual.distance_milli(now.evidence.value);
        let calm = distance.saturating_abs() < OVER_MILLI;
        let severity = self.latches.deviation.step(found, calm)?;
        let level = level?;
        let explanation = Explanation::SustainedDeviation {
            value: now.evidence.value,
            usual: now.usual.median,
            level_milli: level.milli,
            for_ms: level.slots_apart.saturating_mul(SLOT_MS),
            days: now.usual.days,
            by_hour: now.usual.by_hour,
        };
        Some(self.told(
            rules,
            FindingKind::SustainedDeviation,
            severity,
            explanation,
        ))
    }

    pub(super) fn change(&mut self, rules: Rules, now: Now, sum: Option<Sum>) -> Option<Finding> {
        let sum = sum?;
        let found = (sum.ratio_milli >= CHANGE_MILLI).then_some(Severity::Notice);
        let calm = sum.ratio_milli < CHANGE_OVER_MILLI;
        let severity = self.latches.change.step(found, calm)?;
        let explanation = Explanation::ChangePoint {
            value: now.evidence.value,
            usual: now.usual.median,
            rose: sum.rose,
            ratio_milli: sum.ratio_milli,
            days: self.cusum.days(),
        };
        Some(self.told(rules, FindingKind::ChangePoint, severity, explanation))
    }

    fn told(
        &self,
        rules: Rules,
        kind: FindingKind,
        severity: Severity,
        explanation: Explanation,
    ) -> Finding {
        rules.finding(Found {
            measure: self.measure,
            kind,
            severity,
            evidence: self.evidence(),
            simulated: self.is_simulated(),
            at_ms: 0,
            explanation,
        })
    }

    /// At the end of a day with readings its median is kept, and the days are looked at.
    pub(super) fn day(
        &mut self,
        rules: Rules,
        evidence: Evidence,
        simulated: bool,
    ) -> Option<Finding> {
        let day = evidence.at_ms / DAY_MS;
        let ended = day != self.day;
        let before = match ended {
            true => std::mem::take(&mut self.today).median_by(|value| *value),
            false => None,
        };
        let found = before.and_then(|level| {
            if self.days.len() >= DAYS {
                self.days.remove(0);
            }
            self.days.push((self.day, level));
            self.trend(rules, evidence, simulated)
        });
        self.day = day;
        self.today.push(evidence.value);
        found
    }

    fn trend(&mut self, rules: Rules, evidence: Evidence, simulated: bool) -> Option<Finding> {
        let number = |day: u64| i64::try_from(day).unwrap_or(i64::MAX);
        let points: Vec<(i64, i64)> = self.days.iter().map(|(d, v)| (number(*d), *v)).collect();
        let slope = theil_sen(&points)?;
        let days = self.days.last()?.0.abs_diff(self.days.first()?.0);
        let total = (slope.slope * days as f64).abs();
        let matters = slope.is_certain() && total >= least_change(self.measure) as f64;
        let found = matters.then_some(Severity::Notice);
        let severity = self.latches.trend.step(found, !slope.is_certain())?;
        Some(rules.finding(Found {
            measure: self.measure,
            kind: FindingKind::Trend,
            severity,
            evidence: vec![evidence],
            simulated,
            at_ms: evidence.at_ms,
            explanation: a_week(slope, self.days.len()),
        }))
    }

    /// Three slots in a row of which half the readings cannot be used.
    pub(super) fn signal(
        &mut self,
        rules: Rules,
        closed: Closed,
        end_ms: Millis,
    ) -> Option<Finding> {
        let bad = closed.unusable.saturating_mul(2) >= closed.readings;
        let latches = &mut self.latches;
        latches.unusable = if bad {
            latches.unusable.saturating_add(1)
        } else {
            0
        };
        let found = (latches.unusable >= UNUSABLE_SLOTS).then_some(Severity::Notice);
        let severity = latches.signal.step(found, !bad)?;
        Some(rules.finding(Found {
            measure: self.measure,
            kind: FindingKind::Signal,
            severity,
            evidence: Vec::new(),
            simulated: closed.simulated,
            at_ms: end_ms,
            explanation: Explanation::Signal {
                unusable: closed.unusable,
                readings: closed.readings,
                for_ms: u64::from(UNUSABLE_SLOTS).saturating_mul(SLOT_MS),
            },
        }))
    }
}

fn a_week(slope: Slope, days: usize) -> Explanation {
    let milli = |a_day: f64| (a_day * 7_000.0).round() as i64;
    Explanation::Trend {
        week_milli: milli(slope.slope),
        low_milli: milli(slope.low),
        high_milli: milli(slope.high),
        days: u16::try_from(days).unwrap_or(u16::MAX),
    }
}

/// What a level must have moved by in all before somebody is told: about twice what the devices
/// can tell apart. Ours.
fn least_change(measure: Measure) -> i64 {
    match measure {
        Measure::HeartRate => 80,
        Measure::OxygenSaturation => 20,
        Measure::RespiratoryRate => 20,
        Measure::BodyTemperature => 40,
        Measure::SystolicPressure => 12,
        Measure::DiastolicPressure => 8,
        Measure::Glucose => 15,
        Measure::Steps => 2_000,
        Measure::DoseTaken => 1,
    }
}
