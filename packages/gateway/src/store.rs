//! The durable store: one SQLite file. What a transaction here says happened, happened, whatever
//! becomes of the process; nothing is answered before its transaction is on disk.

pub(crate) mod alert;
pub(crate) mod batch;
pub(crate) mod blob;
mod changes;
mod condition;
pub(crate) mod cover;
pub(crate) mod device;
pub(crate) mod frame;
pub(crate) mod gap;
pub(crate) mod heard;
mod migration;
pub(crate) mod quarantine;
mod sealed;
mod trouble;
mod unreadable;
pub(crate) mod wanted;
pub(crate) mod watched;

use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, TransactionBehavior};
use vitals_at_rest::Marks;
use vitals_core::measure::Category;
use vitals_core::signing::DeploymentId;
use vitals_core::FormatError;

use crate::at_rest::{AtRest, Place};
use crate::secrets::file;
use crate::GatewayError;

const VERSION: i64 = 6;

/// Statements that each connection keeps ready: all that there are.
const STATEMENTS: usize = 128;

/// How long, and how often, one connection tries while the other writes: at most ten seconds.
const BUSY_TRIES: i32 = 10_000;
const BUSY_SLEEP: Duration = Duration::from_millis(1);

/// What binds a store to its key file, patient and deployment.
const OWNER: Place<'_> = Place {
    table: "meta",
    row: &[0],
};

/// One connection to it. The taking-in side and the chain side have one each.
pub(crate) struct Store {
    /// Held while the store is open: two gateways on it would each count on their own.
    lock: Arc<File>,
    path: PathBuf,
    db: Connection,
    rest: AtRest,
    /// Of lines put aside.
    marks: Marks,
}

fn connect(path: &Path) -> Result<Connection, GatewayError> {
    let mut db = Connection::open(path)?;
    db.busy_handler(Some(wait_for_writer))?;
    db.set_prepared_statement_cache_capacity(STATEMENTS);
    // FULL: a commit is on disk when it returns. secure_delete: an erased key is overwritten.
    db.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;
         PRAGMA foreign_keys = ON;",
    )?;
    Ok(db)
}

/// SQLite's own handler sleeps longer each time, and so starves beside a writer that is always
/// busy.
fn wait_for_writer(tries: i32) -> bool {
    std::thread::sleep(BUSY_SLEEP);
    tries < BUSY_TRIES
}

/// The operating system frees it when the process ends, however it ends.
fn locked(store: &Path) -> Result<File, GatewayError> {
    let path = store.with_extension("lock");
    let mut options = OpenOptions::new();
    let lock = options.write(true).create(true).truncate(false).open(&path);
    let lock = lock.map_err(|cause| file(&path, cause))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(_) => Err(GatewayError::InUse {
            path: store.to_owned(),
        }),
    }
}

impl Store {
    pub(crate) fn open(
        path: &Path,
        key: &[u8; 32],
        patient: u64,
        deployment: &DeploymentId,
    ) -> Result<Self, GatewayError> {
        let store = Self {
            lock: Arc::new(locked(path)?),
            path: path.to_owned(),
            db: connect(path)?,
            rest: AtRest::new(key),
            marks: Marks::new(key, "vitals-gateway quarantine"),
        };
        let owner = [&patient.to_be_bytes()[..], deployment].concat();
        store.prepare(&owner)?;
        Ok(store)
    }

    /// A second connection to the same file, for another thread.
    pub(crate) fn beside(&self) -> Result<Self, GatewayError> {
        Ok(Self {
            lock: Arc::clone(&self.lock),
            path: self.path.clone(),
            db: connect(&self.path)?,
            rest: self.rest.clone(),
            marks: self.marks.clone(),
        })
    }

