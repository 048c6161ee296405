//! Numbers and times: in order, and not ahead of the chain.

use vitals_core::measure::Measure;
use vitals_core::time::EPOCH_MS;

use crate::support::{beat, refused, send, setup, take_back, PATIENT};

#[test]
fn a_batch_ends_at_most_two_minutes_after_the_block() {
    let (mut suite, mut device, _) = setup();
    let now = suite.now_ms();
    let ahead = beat(&mut device, now + 120_001);
    let answer = send(&mut suite, "patient", PATIENT, &[&ahead]);
    refused(answer, "anchor/time_ahead");
    take_back(&mut device);
    let in_time = beat(&mut device, now + 120_000);
    send(&mut suite, "patient", PATIENT, &[&in_time]).unwrap();
}

#[test]
fn a_batch_begins_after_the_devices_last_of_its_category() {
    let (mut suite, mut device, _) = setup();
    let now = suite.now_ms();
    let first = device.measure(Measure::HeartRate, now, &[700, 710]);
    send(&mut suite, "patient", PATIENT, &[&first]).unwrap();
    for early in [now, now + 999, now + 1_000] {
        let batch = beat(&mut device, early);
        let answer = send(&mut suite, "patient", PATIENT, &[&batch]);
        refused(answer, "anchor/time_out_of_order");
        take_back(&mut device);
    }
    let next = beat(&mut device, now + 1_001);
    send(&mut suite, "patient", PATIENT, &[&next]).unwrap();
    let between = beat(&mut device, now + 1_001);
    let answer = send(&mut suite, "patient", PATIENT, &[&between]);
    refused(answer, "anchor/time_out_of_order");
}

#[test]
fn batches_of_one_message_are_in_order_too() {
    let (mut suite, mut device, _) = setup();
    let now = suite.now_ms();
    let (first, second) = (beat(&mut device, now), beat(&mut device, now));
    let answer = send(&mut suite, "patient", PATIENT, &[&first, &second]);
    refused(answer, "anchor/time_out_of_order");
}

#[test]
fn categories_have_times_of_their_own_and_one_row_of_numbers() {
    let (mut suite, _, patient) = setup();
    let measures = [Measure::HeartRate, Measure::Glucose];
    let mut device = suite.paired_device(2, &measures, "patient", patient);
    let now = suite.now_ms();
    let later = beat(&mut device, now + 10);
    let earlier = device.measure(Measure::Glucose, now, &[55]);
    send(&mut suite, "patient", PATIENT, &[&later, &earlier]).unwrap();
}

#[test]
fn the_next_hour_begins_a_new_batch_that_follows() {
    let (mut suite, mut device, _) = setup();
    let now = suite.now_ms();
    suite.advance(EPOCH_MS / 1_000);
    let last_of_hour = beat(&mut device, now + EPOCH_MS - 1);
    let first_of_next = beat(&mut device, now + EPOCH_MS);
    let both = [&last_of_hour, &first_of_next];
    send(&mut suite, "patient", PATIENT, &both).unwrap();
}

#[test]
fn a_skip_and_a_replay_are_told_apart() {
    let (mut suite, mut device, _) = setup();
    let now = suite.now_ms();
    let (first, second) = (beat(&mut device, now), beat(&mut device, now + 1));
    let answer = send(&mut suite, "patient", PATIENT, &[&second]);
    refused(answer, "anchor/sequence_skipped");
    let answer = send(&mut suite, "patient", PATIENT, &[&second, &first]);
    refused(answer, "anchor/sequence_skipped");
    send(&mut suite, "patient", PATIENT, &[&first, &second]).unwrap();
    for again in [&first, &second] {
        let answer = send(&mut suite, "patient", PATIENT, &[again]);
        refused(answer, "anchor/sequence_replayed");
    }
    let third = beat(&mut device, now + 2);
    let answer = send(&mut suite, "patient", PATIENT, &[&third, &third]);
    refused(answer, "anchor/sequence_replayed");
}

#[test]
fn a_replay_names_the_number_expected_and_the_one_that_came() {
    let (mut suite, mut device, _) = setup();
    let batch = beat(&mut device, suite.now_ms());
    send(&mut suite, "patient", PATIENT, &[&batch]).unwrap();
    let text = send(&mut suite, "patient", PATIENT, &[&batch]).unwrap_err();
    let named = format!("device {} is at 2, 1 was used before", device.device);
    assert!(text.contains(&named), "{text}");
}
