//! The disclosure log: one line of JSON a release, chained by hash, on disk before the release.

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use cosmwasm_std::Uint64;
use vitals_vault_client::{Opened, Receipt, ReceiptEntry};

/// Hash that the first entry names as its previous.
const NOTHING: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Longest line that is read; an entry takes some 600 bytes.
const MAX_LINE: u64 = 16_384;

#[derive(Debug, thiserror::Error)]
pub enum LogError {
    #[error("vault/log: {0}")]
    File(#[from] std::io::Error),
    #[error("vault/log_in_use: another vault writes {path}")]
    InUse { path: String },
    #[error("vault/log_altered: entry {number}: {cause}")]
    Altered { number: u64, cause: String },
}

/// What is released, to whom, and why.
#[derive(Debug, Clone)]
pub(crate) struct Release {
    pub at: u64,
    pub patient: Uint64,
    pub account: String,
    pub opened: Opened,
    pub digest: [u8; 32],
    pub ground: String,
}

/// Appends releases and finds a patient's.
pub struct DisclosureLog(Mutex<Chain>);

struct Chain {
    file: File,
    /// Bytes of whole entries; what is behind them was never acknowledged.
    end: u64,
    head: String,
    count: u64,
    by_patient: HashMap<u64, Vec<Place>>,
}

#[derive(Debug, Clone, Copy)]
struct Place {
    number: u64,
    at: u64,
    len: u64,
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
            head: NOTHING.into(),
            count: 0,
            by_patient: HashMap::new(),
        };
        chain.replay(BufReader::new(file))?;
        Ok(Self(Mutex::new(chain)))
    }

    /// Returns once the entry is on disk.
    pub(crate) fn append(&self, release: Release) -> Result<Receipt, LogError> {
        self.lock().append(release)
    }

    /// A patient's receipts after a number, oldest first.
    pub(crate) fn receipts(
        &self,
        patient: u64,
        start_after: Option<u64>,
        limit: usize,
    ) -> Result<Vec<Receipt>, LogError> {
        self.lock().receipts(patient, start_after, limit)
    }

    /// Every writer leaves the state whole, so one that panicked left it so too.
    fn lock(&self) -> MutexGuard<'_, Chain> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Chain {
    fn replay(&mut self, mut lines: impl BufRead) -> Result<(), LogError> {
        loop {
            let mut line = Vec::new();
            lines.by_ref().take(MAX_LINE).read_until(b'\n', &mut line)?;
            match line.strip_suffix(b"\n") {
                Some(json) => {
                    let receipt = self.checked(json)?;
                    self.remember(receipt.entry.patient.u64(), receipt.hash, line.len() as u64);
                }
                None if line.len() as u64 == MAX_LINE => return Err(self.altered("too long")),
                None => return Ok(()),
            }
        }
    }

    fn checked(&self, json: &[u8]) -> Result<Receipt, LogError> {
        let receipt: Receipt = serde_json::from_slice(json).map_err(|cause| self.altered(cause))?;
        if !receipt.is_whole() {
            return Err(self.altered("its hash is not its own"));
        }
        if receipt.entry.number != self.count || receipt.entry.previous != self.head {
            return Err(self.altered("it does not follow the one before"));
        }
        Ok(receipt)
    }

    fn altered(&self, cause: impl ToString) -> LogError {
        LogError::Altered {
            number: self.count,
            cause: cause.to_string(),
        }
    }

    fn remember(&mut self, patient: u64, hash: String, len: u64) {
        self.by_patient.entry(patient).or_default().push(Place {
            number: self.count,
            at: self.end,
            len,
        });
        self.head = hash;
        self.count += 1;
        self.end += len;
    }

    fn append(&mut self, release: Release) -> Result<Receipt, LogError> {
        let receipt = Receipt::of(self.entry(release)).map_err(|cause| self.altered(cause))?;
        let mut line = serde_json::to_vec(&receipt).map_err(|cause| self.altered(cause))?;
        line.push(b'\n');
        // What a failed write left behind is cut before the next one.
        self.file.set_len(self.end)?;
        self.file.write_all(&line)?;
        self.file.sync_data()?;
        self.remember(
            receipt.entry.patient.u64(),
            receipt.hash.clone(),
            line.len() as u64,
        );
        Ok(receipt)
    }

    fn entry(&self, release: Release) -> ReceiptEntry {
        ReceiptEntry {
            number: self.count,
            at: release.at,
            patient: release.patient,
            account: release.account,
            opened: release.opened,
            digest: hex::encode(release.digest),
            ground: release.ground,
            previous: self.head.clone(),
        }
    }

    fn receipts(
        &mut self,
        patient: u64,
        start_after: Option<u64>,
        limit: usize,
    ) -> Result<Vec<Receipt>, LogError> {
        let places = self.by_patient.get(&patient).map_or(&[][..], Vec::as_slice);
        let first = start_after.map_or(0, |last| places.partition_point(|p| p.number <= last));
        let page: Vec<Place> = places.iter().skip(first).take(limit).copied().collect();
        page.into_iter().map(|place| self.read(place)).collect()
    }

    fn read(&mut self, place: Place) -> Result<Receipt, LogError> {
        let altered = |cause: String| LogError::Altered {
            number: place.number,
            cause,
        };
        let mut line = Vec::new();
        self.file.seek(SeekFrom::Start(place.at))?;
        (&self.file).take(place.len).read_to_end(&mut line)?;
        let receipt: Receipt =
            serde_json::from_slice(&line).map_err(|cause| altered(cause.to_string()))?;
        match receipt.is_whole() && receipt.entry.number == place.number {
            true => Ok(receipt),
            false => Err(altered("its hash is not its own".into())),
        }
    }
}

#[cfg(test)]
#[path = "log_tests.rs"]
mod tests;