    fn prepare(&self, owner: &[u8]) -> Result<(), GatewayError> {
        let got: i64 = self
            .db
            .query_row("PRAGMA user_version", [], |row| row.get(0))?;
        match got {
            0 => self.create(owner),
            VERSION => self.check_owner(owner),
            got if got > VERSION => Err(GatewayError::StoreVersion {
                got,
                expected: VERSION,
            }),
            older => {
                self.check_owner(owner)?;
                self.migrate(older)
            }
        }
    }

    fn create(&self, owner: &[u8]) -> Result<(), GatewayError> {
        let tx = self.begin()?;
        self.db.execute_batch(include_str!("store/schema.sql"))?;
        let sealed = self.rest.seal(OWNER, owner)?;
        self.db
            .execute("INSERT INTO meta (owner) VALUES (?1)", [sealed])?;
        self.db.pragma_update(None, "user_version", VERSION)?;
        Ok(tx.commit()?)
    }

    fn check_owner(&self, owner: &[u8]) -> Result<(), GatewayError> {
        let sealed: Vec<u8> = self
            .db
            .query_row("SELECT owner FROM meta", [], |row| row.get(0))?;
        if self.rest.open(OWNER, &sealed)?.as_slice() != owner {
            return Err(GatewayError::StoreOther);
        }
        Ok(())
    }

    pub(crate) fn rest(&self) -> &AtRest {
        &self.rest
    }

    /// What follows happens whole at its commit, or not at all. It is the one writer from here on:
    /// begun as a reader, it could not become one after the other connection wrote.
    pub(crate) fn begin(&self) -> Result<Transaction<'_>, GatewayError> {
        let behavior = TransactionBehavior::Immediate;
        Ok(Transaction::new_unchecked(&self.db, behavior)?)
    }

    /// Another number than before: the other connection has written.
    pub(crate) fn written_beside(&self) -> Result<i64, GatewayError> {
        let mut query = self.db.prepare_cached("PRAGMA data_version")?;
        Ok(query.query_row([], |row| row.get(0))?)
    }

    /// Writes the log back and empties it, so that what was erased is not in it either. Whether
    /// that was possible: not while another connection reads an older state.
    pub(crate) fn flush_erased(&self) -> Result<bool, GatewayError> {
        let sql = "PRAGMA wal_checkpoint(TRUNCATE)";
        let busy: i64 = self.db.query_row(sql, [], |row| row.get(0))?;
        Ok(busy == 0)
    }

    /// No page more than there are, as on a full disk; or as many as there may be.
    #[cfg(test)]
    pub(crate) fn set_full(&self, is_full: bool) {
        let sql = match is_full {
            true => "PRAGMA max_page_count = 1",
            false => "PRAGMA max_page_count = 1000000",
        };
        let pages: i64 = self.db.query_row(sql, [], |row| row.get(0)).unwrap_or(0);
        assert!(pages > 0);
    }

    pub(crate) fn count(&self, name: &str, more: u64) -> Result<(), GatewayError> {
        let sql = "INSERT INTO counter (name, value) VALUES (?1, ?2)
                   ON CONFLICT (name) DO UPDATE SET value = value + ?2";
        self.db.prepare_cached(sql)?.execute((name, int(more)))?;
        Ok(())
    }

    pub(crate) fn counted(&self, name: &str) -> Result<u64, GatewayError> {
        let sql = "SELECT value FROM counter WHERE name = ?1";
        let value: Option<i64> = self
            .db
            .query_row(sql, [name], |row| row.get(0))
            .optional()?;
        Ok(value.map_or(0, uint))
    }
}

fn read_category(row: &Row<'_>) -> rusqlite::Result<Category> {
    Category::from_code(row.get("category")?).map_err(damaged)
}

fn damaged(cause: FormatError) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(0, Type::Blob, Box::new(cause))
}

/// SQLite's integers are signed; ours come back whole from the same 64 bits.
pub(crate) fn int(value: u64) -> i64 {
    value.cast_signed()
}

pub(crate) fn uint(value: i64) -> u64 {
    value.cast_unsigned()
}
