//! What can be wrong with input or with a record, before any contract's own rules.

use vitals_core::decision::Refusal;
use vitals_core::measure::{Category, Measure};
use vitals_core::time::Millis;
use vitals_core::FormatError;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ApiError {
    #[error(transparent)]
    Format(#[from] FormatError),
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error("input/address: {address} is not an address of this chain in lower case: {cause}")]
    Address { address: String, cause: String },
    #[error("input/length: {field} takes {least} to {most}, got {got}")]
    Length {
        field: &'static str,
        least: usize,
        most: usize,
        got: usize,
    },
    #[error("input/duplicate: {field} names {value} twice")]
    Duplicate { field: &'static str, value: String },
    #[error("input/funds: {got} came along, this message takes {expected}")]
    Funds { expected: String, got: String },
    #[error("input/time: {field} of {value} is not after {bound}")]
    Time {
        field: &'static str,
        value: u64,
        bound: u64,
    },
    #[error("input/date: {field} of {value} is beyond {last}, the end of the year 9999")]
    Date {
        field: &'static str,
        value: u64,
        last: u64,
    },
    #[error("state/not_found: there is no {what} {key}")]
    NotFound { what: &'static str, key: String },
    #[error("state/unreadable: the {what} at {contract} could not be read: {cause}")]
    Unreadable {
        what: &'static str,
        contract: String,
        cause: String,
    },
    #[error("proof/outside_batch: a reading {offset_ms} ms into its hour lies outside the {first_ms} to {last_ms} ms its device signed")]
    OutsideBatch {
        offset_ms: u32,
        first_ms: u32,
        last_ms: u32,
    },
    #[error("proof/measure_unlisted: the device's model does not measure {} as {}", measure.info().display, category.name())]
    MeasureUnlisted {
        measure: Measure,
        category: Category,
    },
    #[error("anchor/shredded: {by} shredded the batch at {at_ms} ms, nothing of it can be shown any more")]
    Shredded { by: String, at_ms: Millis },
    #[error("admin/not_owner: {sender} is not the owner")]
    NotOwner { sender: String },
    #[error("admin/not_pending_owner: {sender} was not proposed as owner")]
    NotPendingOwner { sender: String },
    #[error("admin/paused: new business is paused")]
    Paused,
    #[error("access/not_in_table: {message} has no row in the table of messages")]
    NotInTable { message: &'static str },
    #[error("migrate/wrong_contract: this code is {expected}, the state is of {found}")]
    WrongContract { expected: String, found: String },
    #[error("migrate/not_newer: the state is of version {found}, this code of {code}")]
    NotNewer { found: String, code: String },
    #[error("migrate/version: {version} is not a semantic version")]
    Version { version: String },
}
