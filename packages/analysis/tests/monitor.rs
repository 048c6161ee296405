//! Thresholds over streams of readings.

use vitals_analysis::{Finding, FindingKind, Monitor, Severity, Threshold, ThresholdError};
use vitals_core::measure::Measure;
use vitals_core::reading::{Quality, Reading, ReadingFlags};
use vitals_core::rule::Comparison;

fn low_oxygen() -> Threshold {
    Threshold {
        rule: 7,
        measure: Measure::OxygenSaturation,
        comparison: Comparison::AtMost,
        value: 899,
        for_readings: 3,
        for_ms: 0,
        hysteresis: 10,
        severity: Severity::Urgent,
        ladder: 1,
    }
}

fn saturation(value: i64) -> Reading {
    Reading {
        measure: Measure::OxygenSaturation,
        value,
        offset_ms: 0,
        flags: ReadingFlags::SIMULATED_GOOD,
    }
}

/// One reading a second.
fn run(monitor: &mut Monitor, values: &[i64]) -> Vec<Finding> {
    (0u64..)
        .zip(values)
        .flat_map(|(i, value)| monitor.push(&saturation(*value), i * 1_000))
        .collect()
}

fn findings(threshold: Threshold, values: &[i64]) -> usize {
    run(&mut Monitor::new(vec![threshold]).unwrap(), values).len()
}

#[test]
fn enough_readings_in_a_row_are_a_finding_with_its_evidence() {
    let mut monitor = Monitor::new(vec![low_oxygen()]).unwrap();
    let found = run(&mut monitor, &[950, 899, 880, 870, 860]);
    assert_eq!(found.len(), 1);
    let finding = &found[0];
    assert_eq!((finding.rule, finding.kind), (7, FindingKind::Low));
    assert_eq!((finding.from_ms, finding.to_ms), (1_000, 3_000));
    assert!(finding.simulated);
    let evidence: Vec<_> = finding
        .evidence
        .iter()
        .map(|e| (e.index, e.value))
        .collect();
    assert_eq!(evidence, [(1, 899), (2, 880), (3, 870)]);
}

#[test]
fn a_run_that_breaks_off_is_no_finding() {
    assert_eq!(findings(low_oxygen(), &[890, 890, 900, 890, 890]), 0);
}

#[test]
fn a_value_that_dithers_about_the_threshold_is_found_once() {
    let dithering = [890, 890, 890, 905, 905, 905, 890, 890, 890];
    assert_eq!(findings(low_oxygen(), &dithering), 1);
}

#[test]
fn after_recovery_the_rule_fires_again() {
    let twice = [890, 890, 890, 910, 910, 910, 890, 890, 890];
    assert_eq!(findings(low_oxygen(), &twice), 2);
    let recovery_broken_off = [890, 890, 890, 910, 910, 900, 890, 890, 890];
    assert_eq!(findings(low_oxygen(), &recovery_broken_off), 1);
}

#[test]
fn a_finding_ends_beyond_the_hysteresis_and_not_at_its_edge() {
    let back_to = |value| [890, 890, 890, value, value, value, 890, 890, 890];
    assert_eq!(findings(low_oxygen(), &back_to(909)), 1);
    assert_eq!(findings(low_oxygen(), &back_to(910)), 2);
}

#[test]
fn a_minimum_duration_holds_back_a_run_that_is_long_enough_in_readings() {
    let lasting = Threshold {
        for_ms: 4_000,
        ..low_oxygen()
    };
    assert_eq!(findings(lasting.clone(), &[890; 4]), 0);
    assert_eq!(findings(lasting, &[890; 5]), 1);
}

#[test]
fn implausible_and_poor_readings_count_neither_for_nor_against() {
    let mut monitor = Monitor::new(vec![low_oxygen()]).unwrap();
    let mut poor = saturation(950);
    poor.flags.quality = Quality::Poor;
    assert!(run(&mut monitor, &[890, 890]).is_empty());
    assert!(monitor.push(&poor, 2_000).is_empty());
    assert!(monitor.push(&saturation(0), 3_000).is_empty());
    assert_eq!(monitor.push(&saturation(890), 4_000).len(), 1);
}

#[test]
fn high_thresholds_mirror_low_ones_and_other_measures_pass_by() {
    let fast = Threshold {
        measure: Measure::HeartRate,
        comparison: Comparison::AtLeast,
        value: 1_310,
        ..low_oxygen()
    };
    let mut monitor = Monitor::new(vec![fast]).unwrap();
    assert!(run(&mut monitor, &[890; 9]).is_empty());
    let beat = |value| Reading {
        measure: Measure::HeartRate,
        ..saturation(value)
    };
    let found: Vec<_> = [1_309, 1_310, 1_400, 1_500]
        .iter()
        .flat_map(|value| monitor.push(&beat(*value), 0))
        .collect();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].kind, FindingKind::High);
}

#[test]
fn a_monitor_goes_on_from_its_serialised_state() {
    let mut whole = Monitor::new(vec![low_oxygen()]).unwrap();
    let mut resumed = whole.clone();
    for value in [890, 890, 890, 910, 910, 910, 880, 880, 880] {
        let text = serde_json::to_string(&resumed).unwrap();
        resumed = serde_json::from_str(&text).unwrap();
        let reading = saturation(value);
        assert_eq!(resumed.push(&reading, 5), whole.push(&reading, 5));
    }
    assert!(resumed.watches(&[low_oxygen()]) && !resumed.watches(&[]));
}

#[test]
fn thresholds_that_cannot_work_are_refused() {
    let with = |change: fn(&mut Threshold)| {
        let mut threshold = low_oxygen();
        change(&mut threshold);
        Monitor::new(vec![threshold]).map(|_| ())
    };
    let none = ThresholdError::ForReadings { rule: 7, got: 0 };
    assert_eq!(with(|t| t.for_readings = 0), Err(none));
    let many = ThresholdError::ForReadings { rule: 7, got: 65 };
    assert_eq!(with(|t| t.for_readings = 65), Err(many));
    let negative = ThresholdError::Hysteresis { rule: 7, got: -1 };
    assert_eq!(with(|t| t.hysteresis = -1), Err(negative));
    let twice = Monitor::new(vec![low_oxygen(), low_oxygen()]).map(|_| ());
    assert_eq!(twice, Err(ThresholdError::Rule { rule: 7 }));
}
