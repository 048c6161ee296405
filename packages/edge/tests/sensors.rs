//! Sensors that cannot sign: what of theirs can be anchored is, whatever else they send and however
//! old the store is that signs for them.

mod support;

use std::path::Path;

use age::secrecy::ExposeSecret;
use support::gateway::bench::START;
use support::gateway::Bench;
use support::sensor::{opened, sensor, store, Link};
use support::{clock, run_with, until, Running};
use vitals_core::measure::Measure;
use vitals_gateway::{back_up, restore, BackupKey, BackupSources};
use vitals_sensors::signed::Aside;
use vitals_sensors::SignedSensors;

/// Beside the batch that is still open.
fn anchored(bench: &Bench) -> Vec<i64> {
    bench
        .anchored_samples()
        .iter()
        .map(|(_, value)| *value)
        .collect()
}

/// Everything in a directory at work.
fn run(bench: &mut Bench, sensors: SignedSensors) -> Running {
    bench.chain.state().now_ms = clock();
    let gateway = bench.gateway.take().unwrap();
    let listen = "127.0.0.1:0".parse().unwrap();
    run_with(gateway, bench.dir.path(), listen, Some(sensors))
}

/// Until so many readings are on the chain.
fn close_until(bench: &Bench, running: &Running, readings: usize) {
    until("what came is on the chain", || {
        bench.chain.state().now_ms = clock();
        running.command("close", "null").unwrap();
        anchored(bench).len() >= readings
    });
}

/// A pressure of 120 over 80 at a time of the cuff's own clock, which is in UTC: 2027-01-15 08:00 is
/// the bench's start.
fn pressure(day: u8, hour: u8, minute: u8) -> Vec<u8> {
    let date = [0xeb, 0x07, 1, day, hour, minute, 0];
    [&[0x02, 120, 0, 80, 0, 93, 0][..], &date].concat()
}

#[test]
fn a_cuff_s_memory_of_before_its_pairing_holds_back_nothing_it_measures_after_it() {
    let mut bench = Bench::new(Vec::new());
    bench.chain.state().paired_ms = START - 60_000;
    let measures = [Measure::SystolicPressure, Measure::DiastolicPressure];
    let sensors = sensor(&bench, &measures);
    let running = run(&mut bench, sensors);
    let mut link = Link::connect(running.address, 4);
    // of the week before, of the day before, of the minute of the pairing, and of now
    let memory = [(8, 8, 0), (14, 8, 0), (15, 7, 58), (15, 8, 0)];
    for (id, (day, hour, minute)) in (1..).zip(memory) {
        link.publish_value(id, false, "2a35", &pressure(day, hour, minute));
        link.stored(id);
    }
    close_until(&bench, &running, 2);
    assert_eq!(bench.anchored_samples(), [(START, 80), (START, 120)]);
    running.stop();
    let aside = opened(bench.dir.path()).aside(10).unwrap();
    // as it came, or each of its two readings where the pairing was not known yet
    assert!((3..=6).contains(&aside.len()), "{}", aside.len());
    let before = |one: &Aside| one.code == "sensors/before_pairing";
    assert!(aside.iter().all(before));
}

fn lose_and_restore(bench: &mut Bench, backup: &Path, identity: &str) {
    let dir = tempfile::tempdir().unwrap();
    restore(backup, BackupKey::Age(identity), dir.path()).unwrap();
    bench.dir = dir;
    bench.open();
}

#[test]
fn an_old_backup_of_gateway_and_sensors_loses_and_doubles_no_reading() {
    let mut bench = Bench::new(Vec::new());
    let sensors = sensor(&bench, &[Measure::HeartRate]);
    let mut rates = 60..;
    let mut work = |bench: &mut Bench, sensors: SignedSensors, readings: usize| {
        let running = run(bench, sensors);
        let mut link = Link::connect(running.address, 4);
        for (id, rate) in (1..=3).zip(rates.by_ref()) {
            link.publish(id, false, rate);
            link.stored(id);
            close_until(bench, &running, readings + usize::from(id));
        }
        running.stop();
    };
    work(&mut bench, sensors, 0);
    let elsewhere = tempfile::tempdir().unwrap();
    let backup = elsewhere.path().join("gateway.backup");
    let operator = age::x25519::Identity::generate();
    let recipient = operator.to_public().to_string();
    let sources = BackupSources {
        databases: vec![bench.store_path(), store(bench.dir.path())],
        files: vec![bench.dir.path().join("store.key")],
    };
    back_up(&sources, BackupKey::Age(&recipient), &backup).unwrap();
    bench.open();
    let sensors = opened(bench.dir.path());
    work(&mut bench, sensors, 3);

    let identity = operator.to_string();
    lose_and_restore(&mut bench, &backup, identity.expose_secret());
    let sensors = opened(bench.dir.path());
    work(&mut bench, sensors, 6);
    let expected: Vec<i64> = (60..69).map(|rate| rate * 10).collect();
    assert_eq!(anchored(&bench), expected);
    let numbers: Vec<u64> = {
        let state = bench.chain.state();
        state
            .anchored
            .iter()
            .map(|batch| batch.measured.sequence)
            .collect()
    };
    assert_eq!(numbers, (1..=9).collect::<Vec<_>>());
}
