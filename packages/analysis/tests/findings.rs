//! What the personal rules find, and what they do not.

mod person;

use person::{faster, of_kind, once_a_day, plan, poor, reading, Person, BEGIN, DAY};
use vitals_analysis::{Consciousness, Explanation, FindingKind, Monitor, Plan, Severity};
use vitals_core::measure::Measure;

#[test]
fn a_level_away_from_the_usual_for_half_an_hour_is_found_once_with_its_evidence() {
    let mut person = Person::after(12);
    let found = person.live(24, faster(165));
    let found = of_kind(&found, FindingKind::SustainedDeviation);
    assert_eq!(found.len(), 1, "{found:?}");
    let finding = found[0];
    assert_eq!((finding.rule, finding.ladder), (100, 3));
    assert_eq!(
        (finding.severity, finding.simulated),
        (Severity::Notice, false)
    );
    assert!(finding.evidence.iter().rev().take(6).all(|e| e.value > 830));
    let text = finding.english();
    assert!(
        text.contains("Heart rate has been higher than usual over 25 minutes"),
        "{text}"
    );
    assert!(text.contains("from 13 days"), "{text}");
}

#[test]
fn twenty_five_minutes_are_not_enough_for_a_deviation() {
    let mut person = Person::after(12);
    let mut found = person.live(5, faster(165));
    found.extend(person.live(12, faster(0)));
    assert_eq!(of_kind(&found, FindingKind::SustainedDeviation).len(), 0);
}

#[test]
fn a_far_deviation_is_urgent_and_a_worsening_one_is_told_again() {
    let mut person = Person::after(12);
    let mut found = person.live(12, faster(165));
    found.extend(person.live(12, faster(600)));
    let found = of_kind(&found, FindingKind::SustainedDeviation);
    let severities: Vec<Severity> = found.iter().map(|f| f.severity).collect();
    assert_eq!(severities, [Severity::Notice, Severity::Urgent]);
}

#[test]
fn a_deviation_that_comes_back_to_the_edge_is_not_over_and_beyond_it_is() {
    let twice = |between: i64| {
        let mut person = Person::after(12);
        let mut found = person.live(10, faster(260));
        found.extend(person.live(10, faster(between)));
        found.extend(person.live(10, faster(260)));
        of_kind(&found, FindingKind::SustainedDeviation).len()
    };
    assert_eq!(twice(130), 1, "still more than two spreads away");
    assert_eq!(twice(0), 2);
}

#[test]
fn without_a_week_of_history_nothing_is_unusual() {
    let mut person = Person::after(5);
    let found = person.live(DAY / 2, faster(400));
    assert_eq!(of_kind(&found, FindingKind::SustainedDeviation).len(), 0);
    assert_eq!(of_kind(&found, FindingKind::ChangePoint).len(), 0);
}

#[test]
fn a_smaller_shift_that_stays_is_a_change_point_before_it_is_a_deviation() {
    let mut person = Person::after(20);
    let found = person.live(24, faster(110));
    assert_eq!(of_kind(&found, FindingKind::SustainedDeviation).len(), 0);
    let found = of_kind(&found, FindingKind::ChangePoint);
    assert_eq!(found.len(), 1);
    assert!(matches!(
        found[0].explanation,
        Some(Explanation::ChangePoint { rose: true, .. })
    ));
}

#[test]
fn a_level_that_rises_for_weeks_is_a_trend_with_its_interval() {
    let mut person = Person::after(5);
    let mut found = Vec::new();
    for day in 0..14 {
        found.extend(person.live(DAY, faster(8 * day)));
    }
    let found = of_kind(&found, FindingKind::Trend);
    assert_eq!(found.len(), 1);
    let Some(Explanation::Trend {
        week_milli,
        low_milli,
        high_milli,
        ..
    }) = found[0].explanation
    else {
        panic!("{found:?}");
    };
    assert!(0 < low_milli && low_milli <= week_milli && week_milli <= high_milli);
    assert!((30_000..=60_000).contains(&week_milli), "{week_milli}");
}

#[test]
fn readings_that_cannot_be_used_are_a_finding_about_the_signal_and_nothing_else() {
    let mut person = Person::after(12);
    let mut found = Vec::new();
    for _ in 0..4 {
        for _ in 0..3 {
            found.extend(person.push(&poor(Measure::HeartRate, 2_000)));
        }
        person.slot += 1;
    }
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].kind, found[0].severity),
        (FindingKind::Signal, Severity::Notice)
    );
    assert!(found[0].english().contains("Check that the sensor is on"));
}

