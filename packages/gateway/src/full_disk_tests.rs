//! A disk that is full, as SQLite says it: nothing that was answered is lost, and it goes on when
//! there is room.

use crate::support::bench::{heart_rates, values, START};
use crate::support::Bench;

const NOW: u64 = START + 60_000;

/// The store may not grow, on either side's connection.
fn fill(bench: &mut Bench, is_full: bool) {
    let gateway = bench.gateway();
    gateway.store.set_full(is_full);
    if let Some(intake) = &gateway.intake {
        intake.store.set_full(is_full);
    }
}

#[test]
fn a_full_disk_answers_nothing_and_loses_nothing() {
    let samples: Vec<_> = heart_rates(START, 60).into_iter().collect();
    let mut bench = Bench::new(samples.clone());
    bench.step(START);
    fill(&mut bench, true);
    let mut refused = 0;
    for line in bench.device.play_until(START + 10_000_000).unwrap() {
        refused += u32::from(bench.gateway().handle_line(&line, NOW).is_empty());
    }
    for second in 1..100 {
        let lines = bench.device.resend().unwrap();
        bench.pump(lines, NOW + second);
        let _full = bench.gateway().tick(NOW + second * 1_000);
    }
    let stored = bench.gateway().status().unwrap().counts.stored;
    assert!(stored < samples.len() as u64, "{refused} {stored}");

    bench.open();
    assert_eq!(bench.gateway().status().unwrap().counts.stored, stored);
    fill(&mut bench, false);
    let later = START + 10_000_000;
    for second in 0..6 {
        bench.reconnect(later + second * 1_000);
        bench.gateway().close_all().unwrap();
        bench.step(later + second * 1_000);
    }
    assert_eq!(bench.anchored_samples(), values(&samples));
}
