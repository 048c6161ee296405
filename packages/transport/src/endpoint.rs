//! The gateway's own MQTT endpoint (3.1.1 and 5). It is no broker: what a device publishes goes to
//! the gateway and to nobody else, and nothing is passed on between devices.

pub(crate) mod codec;
mod config;
mod connection;
mod end;
mod peers;
mod reader;
mod sessions;
mod strangers;
mod watch;
mod writer;

pub use config::{CertificateFiles, Config, Limits};

use std::net::{SocketAddr, TcpListener as StdListener};
use std::sync::mpsc::SyncSender;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::time::{sleep, timeout_at, Instant};
use tokio_rustls::TlsAcceptor;

use crate::credentials::Guard;
use crate::message::{Outbox, Received};
use crate::queue::Queue;
use crate::runner::Runner;
use crate::TransportError;
use end::End;
use peers::Peers;
use sessions::Sessions;
use strangers::{Stranger, Strangers};
use watch::{Certificates, Watch};

/// What the connections have in common.
pub(crate) struct Shared {
    limits: Limits,
    guard: Arc<Guard>,
    queue: Queue,
    peers: Arc<Peers>,
    sessions: Sessions,
    certificates: Option<Certificates>,
}

/// Listens, in a thread of its own, until the last clone of the outbox is dropped. What devices
/// send goes to `gateway`; while it takes nothing, devices wait.
pub fn start(config: Config, gateway: SyncSender<Received>) -> Result<Outbox, TransportError> {
    config.check()?;
    let runner = Runner::new()?;
    let (listener, address) = listen(config.listen)?;
    let watch = Watch::new(&config.credentials, config.tls.as_ref());
    let shared = Arc::new(Shared {
        guard: Arc::new(Guard::open(config.credentials)?),
        queue: Queue::start(config.limits.queue, gateway)?,
        limits: config.limits,
        peers: Arc::default(),
        sessions: Sessions::open(config.sessions),
        certificates: config.tls.map(Certificates::open).transpose()?,
    });
    let peers = shared.peers.clone();
    let running = runner.run("mqtt-endpoint", accept(listener, shared, watch))?;
    let deliver = move |device, line: &str| {
        let _running = &running;
        peers.send(device, line);
    };
    Ok(Outbox::new(deliver).at(address))
}

fn listen(at: SocketAddr) -> Result<(StdListener, SocketAddr), TransportError> {
    let refuse = |cause| TransportError::Listen {
        address: at.to_string(),
        cause,
    };
    let listener = StdListener::bind(at).map_err(refuse)?;
    listener.set_nonblocking(true).map_err(refuse)?;
    let address = listener.local_addr().map_err(refuse)?;
    Ok((listener, address))
}

async fn accept(listener: StdListener, shared: Arc<Shared>, watch: Watch) {
    let listener = match TcpListener::from_std(listener) {
        Ok(listener) => listener,
        Err(cause) => return tracing::error!(%cause, "the endpoint cannot listen"),
    };
    let strangers = Strangers::new(shared.limits.strangers);
    tokio::spawn(watch.run(shared.clone()));
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                tokio::spawn(welcome(stream, shared.clone(), strangers.arrive()));
            }
            Err(cause) => {
                // Out of file descriptors, most likely: those that end give some back.
                tracing::warn!(%cause, "a connection could not be accepted");
                sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

async fn welcome(stream: TcpStream, shared: Arc<Shared>, mut stranger: Stranger) {
    let greeted = Instant::now() + shared.limits.greeting;
    // Without it acks would wait for one another; a connection that broke says so at its first use.
    let _broken = stream.set_nodelay(true);
    let end = match &shared.certificates {
        None => connection::serve(stream, &shared, stranger, greeted).await,
        Some(certificates) => {
            let acceptor = TlsAcceptor::from(certificates.current());
            let encrypted = tokio::select! {
                () = stranger.crowded_out() => Err(End::Crowded),
                done = timeout_at(greeted, acceptor.accept(stream)) => match done {
                    Ok(done) => done.map_err(|_| End::Tls),
                    Err(_) => Err(End::Silent),
                },
            };
            match encrypted {
                Ok(stream) => connection::serve(stream, &shared, stranger, greeted).await,
                Err(end) => end,
            }
        }
    };
    end.count();
    tracing::debug!(reason = end.label(), "a connection ended");
}
