//! Findings become alerts without wearing people out.

use vitals_analysis::{AlertRules, Alerts, Finding, FindingKind, Outcome, Severity};
use vitals_core::measure::Measure;

const MINUTE: u64 = 60_000;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

fn finding(rule: u16, severity: Severity, at_ms: u64) -> Finding {
    Finding {
        rule,
        measure: Measure::HeartRate,
        kind: FindingKind::High,
        severity,
        ladder: 1,
        from_ms: at_ms,
        to_ms: at_ms,
        simulated: true,
        evidence: Vec::new(),
        explanation: None,
    }
}

fn alerts() -> Alerts {
    Alerts::new(AlertRules::default())
}

#[test]
fn findings_of_one_episode_are_one_alert_that_counts_them() {
    let mut alerts = alerts();
    let outcomes = [(1, 0), (2, 10), (3, 35)]
        .map(|(rule, minute)| alerts.take(&finding(rule, Severity::Notice, DAY + minute * MINUTE)));
    assert_eq!(
        outcomes,
        [
            Outcome::Raised { episode: 1 },
            Outcome::Added {
                episode: 1,
                count: 2
            },
            Outcome::Added {
                episode: 1,
                count: 3
            }
        ]
    );
}

#[test]
fn half_an_hour_without_a_finding_ends_an_episode() {
    let at = |gap: u64| {
        let mut alerts = alerts();
        alerts.take(&finding(1, Severity::Notice, DAY));
        alerts.take(&finding(2, Severity::Notice, DAY + gap))
    };
    assert_eq!(
        at(30 * MINUTE - 1),
        Outcome::Added {
            episode: 1,
            count: 2
        }
    );
    assert_eq!(at(30 * MINUTE), Outcome::Raised { episode: 2 });
}

#[test]
fn an_episode_that_becomes_more_severe_is_told_again_once() {
    let mut alerts = alerts();
    alerts.take(&finding(1, Severity::Notice, DAY));
    let worse = alerts.take(&finding(2, Severity::Emergency, DAY + MINUTE));
    assert_eq!(worse, Outcome::Worse { episode: 1 });
    let again = alerts.take(&finding(3, Severity::Urgent, DAY + 2 * MINUTE));
    assert!(!again.is_told());
}

fn of(measure: Measure, rule: u16, severity: Severity, at_ms: u64) -> Finding {
    Finding {
        measure,
        ..finding(rule, severity, at_ms)
    }
}

#[test]
fn what_is_urgent_of_another_measure_is_told_in_the_same_episode_once() {
    let mut alerts = alerts();
    alerts.take(&finding(1, Severity::Urgent, DAY));
    let low = of(Measure::Glucose, 2, Severity::Urgent, DAY + 25 * MINUTE);
    assert_eq!(alerts.take(&low), Outcome::Worse { episode: 1 });
    let again = of(Measure::Glucose, 3, Severity::Urgent, DAY + 26 * MINUTE);
    assert!(!alerts.take(&again).is_told());
    let notice = of(
        Measure::OxygenSaturation,
        4,
        Severity::Notice,
        DAY + 27 * MINUTE,
    );
    assert!(!alerts.take(&notice).is_told());
}

#[test]
fn an_emergency_of_one_measure_silences_none_of_another() {
    let mut alerts = alerts();
    let steps = [
        (Measure::HeartRate, Severity::Emergency),
        (Measure::Glucose, Severity::Urgent),
        (Measure::Glucose, Severity::Emergency),
    ];
    for (minute, (measure, severity)) in (0..).zip(steps) {
        let next = of(measure, 1, severity, DAY + minute * MINUTE);
        assert!(alerts.take(&next).is_told(), "{measure:?} {severity:?}");
    }
}

#[test]
fn people_of_another_ladder_are_called_whatever_those_of_the_first_were_told() {
    for severity in [Severity::Notice, Severity::Urgent] {
        let mut alerts = alerts();
        alerts.take(&finding(1, Severity::Emergency, DAY));
        let second = |rule, minute: u64| Finding {
            ladder: 2,
            ..finding(rule, severity, DAY + minute * MINUTE)
        };
        assert_eq!(alerts.take(&second(2, 1)), Outcome::Raised { episode: 2 });
        // each goes on by itself
        assert!(!alerts.take(&second(3, 2)).is_told());
        let first = finding(4, Severity::Urgent, DAY + 3 * MINUTE);
        assert_eq!(
            alerts.take(&first),
            Outcome::Added {
                episode: 1,
                count: 2
            }
        );
    }
}

