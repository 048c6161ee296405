//! One row of the store that cannot be read.

mod support;

use support::bench::{device_key, heart_rates, low_oxygen, values, DEVICE, START};
use support::frames::{beat, closed, opened, reading, signed, HEAD, NOW};
use support::Bench;
use vitals_analysis::{Severity, Threshold};
use vitals_core::device::BatchHead;
use vitals_core::key::{Ed25519Signer, Signer};
use vitals_core::measure::{Category, Measure};

const OTHER: u64 = 7;

fn other_key() -> Ed25519Signer {
    Ed25519Signer::from_seed(&[3; 32])
}

/// A batch of each of two devices, closed while the node is away.
fn closed_by_two() -> Bench {
    let mut bench = Bench::new(Vec::new());
    let categories = vec![Category::Cardiac];
    let row = (other_key().public_key(), categories);
    bench.chain.state().devices.insert(OTHER, row);
    bench.chain.state().now_ms = NOW;
    for (device, key) in [(DEVICE, device_key()), (OTHER, other_key())] {
        let head = BatchHead { device, ..HEAD };
        let lines = [
            opened(head),
            signed(&key, head, 0, vec![beat(1_000)]),
            closed(&key, head, &[beat(1_000)]),
        ];
        for line in lines {
            assert!(!bench.gateway().handle_line(&line, NOW).is_empty());
        }
    }
    bench
}

fn anchored(bench: &Bench) -> Vec<u64> {
    let state = bench.chain.state();
    state.anchored.iter().map(|b| b.measured.device).collect()
}

fn spoil_frames_of(bench: &Bench, device: u64) {
    let db = rusqlite::Connection::open(bench.store_path()).unwrap();
    let sql = "UPDATE frame SET readings = zeroblob(60) WHERE device = ?1";
    db.execute(sql, [device as i64]).unwrap();
}

fn spoil_row_of(bench: &Bench, device: u64, columns: &str) {
    let db = rusqlite::Connection::open(bench.store_path()).unwrap();
    let sql = format!("UPDATE batch SET {columns} WHERE device = ?1");
    assert_eq!(db.execute(&sql, [device as i64]).unwrap(), 1);
}

#[test]
fn a_frame_that_cannot_be_read_stops_its_own_batch_and_no_other() {
    let mut bench = closed_by_two();
    spoil_frames_of(&bench, DEVICE);
    for second in 1..6 {
        bench.gateway().tick(NOW + second * 1_000).unwrap();
    }
    assert_eq!(anchored(&bench), [OTHER]);
    let status = bench.gateway().status().unwrap();
    let damaged = status.waiting_for("damaged").unwrap();
    assert_eq!((damaged.batches, damaged.since_ms), (1, NOW + 1_000));
    let why = "gateway/store_key: what was stored as frame";
    assert!(damaged.detail.starts_with(why), "{}", damaged.detail);
}

/// Once somebody asks for it again, all that the device measured is anchored.
fn comes_again_when_somebody_asks(spoil: impl Fn(&Bench)) -> Bench {
    let samples: Vec<_> = heart_rates(START, 60).into_iter().take(300).collect();
    let mut bench = Bench::new(samples.clone());
    bench.step(START);
    bench.step(NOW);
    bench.device_closes_frames(NOW + 500);
    spoil(&bench);
    for second in 1..4 {
        bench.step(NOW + second * 1_000);
    }
    assert!(anchored(&bench).is_empty());
    bench.gateway().retry_refused(NOW + 5_000).unwrap();
    for second in 6..9 {
        bench.step(NOW + second * 1_000);
    }
    assert_eq!(bench.anchored_samples(), values(&samples));
    bench
}

#[test]
fn a_damaged_batch_comes_again_from_its_device_when_somebody_asks() {
    let bench = comes_again_when_somebody_asks(|bench| spoil_frames_of(bench, DEVICE));
    assert!(bench.device.is_done());
}

#[test]
fn a_batch_damaged_before_it_is_closed_is_asked_for_no_more_until_somebody_wants_it_again() {
    let samples: Vec<_> = heart_rates(START, 60).into_iter().take(300).collect();
    let mut bench = Bench::new(samples.clone());
    bench.step(START);
    bench.step(NOW);
    spoil_frames_of(&bench, DEVICE);
    bench.gateway().close_all().unwrap();
    bench.step(NOW + 1_000);
    let status = bench.gateway().status().unwrap();
    assert_eq!(status.waiting_for("damaged").unwrap().batches, 1);
    assert!(bench.step(NOW + 2_000).to_devices.is_empty());
    bench.gateway().retry_refused(NOW + 3_000).unwrap();
    for second in 4..8 {
        bench.step(NOW + second * 1_000);
    }
    assert_eq!(bench.anchored_samples(), values(&samples));
}

/// Whatever of it no longer reads: the form of a field, or the state itself.
#[test]
fn a_row_that_cannot_be_read_stops_its_own_batch_and_no_other() {
    for spoil in [
        "measured = zeroblob(3)",
        "signature = 'text'",
        "state = 99",
        "category = 200",
        "epoch = -1",
    ] {
        let mut bench = closed_by_two();
        spoil_row_of(&bench, DEVICE, spoil);
        for second in 1..6 {
            bench.gateway().tick(NOW + second * 1_000).unwrap();
        }
        assert_eq!(anchored(&bench), [OTHER], "{spoil}");
        let status = bench.gateway().status().unwrap();
        let damaged = status.waiting_for("damaged").unwrap();
        assert_eq!((damaged.batches, damaged.since_ms), (1, NOW + 1_000));
        let why = "gateway/store_damaged: batch: ";
        assert!(damaged.detail.starts_with(why), "{}", damaged.detail);
        bench.open();
    }
}

#[test]
fn a_batch_whose_row_cannot_be_read_comes_again_from_its_device_when_somebody_asks() {
    comes_again_when_somebody_asks(|bench| spoil_row_of(bench, DEVICE, "measured = zeroblob(3)"));
}

/// Of two thresholds; what was found by the first cannot be read when it is to be raised.
#[test]
fn an_alert_that_cannot_be_read_stops_no_other_and_no_batch() {
    let mut bench = closed_by_two();
    let second = Threshold {
        rule: 10,
        severity: Severity::Emergency,
        ..low_oxygen()
    };
    bench.thresholds.push(second);
    bench.open();
    let head = BatchHead {
        sequence: 2,
        category: Category::Respiratory,
        ..HEAD
    };
    let low = |index: u32| reading(Measure::OxygenSaturation, 850, 1_000 * index);
    let frame = signed(&device_key(), head, 0, (1..4).map(low).collect());
    for line in [opened(head), frame] {
        bench.gateway().handle_line(&line, NOW);
    }
    let db = rusqlite::Connection::open(bench.store_path()).unwrap();
    let sql = "UPDATE alert SET finding = zeroblob(60) WHERE rule = 9";
    assert_eq!(db.execute(sql, []).unwrap(), 1);
    drop(db);
    bench.tick(NOW + 1_000).unwrap();
    let told: Vec<_> = bench.chain.state().alerts.iter().map(|a| a.rule).collect();
    assert_eq!(told, [10]);
    assert_eq!(anchored(&bench), [DEVICE, OTHER]);
    let status = bench.gateway().status().unwrap();
    assert_eq!(status.waiting_for("alert_damaged").unwrap().alerts, 1);
}
