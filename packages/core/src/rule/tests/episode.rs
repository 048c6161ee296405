//! Several measures over one window.

use super::*;

fn of(measure: Measure, value: i64, seconds: u64) -> Evidence {
    let mut evidence = at(seconds);
    (evidence.reading.measure, evidence.reading.value) = (measure, value);
    evidence
}

fn ruled(conditions: &[(Measure, Comparison, i32)], readings: u8) -> Rule {
    let conditions = conditions
        .iter()
        .map(|(measure, comparison, threshold)| Condition {
            measure: *measure,
            comparison: *comparison,
            threshold: *threshold,
        })
        .collect();
    Rule {
        conditions,
        readings,
        ..rule()
    }
}

fn hypertension() -> Rule {
    ruled(
        &[
            (Measure::SystolicPressure, Comparison::AtLeast, 180),
            (Measure::DiastolicPressure, Comparison::AtLeast, 110),
        ],
        2,
    )
}

/// Both readings of a cuff have one time.
fn cuff(systolic: i64, diastolic: i64, seconds: u64) -> [Evidence; 2] {
    [
        of(Measure::SystolicPressure, systolic, seconds),
        of(Measure::DiastolicPressure, diastolic, seconds),
    ]
}

#[test]
fn blood_pressure_is_two_readings_of_one_time() {
    let evidence = [cuff(180, 110, 0), cuff(200, 120, 60)].concat();
    assert_eq!(
        hypertension().evaluate(&evidence),
        Ok(ClaimWindow {
            from_ms: START,
            to_ms: START + 60_000
        })
    );
    let once_twice = [cuff(180, 110, 0), cuff(181, 110, 0)].concat();
    assert!(matches!(
        hypertension().evaluate(&once_twice),
        Err(RuleError::TooClose { got_ms: 0, .. })
    ));
}

#[test]
fn each_of_two_conditions_must_hold() {
    let low = [cuff(180, 110, 0), cuff(180, 109, 60)].concat();
    assert!(matches!(
        hypertension().evaluate(&low),
        Err(RuleError::ThresholdNotMet {
            measure: Measure::DiastolicPressure,
            value: 109,
            ..
        })
    ));
    let half = [&cuff(180, 110, 0)[..], &cuff(180, 110, 60)[..1]].concat();
    assert!(matches!(
        hypertension().evaluate(&half),
        Err(RuleError::TooFew {
            measure: Measure::DiastolicPressure,
            least: 2,
            got: 1
        })
    ));
}

#[test]
fn the_window_spans_the_readings_of_all_conditions() {
    let rule = ruled(
        &[
            (Measure::HeartRate, Comparison::AtLeast, 1_200),
            (Measure::OxygenSaturation, Comparison::AtMost, 900),
            (Measure::BodyTemperature, Comparison::AtLeast, 3_850),
        ],
        1,
    );
    let claimed = |last| {
        rule.evaluate(&[
            of(Measure::OxygenSaturation, 900, 30),
            of(Measure::HeartRate, 1_200, 0),
            of(Measure::BodyTemperature, 3_850, last),
        ])
    };
    assert_eq!(claimed(60).map(|window| window.to_ms), Ok(START + 60_000));
    assert!(matches!(claimed(61), Err(RuleError::TooLong { .. })));
}

#[test]
fn doses_and_steps_are_measures_like_any_other() {
    let rule = ruled(
        &[
            (Measure::DoseTaken, Comparison::AtLeast, 1),
            (Measure::Steps, Comparison::AtLeast, 0),
        ],
        1,
    );
    assert_eq!(
        rule.check(),
        Ok(()),
        "a comparison that is always true is one"
    );
    let evaluate = |doses, steps| {
        rule.evaluate(&[
            of(Measure::DoseTaken, doses, 0),
            of(Measure::Steps, steps, 0),
        ])
    };
    assert!(evaluate(1, 0).is_ok());
    assert!(evaluate(0, 0).is_err(), "no dose is no dose taken");
    assert!(matches!(
        evaluate(1, -1),
        Err(RuleError::ThresholdNotMet { .. })
    ));
}

#[test]
fn a_poorer_signal_counts_where_the_rule_accepts_it_and_a_bad_one_never() {
    let evaluate = |accept_questionable, quality| {
        let mut evidence = three();
        evidence[0].reading.flags.quality = quality;
        Rule {
            accept_questionable,
            ..rule()
        }
        .evaluate(&evidence)
    };
    assert!(evaluate(true, Quality::Questionable).is_ok());
    for (accepts, quality) in [
        (false, Quality::Questionable),
        (true, Quality::Poor),
        (false, Quality::Poor),
    ] {
        assert_eq!(
            evaluate(accepts, quality),
            Err(RuleError::Quality { quality })
        );
    }
}

#[test]
fn assurance_is_a_floor() {
    let order = [
        Assurance::Gateway,
        Assurance::SelfDeclared,
        Assurance::Maker,
    ];
    for least in order {
        for got in order {
            let mut evidence = three();
            evidence[2].assurance = got;
            let rule = Rule {
                min_assurance: least,
                ..rule()
            };
            assert_eq!(rule.evaluate(&evidence).is_ok(), got.code() >= least.code());
            assert_eq!(Assurance::from_code(got.code()), Ok(got));
        }
    }
    assert!(Assurance::from_code(0).is_err() && Assurance::from_code(4).is_err());
}

#[test]
fn an_uncalibrated_or_simulated_device_counts_only_where_the_rule_says_so() {
    let mut evidence = three();
    evidence[1].calibrated = false;
    evidence[1].simulated = true;
    evidence[2].reading.flags.simulated = true;
    assert!(rule().evaluate(&evidence).is_err());
    let trial = Rule {
        calibrated: false,
        accept_simulated: true,
        ..rule()
    };
    assert!(trial.evaluate(&evidence).is_ok());
}
