//! What stops a gateway: its own store, keys or configuration. What a chain or a vault does is no
//! error here: it makes things wait, and [`crate::Status`] says so.

use std::path::PathBuf;

use vitals_analysis::{PlanError, ThresholdError};
use vitals_ledger::DeploymentError;

#[derive(Debug, thiserror::Error)]
pub enum GatewayError {
    #[error("gateway/store: {0}")]
    Store(#[from] rusqlite::Error),
    #[error("gateway/store_version: the store is of version {got}, this code reads {expected}")]
    StoreVersion { got: i64, expected: i64 },
    #[error("gateway/store_in_use: another gateway runs on {path}")]
    InUse { path: PathBuf },
    #[error("gateway/store_other: the store belongs to another patient or deployment")]
    StoreOther,
    #[error("gateway/store_key: what was stored as {what} does not open under this key file")]
    StoreKey { what: &'static str },
    #[error("gateway/store_damaged: {what}: {cause}")]
    StoreDamaged { what: &'static str, cause: String },
    #[error("gateway/file: {path}: {cause}")]
    File { path: PathBuf, cause: String },
    #[error("gateway/file_mode: {path} is readable by others (mode {mode:o}), it must be 600")]
    FileMode { path: PathBuf, mode: u32 },
    #[error("gateway/key_file: {path} has {got} bytes, a key file has 32")]
    KeyFile { path: PathBuf, got: usize },
    #[error("gateway/passphrase: {rule}")]
    Passphrase { rule: &'static str },
    #[error("gateway/backup: {cause}")]
    Backup { cause: String },
    #[error("gateway/not_empty: {path} is there already and not an empty directory")]
    NotEmpty { path: PathBuf },
    #[error("gateway/rule_reserved: rules from {first} on are the gateway's own, got {got}")]
    RuleReserved { first: u16, got: u16 },
    #[error("gateway/random: the operating system gave no random bytes")]
    Random,
    #[error("gateway/no_vault: a gateway puts what it seals into at least one vault")]
    NoVault,
    #[error("gateway/max_readings: a batch closes after 1 to 65535 readings, got 0")]
    MaxReadings,
    #[error("gateway/package: {0}")]
    Package(#[from] vitals_core::package::PackageError),
    #[error("gateway/package_patient: the key package is of another patient")]
    PackagePatient,
    #[error("gateway/not_parked: batch {sequence} of device {device} is not kept for its patient")]
    NotParked { device: u64, sequence: u64 },
    #[error("gateway/parked_file: {rule}")]
    ParkedFile { rule: &'static str },
    #[error("gateway/plan_missing: plan {version} is in force, and its file has not come")]
    PlanMissing { version: u32 },
    #[error("gateway/plan_other: the file that came is not plan {version}, which is in force")]
    PlanOther { version: u32 },
    #[error("gateway/plan_sealed: plan {version} is not encrypted to this gateway's identity")]
    PlanSealed { version: u32 },
    #[error("gateway/plan_form: plan {version} is no plan document from line {line}, column {column} on")]
    PlanForm {
        version: u32,
        line: usize,
        column: usize,
    },
    #[error(transparent)]
    Plan(#[from] PlanError),
    #[error(transparent)]
    Threshold(#[from] ThresholdError),
    #[error(transparent)]
    Deployment(#[from] DeploymentError),
}

impl GatewayError {
    /// Whether it is about what was stored of one batch: that must stop no other.
    pub(crate) fn is_of_batch(&self) -> bool {
        self.is_damage_of(&["batch", "frame", "seed"])
    }

    /// The same of an alert.
    pub(crate) fn is_of_alert(&self) -> bool {
        self.is_damage_of(&["alert"])
    }

    fn is_damage_of(&self, tables: &[&str]) -> bool {
        match self {
            Self::StoreKey { what } | Self::StoreDamaged { what, .. } => tables.contains(what),
            _ => false,
        }
    }

    pub(crate) fn damaged(what: &'static str, cause: impl ToString) -> Self {
        Self::StoreDamaged {
            what,
            cause: cause.to_string(),
        }
    }
}
