//! What the analysis doubts is flagged and stays; pairs stay together; alarming batches close soon.

mod support;

use support::bench::{device_key, DEVICE};
use support::frames::{beat, closed, from, opened, reading, signed, take, HEAD, NOW};
use support::Bench;
use vitals_core::device::BatchHead;
use vitals_core::link::GatewayMessage;
use vitals_core::measure::{Category, Measure};
use vitals_core::reading::{Quality, Reading, ReadingFlags};
use vitals_gateway::{Flagged, Intake};

fn bench(max_readings: u16) -> (Bench, Intake) {
    let mut bench = Bench::new(vec![]);
    bench.max_readings = max_readings;
    bench.open();
    let mut intake = bench.gateway().take_intake().unwrap();
    take(&mut intake, &from(DEVICE, [opened(HEAD)]));
    (bench, intake)
}

fn send(intake: &mut Intake, first_index: u16, readings: Vec<Reading>) {
    let count = first_index + readings.len() as u16;
    let line = signed(&device_key(), HEAD, first_index, readings);
    let stored = GatewayMessage::Stored { sequence: 1, count };
    assert_eq!(take(intake, &from(DEVICE, [line])), [[stored]]);
}

fn asked_to_close(bench: &mut Bench) -> bool {
    let told = bench.gateway().tick(NOW).unwrap().to_devices;
    let close = GatewayMessage::Close { sequence: 1 }.to_line();
    told.iter().any(|told| told.line == close)
}

#[test]
fn doubtful_readings_are_counted_and_stay_in_their_batch() {
    let (mut bench, mut intake) = bench(60_000);
    let poor = ReadingFlags {
        simulated: false,
        quality: Quality::Poor,
    };
    let sudden = reading(Measure::HeartRate, 1_200, 3_000);
    let faint = Reading {
        flags: poor,
        ..reading(Measure::HeartRate, 1_200, 3_500)
    };
    let beyond = reading(Measure::HeartRate, 99_999, 20_000);
    send(&mut intake, 0, vec![beat(1_000), beat(2_000), sudden]);
    send(&mut intake, 3, vec![faint, beyond]);
    let counts = bench.gateway().status().unwrap().counts;
    let flagged = Flagged {
        implausible: 1,
        poor: 1,
        sudden: 1,
    };
    assert_eq!((counts.stored, counts.flagged), (5, flagged));
    assert_eq!(counts.quarantined, 0);
}

#[test]
fn a_full_batch_waits_for_the_other_half_of_a_blood_pressure() {
    let (mut bench, mut intake) = bench(2);
    send(&mut intake, 0, vec![beat(1_000)]);
    let systolic = reading(Measure::SystolicPressure, 1_200, 2_000);
    send(&mut intake, 1, vec![systolic]);
    assert!(!asked_to_close(&mut bench));
    let diastolic = reading(Measure::DiastolicPressure, 800, 2_000);
    send(&mut intake, 2, vec![diastolic]);
    assert!(asked_to_close(&mut bench));
}

#[test]
fn half_a_blood_pressure_that_time_passed_over_holds_nothing_up() {
    let (mut bench, mut intake) = bench(1);
    let systolic = reading(Measure::SystolicPressure, 1_200, 2_000);
    send(&mut intake, 0, vec![systolic]);
    assert!(!asked_to_close(&mut bench));
    send(&mut intake, 1, vec![beat(2_001)]);
    assert!(asked_to_close(&mut bench));
}

/// Oxygen saturation of 85 %, where below 90 % is urgent.
fn low(offset_ms: u32) -> Reading {
    reading(Measure::OxygenSaturation, 850, offset_ms)
}

#[test]
fn an_urgent_finding_brings_its_batch_to_a_close_once() {
    let (mut bench, mut intake) = bench(60_000);
    let readings = [beat(1_000)];
    let cardiac = closed(&device_key(), HEAD, &readings);
    send(&mut intake, 0, readings.to_vec());
    take(&mut intake, &from(DEVICE, [cardiac]));
    let (category, later) = (Category::Respiratory, NOW + 1_000);
    for (sequence, first_ms) in [(2, 1_000), (3, 5_000)] {
        let head = BatchHead {
            sequence,
            category,
            ..HEAD
        };
        let readings: Vec<_> = (0..3).map(|at| low(first_ms + at)).collect();
        let frame = signed(&device_key(), head, 0, readings.clone());
        take(&mut intake, &from(DEVICE, [opened(head), frame]));
        let told = bench.gateway().tick(later).unwrap().to_devices;
        let close = GatewayMessage::Close { sequence }.to_line();
        let asked = told.iter().any(|told| told.line == close);
        assert_eq!(
            asked,
            sequence == 2,
            "the finding is open still in the second"
        );
        let closing = closed(&device_key(), head, &readings);
        take(&mut intake, &from(DEVICE, [closing]));
    }
}
