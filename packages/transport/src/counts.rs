//! What is counted. Labels are of closed sets; none names a device.

/// Why something of a device or broker was not taken, or its connection ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reason(pub &'static str);

/// One line or value went to the gateway.
pub(crate) fn received(kind: &'static str) {
    metrics::counter!("vitals_gateway_mqtt_received_total", "kind" => kind).increment(1);
}

/// The gateway has it stored, and the sender was told.
pub(crate) fn acknowledged() {
    metrics::counter!("vitals_gateway_mqtt_acknowledged_total").increment(1);
}

/// A connection ended, or was not accepted.
pub(crate) fn ended(reason: Reason) {
    metrics::counter!("vitals_gateway_mqtt_ended_total", "reason" => reason.0).increment(1);
}

/// A message of a broker that can never be taken.
pub(crate) fn thrown_away() {
    metrics::counter!("vitals_gateway_mqtt_thrown_away_total").increment(1);
}

/// A line to a device that was not there to take it.
pub(crate) fn lost() {
    metrics::counter!("vitals_gateway_mqtt_lost_total").increment(1);
}

/// Devices that are connected.
pub(crate) fn connected(devices: usize) {
    metrics::gauge!("vitals_gateway_mqtt_connected").set(devices as f64);
}
