//! What cannot go on waits, says why, and goes on when it can: vaults, chain, generations, alerts.

mod support;

use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};

use support::bench::{heart_rates, low_oxygen, oxygen_dips, values, DEVICE, GATEWAY_DEVICE, START};
use support::Bench;
use vitals_analysis::{Finding, Severity, Threshold};
use vitals_device_sim::Sample;

const NOW: u64 = START + 60_000;

fn samples() -> Vec<Sample> {
    heart_rates(START, 60).into_iter().take(300).collect()
}

/// 300 readings in one batch that its device closed; nothing sealed yet.
fn closed() -> Bench {
    let mut bench = Bench::new(samples());
    bench.step(START);
    bench.step(NOW);
    bench.gateway().close_all().unwrap();
    bench.step(NOW + 500);
    bench
}

/// Access was revoked a moment ago, while this batch was measured.
fn raise(bench: &Bench) {
    let mut state = bench.chain.state();
    state.pending = true;
    state.raised_at_ms = START + 1_000;
}

fn open_second(bench: &Bench) {
    let mut state = bench.chain.state();
    state.pending = false;
    state.generation = 2;
}

#[test]
fn a_vault_that_is_down_holds_back_anchoring_and_loses_nothing() {
    let mut bench = closed();
    bench.vaults[1].down.store(true, Ordering::Relaxed);
    for second in 1..5 {
        let progress = bench.gateway().tick(NOW + second * 1_000).unwrap();
        assert_eq!(progress.anchored, 0);
    }
    let status = bench.gateway().status().unwrap();
    let waiting = status.waiting_for("vault").unwrap();
    assert_eq!(
        (waiting.batches, waiting.readings, waiting.since_ms),
        (1, 300, NOW + 1_000)
    );
    assert!(waiting.detail.starts_with("b: vault/unreachable"));
    bench.vaults[1].down.store(false, Ordering::Relaxed);
    let progress = bench.gateway().tick(NOW + 9_000).unwrap();
    assert_eq!(
        (progress.delivered, progress.anchored),
        (1, 1),
        "the first vault has it already"
    );
    assert_eq!(bench.anchored_samples(), values(&samples()));
}

#[test]
fn a_chain_out_of_reach_is_tried_again() {
    let mut bench = closed();
    bench.chain.state().unreachable = true;
    bench.gateway().tick(NOW + 1_000).unwrap();
    let status = bench.gateway().status().unwrap();
    assert_eq!(status.generation, None);
    assert_eq!(status.waiting_for("chain").unwrap().readings, 300);
    bench.chain.state().unreachable = false;
    assert_eq!(bench.gateway().tick(NOW + 2_000).unwrap().anchored, 1);
    assert!(bench.gateway().status().unwrap().waiting.is_empty());
}

#[test]
fn a_delivered_batch_waits_for_a_chain_whose_clock_is_behind() {
    let mut bench = closed();
    bench.chain.state().now_ms = START - 200_000;
    // the gateway's own clock is behind too: by one that is right, such a node is not believed
    bench.gateway().tick(START - 150_000).unwrap();
    let status = bench.gateway().status().unwrap();
    assert!(
        status.waiting_for("chain_clock").is_some(),
        "{:?}",
        status.waiting
    );
    bench.chain.state().now_ms = NOW;
    assert_eq!(bench.gateway().tick(NOW + 2_000).unwrap().anchored, 1);
}

#[test]
fn no_reading_name_or_key_is_in_any_log_line() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    // Where there is but one subscriber, tracing asks the thread that says a line first whether anybody
    // listens, and believes it for all: that thread may be another test's.
    let _second = tracing::Dispatch::new(tracing::subscriber::NoSubscriber::default());
    let bench = tracing::subscriber::with_default(subscriber, || {
        let mut bench = Bench::new(oxygen_dips());
        bench.step(START);
        bench.device_closes_frames(START + 31_000);
        bench
            .gateway()
            .handle_line("not a message!", START + 31_000);
        bench.step(START + 32_000);
        bench
    });
    let text = log.text();
    assert!(
        text.contains("a batch was anchored") && text.contains("link/base64"),
        "{text}"
    );
    let recipient = bench.patient_identity.to_public().to_string();
    let values = oxygen_dips()
        .into_iter()
        .map(|sample| sample.value.to_string());
    for secret in values.chain([recipient, "AGE-SECRET-KEY".into(), "not a message".into()]) {
        assert!(
            !words(&text).any(|word| word == secret),
            "{secret} in {text}"
        );
    }
}

/// Log lines without their time stamps.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .filter_map(|line| line.split_once(' ').map(|(_, rest)| rest))
        .flat_map(|line| line.split(|c: char| !c.is_alphanumeric() && c != '-'))
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_batch_the_chain_refuses_is_reported_and_not_sent_again_until_somebody_asks() {
    let mut bench = closed();
    bench.chain.state().refuse = Some(1);
    for second in 1..5 {
        bench.gateway().tick(NOW + second * 1_000).unwrap();
    }
    assert_eq!(bench.chain.state().transactions, 1);
    let status = bench.gateway().status().unwrap();
    let waiting = status.waiting_for("refused").unwrap();
    assert!(
        waiting.detail.starts_with("anchor/device_lost"),
        "{}",
        waiting.detail
    );
    bench.chain.state().refuse = None;
    bench.gateway().retry_refused(NOW + 6_000).unwrap();
    assert_eq!(bench.gateway().tick(NOW + 6_000).unwrap().anchored, 1);
}

