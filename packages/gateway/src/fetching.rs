//! What came of looking in the vaults for files that the chain names: the gateway's key package, and
//! the care plan in force. That there is none, and that no vault gives it, are different things.

use std::path::Path;

use serde::Serialize;
use vitals_core::time::Millis;
use vitals_ledger::LedgerError;
use vitals_vault_client::{first, Signer, VaultClient, VaultError};

use crate::intake::code_of;
use crate::secrets::file;
use crate::status::Failing;
use crate::{Gateway, GatewayError};

/// What came of one look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fetched {
    /// The chain names none.
    Nothing,
    /// It came, now or before.
    Here,
    /// Why not: what the chain or each vault said, which begins with a stable code.
    Failed(String),
}

/// What came of looking for both; none where nobody looked, or the chain did not answer: what was
/// known stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Looked {
    pub key_package: Option<Fetched>,
    pub care_plan: Option<Fetched>,
}

/// How it stands with one of the files.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Fetch {
    #[default]
    NotAsked,
    /// The chain names none.
    Nothing,
    /// It came.
    Here,
    /// No vault gives it, or the chain refuses to name it.
    Failing(Failing),
}

pub(crate) const KEY_PACKAGE: &str = "fetch:key_package";
pub(crate) const CARE_PLAN: &str = "fetch:care_plan";

impl<L, V> Gateway<L, V> {
    /// Takes note of what came of looking for its files, for the status and the log.
    pub fn note_looked(&mut self, looked: Looked, now_ms: Millis) -> Result<(), GatewayError> {
        for (what, came) in [
            (KEY_PACKAGE, looked.key_package),
            (CARE_PLAN, looked.care_plan),
        ] {
            if let Some(came) = came {
                self.note_fetched(what, came, now_ms)?;
            }
        }
        Ok(())
    }

    fn note_fetched(
        &mut self,
        what: &'static str,
        came: Fetched,
        now_ms: Millis,
    ) -> Result<(), GatewayError> {
        let Fetched::Failed(reason) = &came else {
            self.troubles.over(&self.store, what)?;
            self.fetched.insert(what, came);
            return Ok(());
        };
        let before = self.troubles.get(what);
        if before.is_none_or(|before| before.reason != *reason) {
            tracing::warn!(what, code = code_of(reason), "no vault gives it");
        }
        self.troubles.set(&self.store, what, reason, now_ms)
    }

    pub(crate) fn fetch(&self, what: &str) -> Fetch {
        match (self.failing(what), self.fetched.get(what)) {
            (Some(failing), _) => Fetch::Failing(failing),
            (None, Some(Fetched::Nothing)) => Fetch::Nothing,
            (None, Some(Fetched::Here)) => Fetch::Here,
            (None, _) => Fetch::NotAsked,
        }
    }
}

/// What is to be said of a look: a chain that does not answer is told of by the status anyway.
pub(crate) fn said(look: Result<Fetched, LedgerError>) -> Option<Fetched> {
    match look {
        Ok(came) => Some(came),
        Err(LedgerError::Unreachable { .. }) => None,
        Err(other) => Some(Fetched::Failed(other.to_string())),
    }
}

/// A digest that the chain names.
pub(crate) fn digest_of(named: &[u8]) -> Result<[u8; 32], Fetched> {
    named
        .try_into()
        .map_err(|_| Fetched::Failed("chain/answer: a digest has 32 bytes".into()))
}

/// From the first vault that gives it to where the gateway looks.
pub(crate) fn bring<S: Signer>(
    vaults: &[VaultClient<S>],
    path: &Path,
    ask: impl Fn(&VaultClient<S>) -> Result<Vec<u8>, VaultError>,
) -> Fetched {
    let given = first(vaults, ask).map_err(|none| none.to_string());
    let left = given
        .and_then(|(bytes, _)| leave(path, &bytes).map_err(|cause| file(path, cause).to_string()));
    left.map_or_else(Fetched::Failed, |()| Fetched::Here)
}

/// Moved into place whole: the gateway may look at any moment.
fn leave(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let partial = path.with_extension("partial");
    std::fs::write(&partial, bytes)?;
    std::fs::rename(partial, path)
}
