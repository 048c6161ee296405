//! The file that holds sensors and their keys.

use crate::support::*;
use vitals_sensors::gatt::{HEART_RATE, TEMPERATURE};
use vitals_sensors::signed::SensorBook;
use vitals_sensors::{SensorError, SignedSensors};

#[test]
fn nothing_of_a_reading_or_a_key_lies_open_in_the_file() {
    let dir = tempfile::tempdir().unwrap();
    add(dir.path(), &everything());
    let mut sensors = open(dir.path());
    let value = b"\x10\x3cCANARY-IN-RR-INTERVALS";
    take(&mut sensors, arrival(HEART_RATE, value, HOUR));
    take(
        &mut sensors,
        arrival(TEMPERATURE, b"CANARY-PUT-ASIDE", HOUR),
    );
    drop(sensors);
    let book = SensorBook::open(&file(dir.path()), &KEY).unwrap();
    assert_eq!(book.devices(), Ok(vec![DEVICE]));
    for entry in std::fs::read_dir(dir.path()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        assert!(!bytes.windows(6).any(|w| w == b"CANARY"));
        assert!(!bytes.windows(8).any(|w| w == b"serial 1"));
    }
}

#[test]
fn another_key_opens_nothing_and_a_second_process_signs_nothing() {
    let dir = tempfile::tempdir().unwrap();
    add(dir.path(), &everything());
    let sensors = open(dir.path());
    let second = SignedSensors::open(&file(dir.path()), &KEY, 3).map(|_| ());
    assert_eq!(second.unwrap_err().code(), "sensors/in_use");
    drop(sensors);
    let other = SignedSensors::open(&file(dir.path()), &[1; 32], 3).map(|_| ());
    assert_eq!(other.unwrap_err().code(), "at_rest/key");
}

#[test]
fn a_draft_keeps_its_key_until_its_sensor_is_in_the_book() {
    let dir = tempfile::tempdir().unwrap();
    let book = SensorBook::open(&file(dir.path()), &KEY).unwrap();
    let key = |serial: &str| {
        use vitals_core::key::Signer;
        book.draft(serial).unwrap().signer().public_key()
    };
    assert_eq!(key("a"), key("a"));
    assert_ne!(key("a"), key("b"));
    add(dir.path(), &everything());
    let draft = book.draft("a").unwrap();
    let identity = book.sensor(DEVICE).unwrap().unwrap().identity;
    let twice = book.add(&draft, &identity, &everything());
    assert_eq!(twice, Err(SensorError::Added { device: DEVICE }));
}
