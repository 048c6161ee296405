//! How many readings a second `Gateway::handle_line` checks and stores for good, one commit a
//! frame: `cargo run --release -p vitals-gateway --example intake_bench`.

#[path = "../tests/support/mod.rs"]
mod support;

use std::time::Instant;

use support::bench::{heart_rates, START};
use support::Bench;

fn main() {
    let mut bench = Bench::new(heart_rates(START, 60));
    bench.step(START);
    let began = Instant::now();
    let lines = bench
        .device
        .play_until(START + 60_000)
        .expect("the device plays");
    bench.pump(lines, START + 60_000);
    let status = bench.gateway().status().expect("the store answers");
    let stored = status.counts.stored;
    let seconds = began.elapsed().as_secs_f64();
    println!(
        "{stored} readings in frames of 32, signed, sent, checked and stored in {seconds:.2} s: \
         {:.0} readings/s",
        stored as f64 / seconds
    );
}
