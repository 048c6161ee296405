//! Rows of batches that cannot be read: the disk, or somebody, changed them. One is read as damaged,
//! so that it stops no other.

use rusqlite::types::FromSql;
use rusqlite::{Error, Row};
use vitals_core::device::BatchHead;
use vitals_core::measure::Category;

use super::batch::{BatchRow, Flagged, State};
use super::{int, read_category, uint, Store};
use crate::GatewayError;

impl BatchRow {
    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        match Self::read_whole(row) {
            Err(cause) if is_of_value(&cause) => Self::read_rest(row, &cause),
            read => read,
        }
    }

    /// What can be read of it. Without its key it could not even be marked.
    fn read_rest(row: &Row<'_>, cause: &Error) -> rusqlite::Result<Self> {
        Ok(Self {
            head: BatchHead {
                device: uint(row.get("device")?),
                sequence: uint(row.get("sequence")?),
                pairing: or_none(row, "pairing"),
                category: read_category(row).unwrap_or(Category::Cardiac),
                epoch: or_none(row, "epoch"),
            },
            state: State::Damaged,
            count: or_none(row, "count"),
            last_ms: 0,
            due: false,
            again: false,
            half: None,
            flagged: Flagged::default(),
            measured: None,
            signature: None,
            seal: None,
            sent: false,
            waiting: or_none(row, "waiting"),
            detail: or_none(row, "detail"),
            since_ms: uint(or_none(row, "since_ms")),
            unreadable: Some(cause.to_string()),
        })
    }
}

fn or_none<T: FromSql + Default>(row: &Row<'_>, column: &str) -> T {
    row.get(column).unwrap_or_default()
}

/// And not of the query, or of the disk.
fn is_of_value(error: &Error) -> bool {
    matches!(
        error,
        Error::FromSqlConversionFailure(..)
            | Error::IntegralValueOutOfRange(..)
            | Error::InvalidColumnType(..)
    )
}

impl Store {
    /// Throws away what of a row may be unreadable, but for its head: its device says it again.
    pub(crate) fn clear(&self, head: &BatchHead) -> Result<(), GatewayError> {
        let sql = "UPDATE batch SET measured = NULL, signature = NULL, generation = NULL, \
                   digest = NULL, length = NULL, parked = NULL, seed = NULL, half = 0, due = 0, \
                   again = 0, sent = 0, implausible = 0, poor = 0, sudden = 0 \
                   WHERE device = ?1 AND sequence = ?2";
        self.db
            .execute(sql, (int(head.device), int(head.sequence)))?;
        Ok(())
    }
}
