//! Prints how soon deteriorations are found, at how many false alarms, and what a reading costs.
//! `scripts/bench analysis` runs it.

#[path = "../tests/courses/mod.rs"]
mod courses;

use std::hint::black_box;
use std::time::Instant;

use courses::patient::{real_variation, Patient, Shift, BEGIN, DAY};
use vitals_analysis::Monitor;
use vitals_core::reading::Reading;
use vitals_core::tree::{leaf_hash, leaf_input};

fn main() {
    print!("{}", courses::table::Evaluation::new().print());
    cost();
}

/// Thirty days of one person: five-minute readings, and ten a second apart in place of each.
fn cost() {
    let real = real_variation();
    let mut patient = Patient::new(1);
    let slots = BEGIN..BEGIN + 30 * DAY;
    let sparse: Vec<(Reading, u64)> = slots
        .flat_map(|slot| patient.slot(slot, Shift::default(), &real))
        .collect();
    let dense: Vec<(Reading, u64)> = sparse
        .iter()
        .flat_map(|(reading, at_ms)| (0..60).map(move |s| (*reading, at_ms + s * 1_000)))
        .collect();
    let leaf = timed(&sparse, |readings| {
        for (reading, _) in readings {
            black_box(leaf_hash(&leaf_input(reading, &[7; 16])));
        }
    });
    println!("\n| what | ns a reading | times hashing its leaf |\n|---|---|---|");
    println!("| its leaf, SHA-256 | {leaf:.0} | 1 |");
    for (what, readings) in [
        ("one in five minutes", &sparse),
        ("one a second for a minute", &dense),
    ] {
        let cost = timed(readings, |readings| {
            let mut monitor = Monitor::of_plan(&courses::run::plan()).unwrap();
            for (reading, at_ms) in readings {
                black_box(monitor.push(reading, *at_ms));
            }
        });
        println!(
            "| the whole monitor, {what} | {cost:.0} | {:.1} |",
            cost / leaf
        );
    }
    let mut monitor = Monitor::of_plan(&courses::run::plan()).unwrap();
    for (reading, at_ms) in &sparse {
        monitor.push(reading, *at_ms);
    }
    let state = serde_json::to_vec(&monitor).unwrap();
    println!("\nits state after 30 days, as JSON: {} bytes", state.len());
}

/// Nanoseconds a reading, the best of five runs.
fn timed(readings: &[(Reading, u64)], run: impl Fn(&[(Reading, u64)])) -> f64 {
    let once = |_| {
        let start = Instant::now();
        run(black_box(readings));
        start.elapsed().as_nanos() as f64 / readings.len() as f64
    };
    (0..5).map(once).fold(f64::INFINITY, f64::min)
}
