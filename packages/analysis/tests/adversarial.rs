//! Clocks that jump, restarts, extremes and floods.

mod person;

use person::{faster, of_kind, plan, reading, Person, BEGIN, DAY, SLOT};
use vitals_analysis::{FindingKind, Monitor};
use vitals_core::measure::Measure;

#[test]
fn a_monitor_from_its_stored_state_finds_the_same() {
    let mut person = Person::after(12);
    person.live(3, faster(260));
    let mut restarted = person.restarted();
    assert_eq!(restarted.monitor, person.monitor);
    let found = person.live(20, faster(260));
    assert!(!found.is_empty());
    let mut in_pieces = Vec::new();
    for _ in 0..20 {
        in_pieces.extend(restarted.live(1, faster(260)));
        restarted = restarted.restarted();
    }
    assert_eq!(in_pieces, found);
    assert_eq!(restarted.monitor, person.monitor);
}

#[test]
fn one_reading_from_the_future_does_not_make_it_deaf() {
    let mut person = Person::after(12);
    person
        .monitor
        .push(&reading(Measure::HeartRate, 700), u64::MAX);
    let found = person.live(60, faster(165));
    assert_eq!(
        of_kind(&found, FindingKind::SustainedDeviation).len(),
        1,
        "{found:?}"
    );
}

#[test]
fn a_clock_set_back_by_a_day_goes_on_from_there() {
    let mut person = Person::after(13);
    person.slot -= DAY;
    let found = person.live(60, faster(165));
    assert_eq!(of_kind(&found, FindingKind::SustainedDeviation).len(), 1);
}

#[test]
fn a_few_late_readings_change_nothing_that_is_learned() {
    let mut person = Person::after(12);
    let before = person.monitor.figures();
    for late in 0..50 {
        let at_ms = person.now() - 3_600_000 + late;
        assert_eq!(
            person
                .monitor
                .push(&reading(Measure::HeartRate, 3_000), at_ms),
            []
        );
    }
    assert_eq!(person.monitor.figures(), before);
    assert_eq!(person.live(12, faster(0)), []);
}

#[test]
fn a_jump_of_a_year_forwards_finds_nothing_by_itself() {
    let mut person = Person::after(14);
    person.slot += 365 * DAY;
    let found = person.live(DAY, faster(0));
    assert_eq!(found, []);
}

#[test]
fn a_constant_is_no_finding_and_one_step_of_the_device_away_from_it_neither() {
    let mut monitor = Monitor::of_plan(&plan()).unwrap();
    let mut found = Vec::new();
    for slot in 0..20 * DAY {
        let value = if slot < 19 * DAY { 700 } else { 710 };
        found.extend(monitor.push(&reading(Measure::HeartRate, value), BEGIN + slot * SLOT));
    }
    assert_eq!(found, []);
}

#[test]
fn extremes_of_value_and_time_neither_panic_nor_count() {
    let mut person = Person::after(8);
    let at = [0, 1, BEGIN, u64::MAX - 1, u64::MAX];
    for measure in Measure::ALL {
        for value in [i64::MIN, i64::MIN + 1, -1, 0, i64::MAX - 1, i64::MAX] {
            for at_ms in at {
                person.monitor.push(&reading(measure, value), at_ms);
                person.monitor.tick(at_ms);
            }
        }
    }
    let (low, high) = Measure::HeartRate.info().plausible;
    for slot in 0..40 * DAY {
        let value = if slot % 2 == 0 { low } else { high };
        person
            .monitor
            .push(&reading(Measure::HeartRate, value), BEGIN + slot * SLOT);
    }
}

#[test]
fn a_flood_does_not_grow_the_state() {
    let mut monitor = Monitor::of_plan(&plan()).unwrap();
    let size = |monitor: &Monitor| serde_json::to_vec(monitor).unwrap().len();
    for i in 0..200_000u64 {
        for measure in [Measure::HeartRate, Measure::DoseTaken] {
            let value = if measure == Measure::DoseTaken {
                1
            } else {
                700
            };
            monitor.push(&reading(measure, value), BEGIN + i);
        }
    }
    let flooded = size(&monitor);
    assert!(flooded < 64_000, "{flooded} bytes");
    let mut person = Person::new(&plan());
    person.live(60 * DAY, |_, value| value);
    let months = size(&person.monitor);
    assert!(months < 40_000, "{months} bytes");
}
