//! Plans: what is read, and what is refused.

mod person;

use person::{once_a_day, plan, BEGIN};
use vitals_analysis::{Medication, Monitor, Plan, Threshold};

fn parsed(json: &str) -> Result<Plan, serde_json::Error> {
    serde_json::from_str(json)
}

const PLAN: &str = r#"{
  "thresholds": [{"rule": 7, "measure": "oxygen_saturation", "comparison": "at_most", "value": 899,
    "for_readings": 3, "hysteresis": 10, "severity": "urgent", "ladder": 1}],
  "medication": [{"name": "one tablet, 50 mg", "first_at_ms": 1767254400000, "every_ms": 86400000,
    "doses": 30, "early_ms": 3600000, "on_time_ms": 3600000, "late_ms": 7200000}],
  "personal": {"first_rule": 41200, "ladder": 1, "news2": "one"},
  "alerts": {"cooldown_ms": 7200000},
  "goals": [{"text": "walk for half an hour a day", "by_ms": 1769846400000}]
}"#;

#[test]
fn a_plan_as_documented_is_read_whole_and_watched() {
    let plan = parsed(PLAN).unwrap();
    assert_eq!(plan.medication[0].at(1), 1_767_340_800_000);
    assert_eq!(plan.medication[0].name, "one tablet, 50 mg");
    assert_eq!(plan.goals[0].by_ms, Some(1_769_846_400_000));
    assert_eq!(
        (plan.alerts.cooldown_ms, plan.alerts.notices_a_day),
        (7_200_000, 6)
    );
    let monitor = Monitor::of_plan(&plan).unwrap();
    assert!(monitor.watches(&plan.thresholds) && monitor.figures().is_some());
    assert_eq!(parsed("{}").unwrap(), Plan::default());
    assert!(
        parsed(r#"{"threshold": []}"#).is_err(),
        "a misspelt part is not left out silently"
    );
    let page = include_str!("../../../docs/analysis.md");
    assert!(page.contains(PLAN), "docs/analysis.md shows another plan");
}

fn refusal(plan: &Plan) -> String {
    Monitor::of_plan(plan).unwrap_err().to_string()
}

#[test]
fn what_a_plan_cannot_mean_is_refused_by_code() {
    let with = |medication: Medication| Plan {
        medication: vec![medication],
        ..plan()
    };
    let never = Medication {
        every_ms: 0,
        ..once_a_day()
    };
    assert!(refusal(&with(never)).starts_with("plan/interval: "));
    let late = Medication {
        late_ms: 1,
        ..once_a_day()
    };
    assert!(refusal(&with(late)).starts_with("plan/late: "));
    let alone = Plan {
        personal: None,
        ..with(once_a_day())
    };
    assert!(refusal(&alone).starts_with("plan/personal: "));
    let threshold = |rule: u16| -> Vec<Threshold> {
        let one = parsed(PLAN).unwrap().thresholds.remove(0);
        vec![Threshold { rule, ..one }]
    };
    for (rule, fits) in [(99, true), (100, false), (139, false), (140, true)] {
        let plan = Plan {
            thresholds: threshold(rule),
            ..plan()
        };
        assert_eq!(Monitor::of_plan(&plan).is_ok(), fits, "rule {rule}");
    }
    for (first_rule, fits) in [(59_961, true), (59_962, false), (u16::MAX, false)] {
        let mut plan = plan();
        plan.personal.as_mut().unwrap().first_rule = first_rule;
        assert_eq!(
            Monitor::of_plan(&plan).is_ok(),
            fits,
            "first rule {first_rule}"
        );
        if !fits {
            assert!(refusal(&plan).starts_with("plan/first_rule: "));
        }
    }
}

#[test]
fn a_refused_plan_changes_nothing() {
    let mut monitor = Monitor::of_plan(&plan()).unwrap();
    let before = monitor.clone();
    let bad = Plan {
        medication: vec![Medication {
            every_ms: 0,
            ..once_a_day()
        }],
        ..plan()
    };
    monitor.set_plan(&bad).unwrap_err();
    assert_eq!(monitor, before);
}

#[test]
fn a_schedule_has_the_doses_of_a_window_and_never_too_many() {
    let day = 86_400_000;
    let medication = once_a_day();
    let due = |from: u64, to: u64| medication.schedule(from, to).len();
    assert_eq!(due(BEGIN, BEGIN + 3 * day), 3);
    assert_eq!(due(BEGIN - day, BEGIN), 0);
    assert_eq!(due(0, u64::MAX), 512);
    let first = medication.first_at_ms;
    assert_eq!((due(first, first + 1), due(first + 1, first + 2)), (1, 0));
    let ended = Medication {
        doses: 2,
        ..medication
    };
    assert_eq!(ended.schedule(0, u64::MAX).len(), 2);
}
