//! Every vault gets every ciphertext; two of them are enough to go on.

mod support;

use std::sync::atomic::Ordering;
use std::time::Instant;

use support::bench::{heart_rates, values, DownVault, EPOCH, START};
use support::Bench;
use vitals_device_sim::Sample;
use vitals_gateway::VaultStatus;

const NOW: u64 = START + 60_000;

fn samples() -> Vec<Sample> {
    heart_rates(START, 60).into_iter().take(300).collect()
}

/// Closed batches of a gateway with three vaults, nothing sealed yet.
fn closed(max_readings: u16) -> Bench {
    let mut bench = Bench::new(samples());
    bench.third = Some(DownVault::new("c"));
    bench.max_readings = max_readings;
    bench.open();
    bench
}

fn third(bench: &Bench) -> DownVault {
    bench.third.clone().unwrap()
}

fn run(bench: &mut Bench, from_s: u64, to_s: u64) {
    for second in from_s..to_s {
        bench.step(START + second * 1_000);
    }
    bench.gateway().close_all().unwrap();
    bench.step(START + to_s * 1_000);
}

fn vault(bench: &mut Bench, name: &str) -> VaultStatus {
    let vaults = bench.gateway().status().unwrap().vaults;
    vaults.into_iter().find(|vault| vault.name == name).unwrap()
}

fn kept(bench: &Bench) -> u32 {
    let db = rusqlite::Connection::open(bench.store_path()).unwrap();
    db.query_row("SELECT COUNT(*) FROM blob", [], |row| row.get(0))
        .unwrap()
}

#[test]
fn two_of_three_vaults_are_enough_and_the_third_gets_its_copy_once_it_is_back() {
    let mut bench = closed(60_000);
    third(&bench).down.store(true, Ordering::Relaxed);
    run(&mut bench, 60, 62);
    bench.step(NOW + 3_000);
    assert_eq!(bench.anchored_samples(), values(&samples()));
    let waits = vault(&mut bench, "c");
    assert_eq!(waits.waiting, 1);
    let failing = waits.failing.unwrap();
    assert!(failing.reason.starts_with("vault/unreachable"));
    assert_eq!(vault(&mut bench, "a").failing, None);
    assert_eq!(kept(&bench), 1, "kept for the third");

    bench.open();
    let restarted = vault(&mut bench, "c").failing.unwrap();
    assert_eq!(
        restarted.since_ms, failing.since_ms,
        "a restart makes it no newer"
    );
    third(&bench).down.store(false, Ordering::Relaxed);
    assert_eq!(bench.gateway().tick(NOW + 5_000).unwrap().delivered, 1);
    let digest = bench.chain.state().anchored[0].seal.digest;
    assert!(third(&bench).blobs.get(&digest).is_some());
    let done = vault(&mut bench, "c");
    assert_eq!((done.waiting, done.failing), (0, None));
    assert_eq!(kept(&bench), 0, "every vault has it");
}

#[test]
fn one_vault_of_three_is_not_enough() {
    let mut bench = closed(60_000);
    for down in [&bench.vaults[1], &third(&bench)] {
        down.down.store(true, Ordering::Relaxed);
    }
    run(&mut bench, 60, 62);
    bench.step(NOW + 3_000);
    assert!(bench.chain.state().anchored.is_empty());
    let detail = &bench.gateway().status().unwrap().waiting[0].detail;
    assert!(
        detail.contains("b: vault/un") && detail.contains("c: vault/un"),
        "{detail}"
    );
}

#[test]
fn a_full_vault_says_so_and_stops_nobody() {
    let mut bench = closed(60);
    third(&bench).room.store(1, Ordering::Relaxed);
    run(&mut bench, 0, 70);
    for second in 71..75 {
        bench.step(START + second * 1_000);
    }
    assert_eq!(bench.anchored_samples(), values(&samples()));
    let full = vault(&mut bench, "c");
    let batches = bench.chain.state().anchored.len() as u64;
    assert!(batches > 2);
    assert_eq!(full.waiting, batches - 1);
    assert!(full.failing.unwrap().reason.starts_with("vault/full"));
    third(&bench).room.store(u64::MAX, Ordering::Relaxed);
    bench.step(NOW + 300_000);
    assert_eq!(vault(&mut bench, "c").waiting, 0);
}

/// Ciphertexts of the hour before, which a vault was away for until its grant had ended.
fn leave_behind(bench: &Bench, how_many: u32) {
    let db = rusqlite::Connection::open(bench.store_path()).unwrap();
    let sql = "INSERT INTO blob (digest, bytes, category, epoch) VALUES (?1, x'00', 1, ?2)";
    for number in 0..how_many {
        let mut digest = [7u8; 32];
        digest[..4].copy_from_slice(&number.to_be_bytes());
        db.execute(sql, (digest, EPOCH - 1)).unwrap();
    }
}

#[test]
fn what_a_vault_refuses_for_good_holds_back_nothing_newer_also_after_a_restart() {
    let mut bench = Bench::new(samples());
    bench.max_readings = 60;
    bench.vaults[1].granted_from.store(EPOCH, Ordering::Relaxed);
    leave_behind(&bench, 600);
    bench.open();
    run(&mut bench, 0, 40);
    bench.step(START + 41_000);
    let before = bench.chain.state().anchored.len();
    assert!(before > 0, "{:?}", vault(&mut bench, "b"));
    bench.open();
    run(&mut bench, 50, 70);
    bench.step(START + 71_000);
    assert_eq!(bench.anchored_samples(), values(&samples()));
    assert_eq!(vault(&mut bench, "b").waiting, 600);
    // a grant that reaches back
    bench.vaults[1].granted_from.store(0, Ordering::Relaxed);
    let mut seconds = 200..230;
    while vault(&mut bench, "b").waiting > 0 {
        bench.step(START + seconds.next().expect("it has them") * 1_000);
    }
    assert_eq!(kept(&bench), 0);
}

#[test]
fn a_slow_vault_keeps_nobody_waiting() {
    let mut bench = closed(60_000);
    third(&bench).slow_ms.store(10_000, Ordering::Relaxed);
    let begun = Instant::now();
    run(&mut bench, 60, 61);
    bench.step(NOW + 2_000);
    assert_eq!(bench.anchored_samples(), values(&samples()));
    assert!(begun.elapsed().as_secs() < 9, "{:?}", begun.elapsed());
}
