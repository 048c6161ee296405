//! A person with steady readings, to which things then happen.
#![allow(dead_code)] // each test binary uses a part of it

use vitals_analysis::{Finding, FindingKind, Medication, Monitor, Personal, Plan, Spo2Scale};
use vitals_core::measure::Measure;
use vitals_core::reading::{Quality, Reading, ReadingFlags};

pub const SLOT: u64 = 300_000;
pub const DAY: u64 = 288;
/// 2026-01-01, 00:00 UTC.
pub const BEGIN: u64 = 1_767_225_600_000;

pub fn plan() -> Plan {
    Plan {
        personal: Some(Personal {
            first_rule: 100,
            ladder: 3,
            news2: Some(Spo2Scale::One),
        }),
        ..Plan::default()
    }
}

pub fn once_a_day() -> Medication {
    Medication {
        name: String::new(),
        first_at_ms: BEGIN + 8 * 3_600_000,
        every_ms: 86_400_000,
        doses: 1_000,
        early_ms: 3_600_000,
        on_time_ms: 3_600_000,
        late_ms: 7_200_000,
    }
}

pub fn reading(measure: Measure, value: i64) -> Reading {
    Reading {
        measure,
        value,
        offset_ms: 0,
        flags: ReadingFlags::MEASURED_GOOD,
    }
}

pub fn poor(measure: Measure, value: i64) -> Reading {
    let mut reading = reading(measure, value);
    reading.flags.quality = Quality::Poor;
    reading
}

#[derive(Clone)]
pub struct Person {
    pub monitor: Monitor,
    pub slot: u64,
}

impl Person {
    pub fn new(plan: &Plan) -> Self {
        Self {
            monitor: Monitor::of_plan(plan).unwrap(),
            slot: 0,
        }
    }

    /// After so many ordinary days.
    pub fn after(days: u64) -> Self {
        let mut person = Self::new(&plan());
        let found = person.live(days * DAY, |_, value| value);
        assert_eq!(found, [], "ordinary days");
        person
    }

    /// A heart rate and a saturation every five minutes that wobble a little.
    pub fn live(&mut self, slots: u64, of: impl Fn(Measure, i64) -> i64) -> Vec<Finding> {
        let mut found = Vec::new();
        for _ in 0..slots {
            let wobble = (self.slot as i64 * 7_919 % 61) - 30;
            let heart = of(Measure::HeartRate, 700 + wobble);
            let oxygen = of(Measure::OxygenSaturation, 970 + wobble / 6);
            found.extend(self.push(&reading(Measure::HeartRate, heart)));
            found.extend(self.push(&reading(Measure::OxygenSaturation, oxygen)));
            self.slot += 1;
        }
        found
    }

    pub fn now(&self) -> u64 {
        BEGIN + self.slot * SLOT
    }

    pub fn push(&mut self, reading: &Reading) -> Vec<Finding> {
        self.monitor.push(reading, self.now())
    }

    /// The same person from the state as it is stored.
    pub fn restarted(&self) -> Self {
        let state = serde_json::to_vec(&self.monitor).unwrap();
        Self {
            monitor: serde_json::from_slice(&state).unwrap(),
            slot: self.slot,
        }
    }
}

/// Heart rates that many tenths higher.
pub fn faster(by: i64) -> impl Fn(Measure, i64) -> i64 {
    move |measure, value| match measure {
        Measure::HeartRate => value + by,
        _ => value,
    }
}

pub fn of_kind(found: &[Finding], kind: FindingKind) -> Vec<&Finding> {
    found
        .iter()
        .filter(|finding| finding.kind == kind)
        .collect()
}
