//! Observations as they come in, each with its time: a round of them is scored while it is fresh.

use serde::{Deserialize, Serialize};
use vitals_core::measure::Measure;
use vitals_core::reading::Reading;
use vitals_core::time::Millis;

use super::{news2, Consciousness, News2, Observations, Parameter, Spo2Scale};
use crate::quality::assess;

/// The age up to which an observation speaks for now, where the caller has no other: one hour, the
/// longest time between observations that the RCP allows at medium risk (2017, chart 4), so that
/// nothing older hides one.
pub const MAX_AGE_MS: u64 = 3_600_000;
/// How much a device's clock may be ahead.
const AHEAD_MS: u64 = 120_000;

/// The latest observation of each parameter. Serialised, it goes on where it was.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    respiration: Option<Seen<i64>>,
    oxygen_saturation: Option<Seen<i64>>,
    supplemental_oxygen: Option<Seen<bool>>,
    systolic_pressure: Option<Seen<i64>>,
    pulse: Option<Seen<i64>>,
    consciousness: Option<Seen<Consciousness>>,
    temperature: Option<Seen<i64>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Seen<T> {
    value: T,
    at_ms: Millis,
}

/// A score, and what is missing from it only because it is too old.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundScore {
    pub news2: News2,
    /// These stand in `news2.missing` too.
    pub stale: Vec<Parameter>,
}

impl Round {
    /// Takes a reading made at `at_ms`, and says whether it is now the latest of its parameter.
    /// One that is implausible, poor, of another measure, older than what is there or more than
    /// two minutes ahead of `now_ms` is not.
    pub fn take(&mut self, reading: &Reading, at_ms: Millis, now_ms: Millis) -> bool {
        let slot = match reading.measure {
            Measure::RespiratoryRate => &mut self.respiration,
            Measure::OxygenSaturation => &mut self.oxygen_saturation,
            Measure::SystolicPressure => &mut self.systolic_pressure,
            Measure::HeartRate => &mut self.pulse,
            Measure::BodyTemperature => &mut self.temperature,
            Measure::DiastolicPressure | Measure::Glucose | Measure::Steps | Measure::DoseTaken => {
                return false
            }
        };
        assess(reading, None).counts() && put(slot, reading.value, at_ms, now_ms)
    }

    /// Whether the person is given oxygen, as somebody saw at `at_ms`.
    pub fn take_oxygen(&mut self, given: bool, at_ms: Millis, now_ms: Millis) -> bool {
        put(&mut self.supplemental_oxygen, given, at_ms, now_ms)
    }

    pub fn take_consciousness(
        &mut self,
        state: Consciousness,
        at_ms: Millis,
        now_ms: Millis,
    ) -> bool {
        put(&mut self.consciousness, state, at_ms, now_ms)
    }

    /// Scores what is at most `max_age_ms` old (`MAX_AGE_MS` where nothing speaks for another).
    pub fn score(&self, scale: Spo2Scale, now_ms: Millis, max_age_ms: u64) -> RoundScore {
        let mut stale = Vec::new();
        let mut fresh = Fresh {
            now_ms,
            max_age_ms,
            stale: &mut stale,
        };
        let observed = Observations {
            respiration: fresh.value(self.respiration, Parameter::Respiration),
            oxygen_saturation: fresh.value(self.oxygen_saturation, Parameter::OxygenSaturation),
            supplemental_oxygen: fresh
                .value(self.supplemental_oxygen, Parameter::SupplementalOxygen),
            systolic_pressure: fresh.value(self.systolic_pressure, Parameter::SystolicPressure),
            pulse: fresh.value(self.pulse, Parameter::Pulse),
            consciousness: fresh.value(self.consciousness, Parameter::Consciousness),
            temperature: fresh.value(self.temperature, Parameter::Temperature),
        };
        RoundScore {
            news2: news2(&observed, scale),
            stale,
        }
    }
}

fn put<T>(slot: &mut Option<Seen<T>>, value: T, at_ms: Millis, now_ms: Millis) -> bool {
    let is_older = slot.as_ref().is_some_and(|seen| at_ms < seen.at_ms);
    if is_older || at_ms > now_ms.saturating_add(AHEAD_MS) {
        return false;
    }
    *slot = Some(Seen { value, at_ms });
    true
}

/// Tells fresh from stale.
struct Fresh<'a> {
    now_ms: Millis,
    max_age_ms: u64,
    stale: &'a mut Vec<Parameter>,
}

impl Fresh<'_> {
    fn value<T>(&mut self, seen: Option<Seen<T>>, parameter: Parameter) -> Option<T> {
        let seen = seen?;
        // a clock that was set back makes an observation one of the future: of unknown age
        let ahead = seen.at_ms > self.now_ms.saturating_add(AHEAD_MS);
        if ahead || self.now_ms.saturating_sub(seen.at_ms) > self.max_age_ms {
            self.stale.push(parameter);
            return None;
        }
        Some(seen.value)
    }
}
