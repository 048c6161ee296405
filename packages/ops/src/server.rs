//! `/healthz`, `/metrics` and control, on a thread of its own.

use std::net::SocketAddr;
use std::thread::JoinHandle;
use std::time::Duration;

use axum::extract::{DefaultBodyLimit, State};
use axum::http::{header::CONTENT_TYPE, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::connections::{accept, Limits};
use crate::{Control, Health, Metrics, OpsError};

const LIMITS: Limits = Limits {
    connections: 32,
    headers: Duration::from_secs(10),
    lifetime: Duration::from_secs(60),
    ending: Duration::from_secs(5),
    stopping: Duration::from_secs(5),
};

/// The largest body of a command: a parked batch comes back in one.
const BODY_BYTES: usize = 4 << 20;

/// What is shown, and who may do what.
pub struct Serving {
    pub health: Health,
    pub metrics: Metrics,
    /// Absent: nobody may do anything.
    pub control: Option<Control>,
}

/// Serves until it is dropped.
pub struct Server {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// Fails where the address is not to be had.
pub fn start(listen: SocketAddr, serving: Serving) -> Result<Server, OpsError> {
    let failed = |cause: std::io::Error| OpsError::Listen {
        address: listen.to_string(),
        cause: cause.to_string(),
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(failed)?;
    let listener = runtime
        .block_on(TcpListener::bind(listen))
        .map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    let (stop, stopped) = oneshot::channel();
    let ended = async {
        let _ = stopped.await;
    };
    let router = router(serving);
    let thread = std::thread::Builder::new()
        .name("ops".into())
        .spawn(move || runtime.block_on(accept(listener, router, LIMITS, ended)))
        .map_err(failed)?;
    Ok(Server {
        address,
        stop: Some(stop),
        thread: Some(thread),
    })
}

impl Server {
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn router(serving: Serving) -> Router {
    let shown = Router::new()
        .route("/healthz", get(healthz).with_state(serving.health))
        .route("/metrics", get(metrics).with_state(serving.metrics));
    let all = match serving.control {
        Some(control) => shown.merge(control.router()),
        None => shown,
    };
    all.layer(DefaultBodyLimit::max(BODY_BYTES))
}

async fn healthz(State(health): State<Health>) -> Response {
    let report = health.report();
    let status = match report.well {
        true => StatusCode::OK,
        false => StatusCode::SERVICE_UNAVAILABLE,
    };
    (status, Json(report)).into_response()
}

async fn metrics(State(metrics): State<Metrics>) -> Response {
    let text = "text/plain; version=0.0.4; charset=utf-8";
    ([(CONTENT_TYPE, text)], metrics.render()).into_response()
}