#[test]
fn a_rule_that_calls_another_ladder_from_now_on_is_told_there() {
    let mut alerts = alerts();
    alerts.take(&finding(1, Severity::Urgent, DAY));
    let moved = Finding {
        ladder: 2,
        ..finding(1, Severity::Urgent, DAY + MINUTE)
    };
    assert_eq!(alerts.take(&moved), Outcome::Raised { episode: 2 });
}

#[test]
fn a_rule_that_fires_again_within_its_cooldown_adds_and_after_it_is_told() {
    let after = |gap: u64| {
        let mut alerts = alerts();
        alerts.take(&finding(1, Severity::Urgent, DAY));
        alerts.take(&finding(1, Severity::Urgent, DAY + gap))
    };
    assert_eq!(
        after(HOUR - 1),
        Outcome::Added {
            episode: 1,
            count: 2
        }
    );
    assert_eq!(after(HOUR), Outcome::Raised { episode: 2 });
}

#[test]
fn what_only_adds_does_not_put_off_the_next_alert_for_ever() {
    let mut alerts = alerts();
    let told = (0..600)
        .filter(|minute| {
            alerts
                .take(&finding(1, Severity::Urgent, DAY + minute * MINUTE))
                .is_told()
        })
        .count();
    assert!(
        (2..=10).contains(&told),
        "{told} in ten hours of firing every minute"
    );
}

#[test]
fn only_notices_use_up_the_budget_and_only_they_are_held() {
    let mut alerts = alerts();
    let outcomes: Vec<Outcome> = (0..8)
        .map(|i| alerts.take(&finding(i, Severity::Notice, DAY + u64::from(i) * HOUR)))
        .collect();
    assert_eq!(outcomes.iter().filter(|o| o.is_told()).count(), 6);
    assert_eq!(outcomes[7], Outcome::Held { count: 2 });
    for (i, severity) in (20..).zip([Severity::Urgent; 20]) {
        let at_ms = DAY + 9 * HOUR + u64::from(i) * 31 * MINUTE;
        assert!(alerts.take(&finding(i, severity, at_ms)).is_told());
    }
    let next_day = finding(9, Severity::Notice, 2 * DAY + 23 * HOUR);
    assert!(alerts.take(&next_day).is_told());
}

#[test]
fn a_held_notice_does_not_silence_the_urgent_finding_after_it() {
    let mut alerts = Alerts::new(AlertRules {
        notices_a_day: 0,
        ..AlertRules::default()
    });
    assert_eq!(
        alerts.take(&finding(1, Severity::Notice, DAY)),
        Outcome::Held { count: 1 }
    );
    assert!(alerts
        .take(&finding(1, Severity::Urgent, DAY + 1))
        .is_told());
}

#[test]
fn a_clock_that_was_ahead_silences_nothing_after_it_is_set() {
    let mut alerts = alerts();
    alerts.take(&finding(1, Severity::Urgent, 400 * DAY));
    assert!(alerts.take(&finding(1, Severity::Urgent, DAY)).is_told());
    assert!(alerts
        .take(&finding(1, Severity::Urgent, u64::MAX))
        .is_told());
}

#[test]
fn a_restart_changes_no_outcome_and_memory_is_bounded() {
    let mut alerts = alerts();
    let mut restarted = alerts.clone();
    for i in 0..2_000u64 {
        let rule = u16::try_from(i % 300).unwrap();
        let severity = [Severity::Notice, Severity::Urgent][(i % 2) as usize];
        let next = finding(rule, severity, DAY + i * 37 * MINUTE);
        let json = serde_json::to_vec(&restarted).unwrap();
        assert!(json.len() < 16_384, "{}", json.len());
        restarted = serde_json::from_slice(&json).unwrap();
        assert_eq!(restarted.take(&next), alerts.take(&next));
    }
}
