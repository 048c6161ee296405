//! Devices, vaults and the queue: an alert once for each condition, until it is over.

mod support;

use std::sync::atomic::Ordering;

use support::bench::{heart_rates, DEVICE, START};
use support::Bench;
use vitals_core::link::DeviceMessage;
use vitals_device_sim::Sample;
use vitals_gateway::{Condition, ConditionRules, Occurred};

const MINUTE: u64 = 60_000;

fn samples() -> Vec<Sample> {
    heart_rates(START, 60).into_iter().take(300).collect()
}

fn bench(samples: Vec<Sample>) -> Bench {
    let mut bench = Bench::new(samples);
    bench.step(START);
    bench
}

/// A tick a minute, the chain's clock along with it.
fn minutes(bench: &mut Bench, from: u64, to: u64) {
    for minute in from..to {
        let now_ms = START + minute * MINUTE;
        bench.chain.state().now_ms = now_ms;
        bench.gateway().tick(now_ms).unwrap();
    }
}

fn rules(bench: &Bench) -> Vec<u16> {
    bench.chain.state().alerts.iter().map(|a| a.rule).collect()
}

fn open(bench: &mut Bench) -> Vec<(u16, String)> {
    let conditions = bench.gateway().status().unwrap().conditions;
    conditions
        .into_iter()
        .map(|c| (c.rule, c.subject))
        .collect()
}

fn battery(bench: &mut Bench, percent: u8, now_ms: u64) {
    let device = DEVICE;
    let line = DeviceMessage::Battery { device, percent }
        .to_line()
        .unwrap();
    bench.gateway().handle_line(&line, now_ms);
    bench.chain.state().now_ms = now_ms;
    bench.gateway().tick(now_ms).unwrap();
}

#[test]
fn a_device_that_falls_silent_raises_one_alert_until_it_speaks_again() {
    let mut bench = bench(
        heart_rates(START + 20 * MINUTE, 60)
            .into_iter()
            .take(50)
            .collect(),
    );
    minutes(&mut bench, 1, 15);
    assert!(rules(&bench).is_empty());
    minutes(&mut bench, 15, 18);
    bench.open();
    minutes(&mut bench, 18, 19);
    assert_eq!(
        rules(&bench),
        [60_001],
        "once, and a restart repeats it not"
    );
    assert_eq!(open(&mut bench), [(60_001, DEVICE.to_string())]);
    bench.step(START + 20 * MINUTE);
    for second in 1..90 {
        bench.step(START + 20 * MINUTE + second * 1_000);
    }
    assert!(open(&mut bench).is_empty());
    minutes(&mut bench, 22, 40);
    assert_eq!(rules(&bench), [60_001, 60_001], "silent anew");
}

#[test]
fn when_a_device_counts_as_silent_is_set_for_the_gateway() {
    let mut bench = Bench::new(Vec::new());
    bench.conditions = ConditionRules {
        silent_after_s: 120,
        ladder: 3,
        ..ConditionRules::default()
    };
    bench.open();
    minutes(&mut bench, 0, 4);
    assert_eq!(rules(&bench), [60_001]);
    assert_eq!(bench.chain.state().alerts[0].ladder, 3);
}

#[test]
fn a_cuff_that_nobody_uses_is_not_silent_unless_the_operator_says_after_how_long() {
    let mut bench = Bench::new(Vec::new());
    bench.chain.state().cuffs = true;
    bench.open();
    minutes(&mut bench, 0, 120);
    assert!(rules(&bench).is_empty());
    bench.conditions.silent_after_of = [(DEVICE, 7_200)].into();
    bench.open();
    minutes(&mut bench, 120, 240);
    assert!(rules(&bench).is_empty());
    minutes(&mut bench, 240, 243);
    assert_eq!(rules(&bench), [60_001]);
}

#[test]
fn a_device_of_its_own_time_is_not_measured_by_that_of_the_others() {
    let mut bench = Bench::new(Vec::new());
    bench.conditions.silent_after_of = [(DEVICE, 0)].into();
    bench.open();
    minutes(&mut bench, 0, 60);
    assert!(rules(&bench).is_empty(), "0 is never");
    bench.conditions.silent_after_of = [(DEVICE, 60)].into();
    bench.open();
    minutes(&mut bench, 60, 64);
    assert_eq!(rules(&bench), [60_001], "sooner than 900 s");
}

#[test]
fn a_battery_is_low_once_until_it_was_charged() {
    let mut bench = bench(Vec::new());
    for (at, percent) in [21, 20, 24, 19, 25, 26, 20].into_iter().enumerate() {
        battery(&mut bench, percent, START + (1 + at as u64) * 1_000);
    }
    assert_eq!(rules(&bench), [60_002, 60_002]);
    let alert = bench.chain.state().alerts[0].clone();
    let detail = bench.vaults[0].blobs.get(&alert.digest).unwrap();
    let json = age::decrypt(&bench.patient_identity, &detail).unwrap();
    let occurred: Occurred = serde_json::from_slice(&json).unwrap();
    let percent = 20;
    let device = DEVICE;
    assert_eq!(
        occurred.condition,
        Condition::BatteryLow { device, percent }
    );
    assert!(occurred.text.contains("20 %"));
}

#[test]
fn a_calibration_is_announced_a_week_before_and_when_it_is_over() {
    let mut bench = Bench::new(Vec::new());
    bench.conditions.silent_after_s = u32::MAX;
    bench.open();
    bench.chain.state().calibrated_until = Some((START + 10 * MINUTE) / 1_000);
    minutes(&mut bench, 1, 9);
    assert_eq!(rules(&bench), [60_003]);
    minutes(&mut bench, 9, 14);
    assert_eq!(rules(&bench), [60_003, 60_004]);
    bench.chain.state().calibrated_until = Some(START);
    minutes(&mut bench, 14, 18);
    assert!(open(&mut bench).is_empty());
}

#[test]
fn a_vault_out_of_reach_for_an_hour_and_batches_that_wait_for_it_are_told() {
    let mut bench = Bench::new(samples());
    bench.conditions.silent_after_s = u32::MAX;
    bench.open();
    bench.vaults[1].down.store(true, Ordering::Relaxed);
    bench.step(START);
    bench.step(START + MINUTE);
    bench.gateway().close_all().unwrap();
    bench.step(START + MINUTE + 1_000);
    minutes(&mut bench, 2, 60);
    assert!(rules(&bench).is_empty());
    minutes(&mut bench, 60, 65);
    let mut told = rules(&bench);
    told.sort_unstable();
    assert_eq!(told, [60_005, 60_006]);
    bench.open();
    minutes(&mut bench, 65, 70);
    assert_eq!(rules(&bench).len(), 2);
    bench.vaults[1].down.store(false, Ordering::Relaxed);
    minutes(&mut bench, 70, 75);
    assert!(open(&mut bench).is_empty());
    assert_eq!(bench.chain.state().anchored.len(), 1);
}

#[test]
fn a_clock_that_jumps_ahead_by_hours_makes_no_device_silent() {
    let mut bench = bench(Vec::new());
    minutes(&mut bench, 1, 3);
    bench.gateway().tick(START + 600 * MINUTE).unwrap();
    bench.gateway().tick(START + 601 * MINUTE).unwrap();
    assert!(rules(&bench).is_empty());
}
