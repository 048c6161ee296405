//! Commands to a service that runs: from this machine, by whoever may read its directory.

use std::io::Write;
use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{Path as UrlPath, Request, State};
use axum::http::{header::AUTHORIZATION, StatusCode};
use axum::middleware::{from_fn_with_state, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use subtle::ConstantTimeEq;
use tempfile::NamedTempFile;

use crate::connections::Peer;
use crate::OpsError;

/// What a command answers, or `code: message` of why not.
pub type Answer = Result<Value, String>;

type Act = dyn Fn(&str, &[u8]) -> Option<Answer> + Send + Sync;

/// Who may command, and what happens then.
#[derive(Clone)]
pub struct Control {
    token: String,
    act: Arc<Act>,
}

/// Where a service's control is: what its file holds, for those who may read it.
#[derive(Debug, Serialize, Deserialize)]
pub struct ControlFile {
    pub address: SocketAddr,
    pub token: String,
}

impl Control {
    /// A new token. `act` is called with a command's name and body; none where there is no such.
    /// It may take its time: each call has a thread to itself.
    pub fn new(
        act: impl Fn(&str, &[u8]) -> Option<Answer> + Send + Sync + 'static,
    ) -> Result<Self, OpsError> {
        let mut token = [0u8; 32];
        getrandom::fill(&mut token).map_err(|_| OpsError::Random)?;
        Ok(Self {
            token: hex::encode(token),
            act: Arc::new(act),
        })
    }

    /// What the commands' side needs, once it is known where it listens.
    pub fn file(&self, address: SocketAddr) -> ControlFile {
        ControlFile {
            address: reachable(address),
            token: self.token.clone(),
        }
    }

    pub(crate) fn router(self) -> Router {
        Router::new()
            .route("/v1/control/{command}", post(command))
            .layer(from_fn_with_state(self.clone(), admitted))
            .with_state(self)
    }

    fn admits(&self, request: &Request) -> bool {
        let near = request.extensions().get::<Peer>();
        let near = near.is_some_and(|Peer(peer)| peer.ip().to_canonical().is_loopback());
        let given = request.headers().get(AUTHORIZATION);
        let given = given.and_then(|value| value.as_bytes().strip_prefix(b"Bearer "));
        near && given.is_some_and(|given| bool::from(given.ct_eq(self.token.as_bytes())))
    }
}

/// A wildcard address is reached on loopback.
fn reachable(mut address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() {
        address.set_ip(std::net::Ipv4Addr::LOCALHOST.into());
    }
    address
}

async fn admitted(State(control): State<Control>, request: Request, next: Next) -> Response {
    match control.admits(&request) {
        true => next.run(request).await,
        false => StatusCode::FORBIDDEN.into_response(),
    }
}

async fn command(
    State(control): State<Control>,
    UrlPath(command): UrlPath<String>,
    body: Bytes,
) -> Response {
    let act = move || (control.act)(&command, &body);
    match tokio::task::spawn_blocking(act).await {
        Ok(Some(Ok(answer))) => Json(answer).into_response(),
        Ok(Some(Err(why))) => (StatusCode::CONFLICT, why).into_response(),
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// What became of a command.
#[derive(Debug)]
pub enum Asked {
    /// The service runs, and this is what it says.
    Answered(Answer),
    /// Nothing listens there, or something else does.
    Nobody,
}

/// A command waits for a service that is busy.
const PATIENCE: Duration = Duration::from_secs(60);

impl ControlFile {
    /// Has the service carry out a command.
    pub fn ask(&self, command: &str, body: &[u8]) -> Asked {
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(PATIENCE))
            .build()
            .into();
        let asked = agent
            .post(format!("http://{}/v1/control/{command}", self.address))
            .header("authorization", format!("Bearer {}", self.token))
            .send(body);
        let mut answer = match asked {
            Ok(answer) => answer,
            Err(ureq::Error::ConnectionFailed | ureq::Error::Io(_)) => return Asked::Nobody,
            Err(cause) => return Asked::Answered(Err(format!("ops/control: {cause}"))),
        };
        let status = answer.status().as_u16();
        let text = answer.body_mut().read_to_string();
        match (status, text) {
            (200, Ok(text)) => Asked::Answered(parsed(&text)),
            (409, Ok(why)) => Asked::Answered(Err(why)),
            // Another service got the address since, and has another token.
            (403, _) => Asked::Nobody,
            (status, _) => Asked::Answered(Err(format!("ops/control: {command}: {status}"))),
        }
    }
    /// Moved into place whole, with mode 0600.
    pub fn write(&self, path: &Path) -> Result<(), OpsError> {
        let text = serde_json::to_vec(self).map_err(|cause| failed(path, cause))?;
        let directory = path.parent().map_or(PathBuf::from("."), Path::to_path_buf);
        let write = || -> std::io::Result<()> {
            let mut file = NamedTempFile::new_in(&directory)?;
            let mode = std::fs::Permissions::from_mode(0o600);
            file.as_file().set_permissions(mode)?;
            file.write_all(&text)?;
            file.persist(path)?;
            Ok(())
        };
        write().map_err(|cause| failed(path, cause))
    }

    /// None where there is no such file: the service never ran there.
    pub fn read(path: &Path) -> Result<Option<Self>, OpsError> {
        let text = match std::fs::read(path) {
            Ok(text) => text,
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(cause) => return Err(failed(path, cause)),
        };
        let file = serde_json::from_slice(&text).map_err(|cause| failed(path, cause))?;
        Ok(Some(file))
    }
}

fn parsed(text: &str) -> Answer {
    serde_json::from_str(text).map_err(|cause| format!("ops/control: {cause}"))
}

fn failed(path: &Path, cause: impl ToString) -> OpsError {
    OpsError::File {
        path: path.display().to_string(),
        cause: cause.to_string(),
    }
}
