//! The durable store: one SQLite file. A notification is in it before anybody is told, and what
//! became of each attempt is in it before the next.

mod notice;
mod progress;
mod put;
mod receipts;

use std::fs::{File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use crate::NotifyError;

pub(crate) use notice::{Due, Tried};
pub use notice::{State, Telling};
pub use progress::Gap;
pub(crate) use progress::{Carried, Later, Progress};
pub use receipts::{Attempt, Receipt};

const VERSION: i64 = 1;
const BUSY: Duration = Duration::from_secs(10);

/// One connection to it; each thread has its own.
pub struct Store {
    /// Held while the store is open: two notifiers would each tell everybody. Readers have none.
    lock: Option<Arc<File>>,
    path: PathBuf,
    db: Connection,
}

impl Store {
    /// In a directory that is made where there is none.
    pub fn open(dir: &Path) -> Result<Self, NotifyError> {
        std::fs::create_dir_all(dir).map_err(|cause| NotifyError::file(dir, cause))?;
        let lock = locked(&dir.join("notify.lock"))?;
        let path = dir.join("notify.db");
        // Made with its mode: SQLite would take the umask's.
        let mut options = OpenOptions::new();
        let made = options
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(&path);
        made.map_err(|cause| NotifyError::file(&path, cause))?;
        let db = connect(&path)?;
        prepare(&db)?;
        let lock = Some(Arc::new(lock));
        Ok(Self { lock, path, db })
    }

    /// For another thread.
    pub fn beside(&self) -> Result<Self, NotifyError> {
        Ok(Self {
            lock: self.lock.clone(),
            path: self.path.clone(),
            db: connect(&self.path)?,
        })
    }

    /// To read receipts, also while a notifier runs on it.
    pub fn look(dir: &Path) -> Result<Self, NotifyError> {
        let path = dir.join("notify.db");
        let db = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_WRITE)
            .map_err(|cause| NotifyError::file(&path, cause))?;
        db.busy_timeout(BUSY)?;
        let lock = None;
        Ok(Self { lock, path, db })
    }
}

/// The operating system frees it when the process ends, however it ends.
fn locked(path: &Path) -> Result<File, NotifyError> {
    let mut options = OpenOptions::new();
    let lock = options
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(path);
    let lock = lock.map_err(|cause| NotifyError::file(path, cause))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(_) => Err(NotifyError::InUse {
            path: path.to_owned(),
        }),
    }
}

fn connect(path: &Path) -> Result<Connection, NotifyError> {
    let db = Connection::open(path)?;
    db.busy_timeout(BUSY)?;
    // FULL: a commit is on disk when it returns.
    db.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;",
    )?;
    Ok(db)
}

fn prepare(db: &Connection) -> Result<(), NotifyError> {
    let got: i64 = db.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    match got {
        VERSION => Ok(()),
        0 => {
            let schema = include_str!("store/schema.sql");
            db.execute_batch(&format!(
                "BEGIN IMMEDIATE; {schema} PRAGMA user_version = {VERSION}; COMMIT;"
            ))?;
            Ok(())
        }
        got => Err(NotifyError::Version {
            got,
            reads: VERSION,
        }),
    }
}

/// SQLite's integers are signed; what is beyond them is as far away as can be.
fn int(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

fn back(value: i64) -> u64 {
    u64::try_from(value).unwrap_or(0)
}
