//! What the analysis finds over days, devices and restarts becomes one alert on the chain.

mod support;

use support::bench::{device_key, low_oxygen, DEVICE, GATEWAY_DEVICE, START};
use support::frames::{from, messages, opened, reading, signed, take, HEAD, NOW};
use support::planned::{personal, steady, Course, DAY, FIRST_RULE, HOUR, LATE, SLOT};
use support::Bench;
use vitals_analysis::{Alerts, FindingKind, Medication, Monitor, Plan};
use vitals_core::device::BatchHead;
use vitals_core::key::Ed25519Signer;
use vitals_core::link::GatewayMessage;
use vitals_core::measure::{Category, Measure};
use vitals_core::reading::Reading;

/// Watches by a plan with everything personal.
fn planned(plan: &Plan) -> Bench {
    let mut bench = Bench::new(vec![]);
    bench.prescribe_plan(1, plan);
    bench.gateway().tick(START).unwrap();
    assert_eq!(bench.gateway().status().unwrap().care_plan, Some(1));
    bench
}

fn raise(bench: &mut Bench) {
    bench.chain.state().now_ms = LATE;
    for _ in 0..2 {
        bench.gateway().tick(LATE).unwrap();
    }
}

#[test]
fn a_change_point_after_weeks_is_one_alert_with_restarts_in_the_middle() {
    let mut bench = planned(&personal());
    let mut course = Course::begin();
    for _ in 0..20 {
        course.live(&mut bench, DAY - 5, steady);
        bench.open();
        course.live(&mut bench, 5, steady);
    }
    for _ in 0..2 * HOUR {
        bench.open();
        course.live(&mut bench, 1, |slot| steady(slot) + 110);
    }
    assert_eq!(bench.told(), []);
    raise(&mut bench);
    let told = bench.told();
    let kinds: Vec<_> = told.iter().map(|alert| bench.detail(alert).kind).collect();
    assert_eq!(kinds, [FindingKind::ChangePoint]);
    assert_eq!((told[0].rule, told[0].ladder), (FIRST_RULE + 9, 3));
}

/// Ordinary days, then a heart rate that rises by 0.8 a day.
fn rising(slot: u64) -> i64 {
    let days = (slot / DAY).saturating_sub(5) as i64;
    steady(slot) + 8 * days
}

/// Rules and times that the analysis alone, without a restart, says are to be told.
fn expected(slots: u64) -> Vec<(u16, u64)> {
    let mut monitor = Monitor::of_plan(&personal()).unwrap();
    let mut alerts = Alerts::new(personal().alerts);
    let mut told = Vec::new();
    for slot in 0..slots {
        let reading = reading(Measure::HeartRate, rising(slot), 0);
        let found = monitor.push(&reading, START + slot * SLOT);
        told.extend(found.into_iter().filter(|one| alerts.take(one).is_told()));
    }
    let rising = told.iter().any(|one| one.kind == FindingKind::Trend);
    assert!(rising, "a trend is among them");
    told.iter().map(|one| (one.rule, one.to_ms)).collect()
}

#[test]
fn a_trend_over_weeks_and_restarts_is_told_exactly_as_the_analysis_tells_it() {
    let mut bench = planned(&personal());
    let mut course = Course::begin();
    for part in 0..19 * 2 {
        course.live(&mut bench, DAY / 2, rising);
        if part % 3 == 0 {
            bench.open();
        }
    }
    raise(&mut bench);
    let told: Vec<_> = bench
        .told()
        .iter()
        .map(|one| (one.rule, one.at_ms))
        .collect();
    assert_eq!(told, expected(course.slot));
}

#[test]
fn a_pulse_that_scores_in_news2_is_one_alert_though_it_is_killed_after_every_line() {
    let mut bench = planned(&personal());
    let mut course = Course::begin();
    for _ in 0..HOUR + 3 {
        bench.open();
        course.live(&mut bench, 1, |_| 1_350);
    }
    raise(&mut bench);
    let told = bench.told();
    assert_eq!(told.len(), 1, "{told:?}");
    let detail = bench.detail(&told[0]);
    assert_eq!(detail.kind, FindingKind::News2);
    assert_eq!(detail.ladder, 3);
}

