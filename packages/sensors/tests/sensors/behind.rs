//! A sensor whose store is an old backup: the chain has numbers that were never spent here.

use std::collections::BTreeMap;

use crate::support::*;
use vitals_core::key::Ed25519Signer;
use vitals_core::link::{DeviceMessage, GatewayMessage, Refusal};
use vitals_core::measure::{Category, Measure};
use vitals_core::reading::ReadingFlags;
use vitals_core::time::Millis;
use vitals_sensors::gatt::HEART_RATE;
use vitals_sensors::signed::Limits;
use vitals_sensors::{DeviceLink, Framing, Identity, Restored, Sample, SignedSensors};

const HOURS: u32 = 10;

fn sample(at_ms: Millis) -> Sample {
    Sample {
        at_ms,
        measure: Measure::HeartRate,
        value: 700,
        flags: ReadingFlags::MEASURED_GOOD,
    }
}

/// Refuses what opens a batch under a number that the chain has; all else is not answered.
fn refuse_spent(device: &mut DeviceLink, anchored: u64) {
    for line in device.lines().unwrap() {
        if let Ok(DeviceMessage::Opened(head)) = DeviceMessage::from_line(&line) {
            let sequence = head.sequence;
            let reason = Refusal::Batch;
            if sequence <= anchored {
                let refused = GatewayMessage::Refused { sequence, reason };
                device.on_message(refused).unwrap();
            }
        }
    }
}

fn device() -> DeviceLink {
    let identity = Identity {
        device: DEVICE,
        pairing: 1,
        deployment: DEPLOYMENT,
        next_sequence: 1,
    };
    let signer = Ed25519Signer::from_seed(&[1; 32]);
    let restored = Restored::default();
    DeviceLink::restore(signer, identity, Framing::AT_ONCE, restored).unwrap()
}

#[test]
fn a_device_that_cannot_know_what_is_on_the_chain_signs_nothing_twice() {
    let mut device = device();
    let category = Category::Cardiac;
    let open = |epoch| GatewayMessage::Open { category, epoch };
    device.on_message(open(500_000)).unwrap();
    device.measure([(1, sample(HOUR))]).unwrap();
    let later = HOUR + 3_600_000;
    device.measure([(2, sample(later))]).unwrap();
    device.lines().unwrap();
    let anchored = GatewayMessage::Anchored { sequence: 20 };
    device.on_message(anchored).unwrap();
    assert_eq!(device.kept_readings(), 1, "the one in no batch");
    device.on_message(open(500_001)).unwrap();
    let lines = device.lines().unwrap();
    let opened = lines
        .iter()
        .find_map(|line| match DeviceMessage::from_line(line) {
            Ok(DeviceMessage::Opened(head)) => Some((head.sequence, head.epoch)),
            _ => None,
        });
    assert_eq!(opened, Some((21, 500_001)));
}

#[test]
fn what_is_measured_after_an_old_backup_was_restored_is_not_forgotten() {
    let mut device = device();
    device.set_anchored(BTreeMap::new());
    let sequence = 20;
    let mut measured = 0;
    for hour in 0..HOURS {
        let epoch = 500_000 + hour;
        let category = Category::Cardiac;
        // the first hour's readings are in a batch before the gateway says where the chain is
        let open = GatewayMessage::Open { category, epoch };
        device.on_message(open).unwrap();
        for second in 0..60u64 {
            let at_ms = HOUR + u64::from(hour) * 3_600_000 + second * 1_000;
            measured += 1;
            device.measure([(measured as u64, sample(at_ms))]).unwrap();
            refuse_spent(&mut device, sequence);
        }
        let anchored = GatewayMessage::Anchored { sequence };
        device.on_message(anchored).unwrap();
        device.resend();
    }
    assert_eq!(device.kept_readings(), measured);
    let numbers: Vec<u64> = device
        .lines()
        .unwrap()
        .iter()
        .filter_map(|line| match DeviceMessage::from_line(line) {
            Ok(DeviceMessage::Opened(head)) => Some(head.sequence),
            _ => None,
        })
        .collect();
    assert!(
        numbers.iter().all(|number| *number > sequence),
        "{numbers:?}"
    );
}

fn beat(sensors: &mut SignedSensors, second: u64) {
    let value = [0, 60 + (second % 60) as u8];
    take(sensors, arrival(HEART_RATE, &value, HOUR + second * 1_000));
}

fn ask(sensors: &mut SignedSensors, edge: &mut Edge) {
    let lines = sensors.on_line(DEVICE, &Edge::ask(Category::Cardiac, HOUR));
    edge.talk(sensors, lines.unwrap());
}

/// Ten readings in each of so many batches, the last still open.
fn work(sensors: &mut SignedSensors, edge: &mut Edge, tens: std::ops::Range<u64>) {
    for ten in tens {
        edge.close_all(sensors);
        ask(sensors, edge);
        for second in ten * 10..ten * 10 + 10 {
            beat(sensors, second);
        }
        let lines = sensors.lines(DEVICE).unwrap();
        edge.talk(sensors, lines);
    }
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    let db = std::fs::read(file(from)).unwrap();
    std::fs::write(file(to), db).unwrap();
}

#[test]
fn an_old_backup_of_the_sensors_loses_and_doubles_no_reading() {
    let (dir, restored) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut edge = Edge::new(add(dir.path(), &everything()));
    let mut sensors = open(dir.path());
    work(&mut sensors, &mut edge, 0..2);
    // backed up with a batch that is open, and a reading that waits for one
    edge.close_all(&mut sensors);
    beat(&mut sensors, 20);
    drop(sensors);
    copy(dir.path(), restored.path());
    let mut sensors = open(dir.path());
    work(&mut sensors, &mut edge, 3..6);
    edge.close_all(&mut sensors);
    let anchored = *edge.stored.keys().last().unwrap();
    let last_ms = edge.readings().last().unwrap().0;
    assert!(anchored > 3, "{anchored}");
    drop(sensors);

    let mut sensors = open(restored.path());
    // measured before the gateway knows where the chain is, with a batch asked for or without
    for second in 60..65 {
        beat(&mut sensors, second);
    }
    let limits = Limits {
        anchored: BTreeMap::from([(Category::Cardiac, last_ms)]),
        ..Limits::default()
    };
    sensors.set_limits(DEVICE, limits).unwrap();
    let sequence = anchored;
    let line = GatewayMessage::Anchored { sequence }.to_line();
    assert!(sensors.on_line(DEVICE, &line).unwrap().is_empty());
    drop(sensors);
    let mut sensors = open(restored.path());
    assert_eq!(sensors.status(DEVICE).unwrap().readings, 5);
    ask(&mut sensors, &mut edge);
    for second in 65..70 {
        beat(&mut sensors, second);
    }
    let lines = sensors.lines(DEVICE).unwrap();
    edge.talk(&mut sensors, lines);
    let seconds: Vec<u64> = edge
        .readings()
        .iter()
        .map(|(at, _)| (at - HOUR) / 1_000)
        .collect();
    let expected: Vec<u64> = (0..21).chain(30..70).collect();
    assert_eq!(seconds, expected);
    assert_eq!(edge.stored.keys().last(), Some(&(anchored + 1)));
}
