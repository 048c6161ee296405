//! The age of observations in NEWS2: what is stale is missing, and missing is never normal.

use vitals_analysis::{Consciousness, Parameter, Risk, Round, Spo2Scale, MAX_AGE_MS};
use vitals_core::measure::Measure;
use vitals_core::reading::{Quality, Reading, ReadingFlags};

const NOW: u64 = 1_800_000_000_000;

fn reading(measure: Measure, value: i64) -> Reading {
    Reading {
        measure,
        value,
        offset_ms: 0,
        flags: ReadingFlags::MEASURED_GOOD,
    }
}

const WELL: [(Measure, i64); 5] = [
    (Measure::RespiratoryRate, 160),
    (Measure::OxygenSaturation, 970),
    (Measure::SystolicPressure, 120),
    (Measure::HeartRate, 700),
    (Measure::BodyTemperature, 3_700),
];

/// Everything observed at `at_ms`.
fn whole(at_ms: u64) -> Round {
    let mut round = Round::default();
    for (measure, value) in WELL {
        assert!(round.take(&reading(measure, value), at_ms, NOW));
    }
    assert!(round.take_oxygen(false, at_ms, NOW));
    assert!(round.take_consciousness(Consciousness::Alert, at_ms, NOW));
    round
}

#[test]
fn a_fresh_round_has_a_score_until_the_last_millisecond_of_its_age() {
    let at_the_limit = whole(NOW - MAX_AGE_MS).score(Spo2Scale::One, NOW, MAX_AGE_MS);
    assert_eq!(
        (at_the_limit.news2.score, at_the_limit.stale.len()),
        (Some(0), 0)
    );
    let older = whole(NOW - MAX_AGE_MS - 1).score(Spo2Scale::One, NOW, MAX_AGE_MS);
    assert_eq!((older.news2.score, older.stale.len()), (None, 7));
    assert_eq!(older.stale, older.news2.missing);
}

#[test]
fn a_stale_normal_value_is_named_and_not_taken_as_normal() {
    let mut round = whole(NOW - MAX_AGE_MS - 1);
    for (measure, value) in WELL
        .into_iter()
        .filter(|(m, _)| *m != Measure::OxygenSaturation)
    {
        round.take(&reading(measure, value), NOW, NOW);
    }
    round.take(&reading(Measure::HeartRate, 1_400), NOW, NOW);
    round.take_oxygen(true, NOW, NOW);
    round.take_consciousness(Consciousness::Alert, NOW, NOW);
    let scored = round.score(Spo2Scale::One, NOW, MAX_AGE_MS);
    assert_eq!(scored.stale, [Parameter::OxygenSaturation]);
    assert_eq!(scored.news2.missing, [Parameter::OxygenSaturation]);
    assert_eq!((scored.news2.score, scored.news2.at_least), (None, 5));
    assert_eq!(scored.news2.risk_at_least, Risk::Medium);
}

#[test]
fn what_was_never_observed_is_missing_and_not_stale() {
    let scored = Round::default().score(Spo2Scale::Two, NOW, MAX_AGE_MS);
    assert_eq!((scored.news2.missing.len(), scored.stale.len()), (7, 0));
}

#[test]
fn the_latest_observation_counts_in_whatever_order_they_come() {
    let mut round = whole(NOW - 1_000);
    assert!(round.take(&reading(Measure::HeartRate, 1_400), NOW, NOW));
    assert!(!round.take(&reading(Measure::HeartRate, 700), NOW - 1, NOW));
    assert_eq!(
        round.score(Spo2Scale::One, NOW, MAX_AGE_MS).news2.score,
        Some(3)
    );
}

#[test]
fn an_implausible_poor_or_unrelated_reading_changes_nothing() {
    let mut round = whole(NOW);
    let before = round.clone();
    let mut poor = reading(Measure::HeartRate, 1_400);
    poor.flags.quality = Quality::Poor;
    for other in [
        poor,
        reading(Measure::OxygenSaturation, 1_001),
        reading(Measure::Glucose, 55),
    ] {
        assert!(!round.take(&other, NOW, NOW));
    }
    assert_eq!(round, before);
}

#[test]
fn an_observation_from_the_future_never_blocks_those_of_now() {
    let mut round = Round::default();
    assert!(!round.take(&reading(Measure::HeartRate, 700), NOW + 120_001, NOW));
    assert!(round.take(&reading(Measure::HeartRate, 700), NOW + 120_000, NOW));
    let later = whole(NOW).score(Spo2Scale::One, NOW - 120_001, MAX_AGE_MS);
    assert_eq!(
        (later.news2.score, later.stale.len()),
        (None, 7),
        "the clock was set back"
    );
}

#[test]
fn a_round_goes_on_from_its_serialised_state() {
    let text = serde_json::to_string(&whole(NOW)).unwrap();
    assert_eq!(serde_json::from_str::<Round>(&text).unwrap(), whole(NOW));
}
