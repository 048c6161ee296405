//! A simulated person: five-minute values of six measures over days.

use std::fs;

use vitals_core::measure::Measure;
use vitals_core::reading::{Quality, Reading, ReadingFlags};

use super::random::Random;

pub const SLOT_MS: u64 = 300_000;
pub const DAY: u64 = 288;
/// 2026-01-01, 00:00 UTC, in slots.
pub const BEGIN: u64 = 1_767_225_600_000 / SLOT_MS;

/// Heart rate less the hour's median, for each minute of the recorded hour: medians of five
/// minutes.
pub fn real_variation() -> Vec<f64> {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../testdata/recording/rr-intervals.csv"
    );
    let text = fs::read_to_string(path).unwrap();
    let mut at = 0.0;
    let mut rates: Vec<(f64, f64)> = Vec::new();
    for interval in text
        .lines()
        .skip(1)
        .map(|line| line.parse::<f64>().unwrap())
    {
        at += interval / 60_000.0;
        rates.push((at, 60_000.0 / interval));
    }
    let middle = |from: f64, to: f64| {
        let inside = rates.iter().filter(|(at, _)| (from..to).contains(at));
        let mut values: Vec<f64> = inside.map(|(_, rate)| *rate).collect();
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    };
    let hour = middle(0.0, 60.0);
    (0..55)
        .map(|minute| middle(f64::from(minute), f64::from(minute) + 5.0) - hour)
        .collect()
}

/// What is added by a deterioration.
#[derive(Clone, Copy, Default)]
pub struct Shift {
    pub heart: f64,
    pub oxygen: f64,
    pub breath: f64,
    pub temperature: f64,
    pub pressure: f64,
}

/// Levels and what varies about them.
#[derive(Clone)]
pub struct Patient {
    random: Random,
    heart: f64,
    oxygen: f64,
    breath: f64,
    systolic: f64,
    /// How much of the daily rhythm this person has.
    rhythm: f64,
    /// Of the day: each measure's own.
    day: [f64; 5],
    /// Slowly varying noise of each measure.
    slow: [f64; 5],
    activity: f64,
    active_until: u64,
    away_until: u64,
    /// Where in the recorded hour the heart is.
    minute: usize,
}

impl Patient {
    pub fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        Self {
            heart: random.between(56.0, 84.0),
            oxygen: random.between(94.0, 97.8),
            breath: random.between(12.5, 17.5),
            systolic: random.between(108.0, 146.0),
            rhythm: random.between(0.6, 1.4),
            day: [0.0; 5],
            slow: [0.0; 5],
            activity: 0.0,
            active_until: 0,
            away_until: 0,
            minute: 0,
            random,
        }
    }

    /// The readings of one slot. The same randomness is used whatever the shift, so that a course
    /// with a deterioration is the one without it, plus the shift.
    pub fn slot(&mut self, slot: u64, shift: Shift, real: &[f64]) -> Vec<(Reading, u64)> {
        let hour = (slot % DAY) as f64 / 12.0;
        self.vary(slot, hour, real.len());
        let rhythm = self.rhythm * (1.0 - 2.0 * ((hour - 16.0 + 36.0) % 24.0 - 12.0).abs() / 12.0);
        let asleep = if (7.0..23.0).contains(&hour) {
            0.0
        } else {
            1.0
        };
        let moving = self.activity;
        let [h, o, b, t, p] = [0, 1, 2, 3, 4].map(|i| self.day[i] + self.slow[i]);
        let mut white = || self.random.normal();
        let heart = self.heart + 8.0 * rhythm - 6.0 * asleep + 30.0 * moving + 2.5 * h;
        let heart = heart + real[self.minute] + shift.heart;
        let oxygen = self.oxygen - 0.7 * asleep - 0.6 * moving + 0.4 * o + 0.4 * white();
        let breath = self.breath + rhythm - asleep + 6.0 * moving + 0.8 * b + 0.7 * white();
        let warm = 36.7 + 0.3 * rhythm + 0.15 * moving + 0.07 * t + 0.05 * white();
        let systolic = self.systolic + 6.0 * rhythm + 12.0 * moving + 3.0 * p + 6.0 * white();
        let diastolic = 0.62 * systolic + 3.0 * white();
        let worn = slot >= self.away_until;
        let awake = asleep == 0.0;
        let values = [
            (Measure::HeartRate, heart * 10.0, worn, 30.0 * 10.0),
            (
                Measure::OxygenSaturation,
                (oxygen + shift.oxygen).min(100.0) * 10.0,
                worn,
                -8.0 * 10.0,
            ),
            (
                Measure::RespiratoryRate,
                (breath + shift.breath) * 10.0,
                worn,
                6.0 * 10.0,
            ),
            (
                Measure::BodyTemperature,
                (warm + shift.temperature) * 100.0,
                worn && slot.is_multiple_of(3),
                -100.0,
            ),
            (
                Measure::SystolicPressure,
                systolic + shift.pressure,
                awake && slot.is_multiple_of(12),
                25.0,
            ),
            (
                Measure::DiastolicPressure,
                diastolic + 0.62 * shift.pressure,
                awake && slot.is_multiple_of(12),
                15.0,
            ),
        ];
        let at_ms = slot * SLOT_MS + 60_000;
        let readings = values.map(|(measure, value, there, artefact)| {
            self.measured(measure, value, there, artefact)
                .map(|reading| (reading, at_ms))
        });
        readings.into_iter().flatten().collect()
    }

    fn vary(&mut self, slot: u64, hour: f64, minutes: usize) {
        if slot.is_multiple_of(DAY) {
            self.day = [(); 5].map(|()| 0.8 * self.random.normal());
            self.away_until = 0;
        }
        for slow in &mut self.slow {
            *slow = 0.93 * *slow + 0.37 * self.random.normal();
        }
        let (starts, lasts, how) = (
            self.random.chance(0.02),
            3 + self.random.below(10),
            self.random.between(0.2, 1.0),
        );
        if slot >= self.active_until {
            self.activity = 0.0;
            if starts && (7.5..22.5).contains(&hour) {
                (self.activity, self.active_until) = (how, slot + lasts);
            }
        }
        let (taken_off, back) = (self.random.chance(1.0 / 288.0), 6 + self.random.below(12));
        if taken_off && slot >= self.away_until {
            self.away_until = slot + back;
        }
        let jump = self.random.below(minutes as u64) as usize;
        let goes_on = self.minute + 5 < minutes && !slot.is_multiple_of(12);
        self.minute = if goes_on { self.minute + 5 } else { jump };
    }

    /// Five in a hundred are missing; one or two in a hundred are wrong, and the device says so of
    /// six in ten of those.
    fn measured(
        &mut self,
        measure: Measure,
        value: f64,
        there: bool,
        artefact: f64,
    ) -> Option<Reading> {
        let (lost, wrong) = (self.random.chance(0.05), self.random.chance(0.015));
        let (known, how) = (self.random.chance(0.6), self.random.between(0.5, 1.2));
        if !there || lost {
            return None;
        }
        let value = if wrong { value + artefact * how } else { value };
        let quality = if wrong && known {
            Quality::Poor
        } else {
            Quality::Good
        };
        let (low, high) = measure.info().plausible;
        Some(Reading {
            measure,
            value: (value.round() as i64).clamp(low, high),
            offset_ms: 0,
            flags: ReadingFlags {
                simulated: true,
                quality,
            },
        })
    }
}
