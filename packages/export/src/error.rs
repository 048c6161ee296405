//! Why an export stopped. It goes on where it was when it is started again.

use std::path::Path;

use vitals_ledger::LedgerError;

#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    #[error("export/file: {path}: {cause}")]
    File { path: String, cause: String },
    #[error(
        "export/not_empty: {dir} has {found}: name a directory that is empty or does not exist"
    )]
    NotEmpty { dir: String, found: String },
    #[error(
        "export/other: {dir} holds an unfinished export of {found}, this one is of {expected}"
    )]
    Other {
        dir: String,
        found: String,
        expected: String,
    },
    #[error("export/busy: another export writes into {dir}")]
    Busy { dir: String },
    #[error(transparent)]
    Chain(#[from] LedgerError),
}

impl ExportError {
    pub(crate) fn file(path: &Path, cause: impl ToString) -> Self {
        Self::File {
            path: path.display().to_string(),
            cause: cause.to_string(),
        }
    }
}
