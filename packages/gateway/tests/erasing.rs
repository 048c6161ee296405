//! Keys of past hours: gone from the store and from its files, and never before their time.

mod support;

use support::bench::{heart_rates, values, START};
use support::Bench;
use vitals_device_sim::Sample;

const HOUR: u64 = 3_600_000;
const NOW: u64 = START + 60_000;

fn samples() -> Vec<Sample> {
    heart_rates(START, 60).into_iter().take(300).collect()
}

/// The window keys as they lie in the store, encrypted.
fn sealed_nodes(bench: &Bench) -> Vec<Vec<u8>> {
    let db = rusqlite::Connection::open(bench.store_path()).unwrap();
    let mut query = db.prepare("SELECT nodes FROM cover").unwrap();
    let rows = query.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

fn files(bench: &Bench) -> Vec<Vec<u8>> {
    let names = ["gateway.db", "gateway.db-wal", "gateway.db-shm"];
    let paths = names.map(|name| bench.dir.path().join(name));
    paths
        .iter()
        .filter_map(|path| std::fs::read(path).ok())
        .collect()
}

fn holds(files: &[Vec<u8>], bytes: &[u8]) -> bool {
    let mut places = files.iter().flat_map(|file| file.windows(32));
    places.any(|place| place == &bytes[..32])
}

#[test]
fn erased_keys_are_in_no_page_of_the_store_and_not_in_its_log() {
    let mut bench = Bench::new(samples());
    bench.step(START);
    let before = sealed_nodes(&bench);
    assert_eq!(before.len(), 2);
    assert!(before.iter().all(|nodes| holds(&files(&bench), nodes)));
    bench.step(START + 5 * HOUR);
    let after = files(&bench);
    assert!(before.iter().all(|nodes| !holds(&after, nodes)));
    assert!(sealed_nodes(&bench)
        .iter()
        .all(|nodes| holds(&after, nodes)));
}

#[test]
fn a_reader_beside_it_delays_the_erasing_and_does_not_prevent_it() {
    let mut bench = Bench::new(samples());
    bench.step(START);
    let before = sealed_nodes(&bench);
    let db = rusqlite::Connection::open(bench.store_path()).unwrap();
    db.execute_batch("BEGIN; SELECT COUNT(*) FROM cover;")
        .unwrap();
    bench.step(START + 5 * HOUR);
    db.execute_batch("COMMIT").unwrap();
    drop(db);
    bench.step(START + 5 * HOUR + 1_000);
    let after = files(&bench);
    assert!(before.iter().all(|nodes| !holds(&after, nodes)));
}

#[test]
fn a_clock_that_runs_ahead_for_a_while_erases_no_key_that_is_needed_still() {
    let mut bench = Bench::new(samples());
    bench.step(START);
    // the machine wakes up two days ahead, alone
    bench.gateway().tick(START + 48 * HOUR).unwrap();
    bench.open();
    bench.gateway().tick(START + 48 * HOUR + 1_000).unwrap();
    bench.step(NOW);
    bench.gateway().close_all().unwrap();
    for second in 61..65 {
        bench.step(START + second * 1_000);
    }
    assert_eq!(bench.anchored_samples(), values(&samples()));
}

#[test]
fn nothing_is_erased_while_no_block_says_what_time_it_is() {
    let mut bench = Bench::new(samples());
    bench.chain.state().unreachable = true;
    bench.open();
    let before = sealed_nodes(&bench);
    bench.gateway().tick(START + 48 * HOUR).unwrap();
    assert_eq!(sealed_nodes(&bench), before);
}

#[test]
fn a_clock_that_jumps_back_and_forth_by_hours_loses_and_doubles_nothing() {
    let mut bench = Bench::new(samples());
    bench.step(START);
    let mut jumps = [0, 7 * HOUR, 0, 3 * HOUR, 0].into_iter().cycle();
    for second in 1..70 {
        let now_ms = START + second * 1_000;
        bench.chain.state().now_ms = now_ms;
        // one tick in five by a clock that is hours off, either way
        let off = jumps.next().unwrap();
        bench.gateway().tick(now_ms + off).unwrap();
        bench.gateway().tick(now_ms.saturating_sub(off)).unwrap();
        let lines = bench.device.play_until(now_ms).unwrap();
        bench.pump(lines, now_ms);
        bench.reconnect(now_ms);
    }
    bench.gateway().close_all().unwrap();
    for second in 70..76 {
        bench.step(START + second * 1_000);
        bench.reconnect(START + second * 1_000);
    }
    assert_eq!(bench.anchored_samples(), values(&samples()));
}
