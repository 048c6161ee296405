//! The file. What a transaction here says happened, happened, whatever becomes of the process.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};
use vitals_at_rest::{AtRest, Marks, Place, KEY_BYTES};
use zeroize::Zeroizing;

use super::marks::MARKED;
use crate::SensorError;

const VERSION: i64 = 1;
const MARK: &[u8] = b"vitals sensors";
const META: Place<'_> = Place {
    table: "meta",
    row: &[0],
};

/// How long a writer waits for another: `vitals sensor add` beside a gateway that runs.
const BUSY: Duration = Duration::from_secs(10);

pub(super) struct Store {
    pub(super) db: Connection,
    pub(super) rest: AtRest,
    pub(super) marks: Marks,
}

impl Store {
    /// Opens the file or makes it. A key that is not this store's is refused.
    pub(super) fn open(path: &Path, key: &[u8; KEY_BYTES]) -> Result<Self, SensorError> {
        let db = Connection::open(path)?;
        db.busy_timeout(BUSY)?;
        // FULL: a commit is on disk when it returns. secure_delete: what was erased is overwritten.
        db.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;",
        )?;
        let store = Self {
            db,
            rest: AtRest::new(key),
            marks: Marks::new(key, MARKED),
        };
        store.prepare()?;
        Ok(store)
    }

    fn prepare(&self) -> Result<(), SensorError> {
        let tx = self.begin()?;
        let got: i64 = tx.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        match got {
            0 => {
                tx.execute_batch(include_str!("schema.sql"))?;
                let sealed = self.rest.seal(META, MARK)?;
                tx.execute("INSERT INTO meta (mark) VALUES (?1)", [sealed])?;
                tx.pragma_update(None, "user_version", VERSION)?;
                Ok(tx.commit()?)
            }
            VERSION => self.check_key(),
            got => Err(SensorError::StoreVersion {
                got,
                expected: VERSION,
            }),
        }
    }

    fn check_key(&self) -> Result<(), SensorError> {
        let sealed: Vec<u8> = self
            .db
            .query_row("SELECT mark FROM meta", [], |row| row.get(0))?;
        match self.rest.open(META, &sealed)?.as_slice() {
            MARK => Ok(()),
            _ => Err(SensorError::StoreDamaged { what: "meta" }),
        }
    }

    /// What follows happens whole at its commit, or not at all. It takes the file's one writer at
    /// once, so that what it reads is what it changes.
    pub(super) fn begin(&self) -> Result<Transaction<'_>, SensorError> {
        let immediate = TransactionBehavior::Immediate;
        Ok(Transaction::new_unchecked(&self.db, immediate)?)
    }

    pub(super) fn open_row(
        &self,
        table: &'static str,
        row: &[u64],
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, SensorError> {
        Ok(self.rest.open(Place { table, row }, sealed)?)
    }

    pub(super) fn seal_row(
        &self,
        table: &'static str,
        row: &[u64],
        value: &[u8],
    ) -> Result<Vec<u8>, SensorError> {
        Ok(self.rest.seal(Place { table, row }, value)?)
    }

    pub(super) fn count(&self, device: u64, name: &str, more: u64) -> Result<(), SensorError> {
        let sql = "INSERT INTO counter (device, name, value) VALUES (?1, ?2, ?3)
                   ON CONFLICT (device, name) DO UPDATE SET value = value + ?3";
        let mut statement = self.db.prepare_cached(sql)?;
        statement.execute((int(device), name, int(more)))?;
        Ok(())
    }

    pub(super) fn counted(&self, device: u64, name: &str) -> Result<u64, SensorError> {
        let sql = "SELECT value FROM counter WHERE device = ?1 AND name = ?2";
        let mut statement = self.db.prepare_cached(sql)?;
        let value = statement.query_row((int(device), name), |row| row.get::<_, i64>(0));
        Ok(value.optional()?.map_or(0, uint))
    }
}

/// SQLite's integers are signed; ours come back whole from the same 64 bits.
pub(super) fn int(value: u64) -> i64 {
    value.cast_signed()
}

pub(super) fn uint(value: i64) -> u64 {
    value.cast_unsigned()
}
