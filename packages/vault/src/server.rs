//! HTTP: routes, limits, and an end that lets running requests finish.

use std::future::Future;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::extract::connect_info::ConnectInfo;
use axum::extract::{Request, State};
use axum::handler::Handler;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::{HeaderName, Method, StatusCode};
use axum::middleware::{from_fn, from_fn_with_state, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put, MethodRouter};
use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tower_http::cors::{Any, CorsLayer};
use vitals_vault_client::{GROUND_HEADER, PLACE_HEADER};

use crate::anchoring::{self, Anchorer};
use crate::config::{Config, ConfigError};
use crate::connections::{accept, Limits};
use crate::objects::ObjectsError;
use crate::refusal::Refusal;
use crate::vault::Vault;
use crate::{care, custody, erase, receipts, release, store};

/// A request is given up after this, whatever it waits for.
const REQUEST: Duration = Duration::from_secs(30);

/// 256 bodies in memory make some 1 GiB.
const LIMITS: Limits = Limits {
    connections: 256,
    of_address: None,
    headers: Duration::from_secs(10),
    lifetime: Duration::from_secs(60),
    ending: REQUEST,
    stopping: Duration::from_secs(10),
};

/// Why a vault does not serve.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    #[error("vault/config: {0}")]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Objects(#[from] ObjectsError),
    #[error("vault/plain: {0} can be reached from elsewhere: give a certificate, or say that a TLS proxy is in front")]
    Plain(SocketAddr),
    #[error("vault/listen: {0}")]
    Listen(std::io::Error),
}

/// A vault that nothing keeps from serving.
pub struct Ready {
    vault: Vault,
    listener: TcpListener,
}

impl Ready {
    /// Fails on a configuration that nothing could match, on a store that cannot be listed, and
    /// where requests would cross a network in clear.
    pub async fn check(vault: Vault, listener: TcpListener) -> Result<Self, ServeError> {
        vault.config.check()?;
        ensure_private(&vault.config, &listener)?;
        vault.take_stock().await?;
        Ok(Self { vault, listener })
    }

    /// Serves until `shutdown` is done, running requests have ended, and what they released is
    /// anchored.
    pub async fn serve(self, shutdown: impl Future<Output = ()> + Send + 'static) {
        run(self.vault, self.listener, shutdown).await;
    }
}

/// [`Ready::check`], then [`Ready::serve`].
pub async fn serve(
    vault: Vault,
    listener: TcpListener,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServeError> {
    let ready = Ready::check(vault, listener).await?;
    ready.serve(shutdown).await;
    Ok(())
}

async fn run(
    vault: Vault,
    listener: TcpListener,
    shutdown: impl Future<Output = ()> + Send + 'static,
) {
    let every = Duration::from_secs(vault.config.anchor_every_s);
    let (stop, stopped) = watch::channel(());
    let anchorer = Anchorer::of(&vault);
    let anchoring = anchorer.map(|a| tokio::spawn(anchoring::run(a, every, stopped)));
    let tls = vault.config.tls.clone();
    let limits = Limits {
        of_address: (!vault.config.behind_proxy).then_some(vault.config.rates.connections),
        ..LIMITS
    };
    accept(listener, tls, router(Arc::new(vault)), limits, shutdown).await;
    drop(stop);
    if let Some(anchoring) = anchoring {
        let _ = anchoring.await;
    }
}

fn ensure_private(config: &Config, listener: &TcpListener) -> Result<(), ServeError> {
    let address = listener.local_addr().map_err(ServeError::Listen)?;
    if config.tls.is_some() || config.behind_proxy || address.ip().is_loopback() {
        return Ok(());
    }
    Err(ServeError::Plain(address))
}

fn router(vault: Arc<Vault>) -> Router {
    Router::new()
        .route("/", get(here))
        .route(
            "/v1/blobs/{patient}/{category}/{epoch}/{digest}",
            put(store::put_blob),
        )
        .route(
            "/v1/batches/{patient}/{category}/{epoch}/{device}/{sequence}",
            read(release::batch),
        )
        // A package is put by its digest and fetched by its grant.
        .route(
            "/v1/packages/{patient}/{key}",
            read(release::package).put(store::put_package),
        )
        .route(
            "/v1/shares/{patient}/{digest}",
            read(custody::share).put(store::put_share),
        )
        // A plan is put by its digest and fetched by its version.
        .route(
            "/v1/plans/{patient}/{key}",
            read(care::plan).put(store::put_plan),
        )
        .route("/v1/alerts/{patient}/{alert}", read(care::alert))
        .route(
            "/v1/emergency/{patient}/{emergency}/share",
            read(custody::responder_share),
        )
        .route(
            "/v1/emergency/{patient}/{emergency}/package/{digest}",
            read(custody::responder_package),
        )
        .route("/v1/receipts/{patient}", read(receipts::receipts))
        .route("/v1/erase/{patient}", post(erase::erase))
        .fallback(no_such_path)
        .method_not_allowed_fallback(no_such_method)
        .layer(from_fn(in_time))
        .layer(from_fn_with_state(vault.clone(), not_too_often))
        .layer(cors())
        .with_state(vault)
}

/// GET alone: HEAD would be served as GET, and leave a receipt for what was not sent.
fn read<T: 'static>(handler: impl Handler<T, Arc<Vault>>) -> MethodRouter<Arc<Vault>> {
    get(handler).head(no_such_method)
}

/// Any page may ask: what authorises a request is its signature, never a cookie.
fn cors() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::PUT, Method::POST])
        .allow_headers([AUTHORIZATION, CONTENT_TYPE])
        .expose_headers([GROUND_HEADER, PLACE_HEADER].map(HeaderName::from_static))
}

/// By the address it comes from, before anything is checked or asked.
async fn not_too_often(State(vault): State<Arc<Vault>>, request: Request, next: Next) -> Response {
    let limited = match caller_address(&request, vault.config.behind_proxy) {
        Some(address) => vault.limiter.address(address),
        None => Ok(()),
    };
    match limited {
        Ok(()) => next.run(request).await,
        Err(refusal) => refusal.into_response(),
    }
}

/// Behind a proxy, what it says of its caller; where it says nothing that can be read, the proxy's own.
fn caller_address(request: &Request, behind_proxy: bool) -> Option<IpAddr> {
    let told = behind_proxy.then(|| forwarded_for(request)).flatten();
    told.or_else(|| peer(request))
}

/// What the proxy itself says, which it writes last.
fn forwarded_for(request: &Request) -> Option<IpAddr> {
    let told = request.headers().get_all("x-forwarded-for");
    let last = told.iter().next_back()?.to_str().ok()?;
    last.rsplit(',').next()?.trim().parse().ok()
}

fn peer(request: &Request) -> Option<IpAddr> {
    let info = request.extensions().get::<ConnectInfo<SocketAddr>>()?;
    Some(info.0.ip())
}

async fn in_time(request: Request, next: Next) -> Response {
    match tokio::time::timeout(REQUEST, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Refusal::new(
            StatusCode::REQUEST_TIMEOUT,
            "vault/timeout",
            format!("not served within {} s", REQUEST.as_secs()),
        )
        .into_response(),
    }
}

/// For whoever asks only whether a vault answers: it needs no signature, and nothing is told.
async fn here() -> StatusCode {
    StatusCode::NO_CONTENT
}

async fn no_such_path() -> Refusal {
    Refusal::not_found("there is no such path")
}

async fn no_such_method() -> Refusal {
    Refusal::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "vault/method",
        "the path takes another method",
    )
}
