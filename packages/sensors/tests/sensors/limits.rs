//! What can be in no batch that the chain takes: put aside with the reason, and nothing waits for it.

use crate::support::*;
use vitals_core::measure::Category;
use vitals_sensors::gatt::GLUCOSE;
use vitals_sensors::signed::Limits;
use vitals_sensors::{SignedSensors, Taken};

const HOUR_MS: u64 = 3_600_000;
/// 2026-11-23 08:31:40.
const NOW: u64 = 1_795_422_700_000;

/// A record of the meter's memory, of 08:30 on that day of November 2026.
fn record(number: u8, day: u8) -> Vec<u8> {
    let date = [0xea, 0x07, 0x0b, day, 8, 30, 0];
    [&[0x02, number, 0][..], &date, &[0x5a, 0xb0, 0x11]].concat()
}

fn came(sensors: &mut SignedSensors, number: u8, day: u8) -> Taken {
    take(sensors, arrival(GLUCOSE, &record(number, day), NOW))
}

fn refusal(code: &str) -> Taken {
    let code = code.into();
    Taken::Refused { code }
}

fn limits() -> Limits {
    Limits {
        paired_from_ms: NOW - 5 * 24 * HOUR_MS,
        sealed_from_ms: NOW - 2 * 24 * HOUR_MS,
        ..Limits::default()
    }
}

fn codes(sensors: &SignedSensors) -> Vec<String> {
    let aside = sensors.aside(10).unwrap();
    aside.into_iter().map(|one| one.code).collect()
}

#[test]
fn a_meter_s_memory_of_before_the_pairing_is_put_aside_and_what_follows_is_signed() {
    let dir = tempfile::tempdir().unwrap();
    let mut edge = Edge::new(add(dir.path(), &everything()));
    let mut sensors = open(dir.path());
    sensors.set_limits(DEVICE, limits()).unwrap();
    let before = refusal("sensors/before_pairing");
    assert_eq!(came(&mut sensors, 1, 10), before);
    assert_eq!(came(&mut sensors, 1, 10), Taken::Repeated);
    assert_eq!(came(&mut sensors, 2, 20), refusal("sensors/too_old"));
    assert_eq!(came(&mut sensors, 3, 23), Taken::Kept { readings: 1 });
    let lines = sensors.on_line(DEVICE, &Edge::ask(Category::Metabolic, NOW));
    edge.talk(&mut sensors, lines.unwrap());
    assert_eq!(edge.readings().len(), 1);
    assert_eq!(
        codes(&sensors),
        ["sensors/too_old", "sensors/before_pairing"]
    );
    assert_eq!(sensors.status(DEVICE).unwrap().refused, 2);
}

#[test]
fn what_was_kept_before_the_gateway_knew_the_pairing_is_put_aside_once_it_does() {
    let dir = tempfile::tempdir().unwrap();
    let mut edge = Edge::new(add(dir.path(), &everything()));
    let mut sensors = open(dir.path());
    for (number, day) in [(1, 10), (2, 20), (3, 23)] {
        let kept = Taken::Kept { readings: 1 };
        assert_eq!(came(&mut sensors, number, day), kept);
    }
    sensors.set_limits(DEVICE, limits()).unwrap();
    assert_eq!(codes(&sensors), ["sensors/before_pairing"]);
    drop(sensors);
    let mut sensors = open(dir.path());
    let lines = sensors.on_line(DEVICE, &Edge::ask(Category::Metabolic, NOW));
    edge.talk(&mut sensors, lines.unwrap());
    // of two days: the first closes its batch by itself, and the second waits to be asked for
    assert_eq!(edge.readings().len(), 1);
    assert_eq!(sensors.status(DEVICE).unwrap().readings, 2);
}
