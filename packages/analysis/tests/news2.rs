//! Every band edge of the NEWS2 chart (Royal College of Physicians, 2017), and its missing-data rule.

use vitals_analysis::{news2, Consciousness, Observations, Parameter, Risk, Spo2Scale};

fn well() -> Observations {
    Observations {
        respiration: Some(160),
        oxygen_saturation: Some(970),
        supplemental_oxygen: Some(false),
        systolic_pressure: Some(120),
        pulse: Some(700),
        consciousness: Some(Consciousness::Alert),
        temperature: Some(3_700),
    }
}

fn score(change: impl Fn(&mut Observations)) -> u8 {
    let mut observed = well();
    change(&mut observed);
    news2(&observed, Spo2Scale::One).score.unwrap()
}

#[test]
fn respiration_scores_by_its_bands() {
    let edges = [
        (8, 3),
        (9, 1),
        (11, 1),
        (12, 0),
        (20, 0),
        (21, 2),
        (24, 2),
        (25, 3),
    ];
    for (value, points) in edges {
        assert_eq!(
            score(|o| o.respiration = Some(value * 10)),
            points,
            "{value}"
        );
    }
}

#[test]
fn saturation_scores_by_scale_1() {
    for (value, points) in [
        (91, 3),
        (92, 2),
        (93, 2),
        (94, 1),
        (95, 1),
        (96, 0),
        (100, 0),
    ] {
        assert_eq!(
            score(|o| o.oxygen_saturation = Some(value * 10)),
            points,
            "{value}"
        );
    }
}

#[test]
fn saturation_scores_by_scale_2_on_air_and_on_oxygen() {
    let with = |value: i64, oxygen: bool| {
        let observed = Observations {
            oxygen_saturation: Some(value * 10),
            supplemental_oxygen: Some(oxygen),
            ..well()
        };
        news2(&observed, Spo2Scale::Two).score.unwrap() - if oxygen { 2 } else { 0 }
    };
    for (value, points) in [
        (83, 3),
        (84, 2),
        (85, 2),
        (86, 1),
        (87, 1),
        (88, 0),
        (92, 0),
    ] {
        assert_eq!(with(value, false), points, "{value} on air");
        assert_eq!(with(value, true), points, "{value} on oxygen");
    }
    for (value, points) in [(93, 1), (94, 1), (95, 2), (96, 2), (97, 3), (100, 3)] {
        assert_eq!(with(value, false), 0, "{value} on air");
        assert_eq!(with(value, true), points, "{value} on oxygen");
    }
}

#[test]
fn systolic_pressure_scores_by_its_bands() {
    let edges = [
        (90, 3),
        (91, 2),
        (100, 2),
        (101, 1),
        (110, 1),
        (111, 0),
        (219, 0),
        (220, 3),
    ];
    for (value, points) in edges {
        assert_eq!(
            score(|o| o.systolic_pressure = Some(value)),
            points,
            "{value}"
        );
    }
}

#[test]
fn pulse_scores_by_its_bands() {
    let edges = [
        (40, 3),
        (41, 1),
        (50, 1),
        (51, 0),
        (90, 0),
        (91, 1),
        (110, 1),
        (111, 2),
        (130, 2),
        (131, 3),
    ];
    for (value, points) in edges {
        assert_eq!(score(|o| o.pulse = Some(value * 10)), points, "{value}");
    }
}

#[test]
fn temperature_scores_by_its_bands() {
    let edges = [
        (350, 3),
        (351, 1),
        (360, 1),
        (361, 0),
        (380, 0),
        (381, 1),
        (390, 1),
        (391, 2),
    ];
    for (tenths, points) in edges {
        assert_eq!(
            score(|o| o.temperature = Some(tenths * 10)),
            points,
            "{tenths}"
        );
    }
}

#[test]
fn oxygen_and_consciousness_score_by_themselves() {
    assert_eq!(score(|_| ()), 0);
    assert_eq!(score(|o| o.supplemental_oxygen = Some(true)), 2);
    assert_eq!(score(|o| o.consciousness = Some(Consciousness::Cvpu)), 3);
}

