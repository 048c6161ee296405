//! What is counted. Labels are of closed sets; none names a patient or a device.

use std::collections::BTreeSet;
use std::time::Duration;

use vitals_gateway::{Answer, Counts, Fetch, GatewayError, Progress, Waiting};
use vitals_sensors::Taken;

/// A value of a device that is no sensor here.
pub(crate) fn unsigned() {
    metrics::counter!("vitals_gateway_sensor_values_total", "became" => "unsigned").increment(1);
}

/// What a broker had kept, and nobody measured now.
pub(crate) fn retained() {
    counter("vitals_gateway_retained_total", 1);
}

/// One write to disk.
pub(crate) fn group(taken: &Result<Vec<Answer>, GatewayError>, lines: usize, took: Duration) {
    metrics::histogram!("vitals_gateway_intake_ms").record(took.as_secs_f64() * 1_000.0);
    self::lines(taken.as_ref().map_or(0, Vec::len), lines);
}

pub(crate) fn lines(answered: usize, of: usize) {
    counter("vitals_gateway_lines_taken_total", answered as u64);
    let left = of.saturating_sub(answered) as u64;
    counter("vitals_gateway_lines_unanswered_total", left);
}

/// What became of a sensor's value.
pub(crate) fn sensor(taken: &Taken) {
    let became = match taken {
        Taken::Kept { .. } => "kept",
        Taken::Repeated => "repeated",
        Taken::Battery { .. } => "battery",
        Taken::Refused { .. } => "refused",
        Taken::NotNow { .. } => "not_now",
    };
    metrics::counter!("vitals_gateway_sensor_values_total", "became" => became).increment(1);
}

pub(crate) fn tick(progress: &Progress, took: Duration) {
    metrics::histogram!("vitals_gateway_tick_ms").record(took.as_secs_f64() * 1_000.0);
    for (name, count) in [
        ("vitals_gateway_batches_sealed_total", progress.sealed),
        ("vitals_gateway_batches_parked_total", progress.parked),
        ("vitals_gateway_batches_anchored_total", progress.anchored),
        ("vitals_gateway_deliveries_total", progress.delivered),
    ] {
        counter(name, count.into());
    }
}

fn counter(name: &'static str, more: u64) {
    metrics::counter!(name).increment(more);
}

/// What the store has counted since it was made.
pub(crate) fn totals(counts: &Counts) {
    for (name, count) in [
        ("vitals_gateway_readings_received_total", counts.received),
        ("vitals_gateway_readings_stored_total", counts.stored),
        ("vitals_gateway_readings_anchored_total", counts.anchored),
        ("vitals_gateway_quarantined_total", counts.quarantined),
        ("vitals_gateway_alerts_raised_total", counts.alerts_raised),
    ] {
        metrics::counter!(name).absolute(count);
    }
}

/// Gauges by reason; those of before that nothing waits for any more go to nought.
pub(crate) fn waiting(waiting: &[Waiting], before: &mut BTreeSet<String>, now_ms: u64) {
    for reason in std::mem::take(before) {
        gauges(&reason, 0, 0, 0);
    }
    let reasons: BTreeSet<_> = waiting.iter().map(|w| w.reason.clone()).collect();
    for reason in &reasons {
        let same = || waiting.iter().filter(|w| w.reason == *reason);
        let since = same().map(|w| w.since_ms).min().unwrap_or(now_ms);
        let things: u64 = same()
            .map(|w| u64::from(w.batches) + u64::from(w.gaps) + u64::from(w.alerts))
            .sum();
        let readings = same().map(|w| w.readings).sum();
        gauges(
            reason,
            things,
            readings,
            now_ms.saturating_sub(since) / 1_000,
        );
    }
    *before = reasons;
}

/// What a vault lacks, and whether it takes anything.
#[allow(clippy::cast_precision_loss)] // gauges are floats
pub(crate) fn vault(name: &str, waiting: u64, failing: bool) {
    metrics::gauge!("vitals_gateway_vault_waiting", "vault" => name.to_owned()).set(waiting as f64);
    let up = if failing { 0.0 } else { 1.0 };
    metrics::gauge!("vitals_gateway_vault_up", "vault" => name.to_owned()).set(up);
}

/// Whether a file that the chain names cannot be had from any vault.
pub(crate) fn fetch(what: &'static str, fetch: &Fetch) {
    let failing = matches!(fetch, Fetch::Failing(_));
    let value = if failing { 1.0 } else { 0.0 };
    metrics::gauge!("vitals_gateway_fetch_failing", "what" => what).set(value);
}

#[allow(clippy::cast_precision_loss)] // gauges are floats
fn gauges(reason: &str, things: u64, readings: u64, seconds: u64) {
    for (name, value) in [
        ("vitals_gateway_waiting", things),
        ("vitals_gateway_waiting_readings", readings),
        ("vitals_gateway_waiting_seconds", seconds),
    ] {
        metrics::gauge!(name, "reason" => reason.to_owned()).set(value as f64);
    }
}
