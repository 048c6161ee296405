use super::*;
use crate::reading::{Quality, ReadingFlags};

const START: Millis = 1_800_000_000_000;

fn rule() -> Rule {
    Rule {
        conditions: [Condition {
            measure: Measure::HeartRate,
            comparison: Comparison::AtLeast,
            threshold: 1_200,
        }]
        .to_vec(),
        readings: 3,
        spaced_s: 10,
        within_s: 60,
        anchored_within_s: 3_600,
        min_assurance: Assurance::Maker,
        accept_questionable: false,
        paired_for_s: 100,
        calibrated: true,
        accept_simulated: false,
    }
}

fn at(seconds: u64) -> Evidence {
    let at_ms = START + seconds * 1_000;
    Evidence {
        reading: Reading {
            measure: Measure::HeartRate,
            value: 1_200,
            offset_ms: 0,
            flags: ReadingFlags::MEASURED_GOOD,
        },
        at_ms,
        anchored_at_ms: at_ms + 3_600_000,
        assurance: Assurance::Maker,
        paired_from_ms: at_ms - 100_000,
        calibrated: true,
        simulated: false,
    }
}

fn three() -> Vec<Evidence> {
    [at(0), at(10), at(60)].to_vec()
}

fn with(change: impl FnOnce(&mut Evidence)) -> Result<ClaimWindow, RuleError> {
    let mut evidence = three();
    change(&mut evidence[1]);
    rule().evaluate(&evidence)
}

#[test]
fn evidence_at_every_bound_meets_the_rule_and_uses_its_time_up() {
    assert_eq!(
        rule().evaluate(&three()),
        Ok(ClaimWindow {
            from_ms: START,
            to_ms: START + 60_000
        })
    );
}

#[test]
fn each_term_beyond_its_bound_is_named() {
    assert!(matches!(
        with(|e| e.reading.value = 1_199),
        Err(RuleError::ThresholdNotMet { value: 1_199, .. })
    ));
    assert!(matches!(
        with(|e| e.reading.value = 3_501),
        Err(RuleError::Implausible { value: 3_501, .. })
    ));
    assert!(with(|e| e.reading.value = 3_500).is_ok());
    assert_eq!(with(|e| e.simulated = true), Err(RuleError::Simulated));
    assert_eq!(
        with(|e| e.reading.flags.simulated = true),
        Err(RuleError::Simulated)
    );
    assert!(matches!(
        with(|e| e.reading.flags.quality = Quality::Questionable),
        Err(RuleError::Quality { .. })
    ));
    assert!(matches!(
        with(|e| e.assurance = Assurance::SelfDeclared),
        Err(RuleError::Assurance { .. })
    ));
    assert_eq!(
        with(|e| e.calibrated = false),
        Err(RuleError::NotCalibrated)
    );
    assert!(matches!(
        with(|e| e.paired_from_ms += 1),
        Err(RuleError::PairedTooShort { .. })
    ));
    assert!(matches!(
        with(|e| e.anchored_at_ms += 1),
        Err(RuleError::AnchoredTooLate { .. })
    ));
    assert!(matches!(
        with(|e| e.reading.measure = Measure::Glucose),
        Err(RuleError::MeasureNotAsked { .. })
    ));
    assert!(matches!(
        with(|e| e.at_ms -= 1),
        Err(RuleError::PairedTooShort { .. })
    ));
}

#[test]
fn too_few_too_close_and_too_long_are_refused() {
    assert!(matches!(
        rule().evaluate(&three()[..2]),
        Err(RuleError::TooFew { got: 2, .. })
    ));
    assert!(matches!(
        rule().evaluate(&[]),
        Err(RuleError::TooFew { got: 0, .. })
    ));
    assert!(matches!(
        rule().evaluate(&[at(0), at(9), at(60)]),
        Err(RuleError::TooClose { got_ms: 9_000, .. })
    ));
    assert!(matches!(
        rule().evaluate(&[at(0), at(10), at(61)]),
        Err(RuleError::TooLong { .. })
    ));
}