#[test]
fn one_refused_batch_does_not_hold_back_those_before_it() {
    let mut bench = Bench::new(samples());
    bench.max_readings = 60;
    bench.open();
    bench.vaults[0].down.store(true, Ordering::Relaxed);
    for second in 0..8 {
        bench.step(START + second * 1_000);
    }
    bench.gateway().close_all().unwrap();
    bench.step(NOW + 9_000);
    bench.chain.state().refuse = Some(2);
    bench.vaults[0].down.store(false, Ordering::Relaxed);
    assert_eq!(bench.gateway().tick(NOW + 30_000).unwrap().anchored, 1);
    bench.gateway().tick(NOW + 31_000).unwrap();
    let status = bench.gateway().status().unwrap();
    assert_eq!(status.waiting_for("refused").unwrap().batches, 1);
    assert!(
        status.waiting_for("earlier_batch").is_some(),
        "{:?}",
        status.waiting
    );
    bench.chain.state().refuse = None;
    bench.gateway().retry_refused(NOW + 32_000).unwrap();
    bench.step(NOW + 32_000);
    assert_eq!(bench.anchored_samples(), values(&samples()));
}

#[test]
fn what_is_measured_since_a_raise_is_kept_for_the_patient_until_there_are_keys() {
    let mut bench = closed();
    raise(&bench);
    let progress = bench.gateway().tick(NOW + 1_000).unwrap();
    assert_eq!((progress.parked, progress.sealed), (1, 0));
    let status = bench.gateway().status().unwrap();
    assert!(status.generation.unwrap().pending);
    assert_eq!(status.waiting_for("new_keys").unwrap().readings, 300);
    let file = bench.gateway().parked_file(DEVICE, 1).unwrap();
    assert!(age::decrypt(&bench.patient_identity, &file).is_ok());
    assert!(age::decrypt(&bench.gateway_identity, &file).is_err());

    open_second(&bench);
    let waits = bench.gateway().tick(NOW + 2_000).unwrap();
    assert_eq!(
        waits.sealed, 0,
        "generation 2 is open and its keys are not here"
    );
    let package = bench.package(2);
    std::fs::write(bench.dir.path().join("keys.age"), package).unwrap();
    bench.step(NOW + 3_000);
    bench.step(NOW + 4_000);
    assert!(
        !bench.dir.path().join("keys.age").exists(),
        "a package taken in is removed"
    );
    assert_eq!(bench.chain.state().anchored[0].seal.generation, 2);
    assert_eq!(bench.anchored_samples(), values(&samples()));
    assert!(bench.device.is_done());
}

#[test]
fn a_parked_batch_comes_back_from_its_patient_and_only_as_the_device_signed_it() {
    let mut bench = closed();
    raise(&bench);
    bench.gateway().tick(NOW + 1_000).unwrap();
    let file = bench.gateway().parked_file(DEVICE, 1).unwrap();
    let content = age::decrypt(&bench.patient_identity, &file).unwrap();
    let mut forged = content.clone();
    forged[33 + 9] ^= 1;
    let refused = bench.gateway().restore(DEVICE, 1, &forged, NOW + 2_000);
    assert!(refused
        .unwrap_err()
        .to_string()
        .starts_with("gateway/parked_file"));
    open_second(&bench);
    let package = bench.package(2);
    bench.gateway().load_keys(&package, NOW + 2_000).unwrap();
    bench
        .gateway()
        .restore(DEVICE, 1, &content, NOW + 2_000)
        .unwrap();
    assert_eq!(bench.gateway().tick(NOW + 3_000).unwrap().anchored, 1);
    assert_eq!(bench.anchored_samples(), values(&samples()));
}

#[test]
fn a_batch_sealed_before_a_raise_is_sealed_again_under_the_new_generation() {
    let mut bench = closed();
    bench.vaults[0].down.store(true, Ordering::Relaxed);
    assert_eq!(bench.gateway().tick(NOW + 1_000).unwrap().sealed, 1);
    raise(&bench);
    open_second(&bench);
    let package = bench.package(2);
    bench.gateway().load_keys(&package, NOW + 2_000).unwrap();
    bench.vaults[0].down.store(false, Ordering::Relaxed);
    let progress = bench.gateway().tick(NOW + 3_000).unwrap();
    assert_eq!((progress.sealed, progress.anchored), (1, 1));
    assert_eq!(bench.chain.state().anchored[0].seal.generation, 2);
    assert_eq!(bench.anchored_samples(), values(&samples()));
}

