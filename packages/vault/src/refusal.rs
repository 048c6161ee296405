//! Every answer but success.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::Json;
use vitals_ledger::LedgerError;
use vitals_vault_client::ErrorBody;

use crate::log::LogError;
use crate::nonces::NoncesError;
use crate::objects::ObjectsError;

/// A status with a stable code and a reason that names the value and the rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub status: StatusCode,
    pub code: String,
    pub reason: String,
}

impl Refusal {
    pub fn new(status: StatusCode, code: &str, reason: impl Into<String>) -> Self {
        Self {
            status,
            code: code.into(),
            reason: reason.into(),
        }
    }

    /// The request is not one that can be served.
    pub fn input(code: &str, reason: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, reason)
    }

    /// Who asks is not shown.
    pub fn unauthenticated(code: &str, reason: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, code, reason)
    }

    /// Who asks may not.
    pub fn forbidden(code: &str, reason: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, code, reason)
    }

    pub fn not_found(reason: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "vault/not_found", reason)
    }

    /// What says its code before its text, as contracts do.
    pub fn of_contract(status: StatusCode, code: &str, text: &str) -> Self {
        let reason = text
            .strip_prefix(code)
            .and_then(|rest| rest.strip_prefix(": "))
            .unwrap_or(text);
        Self::new(status, code, reason)
    }

    /// Try again, or try the next vault.
    pub fn unavailable(code: &str, reason: impl Into<String>) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, code, reason)
    }
}

impl Refusal {
    /// The decision was made, and another ground or category may be decided otherwise. What the
    /// chain could not be asked is another thing.
    pub fn is_said_by_consent(&self) -> bool {
        self.status == StatusCode::FORBIDDEN
    }
}

/// What a contract refuses keeps the contract's code; what the node could not answer may pass.
impl From<LedgerError> for Refusal {
    fn from(error: LedgerError) -> Self {
        let code = error.code();
        let text = error.to_string();
        match code {
            "state/not_found" => Self::of_contract(StatusCode::NOT_FOUND, code, &text),
            _ if code.starts_with("chain/") => Self::unavailable("vault/chain", text),
            _ if code.starts_with("input/") || code.starts_with("format/") => {
                Self::of_contract(StatusCode::BAD_REQUEST, code, &text)
            }
            _ => Self::of_contract(StatusCode::FORBIDDEN, code, &text),
        }
    }
}

/// The cause names places of this machine, so it goes to the operator alone.
impl From<ObjectsError> for Refusal {
    fn from(error: ObjectsError) -> Self {
        tracing::error!(%error, "the store failed");
        if matches!(error, ObjectsError::Altered(_)) {
            let reason = "this vault's copy is damaged: try another, and have this one repaired";
            return Self::new(StatusCode::INTERNAL_SERVER_ERROR, "vault/altered", reason);
        }
        Self::unavailable("vault/store", "the vault's store does not answer")
    }
}

impl From<LogError> for Refusal {
    fn from(error: LogError) -> Self {
        tracing::error!(%error, "the disclosure log failed");
        Self::unavailable(
            "vault/log",
            "the vault cannot write its log, so it gives out and erases nothing: see to its disk",
        )
    }
}

impl From<NoncesError> for Refusal {
    fn from(error: NoncesError) -> Self {
        tracing::error!(%error, "the file of used requests failed");
        Self::unavailable(
            "vault/nonces",
            "the vault cannot remember a request, so it serves none",
        )
    }
}

/// A code of ours as it is; a contract's by its contract, so that labels are of a closed set.
fn label(code: &str) -> &'static str {
    const CONTRACTS: [&str; 5] = ["consent", "care", "anchor", "registry", "state"];
    const OWN: [&str; 15] = [
        "vault/altered",
        "vault/authorization",
        "vault/busy",
        "vault/chain",
        "vault/erased",
        "vault/expired",
        "vault/log",
        "vault/not_found",
        "vault/quota",
        "vault/rate",
        "vault/replayed",
        "vault/session_expired",
        "vault/stale_node",
        "vault/store",
        "vault/timeout",
    ];
    let own = OWN.into_iter().find(|own| *own == code);
    let contract = code.split_once('/').map(|(contract, _)| contract);
    own.or_else(|| CONTRACTS.into_iter().find(|name| Some(*name) == contract))
        .unwrap_or("other")
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        tracing::info!(status = self.status.as_u16(), code = self.code, "refused");
        metrics::counter!("vitals_vault_refused_total", "code" => label(&self.code)).increment(1);
        let body = ErrorBody {
            code: self.code,
            reason: self.reason,
        };
        (self.status, Json(body)).into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(error: LedgerError) -> u16 {
        Refusal::from(error).status.as_u16()
    }

    #[test]
    fn what_the_chain_says_is_told_from_what_it_could_not_say() {
        let refused = |reason: &str| LedgerError::Refused {
            reason: reason.into(),
        };
        assert_eq!(status(refused("state/not_found: there is no batch")), 404);
        assert_eq!(status(refused("consent/grant_revoked: grant 4")), 403);
        assert_eq!(status(refused("input/length: limit takes 1 to 30")), 400);
        assert_eq!(status(refused("format/value: epoch cannot be 9")), 400);
        assert_eq!(status(refused("chain/refused: no such contract")), 503);
        let bare = Refusal::from(refused("consent/grant_revoked: grant 4 is revoked"));
        assert_eq!(bare.reason, "grant 4 is revoked");
        assert_eq!(status(LedgerError::Unreachable { cause: "x".into() }), 503);
    }
}
