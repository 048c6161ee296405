//! One request, and what the vault answers, as it comes.

use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{ensure, Context, Result};
use ureq::http::Request;
use vitals_chain_client::Wallet;
use vitals_vault_client::{ErrorBody, Payload, SignedRequest, GROUND_HEADER};

use crate::world::VaultAt;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Answer {
    pub status: u16,
    /// Of a refusal.
    pub code: String,
    /// What a release says that it rests on.
    pub by: String,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn served(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.served() {
            true => write!(f, "{}", self.status),
            false => write!(f, "{} {}", self.status, self.code),
        }
    }
}

pub fn ask(at: &VaultAt, who: &Wallet, method: &str, target: &str, body: &[u8]) -> Result<Answer> {
    let now_s = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    let payload = Payload::new(&at.name, who.address(), method, target, body, now_s)?;
    let request = Request::builder()
        .method(method)
        .uri(format!("{}{target}", at.url))
        .header(
            "authorization",
            SignedRequest::sign(&payload, who)?.to_header(),
        )
        .body(body)?;
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .build()
        .into();
    let mut answer = agent
        .run(request)
        .with_context(|| format!("{method} {target}"))?;
    let by = answer.headers().get(GROUND_HEADER);
    let by = by
        .and_then(|by| by.to_str().ok())
        .unwrap_or_default()
        .to_string();
    let status = answer.status().as_u16();
    let bytes = answer.body_mut().read_to_vec()?;
    if (200..300).contains(&status) {
        return Ok(Answer {
            status,
            code: String::new(),
            by,
            bytes,
        });
    }
    let told = serde_json::from_slice::<ErrorBody>(&bytes);
    let told = told.with_context(|| format!("{method} {target}: {status} without a code"))?;
    ensure!(
        told.code.contains('/'),
        "{method} {target}: {:?} is no code",
        told.code
    );
    Ok(Answer {
        status,
        code: told.code,
        by,
        bytes: Vec::new(),
    })
}
