//! The plan in force on the chain is watched by; what is none is refused, and the one before goes on.

mod support;

use support::bench::{low_oxygen, START};
use support::frames::{opened, HEAD, NOW};
use support::planned::{beats, frame, personal};
use support::Bench;
use vitals_analysis::{Plan, Severity, Threshold};
use vitals_core::agefile;
use vitals_core::measure::Measure;
use vitals_core::rule::Comparison;

const MINUTE: u64 = 60_000;

/// A heart rate of at least so many tenths.
fn fast(rule: u16, value: i64) -> Threshold {
    Threshold {
        rule,
        measure: Measure::HeartRate,
        comparison: Comparison::AtLeast,
        value,
        ..low_oxygen()
    }
}

fn plan(thresholds: Vec<Threshold>) -> Plan {
    Plan {
        thresholds,
        ..Plan::default()
    }
}

/// With a first plan that asks for heart rates of 100 and more.
fn planned() -> Bench {
    let mut bench = Bench::new(vec![]);
    bench.prescribe_plan(1, &plan(vec![fast(21, 1_000)]));
    bench.tick(START).unwrap();
    bench.gateway().handle_line(&opened(HEAD), NOW);
    bench
}

fn status(bench: &mut Bench) -> (Option<u32>, Option<String>) {
    let status = bench.gateway().status().unwrap();
    (status.care_plan, status.care_plan_trouble)
}

/// The rules of what was told on the chain after these readings, and a tick a minute later.
fn told_after(bench: &mut Bench, first_index: u16, value: i64) -> Vec<u16> {
    let readings = beats(value, u32::from(first_index), 3);
    let line = frame(first_index, readings);
    let answers = bench.gateway().handle_line(&line, NOW);
    assert_eq!(answers.len(), 1);
    bench.tick(NOW).unwrap();
    bench.told().iter().map(|alert| alert.rule).collect()
}

#[test]
fn a_plan_in_force_is_watched_by_and_outlasts_a_restart_and_a_chain_that_is_away() {
    let mut bench = planned();
    assert_eq!(status(&mut bench), (Some(1), None));
    assert!(!bench.dir.path().join("plan.age").exists());
    bench.chain.state().unreachable = true;
    bench.open();
    bench.tick(NOW).unwrap();
    assert_eq!(status(&mut bench).0, Some(1));
    assert_eq!(told_after(&mut bench, 0, 1_100), [0u16; 0]);
    bench.chain.state().unreachable = false;
    bench.tick(NOW + MINUTE).unwrap();
    let told = bench.told();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].rule, 21);
}

#[test]
fn a_plan_that_is_withdrawn_finds_nothing_more_and_the_configuration_goes_on() {
    let mut bench = planned();
    bench.chain.state().plan = None;
    bench.tick(START + MINUTE).unwrap();
    assert_eq!(status(&mut bench), (None, None));
    assert_eq!(told_after(&mut bench, 0, 1_100), [0u16; 0]);
    bench.open();
    assert_eq!(told_after(&mut bench, 3, 1_100), [0u16; 0]);
}

#[test]
fn another_plan_takes_the_place_of_the_one_before() {
    let mut bench = planned();
    bench.prescribe_plan(2, &plan(vec![fast(22, 1_300)]));
    bench.tick(START + MINUTE).unwrap();
    assert_eq!(status(&mut bench), (Some(2), None));
    assert_eq!(told_after(&mut bench, 0, 1_100), [0u16; 0]);
    assert_eq!(told_after(&mut bench, 3, 1_400), [22]);
}

#[test]
fn a_threshold_of_the_plan_takes_the_place_of_a_configured_one_of_its_number() {
    let mut bench = planned();
    let rule = low_oxygen().rule;
    bench.prescribe_plan(2, &plan(vec![fast(rule, 1_000)]));
    bench.tick(START + MINUTE).unwrap();
    assert_eq!(told_after(&mut bench, 0, 1_100), [rule]);
}

#[test]
fn what_is_no_plan_to_watch_by_is_refused_with_a_code_and_the_one_before_goes_on() {
    let mut collides = personal();
    collides.personal.as_mut().unwrap().first_rule = low_oxygen().rule;
    let bytes = |plan: &Plan| serde_json::to_vec(plan).unwrap();
    let endless = Threshold {
        for_readings: 0,
        ..fast(22, 1_000)
    };
    for (document, code) in [
        (b"no plan".to_vec(), "gateway/plan_form"),
        (br#"{"secret_goal": 1}"#.to_vec(), "gateway/plan_form"),
        (
            bytes(&plan(vec![fast(60_001, 1_000)])),
            "gateway/rule_reserved",
        ),
        (bytes(&plan(vec![endless])), "threshold/for_readings"),
        (bytes(&collides), "plan/first_rule"),
    ] {
        let mut bench = planned();
        bench.prescribe(2, &document);
        bench.tick(START + MINUTE).unwrap();
        let (version, trouble) = status(&mut bench);
        let trouble = trouble.unwrap();
        assert!(trouble.starts_with(code), "{trouble}");
        assert!(!trouble.contains("secret_goal"), "{trouble}");
        assert_eq!(version, Some(1));
        assert!(!bench.dir.path().join("plan.age").exists());
        bench.tick(START + 3 * MINUTE).unwrap();
        assert_eq!(status(&mut bench).1.as_ref(), Some(&trouble), "it stands");
        assert_eq!(told_after(&mut bench, 0, 1_100), [21]);
    }
}

#[test]
fn a_file_for_somebody_else_or_of_another_plan_or_none_is_said_and_mended_by_the_right_one() {
    let mut bench = planned();
    let good = serde_json::to_vec(&plan(vec![fast(22, 1_000)])).unwrap();
    let stranger = age::x25519::Identity::generate().to_public().to_string();
    let trouble = |bench: &mut Bench, now_ms| {
        bench.tick(now_ms).unwrap();
        let (version, trouble) = status(bench);
        assert_eq!(version, Some(1));
        trouble.unwrap()
    };
    let file = agefile::seal(&good, &[stranger]).unwrap();
    bench.prescribe_file(2, &file);
    let said = trouble(&mut bench, START + MINUTE);
    assert!(said.starts_with("gateway/plan_sealed: plan 2"), "{said}");

    bench.prescribe(3, &good);
    let path = bench.dir.path().join("plan.age");
    let right = std::fs::read(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    let said = trouble(&mut bench, START + 2 * MINUTE);
    assert!(said.starts_with("gateway/plan_missing: plan 3"), "{said}");

    std::fs::write(&path, &file).unwrap();
    let said = trouble(&mut bench, START + 2 * MINUTE + 1_000);
    assert!(said.starts_with("gateway/plan_other"), "{said}");

    std::fs::write(&path, &right).unwrap();
    bench.tick(START + 2 * MINUTE + 2_000).unwrap();
    assert_eq!(status(&mut bench), (Some(3), None));
}

#[test]
fn configured_thresholds_that_cannot_be_watched_stop_the_gateway_at_its_start() {
    let mut bench = planned();
    let mut own = personal();
    own.personal.as_mut().unwrap().first_rule = 500;
    bench.prescribe_plan(2, &own);
    bench.tick(START + MINUTE).unwrap();
    assert_eq!(status(&mut bench).0, Some(2));
    bench.gateway = None;
    bench.thresholds = vec![Threshold {
        severity: Severity::Notice,
        ..fast(501, 1_000)
    }];
    let refused = bench.opened(&bench.store_path()).err().unwrap().to_string();
    assert!(refused.starts_with("plan/first_rule"), "{refused}");
}
