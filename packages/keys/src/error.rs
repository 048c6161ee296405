//! Why keys were not made, kept or handed out.

use vitals_core::agefile::AgeFileError;
use vitals_core::emergency::EmergencyError;
use vitals_core::package::PackageError;
use vitals_core::shares::SharesError;
use vitals_core::FormatError;
use vitals_ledger::LedgerError;

#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    #[error("keys/file: {path}: {cause}")]
    File { path: String, cause: String },
    #[error("keys/exists: {path} is there already, and is not overwritten")]
    Exists { path: String },
    #[error("keys/wrong_passphrase: the passphrase does not open {path}")]
    WrongPassphrase { path: String },
    #[error("keys/wrong_identity: the identity does not open {path}")]
    WrongIdentity { path: String },
    #[error("keys/identity: not an age identity (AGE-SECRET-KEY-1…)")]
    Identity,
    #[error("keys/altered: {path} is not a key file of this version: {cause}")]
    Altered { path: String, cause: String },
    #[error("keys/changed: {path} was changed by another program: open it again")]
    Changed { path: String },
    #[error(
        "keys/erased: nothing of {category} in generation {generation} is left in that window"
    )]
    Erased {
        generation: u32,
        category: &'static str,
    },
    #[error("keys/no_recovery: nobody has shares of a recovery identity: share it among guardians first")]
    NoRecovery,
    #[error("keys/pending: a generation is pending: rotate first")]
    Pending,
    #[error("keys/random: the operating system gave no random numbers: {cause}")]
    Random { cause: String },
    #[error("keys/no_generation: the agent holds no secret of generation {generation}")]
    NoGeneration { generation: u32 },
    #[error("keys/behind: the chain is at generation {chain}, the agent holds up to {held}: restore a newer key file")]
    Behind { chain: u32, held: u32 },
    #[error("keys/commitment: the chain's commitment to generation {generation} is not to the secret held")]
    Commitment { generation: u32 },
    #[error("keys/no_recipient: {account} published no recipient to seal to")]
    NoRecipient { account: String },
    #[error("keys/empty_team: nobody who may read by grant {grant} is in team {team} with a recipient published")]
    EmptyTeam { grant: u64, team: u64 },
    #[error("keys/no_keys: grant {grant} lets nobody read or seal")]
    NoKeys { grant: u64 },
    /// What consent decides; the reason begins with the code.
    #[error("{reason}")]
    Refused { code: String, reason: String },
    #[error("keys/vault: {0}")]
    Vault(String),
    #[error(transparent)]
    Chain(#[from] LedgerError),
    #[error(transparent)]
    Package(#[from] PackageError),
    #[error(transparent)]
    AgeFile(#[from] AgeFileError),
    #[error(transparent)]
    Shares(#[from] SharesError),
    #[error(transparent)]
    Emergency(#[from] EmergencyError),
    #[error(transparent)]
    Format(#[from] FormatError),
}
