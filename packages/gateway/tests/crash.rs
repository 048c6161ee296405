//! A gateway that is killed at any step goes on where it was: nothing lost, nothing doubled.

mod support;

use std::sync::atomic::Ordering;

use support::bench::{heart_rates, values, START};
use support::Bench;

/// A minute of measurement, 78 beats at 60 times the speed: enough for frames and a batch.
fn bench() -> (Bench, Vec<(u64, i64)>) {
    let samples: Vec<_> = heart_rates(START, 60).into_iter().take(300).collect();
    let expected = values(&samples);
    (Bench::new(samples), expected)
}

fn finish(bench: &mut Bench) {
    for second in 60..64 {
        bench.gateway().close_all().unwrap();
        bench.step(START + second * 1_000);
        bench.reconnect(START + second * 1_000);
    }
}

#[test]
fn killed_after_any_line_it_goes_on_from_its_store() {
    let (mut bench, expected) = bench();
    bench.step(START);
    let mut lines = bench.device.play_until(START + 60_000).unwrap();
    let mut exchanged = 0;
    while let Some(line) = lines.pop() {
        bench.open();
        for answer in bench.gateway().handle_line(&line, START + 60_000) {
            lines.extend(bench.device.on_line(&answer).unwrap());
        }
        exchanged += 1;
    }
    assert!(exchanged >= 10, "opened and nine frames, got {exchanged}");
    bench.open();
    finish(&mut bench);
    assert_eq!(bench.anchored_samples(), expected);
    assert_eq!(bench.gateway().status().unwrap().counts.stored, 300);
}

#[test]
fn killed_before_its_answer_left_it_knows_the_message_again() {
    let (mut bench, expected) = bench();
    bench.step(START);
    let mut lines = bench.device.play_until(START + 60_000).unwrap();
    while let Some(line) = lines.pop() {
        bench.gateway().handle_line(&line, START + 60_000);
        bench.open();
        for answer in bench.gateway().handle_line(&line, START + 60_000) {
            lines.extend(bench.device.on_line(&answer).unwrap());
        }
    }
    finish(&mut bench);
    assert_eq!(bench.anchored_samples(), expected);
    let counts = bench.gateway().status().unwrap().counts;
    assert_eq!((counts.stored, counts.quarantined), (300, 0));
    assert!(counts.received > 300, "what came twice was received twice");
}

#[test]
fn killed_between_closing_sealing_delivery_and_anchoring_it_does_each_once() {
    let (mut bench, expected) = bench();
    bench.step(START);
    bench.chain.state().unreachable = false;
    bench.vaults[1].down.store(true, Ordering::Relaxed);
    bench.step(START + 60_000);
    bench.gateway().close_all().unwrap();
    bench.step(START + 60_500);
    bench.open();
    let sealed = bench.gateway().tick(START + 61_000).unwrap();
    assert_eq!((sealed.sealed, sealed.anchored), (1, 0));
    bench.open();
    bench.vaults[1].down.store(false, Ordering::Relaxed);
    bench.chain.state().unreachable = true;
    bench.gateway().tick(START + 61_500).unwrap();
    bench.open();
    bench.chain.state().unreachable = false;
    assert_eq!(bench.gateway().tick(START + 62_000).unwrap().anchored, 1);
    bench.open();
    assert_eq!(bench.gateway().tick(START + 62_500).unwrap().anchored, 0);
    bench.reconnect(START + 63_000);
    assert!(bench.device.is_done());
    assert_eq!(bench.anchored_samples(), expected);
    assert_eq!(bench.chain.state().transactions, 1);
}

#[test]
fn a_transaction_whose_answer_was_lost_is_not_sent_again() {
    let (mut bench, expected) = bench();
    bench.step(START);
    bench.step(START + 60_000);
    bench.gateway().close_all().unwrap();
    bench.step(START + 60_500);
    bench.chain.state().lose_answer = true;
    assert_eq!(bench.gateway().tick(START + 61_000).unwrap().anchored, 0);
    let status = bench.gateway().status().unwrap();
    assert!(status
        .waiting_for("chain")
        .unwrap()
        .detail
        .contains("timed out"));
    bench.open();
    assert_eq!(bench.gateway().tick(START + 62_000).unwrap().anchored, 1);
    assert_eq!(bench.chain.state().transactions, 1);
    assert_eq!(bench.anchored_samples(), expected);
}

#[test]
fn a_batch_that_was_anchored_and_shredded_before_the_answer_came_is_not_sent_again() {
    let (mut bench, _) = bench();
    bench.step(START);
    bench.step(START + 60_000);
    bench.gateway().close_all().unwrap();
    bench.step(START + 60_500);
    bench.chain.state().lose_answer = true;
    assert_eq!(bench.gateway().tick(START + 61_000).unwrap().anchored, 0);
    bench.chain.state().shredded = true;
    assert_eq!(bench.gateway().tick(START + 62_000).unwrap().anchored, 1);
    assert_eq!(bench.chain.state().transactions, 1);
}

/// What kill -9 leaves: the database and its log as they lie on the disk, no close.
#[test]
fn a_copy_of_the_files_of_a_running_gateway_is_whole() {
    let (mut bench, expected) = bench();
    bench.step(START);
    bench.step(START + 60_000);
    let copy = bench.dir.path().join("copy.db");
    let log = bench.dir.path().join("copy.db-wal");
    std::fs::copy(bench.store_path(), &copy).unwrap();
    std::fs::copy(bench.dir.path().join("gateway.db-wal"), log).unwrap();
    let copied = bench.opened(&copy).unwrap();
    assert_eq!(copied.status().unwrap().counts.stored, 288);
    bench.gateway = Some(copied);
    finish(&mut bench);
    assert_eq!(bench.anchored_samples(), expected);
}

#[test]
fn a_store_opens_under_its_own_key_patient_and_deployment_only() {
    let (mut bench, _) = bench();
    bench.gateway = None;
    std::fs::write(bench.dir.path().join("store.key"), [9; 32]).unwrap();
    let refused = bench.opened(&bench.store_path()).map(|_| ()).unwrap_err();
    assert!(
        refused.to_string().starts_with("gateway/store_key"),
        "{refused}"
    );
}

#[test]
fn no_reading_seed_or_key_lies_in_the_clear_in_the_store() {
    let (mut bench, _) = bench();
    bench.step(START);
    bench.step(START + 60_000);
    let readings = heart_rates(START, 60);
    let first = vitals_core::reading::Reading {
        measure: readings[0].measure,
        value: readings[0].value,
        offset_ms: (readings[0].at_ms - START) as u32,
        flags: readings[0].flags,
    };
    for file in ["gateway.db", "gateway.db-wal"] {
        let bytes = std::fs::read(bench.dir.path().join(file)).unwrap();
        let clear = |needle: &[u8]| bytes.windows(needle.len()).any(|w| w == needle);
        assert!(!clear(&first.to_bytes()), "{file}");
        assert!(!clear(b"AGE-SECRET-KEY"), "{file}");
    }
}

#[test]
fn two_gateways_do_not_run_on_one_store() {
    let mut bench = Bench::new(Vec::new());
    bench.open();
    let second = bench.opened(&bench.store_path()).err().unwrap().to_string();
    assert!(second.starts_with("gateway/store_in_use"), "{second}");
    bench.open();
}
