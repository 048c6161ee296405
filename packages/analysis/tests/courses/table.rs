//! The tables of docs/analysis.md.

use std::fmt::Write;

use super::deterioration::KINDS;
use super::methods::{alarms, calibrate, Scores, BASELINE, CHANGE, METHODS, MODEL};
use super::patient::real_variation;
use super::run::{run, Course, Runs, CLEAN_DAYS};
use super::statistics::{delay, interval, mean, median, DAY_H};

pub const PERSONS: u64 = 60;
/// False alarms a day at which the methods are compared; by the first it is decided.
pub const RATES: [f64; 2] = [0.2, 1.0];

pub struct Evaluation {
    test: Vec<Runs>,
}

impl Evaluation {
    pub fn new() -> Self {
        let real = real_variation();
        // seeds that no constant was chosen on
        let seeds = 9_000..9_000 + PERSONS;
        Self {
            test: seeds.map(|seed| run(seed, &real)).collect(),
        }
    }

    pub fn print(&self) -> String {
        let mut out = String::new();
        for rate in RATES {
            self.table(&mut out, rate);
        }
        self.differences(&mut out, RATES[0]);
        self.whole(&mut out);
        out
    }

    /// The lowest at which all persons' weeks without a deterioration have no more false alarms.
    fn limit(&self, method: usize, rate: f64) -> i64 {
        let courses: Vec<&[Scores]> = self.test.iter().map(|r| &r.clean.scores[..]).collect();
        calibrate(&courses, method, rate * (PERSONS * CLEAN_DAYS) as f64)
    }

    fn table(&self, out: &mut String, rate: f64) {
        let limits: Vec<i64> = (0..METHODS.len()).map(|m| self.limit(m, rate)).collect();
        writeln!(out, "| at {rate} a day | {} |", METHODS.join(" | ")).unwrap();
        writeln!(out, "|---|{}", "---|".repeat(METHODS.len())).unwrap();
        let row = |name: &str, cell: &dyn Fn(usize) -> String| {
            let cells: Vec<String> = (0..METHODS.len()).map(cell).collect();
            format!("| {name} | {} |\n", cells.join(" | "))
        };
        *out += &row("limit", &|m| format!("{:.2}", limits[m] as f64 / 1_000.0));
        *out += &row("false alarms a day", &|m| {
            let counts = self
                .test
                .iter()
                .map(|r| alarms(&r.clean.scores, m, limits[m]).len() as f64 / CLEAN_DAYS as f64);
            with_interval(&counts.collect::<Vec<_>>(), mean, 2)
        });
        for (at, kind) in KINDS.iter().enumerate() {
            *out += &row(kind.name(), &|m| {
                cell(&self.delays(at, |course| alarms(&course.scores, m, limits[m])))
            });
        }
        *out += &row("mean of all, h", &|m| {
            with_interval(&self.means(m, limits[m]), mean, 1)
        });
        out.push('\n');
    }

    fn delays(&self, kind: usize, raised: impl Fn(&Course) -> Vec<usize>) -> Vec<Option<f64>> {
        let of = |runs: &Runs| {
            let (_, onset, course) = &runs.ill[kind];
            delay(&raised(course), *onset)
        };
        self.test.iter().map(of).collect()
    }

    /// Of each person over the five deteriorations.
    fn means(&self, method: usize, limit: i64) -> Vec<f64> {
        let of = |runs: &Runs| {
            let delays = runs.ill.iter().map(|(_, onset, course)| {
                delay(&alarms(&course.scores, method, limit), *onset).unwrap_or(DAY_H)
            });
            mean(&delays.collect::<Vec<_>>())
        };
        self.test.iter().map(of).collect()
    }

    /// Person by person: below zero the model is sooner.
    pub fn model_less(&self, other: usize, rate: f64) -> Vec<f64> {
        let model = self.means(MODEL, self.limit(MODEL, rate));
        let others = self.means(other, self.limit(other, rate));
        model.iter().zip(others).map(|(m, o)| m - o).collect()
    }

    fn differences(&self, out: &mut String, rate: f64) {
        writeln!(
            out,
            "| at {rate} a day | mean delay of the model less the other's, h |\n|---|---|"
        )
        .unwrap();
        for other in [BASELINE, CHANGE] {
            let less = with_interval(&self.model_less(other, rate), mean, 2);
            writeln!(out, "| {} | {less} |", METHODS[other]).unwrap();
        }
        out.push('\n');
    }

    /// Findings of all rules, as alerts.
    fn whole(&self, out: &mut String) {
        writeln!(out, "| the whole monitor | alerts |\n|---|---|").unwrap();
        let false_ones = self
            .test
            .iter()
            .map(|r| r.clean.told.len() as f64 / CLEAN_DAYS as f64);
        let a_day = with_interval(&false_ones.collect::<Vec<_>>(), mean, 2);
        writeln!(out, "| false, a day | {a_day} |").unwrap();
        for (at, kind) in KINDS.iter().enumerate() {
            let delays = self.delays(at, |course| course.told.clone());
            writeln!(out, "| {} | {} |", kind.name(), cell(&delays)).unwrap();
        }
    }
}

/// Found of all; median delay with its interval.
fn cell(delays: &[Option<f64>]) -> String {
    let found = delays.iter().flatten().count() * 100 / delays.len();
    let hours: Vec<f64> = delays.iter().map(|d| d.unwrap_or(DAY_H)).collect();
    format!("{found} %, {} h", with_interval(&hours, median, 1))
}

fn with_interval(values: &[f64], of: fn(&[f64]) -> f64, digits: usize) -> String {
    let (low, high) = interval(values, of);
    format!(
        "{:.digits$} ({low:.digits$} to {high:.digits$})",
        of(values)
    )
}
