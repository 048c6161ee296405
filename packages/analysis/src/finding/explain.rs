//! Why, in a form that a browser can translate (a key and values) and in English. It says what was
//! seen, over how long, compared with what, and what to do; it names no disease.

use serde::{Deserialize, Serialize};
use vitals_core::measure::Measure;

use super::{Finding, FindingKind, Severity};
use crate::news2::Parameter;

/// As JSON: the message's `key` beside its values. Values of a measure are fixed point at its
/// scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "key", rename_all = "snake_case")]
pub enum Explanation {
    /// `readings` in a row over `for_ms`, the last of which is `value`, beyond the plan's `limit`.
    Threshold {
        value: i64,
        limit: i64,
        readings: u64,
        for_ms: u64,
    },
    /// For `for_ms` at least `level_milli` thousandths of the usual spread away from `usual`, which
    /// is the median of `days` days at this time of day (of all day, if not `by_hour`).
    SustainedDeviation {
        value: i64,
        usual: i64,
        level_milli: i64,
        for_ms: u64,
        days: u16,
        by_hour: bool,
    },
    /// Per week, in thousandths of the fixed-point unit, with the 99 % confidence interval.
    Trend {
        week_milli: i64,
        low_milli: i64,
        high_milli: i64,
        days: u16,
    },
    /// The sum of what exceeds the usual is `ratio_milli` thousandths of the highest of ordinary
    /// days.
    ChangePoint {
        value: i64,
        usual: i64,
        rose: bool,
        ratio_milli: i64,
        days: u16,
    },
    /// The score is `at_least` so much; `missing` was not observed, and may add to it.
    News2 {
        at_least: u8,
        scored: Vec<Parameter>,
        missing: Vec<Parameter>,
    },
    /// Of the doses due in `days` days; `extra` belong to none that was due.
    Adherence {
        missed: u32,
        due: u32,
        extra: u32,
        days: u16,
    },
    Signal {
        unusable: u64,
        readings: u64,
        for_ms: u64,
    },
}

impl Finding {
    /// What a patient reads, in English.
    pub fn english(&self) -> String {
        let simulated = match self.simulated {
            true => " Some of these readings are simulated.",
            false => "",
        };
        format!("{} {}{simulated}", self.seen(), self.to_do())
    }

    fn seen(&self) -> String {
        let name = name(self.measure);
        let of = |value| amount(self.measure, value);
        match &self.explanation {
            None => format!("{name}: see the readings."),
            Some(Explanation::Threshold { value, limit, readings, for_ms }) => format!(
                "{name} was {} the limit of {} in your plan: {}, {readings} readings in a row{}.",
                if self.kind == FindingKind::High { "at or above" } else { "at or below" },
                of(*limit),
                of(*value),
                over(*for_ms)
            ),
            Some(Explanation::SustainedDeviation { value, usual, for_ms, days, by_hour, .. }) => format!(
                "{name} has been {} than usual{}: {}, where {} is usual for you{} (from {days} days).",
                if value > usual { "higher" } else { "lower" },
                over(*for_ms),
                of(*value),
                of(*usual),
                if *by_hour { " at this time of day" } else { "" }
            ),
            Some(Explanation::Trend { week_milli, low_milli, high_milli, days }) => format!(
                "{name} has {} for {days} days, by {} a week (99 % confidence: {} to {}).",
                if *week_milli > 0 { "risen" } else { "fallen" },
                of(week_milli.abs() / 1_000),
                of(low_milli.abs().min(high_milli.abs()) / 1_000),
                of(low_milli.abs().max(high_milli.abs()) / 1_000)
            ),
            Some(Explanation::ChangePoint { value, usual, rose, days, .. }) => format!(
                "{name} has begun to run {} than usual: {} now, where {} is usual for you. In {days} days it seldom went so far.",
                if *rose { "higher" } else { "lower" },
                of(*value),
                of(*usual)
            ),
            Some(Explanation::News2 { at_least, scored, missing }) => format!(
                "The early warning score NEWS2 is {}{at_least}, from {} of 7 observations.{}",
                if missing.is_empty() { "" } else { "at least " },
                7 - missing.len().min(7),
                match scored.is_empty() {
                    true => String::new(),
                    false => format!(" Points come from: {}.", parameters(scored)),
                }
            ),
            Some(Explanation::Adherence { missed, due, extra, days }) => format!(
                "In the last {days} days no dose was recorded for {missed} of {due} that were due, and {extra} were recorded that were not."
            ),
            Some(Explanation::Signal { unusable, readings, for_ms }) => format!(
                "{unusable} of {readings} readings of {} cannot be used{}. This is about the sensor.",
                name.to_lowercase(),
                over(*for_ms)
            ),
        }
    }

    fn to_do(&self) -> &'static str {
        match (self.kind, self.severity) {
            (FindingKind::Signal, _) => "Check that the sensor is on and sits well.",
            (FindingKind::Adherence, _) => {
                "Do not take a dose twice to make up for it: ask your care team."
            }
            (_, Severity::Notice) => {
                "Measure again at rest, and tell your care team if it stays so."
            }
            (_, Severity::Urgent) => "Contact your care team now.",
            (_, Severity::Emergency) => "Call for emergency help now.",
        }
    }
}

fn name(measure: Measure) -> &'static str {
    measure.info().display
}

/// With its unit, as people write it.
fn amount(measure: Measure, value: i64) -> String {
    let info = measure.info();
    let unit = match info.unit {
        "Cel" => "°C",
        "mm[Hg]" => "mmHg",
        "{steps}" => "steps",
        "{dose}" => "doses",
        other => other,
    };
    let one = 10_u64.pow(info.scale.into());
    let (whole, part) = (value.unsigned_abs() / one, value.unsigned_abs() % one);
    let sign = if value < 0 { "-" } else { "" };
    match info.scale {
        0 => format!("{sign}{whole} {unit}"),
        digits => format!("{sign}{whole}.{part:0width$} {unit}", width = digits.into()),
    }
}

fn over(for_ms: u64) -> String {
    match for_ms / 1_000 {
        0 => String::new(),
        seconds @ 1..=119 => format!(" over {seconds} seconds"),
        seconds @ 120..=7_199 => format!(" over {} minutes", seconds / 60),
        seconds => format!(" over {} hours", seconds / 3_600),
    }
}

fn parameters(parameters: &[Parameter]) -> String {
    let name = |parameter: &Parameter| match parameter {
        Parameter::Respiration => "breathing rate",
        Parameter::OxygenSaturation => "oxygen saturation",
        Parameter::SupplementalOxygen => "oxygen given",
        Parameter::SystolicPressure => "systolic blood pressure",
        Parameter::Pulse => "pulse",
        Parameter::Consciousness => "consciousness",
        Parameter::Temperature => "temperature",
    };
    parameters.iter().map(name).collect::<Vec<_>>().join(", ")
}
