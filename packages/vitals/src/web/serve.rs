//! Serves the app until SIGTERM or Ctrl-C.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::StatusCode;
use axum::middleware::{from_fn_with_state, Next};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use axum::Router;
use tokio::sync::oneshot;
use tower_http::services::ServeDir;
use vitals_ops::{accept, Limits, Server};

use super::{page, Settings, Site};
use crate::failure::Failure;
use crate::stop::on_stop;
use crate::watched::looked_at;

/// A slow line may take minutes for the largest file.
const LIMITS: Limits = Limits {
    connections: 256,
    headers: Duration::from_secs(10),
    lifetime: Duration::from_secs(300),
    ending: Duration::from_secs(60),
    stopping: Duration::from_secs(5),
};

pub fn run(site: Site, settings: &Settings) -> Result<(), Failure> {
    let site = Arc::new(site);
    let _watched = watched(settings, site.clone())?;
    let (stop, stopped) = oneshot::channel::<()>();
    on_stop(move || drop(stop))?;
    let listening = |cause| Failure::new("web/listen", format!("{}: {cause}", settings.listen));
    let runtime = tokio::runtime::Runtime::new().map_err(listening)?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(settings.listen)
            .await
            .map_err(listening)?;
        let address = listener.local_addr().map_err(listening)?;
        println!("web app at http://{address}/");
        accept(listener, router(site), LIMITS, async {
            drop(stopped.await)
        })
        .await;
        Ok(())
    })
}

/// A directory is never shown, and no name is made up for one.
fn router(site: Arc<Site>) -> Router {
    let files = ServeDir::new(&site.app)
        .append_index_html_on_directories(false)
        .redirect_to_trailing_slash(false)
        .precompressed_br()
        .precompressed_gzip();
    Router::new()
        .route("/", get(index))
        .route("/index.html", get(index))
        .route("/config.json", get(config))
        .fallback_service(files)
        .layer(from_fn_with_state(site.clone(), with_headers))
        .with_state(site)
}

/// Read each time: the app may be built anew meanwhile.
async fn index(State(site): State<Arc<Site>>) -> Response {
    let read = tokio::task::spawn_blocking(move || page::read(&site)).await;
    match read {
        Ok(Ok(page)) => Html(page).into_response(),
        _ => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

async fn config(State(site): State<Arc<Site>>) -> Response {
    let json = [(CONTENT_TYPE, "application/json")];
    (json, site.config.clone()).into_response()
}

async fn with_headers(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let mut response = next.run(request).await;
    let status = response.status();
    site.headers.put(&path, status, response.headers_mut());
    let class = match status.as_u16() {
        ..400 => "served",
        400..500 => "refused",
        _ => "failed",
    };
    metrics::counter!("vitals_web_requests_total", "result" => class).increment(1);
    response
}

/// The endpoint for operators, where one is wanted: well while there is an app to serve.
fn watched(settings: &Settings, site: Arc<Site>) -> Result<Option<Server>, Failure> {
    looked_at(settings.ops_listen, "app", move || page::read(&site))
}
