//! Sensors that are signed for: what is kept, what is sent, what is refused.

use crate::support::*;
use vitals_core::link::{DeviceMessage, GatewayMessage, Refusal};
use vitals_core::measure::{Category, Measure};
use vitals_sensors::gatt::{BATTERY_LEVEL, BLOOD_PRESSURE, GLUCOSE, HEART_RATE, TEMPERATURE};
use vitals_sensors::{Clock, SignedSensors, Taken};

const KEPT: Taken = Taken::Kept { readings: 1 };

fn rate(value: u8) -> [u8; 2] {
    [0, value]
}

fn refusal(code: &str) -> Taken {
    let code = code.into();
    Taken::Refused { code }
}

fn refused(sequence: u64, reason: Refusal) -> String {
    GatewayMessage::Refused { sequence, reason }.to_line()
}

fn anchored(sequence: u64) -> String {
    GatewayMessage::Anchored { sequence }.to_line()
}

#[test]
fn what_a_strap_sends_becomes_signed_batches_of_each_hour() {
    let dir = tempfile::tempdir().unwrap();
    let mut edge = Edge::new(add(dir.path(), &everything()));
    let mut sensors = open(dir.path());
    let from = HOUR - 60_000;
    for second in 0..120u64 {
        let value = rate(60 + (second % 60) as u8);
        let at_ms = from + second * 1_000;
        assert_eq!(take(&mut sensors, arrival(HEART_RATE, &value, at_ms)), KEPT);
        if second % 7 == 0 {
            let ask = Edge::ask(Category::Cardiac, at_ms);
            let lines = sensors.on_line(DEVICE, &ask).unwrap();
            edge.talk(&mut sensors, lines);
        }
    }
    edge.close_all(&mut sensors);
    let expected: Vec<_> = (0..120u64)
        .map(|s| (from + s * 1_000, 600 + (s % 60) as i64 * 10))
        .collect();
    assert_eq!(edge.readings(), expected);
    assert_eq!(edge.closed.len(), 2);
    sensors.on_line(DEVICE, &anchored(2)).unwrap();
    let status = sensors.status(DEVICE).unwrap();
    assert_eq!((status.readings, status.batches), (0, 0));
}

#[test]
fn a_reopened_store_signs_the_very_same_batch() {
    let dir = tempfile::tempdir().unwrap();
    let mut edge = Edge::new(add(dir.path(), &everything()));
    let mut sensors = open(dir.path());
    sensors
        .on_line(DEVICE, &Edge::ask(Category::Cardiac, HOUR))
        .unwrap();
    for second in 0..10u64 {
        take(
            &mut sensors,
            arrival(HEART_RATE, &rate(70), HOUR + second * 1_000),
        );
    }
    let lines = sensors.lines(DEVICE).unwrap();
    edge.talk(&mut sensors, lines);
    edge.close_all(&mut sensors);
    for _ in 0..2 {
        drop(sensors);
        sensors = open(dir.path());
        let lines = sensors.resend(DEVICE).unwrap();
        assert_eq!(lines.len(), 1, "the batch is announced");
        // the edge insists that a batch is closed in one way
        edge.talk(&mut sensors, lines);
    }
    assert_eq!(edge.readings().len(), 10);
}

#[test]
fn a_measurement_that_names_itself_is_taken_once_however_late_it_comes_again() {
    let dir = tempfile::tempdir().unwrap();
    add(dir.path(), &everything());
    let mut sensors = open(dir.path());
    // record 7 of 2026-11-23 08:30, and the same record with its status since added
    let record = hex::decode("020700ea070b17081e005ab011").unwrap();
    let again = hex::decode("0a0700ea070b17081e005ab0110100").unwrap();
    let other = hex::decode("020800ea070b17081e005ab011").unwrap();
    let now = 1_795_422_700_000;
    assert_eq!(take(&mut sensors, arrival(GLUCOSE, &record, now)), KEPT);
    let later = now + 3 * 86_400_000;
    assert_eq!(
        take(&mut sensors, arrival(GLUCOSE, &again, later)),
        Taken::Repeated
    );
    assert_eq!(take(&mut sensors, arrival(GLUCOSE, &other, later)), KEPT);
    drop(sensors);
    let mut sensors = open(dir.path());
    assert_eq!(
        take(&mut sensors, arrival(GLUCOSE, &record, later)),
        Taken::Repeated
    );
    assert_eq!(sensors.status(DEVICE).unwrap().readings, 2);
}

