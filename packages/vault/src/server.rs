//! HTTP: routes, limits, and an end that lets running requests finish.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::Request;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::{HeaderName, Method, StatusCode};
use axum::middleware::{from_fn, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, put};
use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tower_http::cors::{Any, CorsLayer};
use vitals_vault_client::GROUND_HEADER;

use crate::refusal::Refusal;
use crate::vault::Vault;
use crate::{release, store};

/// A request is given up after this, whatever it waits for.
const REQUEST: Duration = Duration::from_secs(30);

/// Running requests get this long once the vault is asked to stop.
const STOPPING: Duration = Duration::from_secs(10);

/// Serves until `shutdown` is done and running requests have ended.
pub async fn serve(
    vault: Vault,
    listener: TcpListener,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let (stopping, stopped) = oneshot::channel();
    let signal = async move {
        shutdown.await;
        let _ = stopping.send(());
    };
    let server = axum::serve(listener, router(Arc::new(vault))).with_graceful_shutdown(signal);
    let deadline = async {
        let _ = stopped.await;
        tokio::time::sleep(STOPPING).await;
    };
    tokio::select! {
        ended = server => ended,
        () = deadline => Ok(()),
    }
}

fn router(vault: Arc<Vault>) -> Router {
    Router::new()
        .route(
            "/v1/blobs/{patient}/{category}/{epoch}/{digest}",
            put(store::put_blob),
        )
        .route(
            "/v1/batches/{patient}/{category}/{epoch}/{device}/{sequence}",
            get(release::batch),
        )
        // A package is put by its digest and fetched by its grant.
        .route(
            "/v1/packages/{patient}/{key}",
            put(store::put_package).get(release::package),
        )
        .route("/v1/receipts/{patient}", get(release::receipts))
        .fallback(no_such_path)
        .method_not_allowed_fallback(no_such_method)
        .layer(from_fn(in_time))
        .layer(cors())
        .with_state(vault)
}

/// Any page may ask: what authorises a request is its signature, never a cookie.
fn cors() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::PUT])
        .allow_headers([AUTHORIZATION, CONTENT_TYPE])
        .expose_headers([HeaderName::from_static(GROUND_HEADER)])
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
