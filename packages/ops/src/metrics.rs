//! What was counted, as Prometheus reads it.

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

use crate::OpsError;

/// Upper ends of the buckets of every histogram, in the unit that its name says: milliseconds.
const BUCKETS: [f64; 12] = [
    1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1_000.0, 5_000.0, 30_000.0,
];

/// The process's recorder.
#[derive(Clone)]
pub struct Metrics(PrometheusHandle);

impl Metrics {
    /// Makes the macros of the crate `metrics` count; once a process.
    pub fn install() -> Result<Self, OpsError> {
        let metrics = |cause: metrics_exporter_prometheus::BuildError| OpsError::Metrics {
            cause: cause.to_string(),
        };
        let handle = PrometheusBuilder::new()
            .set_buckets(&BUCKETS)
            .map_err(metrics)?
            .install_recorder()
            .map_err(metrics)?;
        Ok(Self(handle))
    }

    /// Prometheus' text format, version 0.0.4.
    pub fn render(&self) -> String {
        self.0.run_upkeep();
        self.0.render()
    }
}