#[test]
fn missing_readings_end_no_finding() {
    let mut person = Person::after(12);
    let first = person.live(12, faster(260));
    assert_eq!(of_kind(&first, FindingKind::SustainedDeviation).len(), 1);
    person.slot += 30;
    person.monitor.tick(person.now());
    let again = person.live(12, faster(260));
    assert_eq!(
        of_kind(&again, FindingKind::SustainedDeviation).len(),
        0,
        "still the same one"
    );
}

/// One round of observations, for as many slots.
fn observe(
    person: &mut Person,
    slots: u64,
    values: &[(Measure, i64)],
) -> Vec<vitals_analysis::Finding> {
    let mut found = Vec::new();
    for _ in 0..slots {
        for (measure, value) in values {
            found.extend(person.push(&reading(*measure, *value)));
        }
        person.slot += 1;
    }
    of_kind(&found, FindingKind::News2)
        .into_iter()
        .cloned()
        .collect()
}

#[test]
fn news2_is_told_by_risk_with_what_is_missing_and_not_by_one_slot_alone() {
    let mut person = Person::new(&plan());
    let low = [(Measure::OxygenSaturation, 900)];
    let found = observe(&mut person, 2, &low);
    assert_eq!(found, [], "one slot is complete");
    let found = observe(&mut person, 1, &low);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].severity, Severity::Urgent);
    assert!(
        found[0]
            .english()
            .contains("NEWS2 is at least 3, from 1 of 7 observations"),
        "{}",
        found[0].english()
    );
    person
        .monitor
        .observe_consciousness(Consciousness::Cvpu, person.now());
    let worse = [
        (Measure::OxygenSaturation, 900),
        (Measure::RespiratoryRate, 260),
    ];
    let found = observe(&mut person, 4, &worse);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].severity, Severity::Emergency);
    assert!(found[0].english().contains("Call for emergency help now"));
}

#[test]
fn news2_is_not_over_because_what_scored_is_no_longer_measured() {
    let mut person = Person::new(&plan());
    assert_eq!(
        observe(&mut person, 4, &[(Measure::OxygenSaturation, 900)]).len(),
        1
    );
    let pulse_alone = [(Measure::HeartRate, 700)];
    assert_eq!(observe(&mut person, 30, &pulse_alone), []);
    assert_eq!(
        observe(&mut person, 4, &[(Measure::OxygenSaturation, 900)]),
        [],
        "still open"
    );
    assert_eq!(
        observe(&mut person, 8, &[(Measure::OxygenSaturation, 970)]),
        []
    );
    assert_eq!(
        observe(&mut person, 4, &[(Measure::OxygenSaturation, 900)]).len(),
        1
    );
}

#[test]
fn doses_that_are_missed_are_told_and_doses_taken_are_not() {
    let plan = Plan {
        medication: vec![once_a_day()],
        ..plan()
    };
    let mut monitor = Monitor::of_plan(&plan).unwrap();
    let at = |day: u64, hour: u64| BEGIN + day * 86_400_000 + hour * 3_600_000;
    let mut found = Vec::new();
    for day in 0..9 {
        if day < 3 {
            monitor.push(&reading(Measure::DoseTaken, 1), at(day, 8));
        }
        (0..24).for_each(|hour| found.extend(monitor.tick(at(day, hour))));
        assert_eq!(found.is_empty(), day < 3, "day {day}");
    }
    let severities: Vec<Severity> = found.iter().map(|f| f.severity).collect();
    let (notice, urgent) = (Severity::Notice, Severity::Urgent);
    assert_eq!(
        severities,
        [notice, notice, urgent, urgent, urgent, urgent],
        "one a day"
    );
    assert!(
        found[0]
            .english()
            .contains("no dose was recorded for 1 of 4"),
        "{}",
        found[0].english()
    );
    assert!(found[0].english().contains("Do not take a dose twice"));
}

#[test]
fn no_explanation_says_less_than_what_was_seen_and_what_to_do() {
    let mut person = Person::after(20);
    let found = person.live(40, faster(500));
    assert!(found.len() >= 2);
    for finding in found {
        let json = serde_json::to_value(&finding).unwrap();
        assert!(json["explanation"]["key"].is_string());
        assert!(finding.english().ends_with('.') && finding.english().len() > 60);
    }
}

#[test]
fn a_new_plan_keeps_what_was_learned() {
    let mut person = Person::after(12);
    person.monitor.set_plan(&plan()).unwrap();
    let found = person.live(12, faster(260));
    assert_eq!(of_kind(&found, FindingKind::SustainedDeviation).len(), 1);
    person.monitor.set_plan(&Plan::default()).unwrap();
    assert_eq!(person.monitor.figures(), None);
}
