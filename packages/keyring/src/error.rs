//! Why keys were not made, opened or handed out.

use vitals_core::agefile::AgeFileError;
use vitals_core::emergency::EmergencyError;
use vitals_core::package::PackageError;
use vitals_core::shares::SharesError;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyringError {
    #[error("keys/wrap: {name} could not be wrapped: {cause}")]
    Wrap { name: String, cause: String },
    #[error("keys/wrong_passphrase: the passphrase does not open {name}")]
    WrongPassphrase { name: String },
    #[error("keys/wrong_identity: the identity does not open {name}")]
    WrongIdentity { name: String },
    #[error("keys/work_factor: scrypt's cost is 2^1 to 2^{most}, got 2^{got}")]
    WorkFactor { got: u8, most: u8 },
    #[error("keys/identity: not an age identity (AGE-SECRET-KEY-1…)")]
    Identity,
    #[error("keys/altered: {name} is not a key file of this version: {cause}")]
    Altered { name: String, cause: String },
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
    #[error("keys/patient: these are the keys of patient {held}, not of patient {asked}")]
    Patient { asked: u64, held: u64 },
    #[error("keys/no_keys: grant {grant} lets nobody read or seal")]
    NoKeys { grant: u64 },
    /// What consent decides; the reason begins with the code.
    #[error("{reason}")]
    Refused { code: String, reason: String },
    #[error(transparent)]
    Package(#[from] PackageError),
    #[error(transparent)]
    AgeFile(#[from] AgeFileError),
    #[error(transparent)]
    Shares(#[from] SharesError),
    #[error(transparent)]
    Emergency(#[from] EmergencyError),
}
