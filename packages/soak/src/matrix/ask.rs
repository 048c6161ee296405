//! One request, and what the vault answers, as it comes.

use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{ensure, Context, Result};
use ureq::http::Request;
use vitals_chain_client::Wallet;
use vitals_core::key::{Ed25519Signer, Signer as _};
use vitals_vault_client::{
    Delegated, Delegation, ErrorBody, Payload, SessionRequest, SignedRequest, GROUND_HEADER,
    MAX_SESSION_S,
};

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

/// Who signs a request: the account, or the key of a session that it began on this chain.
#[derive(Debug, Clone, Copy)]
pub enum By<'a> {
    Account,
    SessionOn(&'a str),
}

pub fn ask(
    at: &VaultAt,
    who: &Wallet,
    by: By,
    (method, target, body): (&str, &str, &[u8]),
) -> Result<Answer> {
    let now_s = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    let payload = Payload::new(&at.name, who.address(), method, target, body, now_s)?;
    let header = match by {
        By::Account => SignedRequest::sign(&payload, who)?.to_header(),
        By::SessionOn(chain_id) => by_session(chain_id, &payload, who, now_s)?,
    };
    let request = Request::builder()
        .method(method)
        .uri(format!("{}{target}", at.url))
        .header("authorization", header)
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

fn by_session(chain_id: &str, payload: &Payload, who: &Wallet, now_s: u64) -> Result<String> {
    let key = Ed25519Signer::from_seed(&[7; 32]);
    let delegation = Delegation {
        chain_id: chain_id.into(),
        account: who.address().into(),
        vaults: vec![payload.vault.clone()],
        key: key.public_key().bytes().try_into()?,
        from: now_s,
        until: now_s + MAX_SESSION_S,
    };
    let delegated = Delegated::sign(&delegation, who)?;
    Ok(SessionRequest::sign(payload, &delegated, &key)?.to_header())
}
