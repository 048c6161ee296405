//! The endpoint for operators of a command that serves nothing else.

use std::net::SocketAddr;
use std::time::Duration;

use clap::Args;
use vitals_ops::{start, Health, Metrics, Server, Serving};

use crate::failure::Failure;

/// Between two looks for `/healthz`.
const LOOK: Duration = Duration::from_secs(10);

#[derive(Debug, Args)]
pub struct OpsArgs {
    /// Address and port of /healthz and /metrics; nowhere where absent.
    #[arg(long, value_name = "ADDRESS")]
    ops_listen: Option<SocketAddr>,
}

impl OpsArgs {
    pub fn watched(&self, health: &Health) -> Result<Option<Server>, Failure> {
        watched(self.ops_listen, health)
    }
}

/// Until it is dropped; where one is wanted.
pub fn watched(listen: Option<SocketAddr>, health: &Health) -> Result<Option<Server>, Failure> {
    let Some(listen) = listen else {
        return Ok(None);
    };
    let serving = Serving {
        health: health.clone(),
        metrics: Metrics::install()?,
        control: None,
    };
    let server = start(listen, serving)?;
    tracing::info!(address = %server.address(), "healthz and metrics");
    Ok(Some(server))
}

/// The same, with one part that is well while a look at it says so.
pub fn looked_at<T, E: ToString>(
    listen: Option<SocketAddr>,
    part: &'static str,
    look: impl Fn() -> Result<T, E> + Send + 'static,
) -> Result<Option<Server>, Failure> {
    let health = Health::default();
    let server = watched(listen, &health)?;
    if server.is_some() {
        std::thread::spawn(move || loop {
            health.of(part, &look());
            std::thread::sleep(LOOK);
        });
    }
    Ok(server)
}
