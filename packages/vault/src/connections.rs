//! Connections: how many there are at once, of all and of one address, how long each may last, and
//! how they end.

use std::future::Future;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::connect_info::ConnectInfo;
use axum::serve::Listener;
use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{watch, OwnedSemaphorePermit, Semaphore};
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;

use crate::rates::network;
use crate::tls::Tls;

mod places;

use places::{Place, Places};

/// Of a request's head; a signed request takes some 1 KiB.
const MAX_HEAD: usize = 64 << 10;

/// What one who connects may hold of the vault.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// At once; whoever comes next waits.
    pub connections: u32,
    /// At once of one address; the next one is closed. `None` where a proxy has them all.
    pub of_address: Option<u32>,
    /// From the connection, or the last answer, to the end of the next request's headers.
    pub headers: Duration,
    /// After which a connection takes no further request.
    pub lifetime: Duration,
    /// For what is under way when a connection is to end.
    pub ending: Duration,
    /// For all that is under way when the vault is to stop.
    pub stopping: Duration,
}

/// Serves until `shutdown` is done and running requests have ended.
pub(crate) async fn accept(
    mut listener: TcpListener,
    tls: Option<Tls>,
    router: Router,
    limits: Limits,
    shutdown: impl Future<Output = ()>,
) {
    let slots = Arc::new(Semaphore::new(limits.connections as usize));
    let places = Places::new(limits.of_address);
    let (stop, stopping) = watch::channel(());
    let mut shutdown = pin!(shutdown);
    loop {
        let (slot, stream, peer) = tokio::select! {
            next = next(&slots, &mut listener) => next,
            () = &mut shutdown => break,
        };
        let Some(place) = places.take(network(peer.ip())) else {
            metrics::counter!("vitals_vault_connections_refused_total").increment(1);
            continue;
        };
        let router = router.clone().layer(Extension(ConnectInfo(peer)));
        let served = Connection {
            service: TowerToHyperService::new(router),
            limits,
            stopping: stopping.clone(),
            _held: (slot, place),
        };
        let tls = tls.as_ref().map(|tls| tls.borrow().clone().into());
        tokio::spawn(served.begin(stream, tls));
    }
    drop((listener, stop));
    // All slots are free once the last connection has ended.
    let _ = timeout(limits.stopping, slots.acquire_many(limits.connections)).await;
}

type Slot = Option<OwnedSemaphorePermit>;

async fn next(slots: &Arc<Semaphore>, listener: &mut TcpListener) -> (Slot, TcpStream, SocketAddr) {
    // Only a closed semaphore gives none, and this one is never closed.
    let slot = slots.clone().acquire_owned().await.ok();
    let (stream, peer) = Listener::accept(listener).await;
    (slot, stream, peer)
}

/// Holds its slot, and its address's place, to the end.
struct Connection {
    service: TowerToHyperService<Router>,
    limits: Limits,
    stopping: watch::Receiver<()>,
    _held: (Slot, Place),
}

impl Connection {
    async fn begin(self, stream: TcpStream, tls: Option<TlsAcceptor>) {
        let Some(tls) = tls else {
            return self.serve(stream).await;
        };
        if let Ok(Ok(stream)) = timeout(self.limits.headers, tls.accept(stream)).await {
            self.serve(stream).await;
        }
    }

    async fn serve(mut self, stream: impl AsyncRead + AsyncWrite + Unpin) {
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new())
            .header_read_timeout(self.limits.headers)
            .max_buf_size(MAX_HEAD);
        let mut served = pin!(http.serve_connection(TokioIo::new(stream), self.service));
        tokio::select! {
            _ = &mut served => return,
            _ = self.stopping.changed() => {}
            () = sleep(self.limits.lifetime) => {}
        }
        served.as_mut().graceful_shutdown();
        let _ = timeout(self.limits.ending, served).await;
    }
}

#[cfg(test)]
#[path = "connections_tests.rs"]
mod tests;