#[test]
fn values_finer_than_the_chart_are_rounded_to_it() {
    assert_eq!(score(|o| o.pulse = Some(904)), 0);
    assert_eq!(score(|o| o.pulse = Some(905)), 1);
    assert_eq!(score(|o| o.temperature = Some(3_804)), 0);
    assert_eq!(score(|o| o.temperature = Some(3_805)), 1);
}

#[test]
fn what_is_missing_is_named_and_leaves_a_lower_bound() {
    let observed = Observations {
        pulse: Some(1_400),
        temperature: Some(4_000),
        ..Observations::default()
    };
    let result = news2(&observed, Spo2Scale::One);
    assert_eq!((result.at_least, result.score), (5, None));
    assert_eq!(result.risk_at_least, Risk::Medium);
    assert_eq!(
        result.missing,
        [
            Parameter::Respiration,
            Parameter::OxygenSaturation,
            Parameter::SupplementalOxygen,
            Parameter::SystolicPressure,
            Parameter::Consciousness,
        ]
    );
}

#[test]
fn nothing_observed_is_not_a_score_of_zero() {
    let result = news2(&Observations::default(), Spo2Scale::One);
    assert_eq!(
        (result.at_least, result.score, result.missing.len()),
        (0, None, 7)
    );
}

/// Every total from 0 to 8 without a parameter that scores 3, and the risk it is.
#[test]
fn risk_follows_the_total_at_each_of_its_bounds() {
    let steps: [fn(&mut Observations); 8] = [
        |o| o.pulse = Some(1_000),
        |o| o.pulse = Some(1_200),
        |o| o.temperature = Some(3_850),
        |o| o.temperature = Some(3_950),
        |o| o.oxygen_saturation = Some(950),
        |o| o.oxygen_saturation = Some(930),
        |o| o.systolic_pressure = Some(105),
        |o| o.systolic_pressure = Some(95),
    ];
    let mut observed = well();
    for (total, risk) in (0u8..).zip([
        Risk::Low,
        Risk::Low,
        Risk::Low,
        Risk::Low,
        Risk::Low,
        Risk::Medium,
        Risk::Medium,
        Risk::High,
        Risk::High,
    ]) {
        let result = news2(&observed, Spo2Scale::One);
        assert_eq!((result.score, result.risk_at_least), (Some(total), risk));
        assert_eq!(result.red().count(), 0);
        steps
            .get(usize::from(total))
            .into_iter()
            .for_each(|step| step(&mut observed));
    }
}

#[test]
fn a_single_three_raises_a_low_total_and_no_higher_one() {
    let with = |change: fn(&mut Observations)| {
        let mut observed = well();
        observed.pulse = Some(400);
        change(&mut observed);
        news2(&observed, Spo2Scale::One)
    };
    let three = with(|_| ());
    assert_eq!(
        (three.score, three.risk_at_least),
        (Some(3), Risk::LowMedium)
    );
    assert!(three.red().eq([Parameter::Pulse]));
    let four = with(|o| o.temperature = Some(3_850));
    assert_eq!((four.score, four.risk_at_least), (Some(4), Risk::LowMedium));
    let five = with(|o| o.supplemental_oxygen = Some(true));
    assert_eq!((five.score, five.risk_at_least), (Some(5), Risk::Medium));
    let seven = with(|o| {
        o.consciousness = Some(Consciousness::Cvpu);
        o.temperature = Some(3_850);
    });
    assert_eq!((seven.score, seven.risk_at_least), (Some(7), Risk::High));
    assert!(seven.red().eq([Parameter::Pulse, Parameter::Consciousness]));
}

#[test]
fn what_each_parameter_scores_is_told() {
    let result = news2(&well(), Spo2Scale::One);
    assert_eq!(result.points.len(), 7);
    assert!(result.points.iter().all(|(_, points)| *points == 0));
}
