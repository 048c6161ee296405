//! Rules that can be met at the very edge, and one beyond.

use super::*;

fn check(change: impl FnOnce(&mut Rule)) -> Result<(), RuleError> {
    let mut rule = rule();
    change(&mut rule);
    rule.check()
}

fn condition(measure: Measure) -> Condition {
    Condition {
        measure,
        comparison: Comparison::AtLeast,
        threshold: i32::try_from(measure.info().plausible.0).unwrap(),
    }
}

fn of(measures: &[Measure]) -> Vec<Condition> {
    measures.iter().map(|measure| condition(*measure)).collect()
}

#[test]
fn a_rule_has_one_to_three_conditions_of_different_measures() {
    let conditions = |measures: &[Measure]| check(|r| r.conditions = of(measures));
    let refused = |got| Err(RuleError::Conditions { got, most: 3 });
    assert_eq!(conditions(&[]), refused(0));
    assert_eq!(conditions(&Measure::ALL[..1]), Ok(()));
    assert_eq!(conditions(&Measure::ALL[..3]), Ok(()));
    assert_eq!(conditions(&Measure::ALL[..4]), refused(4));
    let twice = [Measure::Glucose, Measure::Steps, Measure::Glucose];
    assert_eq!(
        conditions(&twice),
        Err(RuleError::MeasureTwice {
            measure: Measure::Glucose
        })
    );
}

#[test]
fn every_measure_takes_a_threshold_of_its_plausible_range_and_none_beyond() {
    for measure in Measure::ALL {
        let (low, high) = measure.info().plausible;
        for comparison in [Comparison::AtLeast, Comparison::AtMost] {
            let threshold = |threshold: i64| {
                let threshold = i32::try_from(threshold).unwrap();
                check(|r| {
                    r.conditions = [Condition {
                        measure,
                        comparison,
                        threshold,
                    }]
                    .to_vec();
                })
            };
            assert_eq!((threshold(low), threshold(high)), (Ok(()), Ok(())));
            for beyond in [low - 1, high + 1, i32::MIN.into(), i32::MAX.into()] {
                assert!(matches!(
                    threshold(beyond),
                    Err(RuleError::Threshold { .. })
                ));
            }
        }
    }
}

#[test]
fn a_condition_takes_one_to_thirty_readings() {
    let readings = |readings| check(|r| (r.readings, r.within_s) = (readings, 1_000));
    assert_eq!((readings(1), readings(30)), (Ok(()), Ok(())));
    for got in [0, 31, u8::MAX] {
        assert_eq!(readings(got), Err(RuleError::Readings { got, most: 30 }));
    }
}

#[test]
fn readings_spaced_as_asked_fit_the_window_to_the_second() {
    let times = |readings, spaced_s, within_s| {
        check(|r| (r.readings, r.spaced_s, r.within_s) = (readings, spaced_s, within_s))
    };
    assert_eq!(times(3, 10, 20), Ok(()));
    assert!(matches!(times(3, 10, 19), Err(RuleError::Spacing { .. })));
    assert_eq!(times(30, 10, 290), Ok(()));
    assert!(matches!(times(30, 10, 289), Err(RuleError::Spacing { .. })));
    assert_eq!(times(2, u32::MAX, u32::MAX), Ok(()));
    assert!(times(3, u32::MAX, u32::MAX).is_err());
    assert_eq!(
        times(1, u32::MAX, 0),
        Ok(()),
        "one has nothing to be apart from"
    );
}

#[test]
fn readings_take_a_second_at_least_to_be_anchored() {
    let freshness = |anchored_within_s| check(|r| r.anchored_within_s = anchored_within_s);
    assert_eq!((freshness(1), freshness(u32::MAX)), (Ok(()), Ok(())));
    assert_eq!(
        freshness(0),
        Err(RuleError::Freshness {
            anchored_within_s: 0
        })
    );
}

/// A batch is of one category, and one proof of it carries thirty readings.
#[test]
fn conditions_of_one_category_share_the_readings_of_a_proof() {
    let cardiac = [
        Measure::SystolicPressure,
        Measure::DiastolicPressure,
        Measure::HeartRate,
    ];
    let each = |measures: &[Measure], readings| {
        check(|r| (r.conditions, r.readings, r.within_s) = (of(measures), readings, 1_000))
    };
    assert_eq!(each(&cardiac[..2], 15), Ok(()));
    assert_eq!(
        each(&cardiac[..2], 16),
        Err(RuleError::CategoryTooMany {
            category: Category::Cardiac,
            got: 32,
            most: 30
        })
    );
    assert_eq!(each(&cardiac, 10), Ok(()));
    assert!(each(&cardiac, 11).is_err());
    let apart = [Measure::SystolicPressure, Measure::Glucose, Measure::Steps];
    assert_eq!(each(&apart, 30), Ok(()));
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
