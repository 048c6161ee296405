//! The disclosure log: what was released and what was erased, on disk before it happens.
//!
//! One line of JSON an entry, each chained to the one before by hash. The releases of one patient
//! are that patient's log of [`vitals_core::receipt`], whose head is anchored on the chain.

use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use vitals_core::receipt::proof::Head;
use vitals_core::receipt::Receipt;
use vitals_core::tree::Hash;
use vitals_vault_client::BySession;

mod index;
mod line;
mod tree;

use index::{Index, Place};
use line::{Entry, Line};
use tree::Tree;

pub(crate) use line::{Erased, Scope, MAX_ERASED};
pub(crate) use tree::Standing;

/// Longest line that is read; the longest entry, of an erasure, takes some 18 kB.
const MAX_LINE: u64 = 65_536;

#[derive(Debug, thiserror::Error)]
pub enum LogError {
    #[error("vault/log: {0}")]
    File(#[from] std::io::Error),
    #[error("vault/log_in_use: another vault writes {path}")]
    InUse { path: String },
    #[error("vault/log_altered: entry {number}: {cause}")]
    Altered { number: u64, cause: String },
    /// Its receipts have no salts, so no proof over them would keep the others' secret.
    #[error("vault/log_format: {path} is of an earlier version, whose receipts cannot be proved")]
    Format { path: String },
    #[error("vault/log_failed: an entry may not have reached the disk: start the vault again")]
    Failed,
    #[error("vault/log_entry: {0}")]
    Entry(String),
}

/// A page of one patient's log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Page {
    /// Receipts in the whole log.
    pub count: u32,
    pub receipts: Vec<Released>,
}

/// One release of a patient's log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Released {
    /// Its place, from 0.
    pub index: u32,
    pub receipt: Receipt,
    pub by_session: Option<BySession>,
}

/// Appends what happened, and finds it by patient.
pub struct DisclosureLog(Mutex<Chain>);

struct Chain {
    file: File,
    /// Bytes of whole entries; what is behind them was never acknowledged.
    end: u64,
    head: Hash,
    count: u64,
    index: Index,
    /// The disk did not confirm an entry: what it holds is not known.
    failed: bool,
}

impl DisclosureLog {
    /// Opens or makes the file, which one process at a time may write. Fails where an entry does
    /// not follow from the one before; a line that was never finished is dropped.
    pub fn open(path: &Path) -> Result<Self, LogError> {
        let file = OpenOptions::new()
            .read(true)
            .append(true)
            .create(true)
            .open(path)?;
        file.try_lock().map_err(|_| LogError::InUse {
            path: path.display().to_string(),
        })?;
        let mut chain = Chain {
            file: file.try_clone()?,
            end: 0,
            head: line::NOTHING,
            count: 0,
            index: Index::default(),
            failed: false,
        };
        chain.replay(BufReader::new(file), path)?;
        Ok(Self(Mutex::new(chain)))
    }

    /// Returns once the receipt is on disk.
    pub(crate) fn release(
        &self,
        receipt: &Receipt,
        by_session: Option<BySession>,
    ) -> Result<(), LogError> {
        self.lock().append(Entry::of(receipt, by_session)?)
    }

    /// Returns once it is on disk that these digests are no longer kept for the patient.
    pub(crate) fn erase(&self, erased: Erased) -> Result<(), LogError> {
        self.lock().append(Entry::Erased(erased))
    }

    /// What was erased for a patient is not taken or given out again.
    pub(crate) fn is_erased(&self, patient: u64, digest: &[u8; 32]) -> bool {
        self.lock().index.is_erased(patient, digest)
    }

    /// A patient's receipts after a place, oldest first.
    pub(crate) fn page(
        &self,
        patient: u64,
        start_after: Option<u32>,
        limit: usize,
    ) -> Result<Page, LogError> {
        self.lock().page(patient, start_after, limit)
    }

    /// A patient's leaves, in order.
    pub(crate) fn leaves(&self, patient: u64) -> Vec<Hash> {
        self.lock().index.leaves(patient).to_vec()
    }

    /// Patients of whom something was released, with how many receipts there are.
    pub(crate) fn counts(&self) -> Vec<(u64, u32)> {
        self.lock().index.counts()
    }

    /// Head of a patient's log.
    pub fn head(&self, patient: u64) -> Option<Head> {
        let chain = self.lock();
        chain.index.tree(patient)?.head(chain.index.count(patient))
    }

