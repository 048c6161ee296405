//! Who asks: an account that signed this very request, for this vault, a moment ago.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use axum::body::{Body, Bytes};
use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use axum::http::{Method, StatusCode};
use vitals_chain_client::{address_of, verify};
use vitals_vault_client::{digest, sign_doc, Payload, SignedRequest, MAX_AHEAD_S};

use crate::nonces::ensure_live;
use crate::refusal::Refusal;
use crate::vault::{blocking, Vault};

/// The account that signed, and the body it signed for.
pub(crate) struct Caller {
    pub account: String,
    body_digest: String,
    nonce: [u8; 16],
    expires: u64,
}

impl FromRequestParts<Arc<Vault>> for Caller {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, vault: &Arc<Vault>) -> Result<Self, Refusal> {
        let signed = header(parts)?;
        let payload = Payload::from_bytes(&signed.payload).map_err(malformed)?;
        check_signature(vault, &signed, &payload)?;
        check_request(vault, parts, &payload)?;
        check_time(payload.expires)?;
        // last, so that an old request that somebody kept does not use up its account's
        vault.limiter.account(&payload.account)?;
        Ok(Self {
            nonce: payload.nonce_bytes().map_err(malformed)?,
            expires: payload.expires,
            account: payload.account,
            body_digest: payload.body_digest,
        })
    }
}

impl Caller {
    /// Uses the request up, once it is permitted: whoever may do nothing takes no memory of ours,
    /// and of two copies of a request one is served.
    pub async fn spend(&self, vault: &Vault) -> Result<(), Refusal> {
        let (nonces, account) = (vault.nonces.clone(), self.account.clone());
        let (nonce, expires) = (self.nonce, self.expires);
        blocking(move || nonces.spend(&account, nonce, expires, now_s())).await
    }

    /// The body, if it is no longer than `most` and is the one that was signed for.
    pub async fn body(&self, body: Body, most: usize) -> Result<Bytes, Refusal> {
        let bytes = axum::body::to_bytes(body, most).await.map_err(|_| {
            Refusal::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                "vault/too_large",
                format!("a body of at most {most} bytes is taken, sent whole"),
            )
        })?;
        if hex::encode(digest(&bytes)) != self.body_digest {
            return Err(wrong_body());
        }
        Ok(bytes)
    }
}

fn malformed(cause: impl ToString) -> Refusal {
    Refusal::unauthenticated("vault/authorization", cause.to_string())
}

fn wrong_body() -> Refusal {
    Refusal::unauthenticated("vault/body", "the body is not the one signed for")
}

fn header(parts: &Parts) -> Result<SignedRequest, Refusal> {
    let mut values = parts.headers.get_all(AUTHORIZATION).iter();
    let (Some(value), None) = (values.next(), values.next()) else {
        return Err(malformed("expected one authorization header"));
    };
    let text = value.to_str().map_err(malformed)?;
    SignedRequest::from_header(text).map_err(malformed)
}

fn check_signature(
    vault: &Vault,
    signed: &SignedRequest,
    payload: &Payload,
) -> Result<(), Refusal> {
    let address =
        address_of(&signed.public_key, &vault.config.address_prefix).map_err(malformed)?;
    check_account(&payload.account, &address)?;
    let document = sign_doc(&signed.payload, &address);
    verify(&signed.public_key, &document, &signed.signature).map_err(|_| {
        Refusal::unauthenticated(
            "vault/signature",
            "the signature is not this key's over this payload",
        )
    })
}

/// One account has one spelling: the upper-case form of bech32 names the same account, and would
/// pass where addresses are compared as text.
fn check_account(named: &str, address: &str) -> Result<(), Refusal> {
    if named == address {
        return Ok(());
    }
    if named.eq_ignore_ascii_case(address) {
        return Err(Refusal::unauthenticated(
            "vault/address_form",
            "addresses are written in lower case",
        ));
    }
    Err(Refusal::unauthenticated(
        "vault/account",
        "the account is not the one of the key",
    ))
}

fn check_request(vault: &Vault, parts: &Parts, payload: &Payload) -> Result<(), Refusal> {
    let refused = |code, reason: String| Err(Refusal::unauthenticated(code, reason));
    if payload.vault != vault.config.name {
        let reason = format!("this vault is {}", vault.config.name);
        return refused("vault/wrong_vault", reason);
    }
    let target = parts.uri.path_and_query().map(|target| target.as_str());
    if payload.method != parts.method.as_str() || Some(payload.target.as_str()) != target {
        let reason = "the request is not the one signed for".into();
        return refused("vault/target", reason);
    }
    // Reading and erasing take no body, and none is waited for.
    if parts.method != Method::PUT && payload.body_digest != hex::encode(digest(b"")) {
        return Err(wrong_body());
    }
    Ok(())
}

fn check_time(expires: u64) -> Result<(), Refusal> {
    let now = now_s();
    ensure_live(expires, now)?;
    if expires > now.saturating_add(MAX_AHEAD_S) {
        return Err(Refusal::unauthenticated(
            "vault/too_far_ahead",
            format!("a request holds for at most {MAX_AHEAD_S} s, now is {now}"),
        ));
    }
    Ok(())
}

/// Seconds since 1970 by this machine's clock.
pub(crate) fn now_s() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs())
}
