//! Who asks: an account that signed this very request, for this vault, a moment ago; or that signed
//! a session, whose key signed the request.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use axum::body::{Body, Bytes};
use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use axum::http::{Method, StatusCode};
use vitals_chain_client::{address_of, verify};
use vitals_core::key::{HostVerifier, Verifier};
use vitals_vault_client::{
    digest, session_digest, session_id, sign_doc, Authorization, Delegation, Payload, SessionError,
    SessionRequest, SessionUse, MAX_AHEAD_S,
};

use crate::nonces::ensure_live;
use crate::refusal::Refusal;
use crate::vault::{blocking, Vault};

/// The account that signed, and the body it signed for.
pub(crate) struct Caller {
    pub account: String,
    /// The id of the session by whose key it asks.
    pub session: Option<[u8; 32]>,
    body_digest: String,
    nonce: [u8; 16],
    expires: u64,
}

impl FromRequestParts<Arc<Vault>> for Caller {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, vault: &Arc<Vault>) -> Result<Self, Refusal> {
        let signed = header(parts)?;
        let payload = Payload::from_bytes(signed.payload()).map_err(malformed)?;
        let session = check_signer(vault, &signed, &payload)?;
        check_request(vault, parts, &payload)?;
        check_time(payload.expires)?;
        // last, so that an old request that somebody kept does not use up its account's
        vault.limiter.account(&payload.account)?;
        Ok(Self {
            nonce: payload.nonce_bytes().map_err(malformed)?,
            expires: payload.expires,
            account: payload.account,
            session,
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

fn header(parts: &Parts) -> Result<Authorization, Refusal> {
    let mut values = parts.headers.get_all(AUTHORIZATION).iter();
    let (Some(value), None) = (values.next(), values.next()) else {
        return Err(malformed("expected one authorization header"));
    };
    let text = value.to_str().map_err(malformed)?;
    Authorization::from_header(text).map_err(malformed)
}

/// The session that the request is by, where it is by one.
fn check_signer(
    vault: &Vault,
    signed: &Authorization,
    payload: &Payload,
) -> Result<Option<[u8; 32]>, Refusal> {
    match signed {
        Authorization::Account(by) => {
            let signed = (by.payload.as_slice(), by.signature.as_slice());
            check_signature(vault, &payload.account, &by.public_key, signed)?;
            Ok(None)
        }
        Authorization::Session(by) => check_session(vault, by, payload).map(Some),
    }
}

/// That the account signed these bytes.
fn check_signature(
    vault: &Vault,
    account: &str,
    public_key: &[u8],
    (bytes, signature): (&[u8], &[u8]),
) -> Result<(), Refusal> {
    let address = address_of(public_key, &vault.config.address_prefix).map_err(malformed)?;
    check_account(account, &address)?;
    verify(public_key, &sign_doc(bytes, &address), signature).map_err(|_| wrong_signature())
}

/// That the account began the session, for such a request as this, and that the session's key
/// signed it.
fn check_session(
    vault: &Vault,
    by: &SessionRequest,
    payload: &Payload,
) -> Result<[u8; 32], Refusal> {
    let delegated = &by.delegated;
    let delegation = Delegation::parse(&delegated.text).map_err(of_session)?;
    let signed = (delegated.text.as_slice(), delegated.signature.as_slice());
    check_signature(vault, &delegation.account, &delegated.public_key, signed)?;
    let asked = SessionUse {
        chain_id: &vault.config.chain_id,
        vault: &vault.config.name,
        account: &payload.account,
        method: &payload.method,
        now: now_s(),
        limit_s: vault.config.session_s,
    };
    delegation.check(&asked).map_err(of_session)?;
    let key = delegation.public_key().map_err(of_session)?;
    let session = session_id(&delegated.text);
    let signature = by.signature.as_slice().try_into();
    let signature = signature.map_err(|_| wrong_signature())?;
    match HostVerifier.verify(&key, &session_digest(&session, &by.payload), signature) {
        true => Ok(session),
        false => Err(wrong_signature()),
    }
}

fn wrong_signature() -> Refusal {
    Refusal::unauthenticated(
        "vault/signature",
        "a signature is not its key's over what it is for",
    )
}

fn of_session(error: SessionError) -> Refusal {
    let status = match error {
        SessionError::ReadsOnly { .. } => StatusCode::FORBIDDEN,
        _ => StatusCode::UNAUTHORIZED,
    };
    Refusal::of_contract(status, error.code(), &error.to_string())
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
