//! Sessions: an account signs once that a key may read in its name, for an hour at most.
//!
//! What it signs is a text that a person reads in the wallet's prompt, so it is the text that is
//! checked: one delegation has one text, and no other is taken. Why sessions are as they are:
//! `docs/adr/0013-sessions-at-vaults.md`.

use sha2::{Digest, Sha256};
use vitals_core::key::{PublicKey, SignatureScheme};

use crate::{digest, LIFETIME_S, MAX_AHEAD_S};

mod mark;
mod text;

pub use mark::BySession;

/// The most seconds from a session's beginning to its end; a vault may take fewer.
pub const MAX_SESSION_S: u64 = 3_600;

/// The fewest seconds that a vault may cut sessions to.
pub const MIN_SESSION_S: u64 = 60;

/// Seconds that the clock of who begins a session may run ahead, as with a request.
pub const SESSION_AHEAD_S: u64 = MAX_AHEAD_S - LIFETIME_S;

/// Vaults that one delegation names at most.
pub const MAX_SESSION_VAULTS: usize = 16;

const REQUEST_DOMAIN: &[u8] = b"cw-vitals/v1/vault/session-request\0";

/// What the account signs to begin a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delegation {
    pub chain_id: String,
    /// Lower-case address of the one who signs.
    pub account: String,
    /// Names of the vaults that it is for.
    pub vaults: Vec<String>,
    /// Ed25519, made for this session.
    pub key: [u8; 32],
    /// Seconds since 1970.
    pub from: u64,
    /// Seconds since 1970; its last one.
    pub until: u64,
}

/// What a session is used for, where and when.
#[derive(Debug, Clone, Copy)]
pub struct SessionUse<'a> {
    pub chain_id: &'a str,
    /// Name of the vault that was asked.
    pub vault: &'a str,
    /// In whose name the request is.
    pub account: &'a str,
    pub method: &'a str,
    /// Seconds since 1970.
    pub now: u64,
    /// The most seconds that this vault lets a session last.
    pub limit_s: u64,
}

/// Why a session permits no such request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SessionError {
    #[error("vault/session_form: {0}")]
    Form(String),
    #[error("vault/session_chain: the session is for chain {named}, this is {here}")]
    Chain { named: String, here: String },
    #[error("vault/session_vault: the session is not for vault {vault}")]
    Vault { vault: String },
    #[error("vault/session_account: the session is of {named}, the request of {asked}")]
    Account { named: String, asked: String },
    #[error("vault/session_reads_only: a session only reads: {method} is signed by the account")]
    ReadsOnly { method: String },
    #[error("vault/session_early: the session begins at {from}, now is {now}")]
    Early { from: u64, now: u64 },
    #[error("vault/session_expired: the session held until {until} at this vault, now is {now}")]
    Expired { until: u64, now: u64 },
}

impl SessionError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Form(_) => "vault/session_form",
            Self::Chain { .. } => "vault/session_chain",
            Self::Vault { .. } => "vault/session_vault",
            Self::Account { .. } => "vault/session_account",
            Self::ReadsOnly { .. } => "vault/session_reads_only",
            Self::Early { .. } => "vault/session_early",
            Self::Expired { .. } => "vault/session_expired",
        }
    }
}

impl Delegation {
    /// That the session is for this very use. Whether the account may read is not asked here: the
    /// chain decides that for each request.
    pub fn check(&self, asked: &SessionUse) -> Result<(), SessionError> {
        if self.chain_id != asked.chain_id {
            return Err(SessionError::Chain {
                named: self.chain_id.clone(),
                here: asked.chain_id.into(),
            });
        }
        if !self.vaults.iter().any(|vault| vault == asked.vault) {
            let vault = asked.vault.into();
            return Err(SessionError::Vault { vault });
        }
        if self.account != asked.account {
            return Err(SessionError::Account {
                named: self.account.clone(),
                asked: asked.account.into(),
            });
        }
        // All that changes anything is put or posted.
        if asked.method != "GET" {
            let method = asked.method.into();
            return Err(SessionError::ReadsOnly { method });
        }
        self.check_time(asked.now, asked.limit_s)
    }

    fn check_time(&self, now: u64, limit_s: u64) -> Result<(), SessionError> {
        let (from, until) = (self.from, self.until);
        if from > now.saturating_add(SESSION_AHEAD_S) {
            return Err(SessionError::Early { from, now });
        }
        let until = until.min(from.saturating_add(limit_s));
        if now > until {
            return Err(SessionError::Expired { until, now });
        }
        Ok(())
    }

    /// The session's key, as the core checks signatures with it.
    pub fn public_key(&self) -> Result<PublicKey, SessionError> {
        PublicKey::new(SignatureScheme::Ed25519, &self.key)
            .map_err(|cause| SessionError::Form(format!("session key: {cause}")))
    }
}

/// What a session goes by: the SHA-256 of its text.
pub fn session_id(text: &[u8]) -> [u8; 32] {
    digest(text)
}

/// What the session's key signs of a request: SHA-256 of a domain ‖ the session's id ‖ the payload.
/// So a request under one delegation is none under another.
pub fn session_digest(session: &[u8; 32], payload: &[u8]) -> [u8; 32] {
    Sha256::new()
        .chain_update(REQUEST_DOMAIN)
        .chain_update(session)
        .chain_update(payload)
        .finalize()
        .into()
}

#[cfg(test)]
#[path = "session_tests.rs"]
mod tests;
