use super::*;
use crate::reading::{Quality, ReadingFlags};

mod bounds;
mod episode;

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
    let (got_s, least_s) = (99, 100);
    assert_eq!(
        with(|e| e.paired_from_ms += 1),
        Err(RuleError::PairedTooShort { got_s, least_s })
    );
    let (got_s, most_s) = (3_601, 3_600);
    assert_eq!(
        with(|e| e.anchored_at_ms += 1_000),
        Err(RuleError::AnchoredTooLate { got_s, most_s })
    );
    assert!(with(|e| e.anchored_at_ms += 1).is_err());
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
