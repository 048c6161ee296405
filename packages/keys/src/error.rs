//! Why keys were not kept or handed out.

use vitals_core::FormatError;
use vitals_keyring::KeyringError;
use vitals_ledger::LedgerError;

#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    #[error("keys/file: {path}: {cause}")]
    File { path: String, cause: String },
    #[error("keys/exists: {path} is there already, and is not overwritten")]
    Exists { path: String },
    #[error("keys/changed: {path} was changed by another program: open it again")]
    Changed { path: String },
    #[error("keys/no_recipient: {account} published no recipient to seal to")]
    NoRecipient { account: String },
    #[error("keys/empty_team: nobody who may read by grant {grant} is in team {team} with a recipient published")]
    EmptyTeam { grant: u64, team: u64 },
    #[error("keys/vault: {0}")]
    Vault(String),
    /// This file alone, and it would again.
    #[error("keys/vault_refused: {0}")]
    VaultRefused(String),
    #[error(transparent)]
    Keyring(#[from] KeyringError),
    #[error(transparent)]
    Chain(#[from] LedgerError),
    #[error(transparent)]
    Format(#[from] FormatError),
}
