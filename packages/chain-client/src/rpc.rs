//! JSON-RPC over HTTP, as CometBFT speaks it.

use std::time::Duration;

use base64::engine::general_purpose::STANDARD as BASE64;
use base64::Engine;
use cosmrs::proto::traits::Message;
use serde::de::DeserializeOwned;
use serde::Deserialize;
use serde_json::{json, Value};
use ureq::http::Uri;

use crate::wire::{self, AbciQuery, AbciResponse};
use crate::{Error, Result};

/// Longest answer that is read: the largest block of a default chain (4 MB, base64) with its
/// results fits several times.
const MAX_ANSWER: u64 = 32 * 1024 * 1024;

const CONNECT: Duration = Duration::from_secs(5);
const WHOLE_CALL: Duration = Duration::from_secs(30);

/// CometBFT closes a connection that was idle for 10 s; one that it may be closing is not reused.
const MAX_IDLE: Duration = Duration::from_secs(5);

/// One endpoint. Clones share the connections.
#[derive(Debug, Clone)]
pub(crate) struct Rpc {
    url: String,
    agent: ureq::Agent,
}

impl Rpc {
    pub(crate) fn new(url: &str) -> Result<Self> {
        check_url(url)?;
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(None)
            .timeout_connect(Some(CONNECT))
            .timeout_global(Some(WHOLE_CALL))
            .max_idle_age(MAX_IDLE)
            .build()
            .new_agent();
        Ok(Self {
            url: url.to_string(),
            agent,
        })
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Calls a method and decodes its result.
    pub(crate) fn call<R: DeserializeOwned>(
        &self,
        method: &'static str,
        params: Value,
    ) -> Result<R> {
        let request = json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params});
        let mut response = self
            .agent
            .post(&self.url)
            .content_type("application/json")
            .send(request.to_string())
            .map_err(|cause| self.transport(method, cause))?;
        let status = response.status().as_u16();
        let body = response
            .body_mut()
            .with_config()
            .limit(MAX_ANSWER)
            .read_to_vec()
            .map_err(|cause| self.transport(method, cause))?;
        parse_answer(method, status, &body)
    }

    /// Asks the application: a protobuf request by the path of its gRPC method. Also returns the
    /// height of the state that was asked.
    pub(crate) fn query<Q: Message, A: Message + Default>(
        &self,
        path: &'static str,
        request: &Q,
    ) -> Result<(A, u64)> {
        let params = json!({"path": path, "data": hex::encode(request.encode_to_vec())});
        let answer: AbciQuery = self.call("abci_query", params)?;
        read_query(path, answer.response)
    }

    fn transport(&self, method: &'static str, cause: ureq::Error) -> Error {
        match cause {
            ureq::Error::BodyExceedsLimit(limit) => Error::TooLarge { method, limit },
            cause => Error::Unreachable {
                url: self.url.clone(),
                cause: cause.to_string(),
            },
        }
    }
}

#[derive(Deserialize)]
struct Answer<R> {
    result: Option<R>,
    error: Option<Refusal>,
}

#[derive(Deserialize)]
struct Refusal {
    code: i64,
    message: String,
    #[serde(default, deserialize_with = "wire::or_default")]
    data: Value,
}

fn read_query<A: Message + Default>(
    path: &'static str,
    response: AbciResponse,
) -> Result<(A, u64)> {
    if response.code != 0 {
        return Err(Error::Query {
            path,
            code: response.code,
            codespace: response.codespace,
            log: response.log,
        });
    }
    let value = BASE64
        .decode(response.value.unwrap_or_default())
        .map_err(|cause| Error::decode(path, cause))?;
    let value = A::decode(value.as_slice()).map_err(|cause| Error::decode(path, cause))?;
    Ok((value, response.height))
}

pub(crate) fn parse_answer<R: DeserializeOwned>(
    method: &'static str,
    status: u16,
    body: &[u8],
) -> Result<R> {
    let answer: Answer<R> = match serde_json::from_slice(body) {
        Ok(answer) => answer,
        Err(_) if status != 200 => return Err(Error::Http { method, status }),
        Err(cause) => return Err(Error::decode(method, cause)),
    };
    if let Some(refusal) = answer.error {
        let log = match refusal.data {
            Value::Null => refusal.message,
            Value::String(data) => format!("{}: {data}", refusal.message),
            data => format!("{}: {data}", refusal.message),
        };
        return Err(Error::Rpc {
            method,
            code: refusal.code,
            log,
        });
    }
    answer
        .result
        .ok_or_else(|| Error::decode(method, "neither a result nor an error"))
}

fn check_url(url: &str) -> Result<()> {
    let refuse = |reason: &str| Err(Error::input("node URL", format!("{url:?}: {reason}")));
    if url.contains('#') {
        return refuse("expected no fragment");
    }
    let uri: Uri = match url.parse() {
        Ok(uri) => uri,
        Err(cause) => return refuse(&format!("{cause}")),
    };
    match uri.scheme_str() {
        Some("http") => {}
        Some("https") if cfg!(feature = "tls") => {}
        Some("https") => return refuse("https needs this crate's feature `tls`"),
        _ => return refuse("expected http://host:port"),
    }
    if uri.query().is_some() {
        return refuse("expected no query");
    }
    match uri.authority() {
        Some(authority) if authority.as_str().contains('@') => refuse("expected no user name"),
        Some(authority) if authority.host().is_empty() => refuse("expected a host"),
        Some(authority)
            if authority.as_str() != authority.host() && authority.port_u16().is_none() =>
        {
            refuse("expected a port below 65536")
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
#[path = "rpc_tests.rs"]
mod tests;
