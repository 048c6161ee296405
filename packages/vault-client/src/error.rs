//! Why a vault gave nothing.

use crate::SignerError;

/// What went wrong between this process and what it asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// The vault, or the chain it asked, says no. A 5xx status may pass; a 4xx stays.
    #[error("{code}: {reason}")]
    Refused {
        status: u16,
        code: String,
        reason: String,
    },
    #[error("vault/unreachable: {url}: {cause}")]
    Unreachable { url: String, cause: String },
    #[error("vault/answer: {cause}")]
    Answer { cause: String },
    /// The vault sent other bytes than the chain points to: try the next vault.
    #[error("vault/digest: expected {expected}, got bytes of {got}")]
    Digest { expected: String, got: String },
    #[error("vault/url: {url}: {cause}")]
    Url { url: String, cause: String },
    #[error("vault/authority: not certificates as PEM: {cause}")]
    Authority { cause: String },
    #[error("vault/signer: {0}")]
    Signer(#[from] SignerError),
}

impl VaultError {
    /// Whether what was put is refused, and another file might be taken: the request as such (400),
    /// its patient, category or hour (403), that it was erased there (410), its size (413).
    pub fn is_of_the_file(&self) -> bool {
        matches!(
            self,
            Self::Refused {
                status: 400 | 403 | 410 | 413,
                ..
            }
        )
    }

    /// The stable code.
    pub fn code(&self) -> &str {
        match self {
            Self::Refused { code, .. } => code,
            Self::Unreachable { .. } => "vault/unreachable",
            Self::Answer { .. } => "vault/answer",
            Self::Digest { .. } => "vault/digest",
            Self::Url { .. } => "vault/url",
            Self::Authority { .. } => "vault/authority",
            Self::Signer(_) => "vault/signer",
        }
    }
}