#[test]
fn what_was_measured_before_the_raise_goes_on_under_the_generation_before() {
    let mut bench = closed();
    raise(&bench);
    bench.chain.state().raised_at_ms = NOW;
    assert_eq!(bench.gateway().tick(NOW + 1_000).unwrap().anchored, 1);
    assert_eq!(bench.chain.state().anchored[0].seal.generation, 1);
}

#[test]
fn a_package_of_somebody_else_is_left_where_it_is_and_named_in_the_status() {
    let mut bench = closed();
    let path = bench.dir.path().join("keys.age");
    std::fs::write(&path, b"not a package").unwrap();
    bench.gateway().tick(NOW + 1_000).unwrap();
    let trouble = bench.gateway().status().unwrap().key_package.unwrap();
    assert!(trouble.starts_with("gateway/package"), "{trouble}");
    assert!(path.exists());
}

#[test]
fn keys_of_past_hours_are_erased_as_the_hours_pass() {
    let mut bench = Bench::new(samples());
    let later = START + 5 * 3_600_000;
    bench.step(START);
    bench.chain.state().now_ms = later;
    bench.gateway().tick(later).unwrap();
    bench.device.play_until(NOW).unwrap();
    bench.reconnect(later);
    bench.gateway().close_all().unwrap();
    bench.step(later + 1_000);
    bench.step(later + 2_000);
    let status = bench.gateway().status().unwrap();
    assert_eq!(status.waiting_for("keys").unwrap().readings, 300);
    assert!(bench.chain.state().anchored.is_empty());
}

#[test]
fn a_dip_becomes_one_signed_alert_whose_detail_only_the_patient_opens() {
    let mut bench = Bench::new(oxygen_dips());
    bench.step(START);
    bench.device_closes_frames(START + 31_000);
    bench.open();
    bench.vaults[0].down.store(true, Ordering::Relaxed);
    bench.chain.state().lose_answer = true;
    assert_eq!(
        bench.gateway().tick(START + 32_000).unwrap().alerts_raised,
        0
    );
    assert_eq!(
        bench
            .gateway()
            .status()
            .unwrap()
            .waiting_for("alert_chain")
            .unwrap()
            .alerts,
        1
    );
    bench.open();
    assert_eq!(
        bench.gateway().tick(START + 33_000).unwrap().alerts_raised,
        1
    );
    assert_eq!(
        bench.gateway().tick(START + 34_000).unwrap().alerts_raised,
        0
    );
    let notice = {
        let state = bench.chain.state();
        assert_eq!(state.alerts.len(), 1);
        state.alerts[0].clone()
    };
    assert_eq!(
        (notice.device, notice.number, notice.rule),
        (GATEWAY_DEVICE, 1, 9)
    );
    let detail = bench.vaults[1].blobs.get(&notice.digest).unwrap();
    let json = age::decrypt(&bench.patient_identity, &detail).unwrap();
    let finding: Finding = serde_json::from_slice(&json).unwrap();
    assert_eq!(
        (finding.from_ms, finding.evidence.len()),
        (START + 10_000, 3)
    );
    assert!(finding.simulated);
}

/// Three findings in the ten seconds of the dip, found in the order of their severity.
fn ever_worse() -> Vec<Threshold> {
    let found = [
        (1, Severity::Notice),
        (2, Severity::Urgent),
        (4, Severity::Emergency),
    ];
    let rule = |(after, severity)| Threshold {
        rule: after,
        for_readings: after,
        severity,
        ..low_oxygen()
    };
    found.map(rule).into()
}

#[test]
fn an_emergency_does_not_wait_for_the_notices_before_it() {
    let mut bench = Bench::new(oxygen_dips());
    bench.thresholds = ever_worse();
    bench.open();
    bench.step(START);
    bench.device_closes_frames(START + 31_000);
    assert!(bench.chain.state().alerts.is_empty());
    bench.step(START + 32_000);
    let alerts = bench.chain.state().alerts.clone();
    let rules: Vec<_> = alerts.iter().map(|alert| alert.rule).collect();
    assert_eq!(rules, [4, 2, 1]);
}

#[test]
fn an_alert_that_the_chain_refused_is_asked_for_again_every_hour() {
    const HOUR: u64 = 3_600_000;
    let mut bench = Bench::new(oxygen_dips());
    bench.chain.state().refuse_alerts = Some("care/unknown_ladder: 1".into());
    bench.step(START);
    bench.device_closes_frames(START + 31_000);
    let refused = START + 32_000;
    bench.step(refused);
    let status = bench.gateway().status().unwrap();
    assert!(status.waiting_for("alert_refused").is_some(), "{status:?}");
    bench.step(refused + HOUR);
    bench.step(refused + HOUR + 1_000);
    bench.chain.state().refuse_alerts = None;
    // beside it the device that was silent since
    let raised = |bench: &Bench| bench.chain.state().alerts.iter().any(|one| one.rule == 9);
    bench.step(refused + 2 * HOUR - 1_000);
    assert!(!raised(&bench));
    bench.step(refused + 2 * HOUR + 2_000);
    assert!(raised(&bench));
}
