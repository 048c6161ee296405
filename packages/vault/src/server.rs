//! HTTP: routes, limits, and an end that lets running requests finish.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::Request;
use axum::handler::Handler;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::{HeaderName, Method, StatusCode};
use axum::middleware::{from_fn, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, put, MethodRouter};
use axum::Router;
use tokio::net::TcpListener;
use tower_http::cors::{Any, CorsLayer};
use vitals_vault_client::GROUND_HEADER;

use crate::connections::{accept, Limits};
use crate::objects::ObjectsError;
use crate::refusal::Refusal;
use crate::vault::{ConfigError, Vault};
use crate::{release, store};

/// A request is given up after this, whatever it waits for.
const REQUEST: Duration = Duration::from_secs(30);

/// 256 bodies in memory make some 1 GiB.
const LIMITS: Limits = Limits {
    connections: 256,
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
}

/// Serves until `shutdown` is done and running requests have ended. Fails before the first request,
/// on a configuration that nothing could match and on a store that cannot be listed.
pub async fn serve(
    vault: Vault,
    listener: TcpListener,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServeError> {
    vault.config.check()?;
    vault.objects.count(&vault.quota).await?;
    accept(listener, router(Arc::new(vault)), LIMITS, shutdown).await;
    Ok(())
}

fn router(vault: Arc<Vault>) -> Router {
    Router::new()
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
        .route("/v1/receipts/{patient}", read(release::receipts))
        .fallback(no_such_path)
        .method_not_allowed_fallback(no_such_method)
        .layer(from_fn(in_time))
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