    /// Receipts of a patient, and how they stand to what the chain keeps.
    pub(crate) fn standing(&self, patient: u64, anchored: Option<Head>) -> (u32, Standing) {
        let chain = self.lock();
        let none = Tree::default();
        let tree = chain.index.tree(patient).unwrap_or(&none);
        (chain.index.count(patient), tree.standing(anchored))
    }

    /// That a receipt is among the first `count` of a patient; `None` where it is not.
    pub(crate) fn inclusion(&self, patient: u64, index: u32, count: u32) -> Option<Vec<u8>> {
        self.lock().index.tree(patient)?.inclusion(index, count)
    }

    /// Every writer leaves the state whole, so one that panicked left it so too.
    fn lock(&self) -> MutexGuard<'_, Chain> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Chain {
    fn replay(&mut self, mut lines: impl BufRead, path: &Path) -> Result<(), LogError> {
        loop {
            let mut text = Vec::new();
            lines.by_ref().take(MAX_LINE).read_until(b'\n', &mut text)?;
            match text.strip_suffix(b"\n") {
                Some(json) if line::is_old(json) => {
                    return Err(LogError::Format {
                        path: path.display().to_string(),
                    });
                }
                Some(json) => {
                    let line = self.checked(json)?;
                    let entry = line.entry;
                    self.remember(&entry, line.hash, text.len() as u64)
                        .map_err(|cause| self.altered(cause))?;
                }
                None if text.len() as u64 == MAX_LINE => return Err(self.altered("too long")),
                None => return Ok(()),
            }
        }
    }

    fn checked(&self, json: &[u8]) -> Result<Line, LogError> {
        let line = Line::parse(json).map_err(|cause| self.altered(cause))?;
        let follows = line::hash(&self.head, self.count, &line.entry);
        match follows.is_ok_and(|hash| hash == line.hash) && line.number == self.count {
            true => Ok(line),
            false => Err(self.altered("it does not follow the one before")),
        }
    }

    fn altered(&self, cause: impl ToString) -> LogError {
        LogError::Altered {
            number: self.count,
            cause: cause.to_string(),
        }
    }

    fn remember(&mut self, entry: &Entry, hash: Hash, len: u64) -> Result<(), LogError> {
        let place = Place {
            number: self.count,
            at: self.end,
            len,
        };
        self.index.add(entry, place)?;
        self.head = hash;
        self.count += 1;
        self.end += len;
        Ok(())
    }

    fn append(&mut self, entry: Entry) -> Result<(), LogError> {
        if self.failed {
            return Err(LogError::Failed);
        }
        let hash = line::hash(&self.head, self.count, &entry)?;
        let line = Line {
            number: self.count,
            entry,
            hash,
        };
        let text = line.to_text()?;
        // What a failed write left behind is cut before the next one.
        self.file.set_len(self.end)?;
        self.file.write_all(&text)?;
        if let Err(cause) = self.file.sync_data() {
            self.failed = true;
            return Err(cause.into());
        }
        self.remember(&line.entry, hash, text.len() as u64)
    }

    fn page(
        &mut self,
        patient: u64,
        start_after: Option<u32>,
        limit: usize,
    ) -> Result<Page, LogError> {
        let count = self.index.count(patient);
        let places = self.index.places(patient, start_after, limit);
        let receipts = places
            .into_iter()
            .map(|(index, place)| self.read(index, place))
            .collect::<Result<_, LogError>>()?;
        Ok(Page { count, receipts })
    }

    /// Checked against the leaf that was remembered, so what is altered under a running vault is
    /// not passed on.
    fn read(&mut self, index: u32, place: Place) -> Result<Released, LogError> {
        let altered = |cause: String| LogError::Altered {
            number: place.number,
            cause,
        };
        let mut text = Vec::new();
        self.file.seek(SeekFrom::Start(place.at))?;
        (&self.file).take(place.len).read_to_end(&mut text)?;
        let line = Line::parse(&text).map_err(|cause| altered(cause.to_string()))?;
        let by_session = line.entry.by_session();
        let is_marked = |receipt| by_session.as_ref().is_none_or(|mark| mark.is_of(receipt));
        match line.entry.receipt()? {
            Some(receipt) if self.index.has_leaf(&receipt, place.number) && is_marked(&receipt) => {
                Ok(Released {
                    index,
                    receipt,
                    by_session,
                })
            }
            _ => Err(altered("it is not what was written".into())),
        }
    }
}

#[cfg(test)]
#[path = "log_tests.rs"]
mod tests;