#[test]
fn a_dose_that_nobody_took_is_noticed_without_a_reading_and_told_once() {
    let plan = Plan {
        medication: vec![Medication {
            name: "one tablet".into(),
            first_at_ms: START + 6 * SLOT,
            every_ms: 86_400_000,
            doses: 1,
            early_ms: 60_000,
            on_time_ms: 60_000,
            late_ms: 600_000,
        }],
        ..personal()
    };
    let mut bench = planned(&plan);
    for slot in 1..2 * HOUR {
        let now_ms = START + slot * SLOT;
        bench.chain.state().now_ms = now_ms;
        bench.gateway().tick(now_ms).unwrap();
        assert_eq!(bench.told().len(), usize::from(slot > 9), "slot {slot}");
        bench.open();
    }
    let told = bench.told();
    assert_eq!(bench.detail(&told[0]).kind, FindingKind::Adherence);
}

/// The gateway's own device measures here too: a second oximeter.
fn oximeters() -> [(BatchHead, Ed25519Signer); 2] {
    let category = Category::Respiratory;
    let of = |device| BatchHead {
        device,
        category,
        ..HEAD
    };
    let second = Ed25519Signer::from_seed(&[2; 32]);
    [(of(DEVICE), device_key()), (of(GATEWAY_DEVICE), second)]
}

fn saturation(value: i64, index: u16) -> Vec<Reading> {
    let offset_ms = 1_000 + 1_000 * u32::from(index);
    vec![reading(Measure::OxygenSaturation, value, offset_ms)]
}

#[test]
fn an_oximeter_that_reads_well_does_not_silence_the_one_that_reads_badly() {
    let mut bench = Bench::new(vec![]);
    let mut intake = bench.gateway().take_intake().unwrap();
    let openings = oximeters().map(|(head, _)| from(head.device, [opened(head)]));
    intake.take(&openings.concat(), NOW).unwrap();
    bench.tick(NOW).unwrap();
    take(&mut intake, &openings.concat());
    for index in 0..low_oxygen().for_readings {
        let [(low, signer), (good, other)] = oximeters();
        let mut group = from(
            good.device,
            [signed(&other, good, index, saturation(970, index))],
        );
        group.extend(from(
            low.device,
            [signed(&signer, low, index, saturation(850, index))],
        ));
        take(&mut intake, &group);
    }
    bench.tick(NOW + 1_000).unwrap();
    let rules: Vec<u16> = bench.told().iter().map(|alert| alert.rule).collect();
    assert_eq!(rules, [low_oxygen().rule]);
}

#[test]
fn a_finding_that_is_open_stays_open_over_a_restart_and_one_half_found_is_finished() {
    let mut bench = Bench::new(vec![]);
    let [(head, signer), _] = oximeters();
    let mut index = 0;
    let mut say = |bench: &mut Bench, value: i64| {
        bench.open();
        let line = signed(&signer, head, index, saturation(value, index));
        let answers = bench.gateway().handle_line(&line, NOW);
        let stored = GatewayMessage::from_line(&answers[0]).unwrap();
        assert!(
            matches!(stored, GatewayMessage::Stored { .. }),
            "{stored:?}"
        );
        index += 1;
    };
    let answers = bench.gateway().handle_line(&opened(head), NOW);
    assert_eq!(answers.len(), 1);
    (0..6).for_each(|_| say(&mut bench, 850));
    bench.gateway().tick(NOW).unwrap();
    assert_eq!(bench.told().len(), 1);
    (0..6).for_each(|_| say(&mut bench, 850));
    bench.gateway().tick(NOW + 1_000).unwrap();
    assert_eq!(bench.told().len(), 1);
}

#[test]
fn a_frame_that_comes_twice_is_watched_once() {
    let mut bench = Bench::new(vec![]);
    let mut intake = bench.gateway().take_intake().unwrap();
    let [(head, signer), _] = oximeters();
    let first = signed(&signer, head, 0, saturation(850, 0));
    let second = signed(&signer, head, 1, saturation(850, 1));
    take(&mut intake, &from(DEVICE, [opened(head), first.clone()]));
    let again = from(DEVICE, [first.clone(), second.clone(), first, second]);
    for answer in intake.take(&again, NOW).unwrap() {
        assert!(!messages(&answer).is_empty());
    }
    bench.gateway().tick(NOW + 1_000).unwrap();
    assert_eq!(
        bench.told(),
        [],
        "two readings are low, and three are asked for"
    );
}
