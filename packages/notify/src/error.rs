//! What can be wrong with a notifier's own things.

use std::path::PathBuf;

use vitals_ledger::LedgerError;

#[derive(Debug, thiserror::Error)]
pub enum NotifyError {
    #[error("notify/store: {cause}")]
    Store { cause: String },
    #[error("notify/version: the store is of version {got}; this program reads {reads}")]
    Version { got: i64, reads: i64 },
    #[error("notify/in_use: {}: another notifier runs on it", path.display())]
    InUse { path: PathBuf },
    #[error("notify/file: {}: {cause}", path.display())]
    File { path: PathBuf, cause: String },
    #[error("notify/secret: {}: {rule}", path.display())]
    Secret { path: PathBuf, rule: String },
    #[error("notify/subscription: {}: {rule}", path.display())]
    Subscription { path: PathBuf, rule: String },
    #[error("notify/url: {got}: {rule}")]
    Url { got: String, rule: &'static str },
    #[error("notify/address: {got}: {rule}")]
    Address { got: String, rule: String },
    #[error("notify/topic: {got}: a topic has 1 to 200 characters, no #, + or NUL, and does not begin with $")]
    Topic { got: String },
    #[error("notify/quiet: {got}: {rule}")]
    Quiet { got: String, rule: &'static str },
    #[error("notify/sender: [notify.{table}] is missing, and a route needs it")]
    Sender { table: &'static str },
    #[error("notify/tls: {cause}")]
    Tls { cause: String },
    #[error("notify/random: the operating system gave no random bytes")]
    Random,
    #[error("notify/thread: {cause}")]
    Thread { cause: String },
    #[error("notify/person: {id}: there is no such person in the configuration")]
    NoPerson { id: String },
    #[error("notify/node_behind: the node is at block {tip}, {seen} was seen already")]
    Behind { tip: u64, seen: u64 },
    #[error("notify/other_chain: the node is of {got}, the contracts are on {expected}")]
    OtherChain { got: String, expected: String },
    #[error("notify/undelivered: somebody could not be told in the last day")]
    Undelivered,
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

impl From<rusqlite::Error> for NotifyError {
    fn from(cause: rusqlite::Error) -> Self {
        Self::Store {
            cause: cause.to_string(),
        }
    }
}

impl NotifyError {
    pub(crate) fn file(path: &std::path::Path, cause: impl ToString) -> Self {
        Self::File {
            path: path.to_owned(),
            cause: cause.to_string(),
        }
    }
}