#[test]
fn the_same_heart_rate_is_a_repetition_at_once_or_when_delivered_again() {
    let dir = tempfile::tempdir().unwrap();
    add(dir.path(), &everything());
    let mut sensors = open(dir.path());
    let value = rate(70);
    let mut at = |at_ms, delivery, again| {
        let mut arrival = arrival(HEART_RATE, &value, at_ms);
        (arrival.delivery, arrival.again) = (Some(delivery), again);
        take(&mut sensors, arrival)
    };
    assert_eq!(at(HOUR, 1, false), KEPT);
    assert_eq!(
        at(HOUR + 499, 2, false),
        Taken::Repeated,
        "the radio repeated it"
    );
    assert_eq!(at(HOUR + 1_000, 3, false), KEPT, "the heart beats on");
    assert_eq!(at(HOUR + 5_000, 3, true), Taken::Repeated);
    assert_eq!(at(HOUR + 5_000, 4, true), KEPT, "number 4 never came");
}

#[test]
fn what_is_no_reading_of_the_patient_is_put_aside_with_its_code() {
    let dir = tempfile::tempdir().unwrap();
    let mut settings = everything();
    settings.user = Some(1);
    settings.measures = vec![Measure::SystolicPressure, Measure::DiastolicPressure];
    add(dir.path(), &settings);
    let mut sensors = open(dir.path());
    let cuff = |user: u8| vec![0x08, 0x72, 0, 0x48, 0, 0x56, 0, user];
    let cases = [
        (BLOOD_PRESSURE, cuff(2), refusal("sensors/user")),
        (BLOOD_PRESSURE, cuff(1), Taken::Kept { readings: 2 }),
        (HEART_RATE, vec![0, 70], refusal("sensors/unmeasured")),
        (TEMPERATURE, vec![0; 3], refusal("sensors/length")),
        (0x2a6e, vec![], refusal("sensors/characteristic")),
    ];
    for (characteristic, value, expected) in cases {
        assert_eq!(
            take(&mut sensors, arrival(characteristic, &value, HOUR)),
            expected
        );
    }
    let codes: Vec<String> = sensors
        .aside(2)
        .unwrap()
        .into_iter()
        .map(|a| a.code)
        .collect();
    assert_eq!(codes, ["sensors/characteristic", "sensors/length"]);
    assert_eq!(sensors.status(DEVICE).unwrap().refused, 4);
    let mut foreign = arrival(HEART_RATE, &[0, 70], HOUR);
    foreign.device = 6;
    assert_eq!(take(&mut sensors, foreign), refusal("sensors/unknown"));
    assert_eq!(
        sensors.aside(10).unwrap().len(),
        4,
        "nobody's payloads are not kept"
    );
}