#[test]
fn a_reading_given_twice_counts_once_even_without_spacing() {
    let rule = Rule {
        spaced_s: 0,
        ..rule()
    };
    assert!(matches!(
        rule.evaluate(&[at(0), at(0), at(1)]),
        Err(RuleError::TooClose { got_ms: 0, .. })
    ));
}

#[test]
fn a_rule_at_its_bounds_stands_and_one_beyond_can_never_be_met() {
    let check = |change: &dyn Fn(&mut Rule)| {
        let mut rule = rule();
        change(&mut rule);
        rule.check()
    };
    assert_eq!(check(&|_| ()), Ok(()));
    assert_eq!(check(&|r| r.within_s = 20), Ok(()));
    assert!(matches!(
        check(&|r| r.within_s = 19),
        Err(RuleError::Spacing { .. })
    ));
    assert_eq!(check(&|r| (r.readings, r.within_s) = (30, 290)), Ok(()));
    assert!(check(&|r| (r.readings, r.within_s) = (31, 300)).is_err());
    assert!(check(&|r| r.readings = 0).is_err());
    assert!(check(&|r| r.anchored_within_s = 0).is_err());
    assert_eq!(check(&|r| r.conditions[0].threshold = 3_500), Ok(()));
    assert!(check(&|r| r.conditions[0].threshold = 3_501).is_err());
    assert_eq!(check(&|r| r.conditions[0].threshold = 100), Ok(()));
    assert!(check(&|r| r.conditions[0].threshold = 99).is_err());
    assert!(check(&|r| r.conditions.clear()).is_err());
    assert!(check(&|r| r.conditions.push(r.conditions[0])).is_err());
    let pressure = Condition {
        measure: Measure::SystolicPressure,
        comparison: Comparison::AtLeast,
        threshold: 180,
    };
    assert!(matches!(
        check(&|r| {
            (r.readings, r.within_s) = (16, 1_000);
            r.conditions.push(pressure);
        }),
        Err(RuleError::CategoryTooMany { got: 32, .. })
    ));
}

#[test]
fn without_spacing_readings_still_take_a_millisecond_each() {
    let rule = |readings, within_s| Rule {
        readings,
        spaced_s: 0,
        within_s,
        ..rule()
    };
    assert_eq!(rule(1, 0).check(), Ok(()));
    assert!(matches!(
        rule(2, 0).check(),
        Err(RuleError::Spacing { readings: 2, .. })
    ));
    assert_eq!(rule(30, 1).least_span_ms(), 29);
}

#[test]
fn the_least_batches_are_those_of_a_best_placed_episode() {
    let batches = |readings, spaced_s| {
        Rule {
            readings,
            spaced_s,
            ..rule()
        }
        .least_batches()
    };
    assert_eq!(batches(30, 0), 1);
    assert_eq!(batches(30, 124), 1, "the last at 3596 s");
    assert_eq!(batches(30, 125), 2, "the last would be at 3625 s");
    assert_eq!(batches(6, 3_600), 6);
    assert_eq!(batches(7, 86_400), 7);
    let mut two = rule();
    two.conditions.push(Condition {
        measure: Measure::OxygenSaturation,
        comparison: Comparison::AtMost,
        threshold: 900,
    });
    assert_eq!(two.least_batches(), 2, "one for each category");
}

#[test]
fn the_gap_between_windows_is_the_same_from_either_side() {
    let window = |from_ms, to_ms| ClaimWindow { from_ms, to_ms };
    let (early, late) = (window(10, 20), window(25, 30));
    assert_eq!((early.gap_ms(&late), late.gap_ms(&early)), (5, 5));
    for shares in [
        window(20, 40),
        window(5, 10),
        window(12, 15),
        window(1, 99),
        early,
    ] {
        assert_eq!((early.gap_ms(&shares), shares.gap_ms(&early)), (0, 0));
    }
}
