//! Connections: how many there are at once, how long each may last, and how they end.

use std::future::Future;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::serve::Listener;
use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{watch, OwnedSemaphorePermit, Semaphore};
use tokio::time::{sleep, timeout};

/// What one who connects may hold of a service.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// At once; whoever comes next waits.
    pub connections: u32,
    /// From the connection, or the last answer, to the end of the next request's headers.
    pub headers: Duration,
    /// After which a connection takes no further request.
    pub lifetime: Duration,
    /// For what is under way when a connection is to end.
    pub ending: Duration,
    /// For all that is under way when the service is to stop.
    pub stopping: Duration,
}

/// Who connects: an extension of each request.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub SocketAddr);

/// Serves until `shutdown` is done and running requests have ended.
pub async fn accept(
    mut listener: TcpListener,
    router: Router,
    limits: Limits,
    shutdown: impl Future<Output = ()>,
) {
    let slots = Arc::new(Semaphore::new(limits.connections as usize));
    let (stop, stopping) = watch::channel(());
    let mut shutdown = pin!(shutdown);
    loop {
        let (slot, (stream, peer)) = tokio::select! {
            next = next(&slots, &mut listener) => next,
            () = &mut shutdown => break,
        };
        let service = TowerToHyperService::new(router.clone().layer(Extension(Peer(peer))));
        tokio::spawn(connection(stream, service, limits, stopping.clone(), slot));
    }
    drop((listener, stop));
    // All slots are free once the last connection has ended.
    let _ = timeout(limits.stopping, slots.acquire_many(limits.connections)).await;
}

type Slot = Option<OwnedSemaphorePermit>;

async fn next(
    slots: &Arc<Semaphore>,
    listener: &mut TcpListener,
) -> (Slot, (TcpStream, SocketAddr)) {
    // Only a closed semaphore gives none, and this one is never closed.
    let slot = slots.clone().acquire_owned().await.ok();
    (slot, Listener::accept(listener).await)
}

/// Holds its slot to the end.
async fn connection(
    stream: TcpStream,
    service: TowerToHyperService<Router>,
    limits: Limits,
    mut stopping: watch::Receiver<()>,
    _slot: Slot,
) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(limits.headers);
    let mut served = pin!(http.serve_connection(TokioIo::new(stream), service));
    tokio::select! {
        _ = &mut served => return,
        _ = stopping.changed() => {}
        () = sleep(limits.lifetime) => {}
    }
    served.as_mut().graceful_shutdown();
    let _ = timeout(limits.ending, served).await;
}

#[cfg(test)]
#[path = "connections_tests.rs"]
mod tests;