#[test]
fn a_reading_from_before_what_is_signed_is_late_and_a_clock_set_back_a_little_is_not() {
    let dir = tempfile::tempdir().unwrap();
    let mut settings = everything();
    settings.clock = Clock {
        utc_offset_min: 60,
        ..Clock::default()
    };
    add(dir.path(), &settings);
    let mut sensors = open(dir.path());
    let now = 1_795_422_700_000;
    sensors
        .on_line(DEVICE, &Edge::ask(Category::Metabolic, now))
        .unwrap();
    // 09:30 an hour east of Greenwich, then 09:29
    let first = hex::decode("020700ea070b17091e005ab011").unwrap();
    let earlier = hex::decode("020800ea070b17091d005ab011").unwrap();
    assert_eq!(take(&mut sensors, arrival(GLUCOSE, &first, now)), KEPT);
    let late = refusal("sensors/late");
    assert_eq!(take(&mut sensors, arrival(GLUCOSE, &earlier, now)), late);

    sensors
        .on_line(DEVICE, &Edge::ask(Category::Cardiac, now))
        .unwrap();
    assert_eq!(
        take(&mut sensors, arrival(HEART_RATE, &rate(70), now)),
        KEPT
    );
    let back = |ms| now - ms;
    assert_eq!(
        take(&mut sensors, arrival(HEART_RATE, &rate(71), back(100_000))),
        KEPT
    );
    let far = rate(72);
    let far = arrival(HEART_RATE, &far, back(200_000));
    assert_eq!(take(&mut sensors, far), late);
}

#[test]
fn a_full_store_says_so_keeps_what_it_has_and_goes_on_once_there_is_room() {
    let dir = tempfile::tempdir().unwrap();
    let mut edge = Edge::new(add(dir.path(), &everything()));
    let mut sensors = SignedSensors::open(&file(dir.path()), &KEY, 3).unwrap();
    for second in 0..3u64 {
        let at_ms = HOUR + second * 1_000;
        assert_eq!(
            take(&mut sensors, arrival(HEART_RATE, &rate(70), at_ms)),
            KEPT
        );
    }
    let fourth = arrival(HEART_RATE, &[0, 71], HOUR + 3_000);
    let code = "sensors/full".to_string();
    assert_eq!(take(&mut sensors, fourth), Taken::NotNow { code });
    assert_eq!(sensors.status(DEVICE).unwrap().not_now, 1);
    let lines = sensors
        .on_line(DEVICE, &Edge::ask(Category::Cardiac, HOUR))
        .unwrap();
    edge.talk(&mut sensors, lines);
    edge.close_all(&mut sensors);
    sensors.on_line(DEVICE, &anchored(1)).unwrap();
    assert_eq!(take(&mut sensors, fourth), KEPT);
    assert_eq!(edge.readings().len(), 3);
}

#[test]
fn a_battery_level_goes_to_the_gateway_and_is_no_reading() {
    let dir = tempfile::tempdir().unwrap();
    add(dir.path(), &everything());
    let mut sensors = open(dir.path());
    let percent = 17;
    let taken = take(&mut sensors, arrival(BATTERY_LEVEL, &[percent], HOUR));
    assert_eq!(taken, Taken::Battery { percent });
    let lines = sensors.lines(DEVICE).unwrap();
    let device = DEVICE;
    let told = DeviceMessage::from_line(&lines[0]);
    assert_eq!(told, Ok(DeviceMessage::Battery { device, percent }));
    assert!(sensors.lines(DEVICE).unwrap().is_empty());
}

#[test]
fn a_refused_batch_halts_says_so_and_goes_on_with_a_new_link() {
    let dir = tempfile::tempdir().unwrap();
    let mut edge = Edge::new(add(dir.path(), &everything()));
    let mut sensors = open(dir.path());
    take(&mut sensors, arrival(HEART_RATE, &rate(70), HOUR));
    sensors
        .on_line(DEVICE, &Edge::ask(Category::Cardiac, HOUR))
        .unwrap();
    sensors
        .on_line(DEVICE, &refused(1, Refusal::Device))
        .unwrap();
    assert_eq!(sensors.status(DEVICE).unwrap().halted, [1]);
    assert!(sensors.on_line(DEVICE, "garbled").is_err());
    let lines = sensors.resend(DEVICE).unwrap();
    edge.talk(&mut sensors, lines);
    assert_eq!(edge.readings(), [(HOUR, 700)]);
}
